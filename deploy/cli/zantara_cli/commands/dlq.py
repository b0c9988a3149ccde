"""`zantara dlq`: what could not be handled, why, and once more."""

import argparse
import asyncio
import os

from rich.console import Console
from rich.table import Table

from zantara.bus.jetstream import DeadLetterBox
from zantara_cli.operator import guarded, show_json
from zantara_cli.stack.addresses import addresses_for


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("dlq", help="dead letters")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="newest first, each with its reason")
    listing.add_argument("--limit", type=int, default=50)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=lambda arguments: guarded(lambda: asyncio.run(_list(arguments))))
    replay = actions.add_parser("replay", help="put one back on its subject")
    replay.add_argument("number", type=int)
    replay.set_defaults(run=lambda arguments: guarded(lambda: asyncio.run(_replay(arguments.number))))


async def _list(arguments: argparse.Namespace) -> int:
    async with DeadLetterBox.open(addresses_for(os.environ).nats_url) as box:
        letters = await box.letters(arguments.limit)
    if arguments.json:
        show_json(letters)
        return 0
    table = Table("number", "consumer", "subject", "attempts", "reason")
    for stored in letters:
        letter = stored.letter
        table.add_row(str(stored.number), letter.consumer, letter.subject, str(letter.attempt), letter.reason)
    Console().print(table if letters else "no dead letters")
    return 0


async def _replay(number: int) -> int:
    async with DeadLetterBox.open(addresses_for(os.environ).nats_url) as box:
        stored = await box.replay(number)
    print(f"{number} is back on {stored.letter.subject}")
    return 0
