-- name: lock
-- One change of the stock at a time, so that versions become visible in their order.
SELECT pg_advisory_xact_lock(7210411004)

-- name: next_version
-- Taken under the lock.
SELECT nextval('golden_stock_version')

-- name: version
-- What replicas compare to know that they are behind.
SELECT coalesce(max(stock_version), 0) FROM golden_answers

-- name: since
-- What a replica has not seen, in whatever state.
SELECT * FROM golden_answers WHERE stock_version > $1 ORDER BY stock_version

-- name: vectors
-- The vectors of one model.
SELECT cluster_id, text, embedding FROM golden_phrasings WHERE cluster_id = ANY($1) AND embedding_model = $2

-- name: embed
-- A vector of the present model.
UPDATE golden_phrasings SET embedding = $3, embedding_model = $4 WHERE cluster_id = $1 AND text = $2

-- name: answer
-- One answer whole.
SELECT * FROM golden_answers WHERE cluster_id = $1

-- name: answers
-- Most used first.
SELECT * FROM golden_answers WHERE $1::text IS NULL OR status = $1 ORDER BY usage_count DESC, cluster_id LIMIT $2

-- name: citing
-- Answers in stock that stand on one of these documents and were last vouched for before they changed.
SELECT * FROM golden_answers
WHERE status IN ('approved', 'draft') AND updated_at < $2
  AND EXISTS (SELECT 1 FROM jsonb_array_elements(sources) s WHERE s ->> 'document_id' = ANY($1))
ORDER BY cluster_id

-- name: claimed
-- Which of these texts lead to another answer in stock that has not expired.
SELECT DISTINCT ON (p.hash) p.hash, p.cluster_id
FROM golden_phrasings p JOIN golden_answers g USING (cluster_id)
WHERE p.hash = ANY($1) AND p.kind <> 'hard_negative' AND g.cluster_id <> $2 AND g.status IN ('approved', 'draft')
  AND (g.expires_at IS NULL OR g.expires_at > $3)
ORDER BY p.hash, p.cluster_id

-- name: put_answer
-- An answer whole; its usage and its age stay.
INSERT INTO golden_answers (
    cluster_id, canonical_question, variations, answer, sources, topic, asks, subject, questions,
    variations_by_language, answers, hard_negatives, boundary, status, status_by, status_reason, strikes,
    stock_version, checksum, valid_months, expires_at, generated_by, generation_method, run_id, prompt_version,
    distinct_users, simulated, confidence, created_at, updated_at
)
SELECT
    cluster_id, canonical_question, variations, answer, sources, topic, asks, subject, questions,
    variations_by_language, answers, hard_negatives, boundary, status, status_by, status_reason, strikes,
    stock_version, checksum, valid_months, expires_at, generated_by, generation_method, run_id, prompt_version,
    distinct_users, simulated, confidence, created_at, updated_at
FROM jsonb_populate_record(NULL::golden_answers, $1)
ON CONFLICT (cluster_id) DO UPDATE SET
    canonical_question = excluded.canonical_question, variations = excluded.variations, answer = excluded.answer,
    sources = excluded.sources, topic = excluded.topic, asks = excluded.asks, subject = excluded.subject,
    questions = excluded.questions, variations_by_language = excluded.variations_by_language,
    answers = excluded.answers, hard_negatives = excluded.hard_negatives, boundary = excluded.boundary,
    status = excluded.status, status_by = excluded.status_by, status_reason = excluded.status_reason,
    strikes = excluded.strikes, stock_version = excluded.stock_version, checksum = excluded.checksum,
    valid_months = excluded.valid_months, expires_at = excluded.expires_at, generated_by = excluded.generated_by,
    generation_method = excluded.generation_method, run_id = excluded.run_id,
    prompt_version = excluded.prompt_version, distinct_users = excluded.distinct_users,
    simulated = excluded.simulated, confidence = excluded.confidence, updated_at = excluded.updated_at

-- name: drop_phrasings
-- The texts of the former content.
DELETE FROM golden_phrasings WHERE cluster_id = $1

-- name: put_phrasing
-- A text with its vector.
INSERT INTO golden_phrasings (cluster_id, kind, language, hash, text, embedding, embedding_model)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: set_standing
-- An answer in another state.
UPDATE golden_answers
SET status = $2, status_by = $3, status_reason = $4, strikes = $5, stock_version = $6, expires_at = $7, updated_at = $8
WHERE cluster_id = $1

-- name: assign
-- A query's cluster; a curated phrasing (frequency 0) leaves the count of a query that was asked.
INSERT INTO query_clusters (cluster_id, query_text, query_hash, language, similarity_score, frequency, assigned_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (query_hash) DO UPDATE SET
    cluster_id = excluded.cluster_id, query_text = excluded.query_text, language = excluded.language,
    similarity_score = excluded.similarity_score, assigned_at = excluded.assigned_at,
    frequency = CASE WHEN excluded.frequency > 0 THEN excluded.frequency ELSE query_clusters.frequency END

-- name: insert_strike
-- One strike an answered turn, whatever is rated or redelivered.
INSERT INTO golden_strikes (event_id, cluster_id, turn_id, rating, struck_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING

-- name: count_strike
-- Strikes since somebody last vouched for the answer.
UPDATE golden_answers SET strikes = strikes + 1 WHERE cluster_id = $1

-- name: insert_refusal
-- A proposal that was not taken.
INSERT INTO golden_refusals (event_id, run_id, cluster_id, questions, faults, refused_at)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: intake
-- What became of an event.
SELECT event_id, outcome, moves FROM golden_intake WHERE event_id = $1

-- name: insert_intake
-- The fence: a second time is an error and rolls everything back.
INSERT INTO golden_intake (event_id, outcome, moves) VALUES ($1, $2, $3)

-- name: count_uses
-- Uses since the last flush, all in one; locked in one order, so that two replicas never wait for each other.
UPDATE golden_answers g
SET usage_count = g.usage_count + u.uses, last_used_at = greatest(g.last_used_at, $3)
FROM (
    SELECT a.id, n.uses
    FROM unnest($1::text[], $2::bigint[]) AS n (cluster_id, uses) JOIN golden_answers a USING (cluster_id)
    ORDER BY a.id FOR UPDATE OF a
) u
WHERE g.id = u.id
