"""`zantara migrate`: tables and topology as this version needs them; running it twice changes nothing."""

import argparse
import asyncio
import os

from zantara.bus.jetstream import provision
from zantara.db import migrate
from zantara.topology import PROVISIONER, SERVICES
from zantara_cli.operator import guarded
from zantara_cli.stack.addresses import addresses_for

PACKAGES = tuple(service.replace("-", "_") for service in SERVICES)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("migrate", help="bring tables, streams and consumers up to date")
    parser.add_argument("--replicas", type=int, default=1, metavar="N", help="replicas of each stream (3 in a cluster)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Apply and print what was done."""

    def work() -> int:
        where = addresses_for(os.environ, user=PROVISIONER)
        done = asyncio.run(apply(where.database_url, where.nats_url, replicas=arguments.replicas))
        print("\n".join(done) if done else "nothing to do")
        return 0

    return guarded(work)


async def apply(database_url: str, nats_url: str, *, replicas: int = 1) -> list[str]:
    """Tables, then streams and consumers; returns what was done. `nats_url` is the provisioner's."""
    return [*await migrate(database_url, PACKAGES), *await provision(nats_url, replicas=replicas)]
