"""A night's run and its items, as they stand."""

from datetime import date

import msgspec

from zantara.events import GoldenProposed


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A run as it stands."""

    run_id: str
    job: str
    run_date: date
    status: str
    step: str
    planned: bool
    queries_analyzed: int
    clusters_found: int
    coverage: float
    dropped: dict[str, int]
    error_message: str
    items: int
    items_done: int
    items_written: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a cluster: a proposal, or the reason for dropping it; tokens by writer."""

    cluster_id: str
    proposal: GoldenProposed | None = None
    reason: str = ""
    llama_tokens: int = 0
    claude_tokens: int = 0
