"""Who PostgreSQL runs as, and where it may live: it refuses root, and its user must be able to reach its files."""

import hashlib
import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from zantara.errors import StartError

ELSEWHERE = Path("/var/lib/zantara")


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The system user that a child becomes; only root can change it."""

    name: str
    uid: int
    gid: int


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """Where the server's own files lie and where its programs are run from."""

    home: Path
    programs: Path


def account_of(name: str) -> Account | None:
    """The account to run as when we are root; None for ordinary users, who stay who they are."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise StartError(f"there is no system user {name!r} to run PostgreSQL as (it refuses to run as root)") from None
    if entry.pw_uid == 0:
        raise StartError(f"PostgreSQL refuses to run as root, and {name!r} is root too")
    return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)


def home_of(directory: Path, account: Account | None, *, elsewhere: Path = ELSEWHERE) -> Path:
    """The directory asked for, or, where the account could not get into it, one of the same name's hash elsewhere."""
    if account is None or all(_open_to(parent, account) for parent in directory.parents if parent.exists()):
        return directory
    return elsewhere / hashlib.sha256(str(directory).encode()).hexdigest()[:16]


def forget(directory: Path, account: Account | None, *, elsewhere: Path = ELSEWHERE) -> None:
    """Remove a home, wherever it is; programs copied elsewhere stay for the next cluster."""
    shutil.rmtree(home_of(directory, account, elsewhere=elsewhere), ignore_errors=True)


def place(directory: Path, install: Path, account: Account | None, *, elsewhere: Path = ELSEWHERE) -> Placement:
    """Make the home (mode 0700, owned by the account) and, where the account cannot read them, copy the programs."""
    home = home_of(directory, account, elsewhere=elsewhere)
    _make_home(home, account)
    if account is None or _readable(install, account):
        return Placement(home=home, programs=install / "bin")
    return Placement(home=home, programs=_copied(install, elsewhere) / "bin")


def _make_home(home: Path, account: Account | None) -> None:
    try:
        home.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
        if account:
            os.chown(home, account.uid, account.gid)
    except OSError as error:
        raise StartError(
            f"cannot keep PostgreSQL's files in {home}: {error}; set ZANTARA_DATA_DIR to another"
        ) from None


def _open_to(folder: Path, account: Account) -> bool:
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _readable(install: Path, account: Account) -> bool:
    """Judged by one program and one data file: an installer with a strict umask closes all or none."""
    samples = (install / "bin" / "postgres", install / "share" / "postgresql" / "postgres.bki")
    folders: Iterator[Path] = (parent for sample in samples for parent in sample.parents)
    return all(sample.stat().st_mode & stat.S_IROTH for sample in samples) and all(
        _open_to(folder, account) for folder in folders
    )


def _copied(install: Path, elsewhere: Path) -> Path:
    """A copy that everybody may read, made once per installed version; libraries keep their place beside it."""
    package = install.parent
    libraries = package.with_name(f"{package.name}.libs")
    version = hashlib.sha256(f"{install}:{(install / 'bin' / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:16]
    target = elsewhere / f"programs-{version}"
    copy = target / package.name / install.name
    if not target.is_dir():
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(install, fresh / package.name / install.name)
        shutil.copytree(libraries, fresh / libraries.name)
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
        fresh.rename(target)
    return copy
