"""A row whose vector is missing or of another model."""

from typing import Any, Literal

import msgspec


class Stale(msgspec.Struct, frozen=True, kw_only=True):
    """What to embed: which kind of row, its key, the text; for a passage its document too."""

    kind: Literal["topic", "insight", "passage", "price"]
    key: Any
    text: str
    document_id: str = ""
