"""The figures in their order, each with its goal and the floor under it; one table for people, one file for scripts."""

from collections.abc import Mapping, Sequence

import msgspec
from bench.measure import Result
from rich.console import Console
from rich.table import Table

_HIT = ("http", "nats", "commit")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table; `floor` are the figures that it cannot do without, `goal` is SPEC's."""

    key: str
    label: str
    unit: str = "ms"
    floor: tuple[str, ...] = ()
    goal: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with what was measured; `floor` is the sum of the medians under it, `ratio` the median over that."""

    key: str
    label: str
    unit: str
    p50: float
    p99: float | None
    per_s: float | None
    floor: float | None
    ratio: float | None
    goal: str
    count: int
    degraded: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was measured, and what to think of it."""

    machine: str
    rounds: int
    load_before: float
    foreign_cores: float
    doubts: Sequence[str]
    lines: Sequence[Line]


FIGURES = (
    Figure(key="http", label="floor: aiohttp hello"),
    Figure(key="nats", label="floor: NATS round trip, 300 bytes"),
    Figure(key="commit", label="floor: PostgreSQL, one row committed"),
    Figure(key="embedding", label="floor: one embedding"),
    Figure(key="simulator", label="floor: simulator, JSON"),
    Figure(key="simulator_first", label="floor: simulator, first word"),
    Figure(key="exact", label="exact hit", floor=_HIT, goal="p50 < 2"),
    Figure(key="exact_cpu", label="  CPU of all processes for it"),
    Figure(key="exact_rate", label="exact hit, 100/s", floor=_HIT, goal="p99 < 8"),
    Figure(key="exact_full", label="exact hit, 16 at once", floor=_HIT, goal="> 800/s"),
    Figure(key="exact_new", label="exact hit, text new to the router", floor=(*_HIT, "embedding")),
    Figure(key="semantic", label="semantic hit", floor=(*_HIT, "embedding"), goal="p50 < 4"),
    Figure(key="semantic_rate", label="semantic hit, 100/s", floor=(*_HIT, "embedding"), goal="p99 < 15"),
    Figure(key="golden_exact", label="golden.lookup, exact", floor=("nats",), goal="p50 < 0.6"),
    Figure(key="golden_carried", label="golden.lookup, semantic, embedding carried", floor=("nats",)),
    Figure(key="golden_made", label="golden.lookup, semantic", floor=("nats", "embedding"), goal="p50 < 3"),
    Figure(key="culture_carried", label="cultural.lookup, embedding carried", floor=("nats",)),
    Figure(key="culture_made", label="cultural.lookup", floor=("nats",), goal="p50 < 4"),
    Figure(key="knowledge_carried", label="knowledge.search, embedding carried", floor=("nats",)),
    Figure(key="knowledge_made", label="knowledge.search", floor=("nats", "embedding"), goal="p50 < 8"),
    Figure(key="memory", label="memory.recall", floor=("nats",)),
    Figure(key="classified", label="classification beside the embedding", goal="p50 < 0.3"),
    Figure(key="read", label="classification with it", floor=("embedding",), goal="p50 < 3"),
    Figure(key="chat", label="model's answer, JSON", floor=("simulator",)),
    Figure(key="chat_added", label="  added by the router", goal="p50 < 6, p99 < 25"),
    Figure(key="first", label="model's answer, first word", floor=("simulator_first",)),
    Figure(key="first_added", label="  added by the router"),
    Figure(key="piece_added", label="  added to each streamed piece", goal="p50 < 0.1"),
)
"""In the order of the table; those of one value (memory, start) follow."""


def lines(results: Mapping[str, Result]) -> list[Line]:
    """Every figure, in order."""
    return [_line(figure, results) for figure in FIGURES]


def single(key: str, label: str, value: float, unit: str, goal: str) -> Line:
    """A figure of one value."""
    return Line(
        key=key, label=label, unit=unit, p50=value, p99=None, per_s=None, floor=None, ratio=None, goal=goal,
        count=1, degraded=0,
    )  # fmt: skip


def show(report: Report, console: Console) -> None:
    """The table, and under it what the figures are and whether to believe them."""
    table = Table(title=f"medians of {report.rounds} interleaved rounds; {report.machine}", title_style="bold")
    for heading in ("figure", "p50", "p99", "rate/s", "floor", "x floor", "goal", "n", "degraded"):
        table.add_column(heading, justify="left" if heading in ("figure", "goal") else "right", no_wrap=True)
    for line in report.lines:
        style = "dim" if line.label.startswith("floor") else None
        table.add_row(*_cells(line), style=style)
    console.print(table)
    console.print(_LEGEND)
    for doubt in report.doubts:
        console.print(f"do not trust this run: {doubt}", style="bold red")


_LEGEND = """\
ms unless another unit is named. A chat: by a person known to the system, in a new conversation, over HTTP, everything
recalled and the turn committed. No text that has to be embedded is repeated, but for the hits asked before.
100/s: counted from when each was due. floor: sum of the medians of what the figure cannot do without. added: the
router's time less the simulator's for the very same prompt. degraded: answers in which a part missed its deadline."""


def _line(figure: Figure, results: Mapping[str, Result]) -> Line:
    found = results[figure.key]
    floor = sum(results[key].p50 for key in figure.floor) or None
    return Line(
        key=figure.key,
        label=figure.label,
        unit=figure.unit,
        p50=found.p50,
        p99=found.p99,
        per_s=found.per_s,
        floor=floor,
        ratio=found.p50 / floor if floor else None,
        goal=figure.goal,
        count=found.count,
        degraded=found.degraded,
    )


def _cells(line: Line) -> tuple[str, ...]:
    unit = "" if line.unit == "ms" else f" {line.unit}"
    return (
        line.label,
        f"{_figure(line.p50)}{unit}",
        _figure(line.p99),
        f"{line.per_s:.0f}" if line.per_s else "",
        _figure(line.floor),
        f"{line.ratio:.1f}" if line.ratio else "",
        line.goal,
        str(line.count),
        str(line.degraded or ""),
    )


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}" if abs(value) < 1 else f"{value:.2f}"
