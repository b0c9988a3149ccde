-- What was said: one row per exchange, written in one transaction with its event.
CREATE TABLE conversations (
    id text PRIMARY KEY,
    user_id text,
    user_hash text,
    role text NOT NULL DEFAULT 'anonymous',
    language text NOT NULL DEFAULT '',
    channel text NOT NULL DEFAULT 'web',
    created_at timestamptz NOT NULL DEFAULT now(),
    last_turn_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    end_reason text
);
CREATE INDEX conversations_open ON conversations (last_turn_at) WHERE ended_at IS NULL;
CREATE INDEX conversations_user ON conversations (user_id, last_turn_at DESC);

CREATE TABLE turns (
    id text PRIMARY KEY,
    conversation_id text NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position integer NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    status text NOT NULL DEFAULT 'complete',
    language text NOT NULL,
    category text NOT NULL,
    personal boolean NOT NULL DEFAULT false,
    standalone boolean NOT NULL DEFAULT true,
    ai_used text NOT NULL,
    model text NOT NULL,
    simulated boolean NOT NULL DEFAULT false,
    route text NOT NULL,
    cached boolean NOT NULL DEFAULT false,
    match_type text,
    cluster_id text,
    sources jsonb NOT NULL DEFAULT '[]',
    cultural_topics text[] NOT NULL DEFAULT '{}',
    degraded text[] NOT NULL DEFAULT '{}',
    usage jsonb NOT NULL DEFAULT '{}',
    latency_ms double precision NOT NULL,
    ttft_ms double precision,
    prompt jsonb,
    prompt_hash text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX turns_conversation ON turns (conversation_id, position);
CREATE INDEX turns_created ON turns (created_at);

CREATE TABLE feedback (
    id text PRIMARY KEY,
    turn_id text NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
    comment text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE chat_router_outbox (
    id text PRIMARY KEY,
    type text NOT NULL,
    body jsonb NOT NULL,
    headers jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz
);
CREATE INDEX chat_router_outbox_waiting ON chat_router_outbox (created_at) WHERE published_at IS NULL;

COMMENT ON TABLE conversations IS 'A user''s conversation; user_id is the only plain identity, user_hash its pseudonym.';
COMMENT ON COLUMN turns.prompt IS 'The model request as sent: the snapshot from which shadow-judge asks LLAMA the same.';
