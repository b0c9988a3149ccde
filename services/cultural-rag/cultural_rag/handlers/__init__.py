"""One callable class per request and event, with the ports it needs."""

from cultural_rag.handlers.imports import TakeCulture, TakeDocument, TakePrices
from cultural_rag.handlers.lookup import LookUpCulture
from cultural_rag.handlers.refresh import Refresh
from cultural_rag.handlers.search import SearchKnowledge
from cultural_rag.handlers.stock import Stock

__all__ = [
    "LookUpCulture",
    "Refresh",
    "SearchKnowledge",
    "Stock",
    "TakeCulture",
    "TakeDocument",
    "TakePrices",
]
