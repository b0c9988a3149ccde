"""Where memory is kept: PostgreSQL, and a twin in memory that passes the same contract."""

from jiwa_enricher.store.memory import MemoryStore
from jiwa_enricher.store.postgres import PostgresStore

__all__ = ["MemoryStore", "PostgresStore"]
