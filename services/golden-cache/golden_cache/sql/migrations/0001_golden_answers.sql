-- Golden answers, their phrasings and the queries behind them. Whoever changes the stock takes one advisory lock and
-- then a number of the sequence, so that versions become visible in their order: replicas catch up by version.
CREATE SEQUENCE golden_stock_version;

CREATE TABLE golden_answers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster_id varchar(100) NOT NULL UNIQUE,
    canonical_question text NOT NULL,
    variations text[] NOT NULL,
    answer text NOT NULL,
    sources jsonb NOT NULL,
    topic text NOT NULL,
    asks text NOT NULL,
    subject text[] NOT NULL,
    questions jsonb NOT NULL,
    variations_by_language jsonb NOT NULL,
    answers jsonb NOT NULL,
    hard_negatives jsonb NOT NULL,
    boundary jsonb,
    status text NOT NULL CHECK (status IN ('draft', 'approved', 'quarantined', 'retired')),
    status_by text NOT NULL CHECK (status_by IN ('import', 'night', 'operator', 'knowledge', 'feedback')),
    status_reason text NOT NULL DEFAULT '',
    strikes integer NOT NULL DEFAULT 0,
    stock_version bigint NOT NULL UNIQUE,
    checksum text NOT NULL,
    valid_months double precision,
    expires_at timestamptz,
    generated_by text NOT NULL,
    generation_method text NOT NULL DEFAULT 'llama_rag',
    run_id text NOT NULL DEFAULT '',
    prompt_version text NOT NULL DEFAULT '',
    distinct_users integer NOT NULL DEFAULT 0,
    simulated boolean NOT NULL DEFAULT false,
    confidence double precision NOT NULL,
    usage_count bigint NOT NULL DEFAULT 0,
    last_used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX golden_answers_usage ON golden_answers (usage_count DESC, cluster_id);
CREATE INDEX golden_answers_sources ON golden_answers USING gin (sources jsonb_path_ops);

CREATE TABLE golden_phrasings (
    cluster_id varchar(100) NOT NULL REFERENCES golden_answers (cluster_id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('canonical', 'variation', 'hard_negative')),
    language text NOT NULL,
    hash varchar(64) NOT NULL,
    text text NOT NULL,
    embedding vector(384) NOT NULL,
    embedding_model text NOT NULL,
    PRIMARY KEY (cluster_id, kind, language, hash)
);
CREATE INDEX golden_phrasings_hash ON golden_phrasings (hash);

CREATE TABLE query_clusters (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster_id varchar(100) NOT NULL REFERENCES golden_answers (cluster_id) ON DELETE CASCADE,
    query_text text NOT NULL,
    query_hash varchar(64) NOT NULL UNIQUE,
    language text NOT NULL DEFAULT '',
    similarity_score double precision NOT NULL,
    assigned_at timestamptz NOT NULL DEFAULT now(),
    frequency integer NOT NULL DEFAULT 1,
    ai_used text
);
CREATE INDEX query_clusters_cluster ON query_clusters (cluster_id);

CREATE TABLE golden_intake (
    event_id text PRIMARY KEY,
    outcome text NOT NULL,
    moves jsonb NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE golden_strikes (
    event_id text PRIMARY KEY,
    cluster_id varchar(100) NOT NULL REFERENCES golden_answers (cluster_id) ON DELETE CASCADE,
    turn_id text NOT NULL,
    rating integer NOT NULL,
    struck_at timestamptz NOT NULL,
    UNIQUE (cluster_id, turn_id)
);

CREATE TABLE golden_refusals (
    event_id text PRIMARY KEY,
    run_id text NOT NULL,
    cluster_id text NOT NULL,
    questions jsonb NOT NULL,
    faults text[] NOT NULL,
    refused_at timestamptz NOT NULL
);
CREATE INDEX golden_refusals_cluster ON golden_refusals (cluster_id, refused_at);

CREATE TABLE golden_cache_outbox (
    id text PRIMARY KEY,
    type text NOT NULL,
    body jsonb NOT NULL,
    headers jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz
);
CREATE INDEX golden_cache_outbox_waiting ON golden_cache_outbox (created_at) WHERE published_at IS NULL;

CREATE VIEW golden_answers_performance AS
SELECT
    cluster_id,
    canonical_question,
    usage_count,
    confidence,
    generated_by,
    created_at::date AS created_date,
    last_used_at::date AS last_used_date,
    (current_date - created_at::date) AS age_days
FROM golden_answers;

CREATE VIEW query_clustering_summary AS
SELECT
    g.cluster_id,
    g.canonical_question,
    count(q.id) FILTER (WHERE q.frequency > 0) AS query_count,
    coalesce(sum(q.frequency), 0)::bigint AS total_frequency,
    avg(q.similarity_score) FILTER (WHERE q.frequency > 0) AS avg_similarity,
    g.usage_count AS golden_answer_hits
FROM golden_answers g LEFT JOIN query_clusters q ON q.cluster_id = g.cluster_id
GROUP BY g.cluster_id, g.canonical_question, g.usage_count;

COMMENT ON COLUMN golden_answers.canonical_question IS 'The English rendering, else the first; all of them are in questions.';
COMMENT ON COLUMN golden_answers.answer IS 'The English rendering, else the first; all of them are in answers.';
COMMENT ON COLUMN golden_answers.variations IS 'All phrasings beside the canonical ones; by language in variations_by_language.';
COMMENT ON COLUMN golden_answers.boundary IS 'What a match needs, where fitted; null is the prior of the code.';
COMMENT ON COLUMN golden_answers.updated_at IS 'When somebody last vouched for the content or changed its state.';
COMMENT ON COLUMN query_clusters.frequency IS 'How often users asked it; 0 is a curated phrasing.';
COMMENT ON TABLE golden_intake IS 'Events taken, with what each moved: a redelivery gives the same and changes nothing.';
