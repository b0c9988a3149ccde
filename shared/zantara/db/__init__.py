"""PostgreSQL: a pool with timeouts everywhere, named SQL, migrations with checksums, the transactional outbox."""

from zantara.db.database import Connection, Database, Row, open_database
from zantara.db.migrations import migrate, pending
from zantara.db.outbox import Outbox, Relay
from zantara.db.statements import Statements, load_statements

__all__ = [
    "Connection",
    "Database",
    "Outbox",
    "Relay",
    "Row",
    "Statements",
    "load_statements",
    "migrate",
    "open_database",
    "pending",
]
