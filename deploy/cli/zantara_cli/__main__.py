"""The `zantara` command: finds the modules below `commands` and lets each add itself."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from zantara.runtime.logs import configure_logs
from zantara_cli import commands


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(prog="zantara", description="ZANTARA on this machine: start it, look at it, feed it.")
    subparsers = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in pkgutil.iter_modules(commands.__path__):
        command = importlib.import_module(f"{commands.__name__}.{module.name}")
        if hasattr(command, "register"):
            command.register(subparsers)
    return top


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; its return value is the exit status."""
    configure_logs("zantara", "error", sys.stderr)
    chosen = parser().parse_args(arguments)
    sys.exit(chosen.run(chosen))


if __name__ == "__main__":
    main()
