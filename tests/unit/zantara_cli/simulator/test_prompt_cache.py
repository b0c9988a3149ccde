"""The prompt cache: byte for byte, at breakpoints, for as long as it lives."""

from zantara.clock import ManualClock
from zantara_cli.simulator.prompt_cache import Billed, Block, PromptCache


def _block(text: str, tokens: int = 100, keep: str | None = None) -> Block:
    return Block(content=text.encode(), tokens=tokens, keep=keep)


STABLE = (_block("tools"), _block("system", keep="5m"))


def _bill(cache: PromptCache, *blocks: Block, scope: str = "key", least: int = 50) -> Billed:
    return cache.bill(scope, blocks, least)


def test_written_then_read() -> None:
    cache = PromptCache(ManualClock())
    assert _bill(cache, *STABLE, _block("q1")) == Billed(read=0, written=200, plain=100)
    assert _bill(cache, *STABLE, _block("q2")) == Billed(read=200, written=0, plain=100)


def test_one_byte_more_in_the_prefix_is_another_prefix() -> None:
    cache = PromptCache(ManualClock())
    _bill(cache, *STABLE)
    assert _bill(cache, _block("tools "), STABLE[1]).read == 0


def test_keys_and_models_do_not_share() -> None:
    cache = PromptCache(ManualClock())
    _bill(cache, *STABLE)
    assert _bill(cache, *STABLE, scope="other").read == 0


def test_without_a_breakpoint_or_below_the_minimum_nothing_is_cached() -> None:
    cache = PromptCache(ManualClock())
    for _ in range(2):
        assert _bill(cache, _block("tools"), _block("system")) == Billed(read=0, written=0, plain=200)
        assert _bill(cache, *STABLE, least=201) == Billed(read=0, written=0, plain=200)


def test_a_growing_conversation_reads_what_the_last_turn_wrote() -> None:
    cache = PromptCache(ManualClock())
    _bill(cache, *STABLE, _block("turn 1", keep="5m"))
    billed = _bill(cache, *STABLE, _block("turn 1"), _block("turn 2", keep="5m"), _block("tail"))
    assert billed == Billed(read=300, written=100, plain=100)


def test_five_minutes_from_the_last_use_an_hour_where_asked() -> None:
    clock = ManualClock()
    cache = PromptCache(clock)
    long = (_block("other", keep="1h"),)
    _bill(cache, *STABLE)
    _bill(cache, *long)
    clock.advance(299)
    assert _bill(cache, *STABLE).read == 200
    clock.advance(299)
    assert _bill(cache, *STABLE).read == 200
    clock.advance(301)
    assert _bill(cache, *STABLE).read == 0
    assert _bill(cache, *long).read == 100
