"""One callable class per request and event, with the ports it needs."""

from golden_cache.handlers.changes import CountStrike, RetireCiting
from golden_cache.handlers.imports import TakeEntry
from golden_cache.handlers.lookup import LookUp
from golden_cache.handlers.operator import ListAnswers, SetStatus, ShowAnswer
from golden_cache.handlers.proposals import TakeProposal, Terms
from golden_cache.handlers.refresh import Refresh
from golden_cache.handlers.stock import Stock

__all__ = [
    "CountStrike",
    "ListAnswers",
    "LookUp",
    "Refresh",
    "RetireCiting",
    "SetStatus",
    "ShowAnswer",
    "Stock",
    "TakeEntry",
    "TakeProposal",
    "Terms",
]
