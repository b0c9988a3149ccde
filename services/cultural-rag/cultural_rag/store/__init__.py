"""PostgreSQL behind the ports of the handlers; all writes of this service's tables are in `sql/queries.sql`."""

from cultural_rag.store.culture import CultureStore
from cultural_rag.store.knowledge import KnowledgeStore
from cultural_rag.store.vectors import VectorStore

__all__ = ["CultureStore", "KnowledgeStore", "VectorStore"]
