"""What lies where below the data directory."""

from pathlib import Path

import msgspec

from zantara.errors import StartError


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Every path of one instance, absolute."""

    data_dir: Path
    model_dir: Path

    @property
    def nats_dir(self) -> Path:
        """Configuration, passwords and JetStream's files."""
        return self.data_dir / "nats"

    @property
    def postgres_dir(self) -> Path:
        """Passwords and the database cluster (or a note of where that lies)."""
        return self.data_dir / "postgres"

    @property
    def logs_dir(self) -> Path:
        """One log per part; not data, so beside it."""
        return self.data_dir.parent / "logs"

    @property
    def lock_file(self) -> Path:
        """Held as long as an instance runs."""
        return self.data_dir / "stack.lock"

    @property
    def state_file(self) -> Path:
        """What runs, for `zantara status` and the next start."""
        return self.data_dir / "stack.json"

    @property
    def sample_marker(self) -> Path:
        """There once the sample corpus is loaded."""
        return self.data_dir / "sample-loaded"

    def log(self, part: str) -> Path:
        """The log file of a part."""
        return self.logs_dir / f"{part}.log"

    def prepare(self) -> None:
        """Make the folders; raises StartError where that is not possible."""
        try:
            self.data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
            self.logs_dir.mkdir(parents=True, exist_ok=True)
            self.model_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StartError(f"cannot make the data folders: {error}; set ZANTARA_DATA_DIR to another place") from None


def layout_of(data_dir: str, model_dir: str) -> Layout:
    """The layout for two settings, which may be relative to the working directory."""
    return Layout(data_dir=Path(data_dir).absolute(), model_dir=Path(model_dir).absolute())
