-- name: revision
-- What replicas compare to know that they are behind.
SELECT revision FROM cultural_rag_revisions WHERE part = $1

-- name: next_revision
-- Taken at the start of every import: the row lock makes imports of a part wait for each other.
UPDATE cultural_rag_revisions SET revision = revision + 1 WHERE part = $1 RETURNING revision

-- name: document
-- What is known of a document before its import.
SELECT checksum, version,
    ARRAY(SELECT passage_id FROM knowledge_passages WHERE document_id = knowledge_documents.id) AS passage_ids
FROM knowledge_documents WHERE id = $1

-- name: put_document
-- A document's own fields; the version grows with each change.
INSERT INTO knowledge_documents
    (id, title, language, topic, audience, priority, confidence, source, as_of, checksum, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO UPDATE SET
    title = excluded.title, language = excluded.language, topic = excluded.topic, audience = excluded.audience,
    priority = excluded.priority, confidence = excluded.confidence, source = excluded.source, as_of = excluded.as_of,
    checksum = excluded.checksum, revision = excluded.revision, version = knowledge_documents.version + 1,
    updated_at = now()
RETURNING version

-- name: drop_passages
-- Passages that the new form of a document no longer holds.
DELETE FROM knowledge_passages WHERE passage_id = ANY($1)

-- name: put_passage
-- A passage that the new form of a document brings.
INSERT INTO knowledge_passages
    (passage_id, document_id, position, heading, text, language, embedding, embedding_model, checksum, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: move_passage
-- A passage that stayed as it was, perhaps elsewhere in its document.
UPDATE knowledge_passages SET position = $2 WHERE passage_id = $1

-- name: changed_documents
-- Documents that a replica has not seen in their present form.
SELECT id FROM knowledge_documents WHERE revision > $1

-- name: passages_of
-- All passages of some documents, with what is shown beside them; vectors of the present model only.
SELECT p.passage_id, p.document_id, d.title, p.heading, p.text, p.language, d.source, d.as_of,
    CASE WHEN p.embedding_model = $2 THEN p.embedding END AS vector
FROM knowledge_passages p JOIN knowledge_documents d ON d.id = p.document_id
WHERE p.document_id = ANY($1)
ORDER BY p.document_id, p.position

-- name: prices
-- The rows of these keys, to tell what an import changes.
SELECT key, kind, subject, value, unit, text_en, document_id, as_of, certainty FROM price_table WHERE key = ANY($1)

-- name: put_price
-- A row of the table of figures.
INSERT INTO price_table
    (key, kind, subject, value, unit, text_en, document_id, as_of, certainty, embedding, embedding_model, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (key) DO UPDATE SET
    kind = excluded.kind, subject = excluded.subject, value = excluded.value, unit = excluded.unit,
    text_en = excluded.text_en, document_id = excluded.document_id, as_of = excluded.as_of,
    certainty = excluded.certainty, embedding = excluded.embedding, embedding_model = excluded.embedding_model,
    revision = excluded.revision, version = price_table.version + 1, updated_at = now()

-- name: changed_prices
-- Figures that a replica has not seen in their present form, as passages of their documents.
SELECT p.key, p.kind, p.subject, p.text_en, p.document_id, p.as_of, coalesce(d.source, '') AS source,
    CASE WHEN p.embedding_model = $2 THEN p.embedding END AS vector
FROM price_table p LEFT JOIN knowledge_documents d ON d.id = p.document_id
WHERE p.revision > $1 OR d.revision > $1
ORDER BY p.key

-- name: active_topics
-- The topics that lookups use.
SELECT id, topic, title, content, when_to_use, tone, language,
    CASE WHEN embedding_model = $1 THEN embedding END AS vector
FROM cultural_knowledge WHERE status = 'active' ORDER BY id

-- name: retire_topic
-- The version in use gives way to the next.
UPDATE cultural_knowledge SET status = 'retired', updated_at = now() WHERE topic = $1 AND status = 'active'

-- name: add_topic
-- The next version of a topic, in use at once.
INSERT INTO cultural_knowledge
    (topic, version, title, content, when_to_use, tone, language, generated_by, embedding, embedding_model, revision)
VALUES (
    $1, (SELECT coalesce(max(version), 0) + 1 FROM cultural_knowledge WHERE topic = $1),
    $2, $3, $4, $5, $6, $7, $8, $9, $10
)

-- name: active_insights
-- The insights that lookups use.
SELECT id, topic, language, signal, meaning, how_to_respond,
    CASE WHEN embedding_model = $1 THEN embedding END AS vector
FROM cultural_insights WHERE status = 'active' ORDER BY id

-- name: put_insight
-- An insight; its usage stays.
INSERT INTO cultural_insights
    (id, topic, language, signal, meaning, how_to_respond, generated_by, embedding, embedding_model, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (id) DO UPDATE SET
    topic = excluded.topic, language = excluded.language, signal = excluded.signal, meaning = excluded.meaning,
    how_to_respond = excluded.how_to_respond, generated_by = excluded.generated_by, embedding = excluded.embedding,
    embedding_model = excluded.embedding_model, revision = excluded.revision, status = 'active', updated_at = now()

-- name: count_topic
-- Uses since the last flush.
UPDATE cultural_knowledge SET usage_count = usage_count + $2, last_used_at = $3 WHERE id = $1

-- name: count_insight
-- Uses since the last flush.
UPDATE cultural_insights SET usage_count = usage_count + $2, last_used_at = $3 WHERE id = $1

-- name: passages_to_embed
-- Passages whose vector is of another model.
SELECT p.passage_id AS key, d.title, p.heading, p.text, p.language, p.document_id
FROM knowledge_passages p JOIN knowledge_documents d ON d.id = p.document_id
WHERE p.embedding IS NULL OR p.embedding_model <> $1 ORDER BY p.passage_id LIMIT $2

-- name: prices_to_embed
-- The same for figures.
SELECT key, kind, subject, text_en FROM price_table
WHERE embedding IS NULL OR embedding_model <> $1 ORDER BY key LIMIT $2

-- name: topics_to_embed
-- The same for topics, those of the first migration among them.
SELECT id AS key, title, content, language FROM cultural_knowledge
WHERE status = 'active' AND (embedding IS NULL OR embedding_model <> $1) ORDER BY id LIMIT $2

-- name: insights_to_embed
-- The same for insights.
SELECT id AS key, signal, meaning, language FROM cultural_insights
WHERE status = 'active' AND (embedding IS NULL OR embedding_model <> $1) ORDER BY id LIMIT $2

-- name: embed_passage
-- A vector of the present model.
UPDATE knowledge_passages SET embedding = $2, embedding_model = $3 WHERE passage_id = $1

-- name: touch_documents
-- Replicas read the passages of these documents again.
UPDATE knowledge_documents SET revision = $2 WHERE id = ANY($1)

-- name: embed_price
-- A vector of the present model.
UPDATE price_table SET embedding = $2, embedding_model = $3, revision = $4 WHERE key = $1

-- name: embed_topic
-- A vector of the present model.
UPDATE cultural_knowledge SET embedding = $2, embedding_model = $3, revision = $4 WHERE id = $1

-- name: embed_insight
-- A vector of the present model.
UPDATE cultural_insights SET embedding = $2, embedding_model = $3, revision = $4 WHERE id = $1
