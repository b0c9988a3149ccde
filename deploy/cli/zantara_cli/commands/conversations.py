"""`zantara conversations import FILE.jsonl`: recorded conversations into the record, each once."""

import argparse
from pathlib import Path

from rich.progress import Progress

from zantara.bus import Bus
from zantara_cli import corpus
from zantara_cli.operator import perform


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("conversations", help="recorded conversations")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    take = actions.add_parser("import", help="take the conversations of a JSON Lines file")
    take.add_argument("file", type=Path)
    take.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace) -> int:
    """Import and tell."""

    async def work(bus: Bus) -> int:
        total = len(corpus.rows(arguments.file))
        with Progress(transient=True) as bar:
            task = bar.add_task("conversations", total=total)
            replies = await corpus.import_conversations(bus, arguments.file, lambda _: bar.advance(task))
        new = [reply for reply in replies if reply.turns]
        print(f"{len(new)} of {total} conversations new, {sum(reply.turns for reply in new)} exchanges")
        return 0

    return perform(work)
