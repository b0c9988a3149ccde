-- One row per compared turn; the event's id keeps it one.
CREATE TABLE shadow_comparisons (
    comparison_id text PRIMARY KEY,
    turn_id text NOT NULL,
    compared_at timestamptz NOT NULL,
    segment text NOT NULL,
    baseline text NOT NULL,
    baseline_model text NOT NULL,
    prompt_hash text NOT NULL,
    success boolean NOT NULL,
    failure text NOT NULL,
    llama_model text NOT NULL,
    llama_answer text NOT NULL,
    llama_latency_ms double precision NOT NULL,
    llama_ttft_ms double precision,
    llama_input_tokens integer NOT NULL,
    llama_output_tokens integer NOT NULL,
    baseline_latency_ms double precision NOT NULL,
    baseline_cost_usd double precision NOT NULL,
    length_ratio double precision,
    similarity double precision,
    language_match boolean,
    simulated boolean NOT NULL
);
CREATE INDEX shadow_comparisons_segment ON shadow_comparisons (segment, compared_at);
