"""`zantara up`: everything on this machine, embedded, until Ctrl-C."""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping

from rich.console import Console

from zantara.errors import StartError
from zantara.runtime.logs import configure_logs
from zantara.runtime.settings import load
from zantara_cli.stack.layout import layout_of
from zantara_cli.stack.logs import rotate
from zantara_cli.stack.plan import Stack
from zantara_cli.stack.session import Session
from zantara_cli.stack.settings import StackSettings


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("up", help="start everything on this machine and keep it running")
    parser.add_argument("--no-sample", action="store_true", help="do not load the sample corpus on the first start")
    parser.add_argument(
        "--once-ready",
        nargs=argparse.REMAINDER,
        default=[],
        metavar="CMD",
        help="run this command when all is ready, then stop and end with its status",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Until Ctrl-C or SIGTERM; 1 with the reason when it cannot start or a part dies for good."""
    try:
        stack = build(os.environ, sample=not arguments.no_sample)
        stack.layout.prepare()
        rotate(stack.layout.log("up"))
        with stack.layout.log("up").open("a", encoding="utf-8") as log:
            configure_logs("up", "info", log)  # not on the terminal, where the view is
            return asyncio.run(Session(stack, Console(), arguments.once_ready).run())
    except StartError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    except KeyboardInterrupt:  # before anything ran
        return 130


def build(env: Mapping[str, str], *, sample: bool) -> Stack:
    """The stack with its real ports: migrations, model builder, sample loader."""
    from zantara_cli.commands.migrate import apply
    from zantara_cli.commands.sample import load as load_sample
    from zantara_cli.stack.model import ensure_model

    settings = load(StackSettings, env)
    layout = layout_of(settings.data_dir, settings.model_dir)
    return Stack(
        settings,
        layout,
        env,
        apply_schema=apply,
        build_model=ensure_model,
        load_sample=load_sample if sample else None,
    )
