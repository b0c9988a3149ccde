-- name: record_turn
-- One statement, one transaction: conversation, turn and event, or nothing. A turn that is there already adds nothing.
-- Never into another person's conversation, even where its history could not be read in time: then the turn stands alone.
WITH place AS (
    SELECT CASE WHEN EXISTS (
        SELECT 1 FROM conversations
        WHERE id = $1::jsonb ->> 'id' AND user_id IS NOT NULL AND user_id IS DISTINCT FROM $1::jsonb ->> 'user_id'
    ) THEN $2::jsonb ->> 'id' ELSE $1::jsonb ->> 'id' END AS id
), conversation AS (
    INSERT INTO conversations AS c (id, user_id, user_hash, role, language, channel, created_at, last_turn_at)
    SELECT place.id, r.user_id, r.user_hash, r.role, r.language, r.channel, r.last_turn_at, r.last_turn_at
    FROM place, jsonb_populate_record(NULL::conversations, $1::jsonb) AS r
    ON CONFLICT (id) DO UPDATE SET
        last_turn_at = greatest(c.last_turn_at, EXCLUDED.last_turn_at),
        language = EXCLUDED.language,
        user_id = coalesce(c.user_id, EXCLUDED.user_id),
        user_hash = coalesce(c.user_hash, EXCLUDED.user_hash),
        ended_at = CASE WHEN EXCLUDED.last_turn_at > c.last_turn_at THEN NULL ELSE c.ended_at END,
        end_reason = CASE WHEN EXCLUDED.last_turn_at > c.last_turn_at THEN NULL ELSE c.end_reason END
    RETURNING id
), turn AS (
    INSERT INTO turns
    SELECT r.* FROM conversation, jsonb_populate_record(
        NULL::turns,
        $2::jsonb || jsonb_build_object(
            'conversation_id', conversation.id,
            'position', (SELECT coalesce(max(t.position), 0) + 1 FROM turns t WHERE t.conversation_id = conversation.id)
        )
    ) AS r
    ON CONFLICT (id) DO NOTHING
    RETURNING id, conversation_id
)
INSERT INTO chat_router_outbox (id, type, body, headers)
SELECT o.id, o.type, o.body || jsonb_build_object('conversation_id', turn.conversation_id), o.headers
FROM turn, jsonb_to_record($3::jsonb) AS o (id text, type text, body jsonb, headers jsonb)
ON CONFLICT (id) DO NOTHING

-- name: history
-- The last answered exchanges of a conversation with whose it is, oldest first; without any, one row without question.
SELECT c.user_id, c.language, t.question, t.answer,
       (SELECT count(*) FROM turns WHERE conversation_id = c.id) AS turns
FROM conversations AS c
LEFT JOIN LATERAL (
    SELECT question, answer, position, created_at FROM turns
    WHERE conversation_id = c.id AND answer <> '' ORDER BY position DESC, created_at DESC LIMIT $2
) AS t ON true
WHERE c.id = $1
ORDER BY t.position, t.created_at

-- name: conversation
-- One conversation.
SELECT id, user_id, language, channel, created_at, last_turn_at, ended_at, end_reason FROM conversations WHERE id = $1

-- name: exchanges
-- Its exchanges, oldest first.
SELECT id, question, answer, language, category, ai_used, model, simulated, cached, sources, created_at
FROM turns WHERE conversation_id = $1 ORDER BY position, created_at LIMIT 500

-- name: turn
-- What feedback needs to know of a turn.
SELECT conversation_id, cluster_id FROM turns WHERE id = $1

-- name: insert_feedback
-- A rating; the same id again changes nothing.
INSERT INTO feedback (id, turn_id, rating, comment) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING

-- name: end_conversation
-- Close an open conversation, where $3 is given only if idle that many seconds; returns what its event needs, or nothing.
UPDATE conversations AS c SET ended_at = now(), end_reason = $2
WHERE id = $1 AND ended_at IS NULL
  AND ($3::double precision IS NULL OR last_turn_at < now() - make_interval(secs => $3))
RETURNING id, user_hash, language, (SELECT count(*) FROM turns WHERE conversation_id = c.id) AS turns

-- name: idle_conversations
-- Open conversations without a word for $1 seconds.
SELECT id FROM conversations
WHERE ended_at IS NULL AND last_turn_at < now() - make_interval(secs => $1)
ORDER BY last_turn_at LIMIT 100

-- name: import_conversation
-- A recorded conversation, ended; returns its id only the first time.
INSERT INTO conversations (id, user_id, user_hash, role, language, channel, created_at, last_turn_at, ended_at, end_reason)
SELECT r.id, r.user_id, r.user_hash, r.role, r.language, r.channel, r.created_at, r.last_turn_at, r.last_turn_at, 'imported'
FROM jsonb_populate_record(NULL::conversations, $1::jsonb) AS r
ON CONFLICT (id) DO NOTHING
RETURNING id

-- name: import_turns
-- Its exchanges.
INSERT INTO turns SELECT r.* FROM jsonb_populate_recordset(NULL::turns, $1::jsonb) AS r ON CONFLICT (id) DO NOTHING

-- name: price_texts
-- The curated figures and codes, read from cultural-rag's table.
SELECT text_en, value::text AS value FROM price_table
