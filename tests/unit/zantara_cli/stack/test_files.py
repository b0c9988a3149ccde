import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from zantara.errors import StartError
from zantara_cli.stack.instance import holder, only_instance
from zantara_cli.stack.layout import layout_of
from zantara_cli.stack.logs import rotate
from zantara_cli.stack.secrets import known_passwords, passwords, write_private


def test_passwords_are_made_once_and_are_private(tmp_path: Path) -> None:
    first = passwords(tmp_path, ["a", "b"])
    assert len(first["a"]) >= 24
    assert first["a"] != first["b"]
    assert passwords(tmp_path, ["b", "a", "c"]) == first | {"c": known_passwords(tmp_path)["c"]}
    assert stat.S_IMODE((tmp_path / "passwords.json").stat().st_mode) == 0o600


def test_a_damaged_password_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "passwords.json").write_text("{")
    with pytest.raises(StartError, match=r"passwords\.json is damaged"):
        passwords(tmp_path, ["a"])


def test_a_private_file_is_private_even_where_an_open_one_was(tmp_path: Path) -> None:
    file = tmp_path / "nats.conf"
    file.write_text("old")
    file.chmod(0o644)
    write_private(file, "new")
    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_small_log_stays(tmp_path: Path) -> None:
    log = tmp_path / "nats.log"
    assert not rotate(log)
    log.write_bytes(b"x" * 10)
    assert not rotate(log, limit_bytes=10)
    assert log.exists()


def test_logs_move_up_and_the_oldest_goes(tmp_path: Path) -> None:
    log = tmp_path / "nats.log"
    for content in ("one", "two", "three", "four", "five"):
        log.write_text(content)
        assert rotate(log, limit_bytes=1, kept=3)
    assert not log.exists()
    assert [(tmp_path / f"nats.log.{n}").read_text() for n in (1, 2, 3)] == ["five", "four", "three"]
    assert len(list(tmp_path.iterdir())) == 3


def test_a_second_instance_is_told_the_pid_of_the_first(tmp_path: Path) -> None:
    lock = tmp_path / "stack.lock"
    with only_instance(lock):
        assert holder(lock) == os.getpid()
        with pytest.raises(StartError, match=rf"(?s)process {os.getpid()}.*ZANTARA_DATA_DIR"), only_instance(lock):
            pass
    assert holder(lock) is None
    with only_instance(lock):
        pass


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    lock = tmp_path / "stack.lock"
    program = (
        "import os, sys, pathlib\n"
        "from zantara_cli.stack.instance import only_instance\n"
        "with only_instance(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(lock)], check=False)
    assert killed.returncode == -9
    assert lock.read_text().strip().isdigit()
    assert holder(lock) is None


def test_nobody_holds_a_lock_that_is_not_there(tmp_path: Path) -> None:
    assert holder(tmp_path / "stack.lock") is None


def test_logs_lie_beside_the_data(tmp_path: Path) -> None:
    layout = layout_of(str(tmp_path / "data"), str(tmp_path / "models"))
    layout.prepare()
    assert layout.log("nats") == tmp_path / "logs" / "nats.log"
    assert layout.data_dir.is_dir()
    assert layout.logs_dir.is_dir()


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"cannot make the data folders.*ZANTARA_DATA_DIR"):
        layout_of(str(tmp_path / "file" / "data"), str(tmp_path / "models")).prepare()
