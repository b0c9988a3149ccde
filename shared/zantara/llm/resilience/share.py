"""A limit of concurrent calls per provider, with a share that only interactive traffic may use."""

import asyncio
from collections import deque
from typing import Literal, TypeAlias

import msgspec

from zantara.llm.errors import Busy

Traffic: TypeAlias = Literal["interactive", "background"]

_ORDER: tuple[Traffic, ...] = ("interactive", "background")


class SharePolicy(msgspec.Struct, frozen=True, kw_only=True):
    """At most `limit` calls; background work may hold `limit * (1 - reserved)` of them."""

    limit: int = 32
    reserved: float = 0.5
    max_wait_s: float = 0.5
    backoff: float = 0.7
    min_limit: float = 1.0


class ConcurrencyShare:
    """Slots with two queues, interactive first.

    The limit follows the provider: a 429 multiplies it by `backoff`, each answer adds `1 / limit` back (AIMD).
    """

    def __init__(self, provider: str, policy: SharePolicy | None = None) -> None:
        self._provider = provider
        self._policy = policy or SharePolicy()
        self._limit = float(self._policy.limit)
        self._held: dict[Traffic, int] = dict.fromkeys(_ORDER, 0)
        self._waiting: dict[Traffic, deque[asyncio.Future[None]]] = {traffic: deque() for traffic in _ORDER}

    @property
    def limit(self) -> int:
        """How many calls may run now."""
        return int(self._limit)

    @property
    def in_flight(self) -> int:
        """How many calls run now."""
        return sum(self._held.values())

    def lane(self, traffic: Traffic) -> "Lane":
        """The share as one kind of traffic sees it."""
        return Lane(self, traffic)

    async def take(self, traffic: Traffic, within_s: float) -> None:
        """Take a slot, to be given back by `release`; raises Busy when none comes free in time."""
        if not self._waiting[traffic] and self._fits(traffic):
            self._held[traffic] += 1
            return
        ticket = asyncio.get_running_loop().create_future()
        self._waiting[traffic].append(ticket)
        try:
            async with asyncio.timeout(min(within_s, self._policy.max_wait_s)):
                await ticket
        except TimeoutError:
            self._withdraw(traffic, ticket)
            raise Busy(f"{self._provider}: no free slot", retry_after_s=self._policy.max_wait_s) from None
        except asyncio.CancelledError:
            self._withdraw(traffic, ticket)
            raise

    def release(self, traffic: Traffic) -> None:
        """Give a slot back."""
        self._held[traffic] -= 1
        self._wake()

    def throttled(self) -> None:
        """The provider said 429."""
        self._limit = max(self._policy.min_limit, self._limit * self._policy.backoff)

    def answered(self) -> None:
        """The provider answered."""
        self._limit = min(float(self._policy.limit), self._limit + 1 / self._limit)
        self._wake()

    def _withdraw(self, traffic: Traffic, ticket: "asyncio.Future[None]") -> None:
        """Leave the queue, or hand back a slot that was granted in the same moment."""
        if ticket in self._waiting[traffic]:
            self._waiting[traffic].remove(ticket)
        elif not ticket.cancelled():
            self._held[traffic] -= 1
        self._wake()

    def _fits(self, traffic: Traffic) -> bool:
        if self.in_flight >= self.limit:
            return False
        if traffic == "interactive":
            return True
        allowed = int(self.limit * (1 - self._policy.reserved))
        if self._held["background"] < allowed:
            return True
        # A limit shrunk to nothing must not starve background work while nobody else needs the slot.
        return self.in_flight == 0 and not self._waiting["interactive"]

    def _wake(self) -> None:
        for traffic in _ORDER:
            queue = self._waiting[traffic]
            while queue and self._fits(traffic):
                ticket = queue.popleft()
                if not ticket.done():
                    self._held[traffic] += 1
                    ticket.set_result(None)


class Lane(msgspec.Struct, frozen=True):
    """A share for one kind of traffic."""

    share: ConcurrencyShare
    traffic: Traffic

    async def take(self, within_s: float) -> None:
        """Take a slot; raises Busy when none comes free in time."""
        await self.share.take(self.traffic, within_s)

    def release(self) -> None:
        """Give a slot back."""
        self.share.release(self.traffic)
