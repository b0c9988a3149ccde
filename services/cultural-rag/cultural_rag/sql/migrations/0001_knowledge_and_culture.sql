-- Knowledge, culture and the table of figures. `revision` counts the imports of a part: replicas catch up by it.
CREATE TABLE cultural_rag_revisions (
    part text PRIMARY KEY CHECK (part IN ('knowledge', 'culture')),
    revision bigint NOT NULL
);
INSERT INTO cultural_rag_revisions (part, revision) VALUES ('knowledge', 0), ('culture', 1);

CREATE TABLE knowledge_documents (
    id text PRIMARY KEY,
    title text NOT NULL,
    language text NOT NULL CHECK (language IN ('it', 'en', 'id')),
    topic text NOT NULL,
    audience text NOT NULL,
    priority text NOT NULL CHECK (priority IN ('critical', 'high', 'normal')),
    confidence text NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
    source text NOT NULL,
    as_of text NOT NULL,
    checksum text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    revision bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX knowledge_documents_revision ON knowledge_documents (revision);

CREATE TABLE knowledge_passages (
    passage_id text PRIMARY KEY,
    document_id text NOT NULL REFERENCES knowledge_documents (id) ON DELETE CASCADE,
    position integer NOT NULL,
    heading text NOT NULL,
    text text NOT NULL,
    language text NOT NULL,
    embedding vector(384),
    embedding_model text NOT NULL,
    checksum text NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    tsv tsvector NOT NULL GENERATED ALWAYS AS (
        CASE language
            WHEN 'it' THEN to_tsvector('italian', heading || ' ' || text)
            WHEN 'id' THEN to_tsvector('indonesian', heading || ' ' || text)
            ELSE to_tsvector('english', heading || ' ' || text)
        END
    ) STORED
);
CREATE INDEX knowledge_passages_document ON knowledge_passages (document_id, position);
CREATE INDEX knowledge_passages_tsv ON knowledge_passages USING gin (tsv);

CREATE TABLE price_table (
    key text PRIMARY KEY,
    kind text NOT NULL,
    subject text NOT NULL,
    value jsonb NOT NULL,
    unit text NOT NULL,
    text_en text NOT NULL,
    document_id text NOT NULL,
    as_of text NOT NULL,
    certainty text NOT NULL CHECK (certainty IN ('stated', 'hedged')),
    embedding vector(384),
    embedding_model text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    revision bigint NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX price_table_revision ON price_table (revision);

CREATE TABLE cultural_knowledge (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('candidate', 'active', 'retired')),
    title text NOT NULL,
    content text NOT NULL,
    when_to_use text[] NOT NULL,
    tone text NOT NULL,
    language text NOT NULL DEFAULT 'en',
    generated_by text NOT NULL,
    quality_score double precision,
    usage_count bigint NOT NULL DEFAULT 0,
    last_used_at timestamptz,
    embedding vector(384),
    embedding_model text NOT NULL DEFAULT '',
    revision bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (topic, version)
);
CREATE UNIQUE INDEX cultural_knowledge_active ON cultural_knowledge (topic) WHERE status = 'active';

CREATE TABLE cultural_insights (
    id text PRIMARY KEY,
    topic text NOT NULL,
    language text NOT NULL,
    signal text NOT NULL,
    meaning text NOT NULL,
    how_to_respond text NOT NULL,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('candidate', 'active', 'retired')),
    generated_by text NOT NULL,
    quality_score double precision,
    usage_count bigint NOT NULL DEFAULT 0,
    last_used_at timestamptz,
    embedding vector(384),
    embedding_model text NOT NULL,
    revision bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX cultural_insights_topic ON cultural_insights (topic);

CREATE VIEW cultural_knowledge_usage AS
SELECT
    topic,
    sum(usage_count)::bigint AS usage_count,
    (array_agg(tone ORDER BY (status = 'active') DESC, version DESC))[1] AS tone,
    max(last_used_at)::date AS last_used_date,
    (current_date - min(created_at)::date) AS age_days
FROM cultural_knowledge
GROUP BY topic
ORDER BY usage_count DESC, topic;

CREATE TABLE cultural_rag_outbox (
    id text PRIMARY KEY,
    type text NOT NULL,
    body jsonb NOT NULL,
    headers jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz
);
CREATE INDEX cultural_rag_outbox_waiting ON cultural_rag_outbox (created_at) WHERE published_at IS NULL;

COMMENT ON COLUMN knowledge_passages.version IS 'Version of the document that brought the passage in its present form.';
COMMENT ON COLUMN knowledge_passages.tsv IS 'Full text by the language of the passage, for SQL; the service searches in memory.';
COMMENT ON TABLE price_table IS 'The only source of figures and codes: each with its sentence, document, date.';

-- The first four of the ten topics; their vectors are made by the service.
INSERT INTO cultural_knowledge (topic, title, content, when_to_use, tone, language, generated_by, revision) VALUES
(
    'indonesian_greetings',
    'Greetings and openings',
    'In Indonesia a conversation begins with the person, not with the file. A greeting carries the time of day (selamat pagi until about eleven, siang until three, sore until dusk, malam after) and a form of respect: Bapak or Ibu for someone older or unknown, Mas and Mbak in Java, Bli and Mbok in Bali, Kak for someone young and friendly. Balinese Hindus open with om swastiastu, and the reply is the same words; many Muslims say assalamualaikum, answered waalaikumsalam. Asking ''mau ke mana?'' (where are you going?) is a friendly noise, not curiosity; ''jalan-jalan saja'' is a perfect answer. Use it: mirror the greeting the person chose, add one human sentence (weather, journey, holiday), then the business. If the user writes ''halo'' in Indonesian, answer in Indonesian. Do not jump to a list of documents in the first line, do not correct their formality, do not over-translate Balinese to show off. Useful: ''Selamat pagi, semoga harinya menyenangkan.'' ''Om swastiastu, apa kabar Bapak?'' ''Rahajeng semeng'' (Balinese good morning), ''Suksma'' thanks, ''Mewali'' you''re welcome. For a first contact, one warm line is enough; later messages can be shorter.',
    ARRAY['first message of a conversation', 'hello', 'halo', 'ciao', 'buongiorno', 'selamat pagi', 'om swastiastu', 'assalamualaikum', 'permisi', 'apa kabar', 'user opens with a greeting only', 'user asks how to greet someone', 'which title to use', 'come saluto'],
    'warm, light, unhurried',
    'en',
    'curated',
    1
),
(
    'bureaucracy_patience',
    'Waiting for offices, papers and answers',
    'Permits in Indonesia move through several desks, systems and signatures, and many stages cannot be rushed. ''Masih proses'' means a file is somewhere in the chain; it is not an evasion and not a promise. ''Besok'' may mean a following working day; public and Balinese holidays (Nyepi, Galungan, Kuningan, Lebaran) close offices and the backlog after them takes a week. The joke word is jam karet, rubber time. Use it: tell the person where the file stands in plain terms, what the next desk is, what a normal range looks like, and what would be abnormal. Give a date to check again. Separate what we can do (complete the file, book the photo, ask the officer) from what we cannot (the signature). When the user is anxious, acknowledge the waiting before explaining it. Do not promise ''pasti besok'', do not blame an officer by name, do not offer or accept ''uang rokok'' to speed up, do not send ten reminders in a day. Keep copies and receipts: ''simpan bukti pembayaran''. Useful: ''Masih dalam proses, kami pantau setiap hari.'' ''Biasanya tiga sampai lima hari kerja.'' ''Mohon bersabar ya, kami kabari kalau ada perubahan.'' ''Nomor permohonannya saya catat.''',
    ARRAY['why does it take so long', 'it has been weeks', 'masih proses', 'menunggu', 'ritardo', 'quando esce', 'kapan jadi', 'frustration about offices', 'missed deadline by an office', 'system error at immigration portal', 'jam karet', 'asking for a faster way', 'uang rokok', 'status of my application'],
    'calm, concrete, reassuring without promises',
    'en',
    'curated',
    1
),
(
    'face_saving_culture',
    'Face: malu, correction and hints',
    'Losing face (malu) is one of the strongest feelings in Indonesia. A person may keep silent, smile, agree to everything or disappear rather than say ''I made a mistake'', ''I did not understand'' or ''I cannot''. So ''iya'' may mean ''I hear you'', ''nanti'' may mean ''I hope not'', and ''sulit ya'' is usually a polite no, though it can be solved if you remove the shame. Use it: give people a way out. Ask open questions (''which part would you like me to repeat?'') instead of ''did you understand?''. Correct in private, about the paper and not the person, and put the fault on the situation. Offer two options so that choosing does not mean admitting. When a user writes ''sorry'', ''scusa'', ''maaf'' again and again, or confesses an overstay, the first sentence is reassurance: it happens often, you did right to say it, here is the next step. Never scold, never publish a mistake in a group chat, never say ''you should have'', never laugh at somebody''s Indonesian or English, never force a signature in public. Useful: ''Tidak apa-apa, ini sering terjadi.'' ''Boleh saya jelaskan sekali lagi?'' ''Terima kasih sudah cerita dengan jujur.'' ''Mari kita cari jalan keluarnya bersama.''',
    ARRAY['aku malu', 'embarrassed', 'ashamed', 'maaf', 'scusate', 'I made a mistake', 'sembunyi', 'staff will not admit an error', 'iya iya tapi tidak jelas', 'someone avoids answering', 'how do I correct an employee', 'takut dimarahi', 'confession of a past violation', 'user apologises repeatedly'],
    'gentle, private, never triumphant',
    'en',
    'curated',
    1
),
(
    'tri_hita_karana',
    'Tri Hita Karana in daily business',
    'Tri Hita Karana is the Balinese idea that well-being has three causes: harmony with the divine (parahyangan), among people (pawongan) and with nature (palemahan). It is behind temple ceremonies, the banjar and subak irrigation, and it is written into regional law on tourism and building. Use it: when a client plans a villa, restaurant or school, mention the three sides as practical steps. Divine: place for offerings, a purification ceremony before opening (melaspas), space for staff to pray, a day off at temple festivals. People: meet the kelian banjar, hire neighbours, agree on noise hours, invite them to the opening. Nature: waste sorting, no building in the green zone, water use, no single-use plastic, keep a tree. Do not use it as decoration in marketing without doing the work; do not put religious symbols where people walk or drink; do not call a ceremony ''a nice show''. If the client is not Hindu, nobody asks for belief, only for respect. Useful: ''Kami ingin usaha ini harmonis dengan lingkungan dan adat.'' ''Kapan hari baik untuk melaspas?'' ''Boleh kami minta saran jro mangku?'' Mention harmony once, then do something visible.',
    ARRAY['tri hita karana', 'harmony with nature', 'parahyangan pawongan palemahan', 'opening ceremony melaspas', 'villa business values', 'sustainability in Bali', 'cultural statement for a company', 'subak', 'respect for environment and temples'],
    'respectful, concrete, not preachy',
    'en',
    'curated',
    1
);
