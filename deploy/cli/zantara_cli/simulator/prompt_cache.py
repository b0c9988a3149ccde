"""Anthropic's prompt cache as its bills show it: prefixes seen before, byte for byte, up to a breakpoint.

The order is tools, system, messages; a prefix is found at a breakpoint or up to 20 blocks before it, lives five minutes
(or an hour) from its last use, and is not kept below a minimum length. Process memory, bounded.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence

import msgspec

from zantara.clock import Clock

MAX_BREAKPOINTS = 4
_LOOK_BACK = 20
_KEPT = 4096
_LIVES_S = {"5m": 300.0, "1h": 3600.0}


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One block of a prompt: its bytes, its tokens, and how long it is to be kept where it is a breakpoint."""

    content: bytes
    tokens: int
    keep: str | None = None


class Billed(msgspec.Struct, frozen=True, kw_only=True):
    """The input tokens of a request by price."""

    read: int
    written: int
    plain: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.read + self.written + self.plain


class PromptCache:
    """The prefixes seen."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._expires: OrderedDict[bytes, float] = OrderedDict()

    def bill(self, scope: str, blocks: Sequence[Block], min_tokens: int) -> Billed:
        """What of a prompt is read from the cache, what is written to it, what is neither."""
        digests, totals = _prefixes(scope, blocks)
        breakpoints = [i for i, block in enumerate(blocks) if block.keep and totals[i] >= min_tokens]
        everything = totals[-1] if totals else 0
        if not breakpoints:
            return Billed(read=0, written=0, plain=everything)
        hit = max((self._hit(digests, point) for point in breakpoints), default=-1)
        read = totals[hit] if hit >= 0 else 0
        cached = totals[breakpoints[-1]]
        for point in breakpoints:
            self._keep(digests[point], _LIVES_S[blocks[point].keep or "5m"])
        if hit >= 0:
            self._keep(digests[hit], _LIVES_S["5m"])
        return Billed(read=read, written=max(0, cached - read), plain=everything - max(cached, read))

    def _hit(self, digests: Sequence[bytes], point: int) -> int:
        now = self._clock.monotonic()
        for index in range(point, max(-1, point - _LOOK_BACK), -1):
            if self._expires.get(digests[index], 0.0) > now:
                return index
        return -1

    def _keep(self, digest: bytes, seconds: float) -> None:
        until = self._clock.monotonic() + seconds
        self._expires[digest] = max(until, self._expires.pop(digest, 0.0))
        while len(self._expires) > _KEPT:
            self._expires.popitem(last=False)


def _prefixes(scope: str, blocks: Sequence[Block]) -> tuple[list[bytes], list[int]]:
    digest = hashlib.sha256(scope.encode())
    digests, totals, total = [], [], 0
    for block in blocks:
        digest.update(len(block.content).to_bytes(8, "big"))
        digest.update(block.content)
        total += block.tokens
        digests.append(digest.digest())
        totals.append(total)
    return digests, totals
