"""`zantara golden`: the prepared answers, listed, read, approved, retired, taken in and given out."""

import argparse
from collections import Counter
from pathlib import Path

import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from zantara.bus import Bus
from zantara.events import GoldenSummary, ListGolden, SetGoldenStatus, ShowGolden
from zantara_cli import corpus
from zantara_cli.operator import ask, ask_all, perform, show_json

_ALL = 10_000


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("golden", help="the prepared answers")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="what is in stock, most used first")
    listing.add_argument("--status", choices=("draft", "approved", "quarantined", "retired"))
    listing.add_argument("--limit", type=int, default=50)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="one answer whole")
    show.add_argument("cluster_id")
    show.set_defaults(run=run_show)
    for action, status in (("approve", "approved"), ("retire", "retired")):
        change = actions.add_parser(action, help=f"{action} an answer")
        change.add_argument("cluster_id")
        change.add_argument("--reason", default="")
        change.set_defaults(run=run_status, status=status)
    take = actions.add_parser("import", help="take curated answers (JSON Lines, the golden pack's form)")
    take.add_argument("file", type=Path)
    take.set_defaults(run=run_import)
    give = actions.add_parser("export", help="write the stock in the same form")
    give.add_argument("file", type=Path)
    give.set_defaults(run=run_export)


def run_list(arguments: argparse.Namespace) -> int:
    """A table, or JSON."""

    async def work(bus: Bus) -> int:
        listed = await ask(bus, ListGolden(status=arguments.status, limit=arguments.limit))
        if arguments.json:
            show_json(listed.entries)
        else:
            Console().print(_table(listed.entries))
        return 0

    return perform(work)


def run_show(arguments: argparse.Namespace) -> int:
    """JSON."""

    async def work(bus: Bus) -> int:
        show_json((await ask(bus, ShowGolden(cluster_id=arguments.cluster_id))).entry)
        return 0

    return perform(work)


def run_status(arguments: argparse.Namespace) -> int:
    """Change and tell."""

    async def work(bus: Bus) -> int:
        request = SetGoldenStatus(cluster_id=arguments.cluster_id, status=arguments.status, reason=arguments.reason)
        reply = await ask(bus, request)
        print(f"{reply.cluster_id} is {reply.status}")
        return 0

    return perform(work)


def run_import(arguments: argparse.Namespace) -> int:
    """Import and tell; 1 when an answer was refused."""

    async def work(bus: Bus) -> int:
        with Progress(transient=True) as bar:
            task = bar.add_task("golden answers", total=len(corpus.rows(arguments.file)))
            replies = await corpus.import_golden(bus, arguments.file, lambda _: bar.advance(task))
        counts = Counter(reply.outcome for reply in replies)
        print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
        refused = [reply for reply in replies if reply.outcome == "refused"]
        for reply in refused:
            print(f"  {reply.cluster_id}: {'; '.join(reply.faults)}")
        return 1 if refused else 0

    return perform(work)


def run_export(arguments: argparse.Namespace) -> int:
    """Write a file that `import` takes."""

    async def work(bus: Bus) -> int:
        listed = await ask(bus, ListGolden(limit=_ALL))
        shown = await ask_all(bus, [ShowGolden(cluster_id=each.cluster_id) for each in listed.entries], lambda _: None)
        arguments.file.write_bytes(b"".join(msgspec.json.encode(reply.entry) + b"\n" for reply in shown))
        print(f"{len(shown)} answers in {arguments.file}")
        return 0

    return perform(work)


def _table(entries: tuple[GoldenSummary, ...]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("cluster", no_wrap=True)
    table.add_column("question", no_wrap=True, overflow="ellipsis", ratio=1)
    for name in ("state", "languages", "used", "strikes", "sure"):
        table.add_column(name, no_wrap=True)
    for entry in entries:
        table.add_row(
            entry.cluster_id, entry.question, entry.status, " ".join(entry.languages), str(entry.usage_count),
            str(entry.strikes), f"{entry.confidence:.2f}",
        )  # fmt: skip
    return table
