"""One whole system for the end-to-end tests, sample corpus loaded; parts that a test stops come back by themselves."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from system import System, running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[System]:
    """Started once; its tests run in the same event loop."""
    async with running(tmp_path_factory.mktemp("system")) as started:
        yield started
