"""The in-memory bus keeps the contract."""

from collections.abc import Callable

import pytest
from contract import BusContract

from zantara.bus import Bus, DeadLetter, MemoryBus
from zantara.events import Event


class TestMemoryBus(BusContract):
    @pytest.fixture
    def hub(self) -> MemoryBus:
        return MemoryBus()

    @pytest.fixture
    def buses(self, hub: MemoryBus) -> Callable[[str], Bus]:
        return hub.for_service

    @pytest.fixture
    def buried(self, hub: MemoryBus) -> object:
        async def letters() -> list[DeadLetter]:
            return hub.buried

        return letters

    @pytest.fixture
    def published(self, hub: MemoryBus) -> object:
        async def events(type_: type[Event]) -> list[Event]:
            return [event for event in hub.published if isinstance(event, type_)]

        return events
