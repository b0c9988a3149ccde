"""Forgets all data of an instance that does not run: `python -m zantara_cli.stack.forget` (`make clean-data`)."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from zantara.errors import StartError
from zantara.runtime.settings import load
from zantara_cli.stack.instance import only_instance
from zantara_cli.stack.layout import layout_of
from zantara_cli.stack.postgres import PostgresServer
from zantara_cli.stack.settings import StackSettings
from zantara_cli.stack.stale import end_stale
from zantara_cli.stack.state import read_state


def forget_data(env: Mapping[str, str]) -> Path | None:
    """Remove the data directory, wherever its database lies; raises StartError while an instance runs on it."""
    settings = load(StackSettings, env)
    layout = layout_of(settings.data_dir, settings.model_dir)
    if not layout.data_dir.exists():
        return None
    if not _is_ours(layout.data_dir):
        raise StartError(f"{layout.data_dir} does not look like a data directory of ZANTARA: nothing was removed")
    with only_instance(layout.lock_file):
        end_stale(read_state(layout.state_file))
        PostgresServer(layout.postgres_dir, user=settings.postgres_user).forget()
        shutil.rmtree(layout.data_dir)
    return layout.data_dir


def _is_ours(folder: Path) -> bool:
    return not any(folder.iterdir()) or (folder / "stack.lock").exists()


def main() -> int:
    """Say what was removed; 1 and the reason where it may not be."""
    try:
        removed = forget_data(os.environ)
    except StartError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print(f"removed {removed}" if removed else "there are no data")
    return 0


if __name__ == "__main__":
    sys.exit(main())
