-- name: begin
-- A run, once; a scheduled one once per job and date. Nothing comes back when another run has the date.
INSERT INTO nightly_worker_runs (run_id, job, run_date, scheduled) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING

-- name: run
-- One run with what its items came to.
SELECT r.*,
       (SELECT count(*) FROM nightly_items i WHERE i.run_id = r.run_id) AS items,
       (SELECT count(*) FROM nightly_items i WHERE i.run_id = r.run_id AND i.status <> 'pending') AS items_done,
       (SELECT count(*) FROM nightly_items i WHERE i.run_id = r.run_id AND i.status = 'written') AS items_written
FROM nightly_worker_runs r WHERE r.run_id = $1

-- name: asked
-- General questions of the last $1 days, read from chat-router's tables, with a pseudonym of who asked.
SELECT t.question AS text, t.language, coalesce(c.user_hash, c.id) AS person
FROM turns t JOIN conversations c ON c.id = t.conversation_id
WHERE t.created_at >= now() - make_interval(days => $1)
  AND t.standalone AND NOT t.personal
  AND t.category IN ('business_simple', 'business_complex', 'cultural')
ORDER BY t.created_at, t.id

-- name: known_queries
-- Which cluster a query belonged to before, read from golden-cache's table.
SELECT query_hash, cluster_id FROM query_clusters

-- name: fresh_clusters
-- Clusters whose answer is in stock and in order, read from golden-cache's table.
SELECT cluster_id FROM golden_answers WHERE status IN ('approved', 'draft') AND (expires_at IS NULL OR expires_at > now())

-- name: plan
-- The step from queries to clusters is done.
UPDATE nightly_worker_runs
SET planned = true, step = 'generate', queries_analyzed = $2, clusters_found = $3, coverage = $4
WHERE run_id = $1

-- name: insert_item
-- A cluster to be answered.
INSERT INTO nightly_items (run_id, cluster_id, position, cluster) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING

-- name: pending_items
-- What is left to do.
SELECT cluster_id, cluster FROM nightly_items WHERE run_id = $1 AND status = 'pending' ORDER BY position

-- name: finish_item
-- What became of a cluster.
UPDATE nightly_items SET status = $3, reason = $4, proposal = $5, llama_tokens = $6, claude_tokens = $7
WHERE run_id = $1 AND cluster_id = $2 AND status = 'pending'

-- name: proposals
-- What was written, in order.
SELECT proposal FROM nightly_items WHERE run_id = $1 AND status = 'written' ORDER BY position

-- name: dropped
-- Why clusters were dropped, and how often.
SELECT reason, count(*) AS count FROM nightly_items WHERE run_id = $1 AND status = 'dropped' GROUP BY reason

-- name: finish
-- The run has ended.
UPDATE nightly_worker_runs r
SET status = $2, error_message = $3, dropped = $4, end_time = now(), step = 'done',
    golden_answers_generated = (SELECT count(*) FROM nightly_items i WHERE i.run_id = r.run_id AND i.status = 'written'),
    llama_tokens_used = (SELECT coalesce(sum(llama_tokens), 0) FROM nightly_items i WHERE i.run_id = r.run_id),
    claude_fallback_tokens = (SELECT coalesce(sum(claude_tokens), 0) FROM nightly_items i WHERE i.run_id = r.run_id)
WHERE run_id = $1 AND status = 'running'

-- name: schedule
-- Since when this installation is there, and which date's run it last began by itself.
SELECT (SELECT installed_at FROM nightly_installation) AS installed_at,
       (SELECT max(run_date) FROM nightly_worker_runs WHERE scheduled AND job = $1) AS done
