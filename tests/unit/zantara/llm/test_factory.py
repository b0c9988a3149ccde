import pytest

from zantara.clock import ManualClock
from zantara.errors import StartError
from zantara.llm import WithFallback
from zantara.llm.factory import Wiring, claude_model, llama_endpoint, llama_model, queue_base
from zantara.llm.http_client import HttpClient
from zantara.llm.metrics import LlmMetrics
from zantara.llm.models import HAIKU
from zantara.llm.openai import OpenAIModel
from zantara.llm.resilience import Guarded, Guards
from zantara.llm.runpod import RunPodModel
from zantara.runtime.settings import Secret

QUEUE = "https://api.example.test/v2/abc123"


@pytest.fixture
async def wiring(clock: ManualClock, metrics: LlmMetrics) -> Wiring:
    return Wiring(http=HttpClient(), clock=clock, guards=Guards(clock, metrics))


@pytest.mark.parametrize(
    ("endpoint", "base"),
    [
        (QUEUE, QUEUE),
        (f"{QUEUE}/", QUEUE),
        (f"{QUEUE}/run", QUEUE),
        (f"{QUEUE}/runsync", QUEUE),
        (f"{QUEUE}/openai/v1", None),
        ("http://127.0.0.1:8000/v1", None),
        ("http://127.0.0.1:8000", None),
    ],
)
def test_the_url_tells_a_queue_from_an_openai_endpoint(endpoint: str, base: str | None) -> None:
    assert queue_base(endpoint) == base


async def test_each_endpoint_gets_its_client(wiring: Wiring) -> None:
    assert isinstance(llama_endpoint(QUEUE, Secret("k"), wiring=wiring), RunPodModel)
    assert isinstance(llama_endpoint("http://127.0.0.1:8000/v1", "", wiring=wiring), OpenAIModel)


async def test_hugging_face_stands_behind_llama_where_configured(wiring: Wiring) -> None:
    alone = llama_model(QUEUE, "k", wiring=wiring)
    both = llama_model(QUEUE, "k", "https://hf.example.test/v1", Secret("t"), wiring=wiring)
    assert isinstance(alone, Guarded)
    assert isinstance(both, WithFallback)
    assert (both.name, both.provider) == (alone.name, "runpod")


async def test_without_any_endpoint_the_start_stops(wiring: Wiring) -> None:
    with pytest.raises(StartError, match="RUNPOD_LLAMA_ENDPOINT"):
        llama_model("", "", wiring=wiring)


async def test_two_views_of_one_claude_share_a_breaker(clock: ManualClock, metrics: LlmMetrics) -> None:
    guards = Guards(clock, metrics)
    http = HttpClient()
    chat = Wiring(http=http, clock=clock, guards=guards)
    night = Wiring(http=http, clock=clock, guards=guards, traffic="background")
    views = [claude_model(HAIKU, api_key="k", base_url="http://127.0.0.1:1", wiring=wiring) for wiring in (chat, night)]
    breakers = {id(view.breaker) for view in views if isinstance(view, Guarded)}
    assert len(breakers) == 1
    assert list(guards.breakers) == [("anthropic", HAIKU)]
