"""What a supervisor runs: parts (processes kept alive) and steps (work done once), and the order that they imply."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec

from zantara.errors import StartError
from zantara_cli.stack.probe import Health
from zantara_cli.stack.process import Command


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A process to keep alive.

    It counts as up once `probe` says ready, or alive for `patience_s`; dead if not even alive after `start_timeout_s`.
    `settle` runs once, after the first readiness and before whatever comes `after` it.
    """

    name: str
    prepare: Callable[[], Awaitable[Command]]
    probe: Callable[[int], Awaitable[Health]]
    after: tuple[str, ...] = ()
    port: int | None = None
    settle: Callable[[], Awaitable[None]] | None = None
    patience_s: float = 30.0
    start_timeout_s: float = 60.0


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Work to do once, told in short lines; one that is not vital may fail without ending the rest."""

    name: str
    work: Callable[[Callable[[str], None]], Awaitable[None]]
    after: tuple[str, ...] = ()
    vital: bool = True


Node = Part | Step


def levels(nodes: Sequence[Node]) -> list[list[str]]:
    """Names by distance from the start: a level needs only earlier ones. Raises StartError on a circle."""
    waiting: dict[str, set[str]] = {node.name: set(node.after) for node in nodes}
    out: list[list[str]] = []
    placed: set[str] = set()
    while waiting:
        level = [name for name, needs in waiting.items() if needs <= placed]
        if not level:
            raise StartError(f"these parts wait for each other or for something unknown: {_names(waiting)}")
        out.append(level)
        placed.update(level)
        for name in level:
            del waiting[name]
    return out


def _names(waiting: Mapping[str, set[str]]) -> str:
    return ", ".join(f"{name} ({', '.join(sorted(needs))})" for name, needs in waiting.items())
