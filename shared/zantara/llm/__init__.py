"""Chat models: one port, Claude and LLAMA behind it, and what keeps a provider's trouble away from the user.

The clients themselves come from `zantara.llm.factory`; importing this package loads no SDK.
"""

from zantara.llm.errors import (
    AuthenticationFailed,
    BadOutput,
    BillingStop,
    BreakerOpen,
    BrokenStream,
    Busy,
    ColdWorker,
    InvalidRequest,
    JobLost,
    ModelError,
    Overloaded,
    RateLimited,
    Refused,
    ServerFault,
    TimedOut,
    Truncated,
    Unreachable,
)
from zantara.llm.fallback import WithFallback
from zantara.llm.json_model import complete_json, parse_json, schema_of
from zantara.llm.port import (
    ChatModel,
    Completion,
    Deadline,
    Message,
    ModelRequest,
    Piece,
    SystemBlock,
    Usage,
    WarmthProbe,
    WorkerHealth,
    reading,
)
from zantara.llm.scripted import ScriptedModel

__all__ = [
    "AuthenticationFailed",
    "BadOutput",
    "BillingStop",
    "BreakerOpen",
    "BrokenStream",
    "Busy",
    "ChatModel",
    "ColdWorker",
    "Completion",
    "Deadline",
    "InvalidRequest",
    "JobLost",
    "Message",
    "ModelError",
    "ModelRequest",
    "Overloaded",
    "Piece",
    "RateLimited",
    "Refused",
    "ScriptedModel",
    "ServerFault",
    "SystemBlock",
    "TimedOut",
    "Truncated",
    "Unreachable",
    "Usage",
    "WarmthProbe",
    "WithFallback",
    "WorkerHealth",
    "complete_json",
    "parse_json",
    "reading",
    "schema_of",
]
