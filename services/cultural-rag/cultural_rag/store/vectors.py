"""Rows whose vector is missing or of another model: found a batch at a time, whatever table they are in."""

from collections.abc import Callable, Sequence
from typing import Literal

from cultural_rag.domain.matrix import Vector
from cultural_rag.domain.notes import chunk_embedding_text, insight_embedding_text
from cultural_rag.domain.passages import embedding_text, figure_embedding_text
from cultural_rag.domain.stale import Stale
from zantara.db import Database, Row, load_statements

Kind = Literal["topic", "insight", "passage", "price"]

_TEXTS: dict[Kind, Callable[[Row], str]] = {
    "topic": lambda row: chunk_embedding_text(row["title"], row["content"], row["language"]),
    "insight": lambda row: insight_embedding_text(row["signal"], row["meaning"], row["language"]),
    "passage": lambda row: embedding_text(row["title"], row["heading"], row["text"], row["language"]),
    "price": lambda row: figure_embedding_text(row["subject"], row["kind"], row["text_en"]),
}


class VectorStore:
    """Reads what is stale, writes what was embedded."""

    def __init__(self, database: Database) -> None:
        self._database = database
        sql = load_statements("cultural_rag")
        self._sql = sql
        self._stale: dict[Kind, str] = {
            "topic": sql.topics_to_embed,
            "insight": sql.insights_to_embed,
            "passage": sql.passages_to_embed,
            "price": sql.prices_to_embed,
        }
        self._embed = {"topic": sql.embed_topic, "insight": sql.embed_insight, "price": sql.embed_price}

    async def stale(self, model: str, limit: int) -> list[Stale]:
        """Up to `limit` rows of one kind; nothing once all vectors are of this model."""
        for kind, statement in self._stale.items():
            rows = await self._database.rows(statement, model, limit)
            if rows:
                return [
                    Stale(kind=kind, key=row["key"], text=_TEXTS[kind](row), document_id=row.get("document_id", ""))
                    for row in rows
                ]
        return []

    async def save(self, rows: Sequence[Stale], vectors: Sequence[Vector], model: str) -> None:
        """Write vectors of one kind of row; replicas see a new revision."""
        kind = rows[0].kind
        part = "culture" if kind in {"topic", "insight"} else "knowledge"
        async with self._database.transaction() as connection:
            revision = await connection.value(self._sql.next_revision, part)
            pairs = list(zip(rows, vectors, strict=True))
            if kind == "passage":
                await connection.run_many(self._sql.embed_passage, [(row.key, vector, model) for row, vector in pairs])
                documents = sorted({row.document_id for row in rows})
                await connection.run(self._sql.touch_documents, documents, revision)
                return
            values = [(row.key, vector, model, revision) for row, vector in pairs]
            await connection.run_many(self._embed[kind], values)
