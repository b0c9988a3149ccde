-- name: snapshot
-- A turn as it was, read from chat-router's table.
SELECT question, answer, language, prompt, latency_ms, coalesce((usage ->> 'cost_usd')::double precision, 0) AS cost_usd
FROM turns WHERE id = $1

-- name: insert_comparison
-- One pair; the same pair again changes nothing.
INSERT INTO shadow_comparisons
SELECT r.* FROM jsonb_populate_record(NULL::shadow_comparisons, $1::jsonb) AS r
ON CONFLICT (comparison_id) DO NOTHING

-- name: comparison
-- A pair that is there already.
SELECT * FROM shadow_comparisons WHERE comparison_id = $1
