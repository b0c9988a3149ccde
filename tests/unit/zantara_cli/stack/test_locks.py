"""The lock files pin everything that the members name, with hashes, without addresses, without torch."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
LOCKS = ("requirements.lock", "requirements-dev.lock")
MEMBERS = [ROOT / "shared", *sorted((ROOT / "services").iterdir()), ROOT / "deploy" / "cli"]


def pinned(lock: str) -> dict[str, int]:
    """Package name to the number of its hashes."""
    out: dict[str, int] = {}
    name = ""
    for line in (ROOT / lock).read_text().splitlines():
        if found := re.match(r"([a-z0-9-]+)==", line):
            name = found.group(1)
            out.setdefault(name, 0)
        elif "--hash=sha256:" in line:
            out[name] += 1
    return out


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_hashes(lock: str) -> None:
    assert all(pinned(lock).values())


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_is_recorded(lock: str) -> None:
    assert not re.search(r"://|^\s*-|@ ", (ROOT / lock).read_text().replace("    --hash=sha256:", ""), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_nobody_wants_is_not_there(lock: str) -> None:
    assert not {name for name in pinned(lock) if name.startswith(("torch", "nvidia", "transformers", "sentence-"))}


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.name)
def test_whatever_a_member_names_is_pinned(member: Path) -> None:
    project = tomllib.loads((member / "pyproject.toml").read_text())["project"]
    names = {re.split(r"[^A-Za-z0-9_.-]", dependency)[0].lower() for dependency in project["dependencies"]}
    assert {name for name in names if not name.startswith("zantara-")} <= set(pinned("requirements.lock"))


def test_tools_and_their_builds_are_pinned() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert set(groups["dev"]) <= set(pinned("requirements-dev.lock"))
    assert set(groups["build"]) <= set(pinned("requirements.lock"))


def test_both_locks_pin_the_same_versions() -> None:
    versions = []
    for lock in LOCKS:
        text = (ROOT / lock).read_text()
        versions.append(set(re.findall(r"^([a-z0-9-]+==[^ ]+)", text, re.MULTILINE)))
    assert versions[0] <= versions[1]
