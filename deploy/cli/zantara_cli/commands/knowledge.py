"""`zantara knowledge import DIR`: Markdown documents into the corpus; only what changed is changed."""

import argparse
from collections import Counter
from pathlib import Path

from rich.progress import Progress

from zantara.bus import Bus
from zantara_cli import corpus
from zantara_cli.operator import perform, show_json


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("knowledge", help="the documents that answers stand on")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    take = actions.add_parser("import", help="take the Markdown files of a folder")
    take.add_argument("folder", type=Path)
    take.add_argument("--json", action="store_true", help="print the outcome of each document as JSON")
    take.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace) -> int:
    """Import and tell; 1 when a document was refused."""

    async def work(bus: Bus) -> int:
        with Progress(transient=True, disable=arguments.json) as bar:
            task = bar.add_task("documents", total=len(list(arguments.folder.glob("*.md"))))
            replies = await corpus.import_documents(bus, arguments.folder, lambda _: bar.advance(task))
        refused = [reply for reply in replies if reply.outcome == "refused"]
        if arguments.json:
            show_json(replies)
        else:
            counts = Counter(reply.outcome for reply in replies)
            print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
            for reply in refused:
                print(f"  {reply.document_id}: {'; '.join(reply.faults)}")
        return 1 if refused else 0

    return perform(work)
