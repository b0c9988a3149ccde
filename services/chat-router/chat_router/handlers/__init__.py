"""What chat-router does: answer a message, record it, end, show, import and rate conversations."""

from chat_router.handlers.answer import Answer
from chat_router.handlers.conversations import CloseConversation, EndIdle, Rate, TakeConversation
from chat_router.handlers.figures import KnownFigures
from chat_router.handlers.ladder import Ladder, Patience
from chat_router.handlers.recall import Recall
from chat_router.handlers.recorder import Recorder

__all__ = [
    "Answer",
    "CloseConversation",
    "EndIdle",
    "KnownFigures",
    "Ladder",
    "Patience",
    "Rate",
    "Recall",
    "Recorder",
    "TakeConversation",
]
