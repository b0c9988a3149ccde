"""`zantara nightly run`: the night's work, now, with its progress shown."""

import argparse
import asyncio
import time
from datetime import UTC, datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from zantara.bus import Bus
from zantara.clock import SystemClock, new_id
from zantara.errors import Overdue, Unavailable
from zantara.events import Meta, NightlyProgress, NightlyTick, ShowNightly
from zantara.topology import OPERATOR
from zantara_cli.operator import ask, perform, show_json

_POLL_S = 0.5
_PATIENCE_S = 600.0
_FINAL = ("completed", "failed")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("nightly", help="the night's work")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    start = actions.add_parser("run", help="cluster the queries, prepare golden answers, publish them")
    start.add_argument("--days", type=int, default=7, help="queries of how many days (default 7)")
    start.add_argument("--max-golden", type=int, default=50, help="at most so many answers (default 50)")
    start.add_argument("--json", action="store_true", help="print the outcome as JSON")
    start.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Start a run, show it, tell its outcome; 1 when it failed."""

    async def work(bus: Bus) -> int:
        run_id = new_id()
        tick = NightlyTick(
            job="golden",
            run_date=f"{datetime.now(UTC):%Y-%m-%d}",
            run_id=run_id,
            days=arguments.days,
            max_golden=arguments.max_golden,
        )
        await bus.publish(tick, Meta.new(source=OPERATOR, clock=SystemClock(), id=run_id))
        outcome = await _follow(bus, run_id, quiet=arguments.json)
        if arguments.json:
            show_json(outcome)
        else:
            _tell(outcome)
        return 0 if outcome.status == "completed" else 1

    return perform(work)


async def _follow(bus: Bus, run_id: str, *, quiet: bool) -> NightlyProgress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, disable=quiet) as bar:
        task = bar.add_task("waiting", total=None)
        last, since = None, time.monotonic()
        while time.monotonic() - since < _PATIENCE_S:
            seen = await _look(bus, run_id)
            if seen is not None:
                bar.update(task, description=seen.step or seen.status, completed=seen.done, total=seen.total or None)
                if seen.status in _FINAL:
                    return seen
            if seen != last:
                last, since = seen, time.monotonic()
            await asyncio.sleep(_POLL_S)
    raise Overdue(f"run {run_id} has not moved for {_PATIENCE_S / 60:.0f} minutes; see `zantara dlq list` and its log")


async def _look(bus: Bus, run_id: str) -> NightlyProgress | None:
    try:
        return await ask(bus, ShowNightly(run_id=run_id))
    except (Unavailable, Overdue):
        return None


def _tell(outcome: NightlyProgress) -> None:
    console = Console()
    console.print(
        f"{outcome.status}: {outcome.queries} queries, {outcome.clusters} clusters "
        f"(top 50 cover {outcome.coverage:.0%}), {outcome.golden_answers} golden answers"
    )
    for reason, count in sorted(outcome.dropped.items()):
        console.print(f"  {count} dropped: {reason}")
    if outcome.error:
        console.print(f"  {outcome.error}")
