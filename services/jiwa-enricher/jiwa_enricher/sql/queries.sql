-- name: lock_person
-- One writer a person at a time, until the transaction ends.
SELECT pg_advisory_xact_lock(hashtextextended($1, 7210411))

-- name: conversation
-- The router's record, read only.
SELECT id, user_id, language FROM conversations WHERE id = $1

-- name: turns
-- The exchanges of a conversation in order; the router writes them.
SELECT id, position, question, answer, language, created_at FROM turns WHERE conversation_id = $1 ORDER BY position, id

-- name: enrichment
-- What an event has done already.
SELECT event_id, conversation_id, language, turns, added, strengthened, closed, dropped, model, simulated, fallback,
       prompt_version, input_tokens, output_tokens, cost_usd, last_turn_at, created_at
FROM enrichments WHERE event_id = $1

-- name: insert_enrichment
-- The fence: a second insert of the same event is an error that rolls everything back.
INSERT INTO enrichments (event_id, user_id, conversation_id, language, turns, added, strengthened, closed, dropped,
                         model, simulated, fallback, prompt_version, input_tokens, output_tokens, cost_usd,
                         last_turn_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)

-- name: visits
-- That a person talked with us, by conversation.
SELECT conversation_id, language, last_turn_at FROM enrichments WHERE user_id = $1

-- name: open_facts
-- What no contradiction has closed.
SELECT id, slot, value, value_en, certainty, confidence, quote, turn_id, also_turn_ids, conversation_id, language,
       valid_from, valid_to, confirmed_at, expires_at, model, prompt_version, created_at, closed_at
FROM memory_facts WHERE user_id = $1 AND valid_to IS NULL

-- name: insert_fact
-- A new fact with its first evidence.
INSERT INTO memory_facts (id, user_id, slot, value, value_en, certainty, confidence, quote, turn_id, also_turn_ids,
                          conversation_id, language, valid_from, valid_to, confirmed_at, expires_at, model,
                          prompt_version, created_at, closed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)

-- name: update_fact
-- More evidence, or the end of its validity; what it says never changes.
UPDATE memory_facts
SET certainty = $3, confidence = $4, also_turn_ids = $5, valid_from = $6, valid_to = $7, confirmed_at = $8,
    expires_at = $9, closed_at = $10
WHERE user_id = $1 AND id = $2

-- name: delete_fact
-- Forgotten for good; its turns go into tombstones.
DELETE FROM memory_facts WHERE user_id = $1 AND id = $2 RETURNING slot, turn_id, also_turn_ids

-- name: delete_facts
-- The whole person, history too.
DELETE FROM memory_facts WHERE user_id = $1

-- name: expired
-- Whose facts have passed their time; the next sweep takes the rest.
SELECT DISTINCT user_id FROM memory_facts WHERE expires_at <= $1 LIMIT 500

-- name: expire
-- Past its time, open or closed: no longer ours to keep.
DELETE FROM memory_facts WHERE user_id = $1 AND expires_at <= $2

-- name: delete_profile
-- The whole person.
DELETE FROM memory_profiles WHERE user_id = $1

-- name: unlink_enrichments
-- The fences stay, so that a redelivery still changes nothing; whose they were is forgotten.
UPDATE enrichments SET user_id = NULL WHERE user_id = $1

-- name: upsert_profile
-- What recalls are answered from.
INSERT INTO memory_profiles (user_id, profile) VALUES ($1, $2)
ON CONFLICT (user_id) DO UPDATE
SET profile = excluded.profile, version = memory_profiles.version + 1, updated_at = now()

-- name: profile
-- The hot path: one row by its key.
SELECT profile FROM memory_profiles WHERE user_id = $1

-- name: tombstones
-- What this person has asked us to forget.
SELECT fact_digest, forgotten_at FROM memory_tombstones WHERE user_digest = $1

-- name: bury
-- Forgetting the same again moves the time on.
INSERT INTO memory_tombstones (user_digest, fact_digest) VALUES ($1, $2)
ON CONFLICT (user_digest, fact_digest) DO UPDATE SET forgotten_at = excluded.forgotten_at

-- name: census
-- For the readiness page.
SELECT (SELECT count(*) FROM memory_profiles) AS profiles, (SELECT count(*) FROM memory_facts) AS facts
