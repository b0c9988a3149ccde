from datetime import timedelta
from typing import Any

import msgspec
import pytest

from golden_cache.domain.entries import GoldenEntry, Status
from golden_cache.domain.pack import decode_pack, decode_pack_line, entry_of
from zantara.errors import Invalid

from .conftest import NOW, PACK

ROW: dict[str, Any] = msgspec.json.decode(PACK.read_bytes().splitlines()[0])


def line(**changes: Any) -> bytes:
    return msgspec.json.encode({k: v for k, v in {**ROW, **changes}.items() if v is not msgspec.UNSET})


def test_a_line_becomes_a_draft_that_expires() -> None:
    entry = decode_pack_line(line(valid_months=6), number=1, taken_at=NOW)
    assert entry.cluster_id == ROW["cluster_id"]
    assert entry.status is Status.DRAFT
    assert entry.variations["it"] == tuple(ROW["variations"]["it"])
    assert entry.expires_at is not None
    assert timedelta(days=180) < entry.expires_at - NOW < timedelta(days=185)


def test_without_validity_it_never_expires() -> None:
    assert decode_pack_line(line(valid_months=None), number=1, taken_at=NOW).expires_at is None


def test_the_whole_pack_decodes(pack: list[GoldenEntry]) -> None:
    assert len(pack) == 60
    assert len({entry.cluster_id for entry in pack}) == 60


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"cluster_id": 7}, "line 3, cluster_id: Expected `str`, got `int`"),
        ({"questions": {"en": 5}}, "line 3, questions[...]: Expected `str`, got `int`"),
        ({"sources": [{"title": "x"}]}, "line 3, sources[0]: Object missing required field `document_id`"),
        ({"answers": msgspec.UNSET}, "line 3, answers: missing"),
        ({"valid_months": "six"}, "line 3, valid_months: Expected `float | null`, got `str`"),
    ],
)
def test_a_fault_names_line_and_field(changes: dict[str, Any], expected: str) -> None:
    with pytest.raises(Invalid) as raised:
        decode_pack_line(line(**changes), number=3, taken_at=NOW)
    assert expected in raised.value.faults


def test_all_faults_of_a_line_are_named_at_once() -> None:
    with pytest.raises(Invalid) as raised:
        entry_of({"cluster_id": 1, "topic": 2}, taken_at=NOW)
    assert len(raised.value.faults) == 7


@pytest.mark.parametrize("broken", [b"{", b"[1]", b'{"a": \xff}', b"null"])
def test_broken_json_names_its_line(broken: bytes) -> None:
    with pytest.raises(Invalid, match="line 8"):
        decode_pack_line(broken, number=8, taken_at=NOW)


def test_a_pack_keeps_good_lines_and_names_bad_ones() -> None:
    lines = [line(), b"", b"{", line(cluster_id="another-one"), line()]
    entries, faults = decode_pack(lines, taken_at=NOW)
    assert [entry.cluster_id for entry in entries] == [ROW["cluster_id"], "another-one"]
    assert faults[0].startswith("line 3")
    assert faults[1] == f"line 5, cluster_id: {ROW['cluster_id']} stands in line 1 too"
