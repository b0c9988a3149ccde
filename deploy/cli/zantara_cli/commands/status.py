"""`zantara status`: what runs, what is ready, and why not."""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence

import msgspec
from rich.console import Console

from zantara.errors import StartError
from zantara.runtime.settings import load
from zantara.topology import SERVICES
from zantara_cli.stack.board import Row
from zantara_cli.stack.instance import holder
from zantara_cli.stack.layout import layout_of
from zantara_cli.stack.memory import memory_of
from zantara_cli.stack.probe import ask
from zantara_cli.stack.settings import StackSettings
from zantara_cli.stack.state import read_state
from zantara_cli.stack.view import table_of

_ASKED = (*SERVICES, "simulator")


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What `--json` prints."""

    running: bool
    ready: bool
    pid: int | None = None
    url: str = ""
    logs_dir: str = ""
    simulated: tuple[str, ...] = ()
    ready_after_s: float | None = None
    rows: tuple[Row, ...] = ()
    memory_bytes: dict[str, int] = {}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("status", help="show what runs and whether it is ready")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when everything is ready, else 1."""
    try:
        report = asyncio.run(report_of(os.environ))
    except StartError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(report)).decode())
    else:
        _show(report)
    return 0 if report.ready else 1


async def report_of(env: Mapping[str, str]) -> Report:
    """The recorded state, each part asked anew."""
    settings = load(StackSettings, env)
    layout = layout_of(settings.data_dir, settings.model_dir)
    state, pid = read_state(layout.state_file), holder(layout.lock_file)
    if state is None or pid is None:
        return Report(running=False, ready=False)
    rows = tuple(await asyncio.gather(*map(_asked, state.rows)))
    memory = {row.name: memory_of(row.pid) for row in rows if row.pid}
    return Report(
        running=True,
        ready=_all_ready(rows),
        pid=pid,
        url=state.url,
        logs_dir=state.logs_dir,
        simulated=state.simulated,
        ready_after_s=state.ready_after_s,
        rows=rows,
        memory_bytes=memory,
    )


async def _asked(row: Row) -> Row:
    if row.name not in _ASKED or row.port is None or row.pid is None:
        return row
    health = await ask(row.port)
    if health.level == "down":
        return msgspec.structs.replace(row, state="alive", note="does not answer")
    return msgspec.structs.replace(row, state=health.level, note=health.note)


def _all_ready(rows: Sequence[Row]) -> bool:
    return all(row.state in {"ready", "done"} for row in rows)


def _show(report: Report) -> None:
    if not report.running:
        print("nothing runs: start it with `make run`")
        return
    console = Console()
    console.print(table_of(report.rows, report.memory_bytes, now=time.time()))
    simulated = f"   simulated: {', '.join(report.simulated)}" if report.simulated else ""
    print(f"\n{report.url}   logs: {report.logs_dir}{simulated}")
