"""Faults on request: what can go wrong, in one request's header or by a standing order, and how often."""

import random
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from zantara.clock import Clock, new_id
from zantara.errors import Invalid, NotFound

Api = Literal["anthropic", "runpod", "openai"]


class FaultKind(StrEnum):
    """What can go wrong; the meaning of the argument stands beside it."""

    DELAY = "delay"  # ms before anything happens
    TTFT = "ttft"  # ms to the first token, instead of the usual
    HANG = "hang"  # never answers
    STALL = "stall"  # the stream stops after N chunks, the connection stays
    CUT = "cut"  # the connection drops after N chunks
    ERROR = "error"  # STATUS or STATUS:RETRY_AFTER_S
    SSE_ERROR = "sse_error"  # an error event after N chunks of a stream that began with 200
    BAD_JSON = "bad_json"  # text that looks like JSON and is not
    TRUNCATE = "truncate"  # half the answer, as if the token limit had struck
    REFUSE = "refuse"  # the model refuses
    EMPTY = "empty"  # an answer without text
    BILLING = "billing"  # STATUS: the account has no credit
    COLD = "cold"  # ms that a worker initialises before this job
    WRONG_LANGUAGE = "wrong_language"  # answers in another language
    LOSE_JOB = "lose_job"  # the queue forgets the job: 404
    FAIL_JOB = "fail_job"  # MESSAGE: the job ends as FAILED


_NUMBERED: dict[FaultKind, float] = {
    FaultKind.DELAY: 1000, FaultKind.TTFT: 1000, FaultKind.STALL: 1, FaultKind.CUT: 1, FaultKind.SSE_ERROR: 1,
    FaultKind.COLD: 5000,
}  # fmt: skip
"""The kinds whose argument is a number, with the number where none is given."""

_STATUSES = (FaultKind.ERROR, FaultKind.BILLING)


class Fault(msgspec.Struct, frozen=True):
    """One fault and its argument as text."""

    kind: FaultKind
    arg: str = ""


class Match(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which requests a standing order is for; `route` "*" means also health and status, else only generations."""

    api: Api | None = None
    model: str | None = None
    route: str | None = None


class Order(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A standing order as the control endpoint takes it."""

    fault: FaultKind
    match: Match = Match()
    arg: str | int | float | None = None
    times: Annotated[int, Meta(ge=1)] | None = None
    for_s: Annotated[float, Meta(gt=0)] | None = None
    probability: Annotated[float, Meta(ge=0, le=1)] = 1.0


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An order that stands: how many times are left, and until when (monotonic seconds)."""

    id: str
    order: Order
    left: int | None
    until: float | None


class Faults(msgspec.Struct, frozen=True):
    """All faults of one request."""

    each: tuple[Fault, ...] = ()

    def find(self, kind: FaultKind) -> Fault | None:
        """The fault of this kind, if it was asked for."""
        return next((fault for fault in self.each if fault.kind is kind), None)

    def has(self, kind: FaultKind) -> bool:
        """Whether a fault of this kind was asked for."""
        return self.find(kind) is not None

    def number(self, kind: FaultKind) -> float | None:
        """Its argument as a number, None where it was not asked for."""
        fault = self.find(kind)
        return _number(fault) if fault else None

    def status(self, kind: FaultKind, default: int) -> tuple[int, float | None] | None:
        """Its HTTP status and `retry-after` seconds, None where it was not asked for."""
        fault = self.find(kind)
        return _status(fault, default) if fault else None


class FaultBook:
    """The standing orders."""

    def __init__(self, clock: Clock, seed: int) -> None:
        self._clock = clock
        self._random = random.Random(seed)
        self._standing: dict[str, Standing] = {}

    def add(self, order: Order) -> Standing:
        """Let an order stand; raises Invalid for an argument that its kind cannot take."""
        checked(Fault(order.fault, "" if order.arg is None else str(order.arg)))
        until = None if order.for_s is None else self._clock.monotonic() + order.for_s
        standing = Standing(id=new_id(), order=order, left=order.times, until=until)
        self._standing[standing.id] = standing
        return standing

    def all(self) -> list[Standing]:
        """The orders that still stand."""
        now = self._clock.monotonic()
        self._standing = {key: one for key, one in self._standing.items() if one.until is None or one.until > now}
        return list(self._standing.values())

    def clear(self, identity: str | None = None) -> int:
        """Drop one order, or all; how many."""
        if identity is None:
            count = len(self._standing)
            self._standing.clear()
            return count
        if self._standing.pop(identity, None) is None:
            raise NotFound(f"no fault {identity}")
        return 1

    def take(self, api: Api, model: str, route: str, *, generation: bool) -> list[Fault]:
        """The faults that fall on a request; each counts as used."""
        return [
            Fault(one.order.fault, "" if one.order.arg is None else str(one.order.arg))
            for one in self.all()
            if _falls(one.order.match, api, model, route, generation=generation) and self._use(one)
        ]

    def _use(self, one: Standing) -> bool:
        if one.order.probability < 1.0 and self._random.random() >= one.order.probability:
            return False
        if one.left is not None:
            if one.left <= 1:
                del self._standing[one.id]
            else:
                self._standing[one.id] = msgspec.structs.replace(one, left=one.left - 1)
        return True


def parse_header(text: str) -> list[Fault]:
    """The faults of an `x-simulator-fault` header, `KIND[=ARG]` each, between commas; raises Invalid."""
    faults = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, arg = part.partition("=")
        try:
            kind = FaultKind(name.strip())
        except ValueError:
            raise Invalid(f"unknown fault {name.strip()!r}") from None
        faults.append(checked(Fault(kind, arg.strip())))
    return faults


def checked(fault: Fault) -> Fault:
    """The fault itself where its argument fits its kind; raises Invalid else."""
    try:
        if fault.kind in _NUMBERED and _number(fault) < 0:
            raise Invalid(f"{fault.kind}: negative argument")
        if fault.kind in _STATUSES and not 400 <= _status(fault, 500)[0] <= 599:
            raise Invalid(f"{fault.kind}: not an error status")
    except ValueError:
        raise Invalid(f"{fault.kind}: bad argument {fault.arg!r}") from None
    return fault


def united(*parts: Iterable[Fault]) -> Faults:
    """Header before standing orders; the first of a kind counts."""
    each: Sequence[Fault] = [fault for part in parts for fault in part]
    return Faults(tuple(each))


def _number(fault: Fault) -> float:
    return float(fault.arg) if fault.arg else _NUMBERED[fault.kind]


def _status(fault: Fault, default: int) -> tuple[int, float | None]:
    status, _, retry_after = fault.arg.partition(":")
    return int(status) if status else default, float(retry_after) if retry_after else None


def _falls(match: Match, api: str, model: str, route: str, *, generation: bool) -> bool:
    routed = generation if match.route is None else match.route in ("*", route)
    return routed and match.api in (None, api) and (match.model is None or match.model in model)
