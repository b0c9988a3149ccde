"""Where turns are kept: PostgreSQL, and a spool on disk for the time it is away."""

from chat_router.store.spool import Spool
from chat_router.store.turns import TurnStore

__all__ = ["Spool", "TurnStore"]
