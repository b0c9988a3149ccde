"""A simulator on a port of its own, without delays, and clients of it."""

from collections.abc import AsyncIterator

import aiohttp
import anthropic
import httpx2
import pytest_asyncio
from aiohttp.test_utils import TestServer

from zantara_cli.simulator.app import create_app
from zantara_cli.simulator.settings import SimulatorSettings

FAST = SimulatorSettings(claude_ttft_ms=0, claude_token_ms=0, llama_ms=0, cache_min_tokens=20)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TestServer]:
    running = TestServer(create_app(FAST))
    await running.start_server()
    yield running
    await running.close()


@pytest_asyncio.fixture
async def client(server: TestServer) -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"x-api-key": "any", "anthropic-version": "2023-06-01"}
    async with aiohttp.ClientSession(server.make_url("/"), headers=headers) as connected:
        yield connected


@pytest_asyncio.fixture
async def claude(server: TestServer) -> AsyncIterator[anthropic.AsyncAnthropic]:
    async with anthropic.AsyncAnthropic(api_key="any", base_url=str(server.make_url("/")), max_retries=0) as sdk:
        yield sdk


@pytest_asyncio.fixture
async def http(server: TestServer) -> AsyncIterator[httpx2.AsyncClient]:
    headers = {"authorization": "Bearer any"}
    async with httpx2.AsyncClient(base_url=str(server.make_url("/")), headers=headers, timeout=10) as connected:
        yield connected
