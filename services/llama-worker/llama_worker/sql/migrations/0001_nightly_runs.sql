-- The night's runs, their clusters with what became of each, and when this installation began.
CREATE TABLE nightly_worker_runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id text NOT NULL UNIQUE,
    job text NOT NULL,
    run_date date NOT NULL,
    scheduled boolean NOT NULL,
    start_time timestamptz NOT NULL DEFAULT now(),
    end_time timestamptz,
    status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'completed', 'failed')),
    step text NOT NULL DEFAULT 'collect',
    planned boolean NOT NULL DEFAULT false,
    queries_analyzed integer NOT NULL DEFAULT 0,
    clusters_found integer NOT NULL DEFAULT 0,
    coverage double precision NOT NULL DEFAULT 0,
    intel_classification_count integer NOT NULL DEFAULT 0,
    golden_answers_generated integer NOT NULL DEFAULT 0,
    golden_answers_updated integer NOT NULL DEFAULT 0,
    cultural_chunks_generated integer NOT NULL DEFAULT 0,
    llama_tokens_used bigint NOT NULL DEFAULT 0,
    claude_fallback_tokens bigint NOT NULL DEFAULT 0,
    dropped jsonb NOT NULL DEFAULT '{}',
    error_message text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX nightly_worker_runs_once ON nightly_worker_runs (job, run_date) WHERE scheduled;

CREATE TABLE nightly_items (
    run_id text NOT NULL REFERENCES nightly_worker_runs (run_id) ON DELETE CASCADE,
    cluster_id text NOT NULL,
    position integer NOT NULL,
    cluster jsonb NOT NULL,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'written', 'dropped')),
    reason text NOT NULL DEFAULT '',
    proposal jsonb,
    llama_tokens integer NOT NULL DEFAULT 0,
    claude_tokens integer NOT NULL DEFAULT 0,
    PRIMARY KEY (run_id, cluster_id)
);

CREATE TABLE nightly_installation (installed_at timestamptz NOT NULL);
INSERT INTO nightly_installation VALUES (now());
