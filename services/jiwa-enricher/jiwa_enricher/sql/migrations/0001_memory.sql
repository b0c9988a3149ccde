-- What is known of a person. No other service writes these tables; only this service knows the plain user id in them.
CREATE TABLE memory_facts (
    id text PRIMARY KEY,
    user_id text NOT NULL,
    slot text NOT NULL CHECK (slot IN (
        'personality', 'emotional_state', 'trust_level', 'communication_preference', 'life_phase', 'dreams',
        'anxieties', 'relationship_with_us', 'cultural_bridge_needed', 'name', 'language', 'interests', 'case_stage'
    )),
    value text NOT NULL CHECK (value <> ''),
    value_en text NOT NULL,
    certainty text NOT NULL CHECK (certainty IN ('stated', 'deduced', 'inferred')),
    confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    quote text NOT NULL CHECK (quote <> ''),
    turn_id text NOT NULL,
    also_turn_ids text[] NOT NULL DEFAULT '{}',
    conversation_id text NOT NULL,
    language text NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_to timestamptz CHECK (valid_to >= valid_from),
    confirmed_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    model text NOT NULL,
    prompt_version text NOT NULL,
    created_at timestamptz NOT NULL,
    closed_at timestamptz,
    CHECK ((valid_to IS NULL) = (closed_at IS NULL))
);
CREATE INDEX memory_facts_open ON memory_facts (user_id) WHERE valid_to IS NULL;
CREATE INDEX memory_facts_expiry ON memory_facts (expires_at);

CREATE TABLE memory_profiles (
    user_id text PRIMARY KEY,
    profile jsonb NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE enrichments (
    event_id text PRIMARY KEY,
    user_id text,
    conversation_id text NOT NULL,
    language text NOT NULL,
    turns integer NOT NULL,
    added integer NOT NULL,
    strengthened integer NOT NULL,
    closed integer NOT NULL,
    dropped jsonb NOT NULL,
    model text NOT NULL,
    simulated boolean NOT NULL,
    fallback boolean NOT NULL,
    prompt_version text NOT NULL,
    input_tokens integer NOT NULL,
    output_tokens integer NOT NULL,
    cost_usd double precision NOT NULL,
    last_turn_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX enrichments_user ON enrichments (user_id);

CREATE TABLE memory_tombstones (
    user_digest text NOT NULL,
    fact_digest text NOT NULL DEFAULT '',
    forgotten_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_digest, fact_digest)
);

COMMENT ON TABLE memory_facts IS 'Facts with evidence, bi-temporal: true from valid_from to valid_to, on record from created_at to closed_at.';
COMMENT ON TABLE memory_profiles IS 'What memory.recall answers from; rebuilt whenever a fact changes.';
COMMENT ON TABLE enrichments IS 'What each conversation.ended did: the key fences its effect. user_id is null once forgotten.';
COMMENT ON TABLE memory_tombstones IS 'Hashes of what was forgotten, so that nothing late brings it back; an empty fact_digest is everything.';
