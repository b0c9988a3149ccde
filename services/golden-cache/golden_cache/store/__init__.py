"""PostgreSQL behind the ports of the handlers, and its twin in memory; both pass one contract."""

from golden_cache.store.memory import MemoryStore
from golden_cache.store.postgres import PostgresStore

__all__ = ["MemoryStore", "PostgresStore"]
