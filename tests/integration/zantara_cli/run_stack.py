"""Runs the embedded stack with real servers and stand-ins for the services: `run_stack.py FAKE_DIR [COMMAND...]`."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console

from zantara.errors import StartError, Unavailable
from zantara.runtime.settings import load
from zantara.topology import SERVICES
from zantara_cli.stack.layout import layout_of
from zantara_cli.stack.plan import Stack
from zantara_cli.stack.session import Session
from zantara_cli.stack.settings import StackSettings

FAKE_DIR = Path(sys.argv[1])


def stand_ins() -> None:
    """A package per service, found before the installed one."""
    script = Path(__file__).with_name("fake_service.py")
    for service in SERVICES:
        package = FAKE_DIR / "packages" / service.replace("-", "_")
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").touch()
        text = (
            f"import runpy, sys\nsys.argv = ['x', {service!r}]\nrunpy.run_path({str(script)!r}, run_name='__main__')\n"
        )
        (package / "__main__.py").write_text(text)


async def apply_schema(database_url: str, nats_url: str) -> None:
    if (FAKE_DIR / "schema.fails").exists():
        raise StartError("migration 0007 was changed after it was applied")
    (FAKE_DIR / "schema").write_text(f"{database_url}\n{nats_url}\n")


def build_model(model_dir: Path, progress: Callable[[str], None]) -> Path:
    progress("building")
    return model_dir


async def load_sample(env: Mapping[str, str], progress: Callable[[str], None]) -> None:
    progress("knowledge 1/1")
    if (FAKE_DIR / "sample.fails").exists():
        raise Unavailable("cultural-rag does not answer")
    with (FAKE_DIR / "samples").open("a") as file:
        file.write(env["NATS_URL"] + "\n")


def main() -> int:
    stand_ins()
    settings = load(StackSettings, os.environ)
    env = dict(os.environ) | {"PYTHONPATH": str(FAKE_DIR / "packages"), "FAKE_DIR": str(FAKE_DIR)}
    layout = layout_of(settings.data_dir, settings.model_dir)
    try:
        stack = Stack(
            settings,
            layout,
            env,
            apply_schema=apply_schema,
            build_model=build_model,
            load_sample=load_sample,
            durable=False,
        )
        return asyncio.run(Session(stack, Console(), sys.argv[2:]).run())
    except StartError as error:
        sys.stderr.write(f"{error}\n")
        return 1


sys.exit(main())
