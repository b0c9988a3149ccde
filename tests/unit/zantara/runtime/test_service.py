"""Declaration and wiring cannot drift: a service covers exactly its rows of the topology."""

from typing import Any

import pytest

from zantara.bus import MemoryBus
from zantara.errors import StartError
from zantara.events import ChatCompleted, ConversationEnded, ForgetMemory, MemoryRecall
from zantara.runtime import Service


async def nothing(*_: Any) -> Any:
    return ()


def service(**changes: Any) -> Service:
    wired: dict[str, Any] = {
        "name": "jiwa-enricher",
        "bus": MemoryBus(),
        "host": "127.0.0.1",
        "port": 0,
        "handlers": {ConversationEnded: nothing},
        "responders": {MemoryRecall: nothing, ForgetMemory: nothing},
    }
    return Service(**{**wired, **changes})


def test_wired_as_declared() -> None:
    service().check_wiring()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"handlers": {}}, "ConversationEnded"),
        ({"handlers": {ConversationEnded: nothing, ChatCompleted: nothing}}, "ChatCompleted"),
        ({"responders": {MemoryRecall: nothing}}, "ForgetMemory"),
        ({"hearers": {ChatCompleted: nothing}}, "ChatCompleted"),
    ],
)
def test_a_difference_stops_the_start_and_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(StartError, match=named):
        service(**changes).check_wiring()
