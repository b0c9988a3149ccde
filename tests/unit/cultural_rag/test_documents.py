"""Front matter: every fault at once, by field; ids that follow from the content."""

import pytest

from cultural_rag.domain.documents import MOST_CHARS, Document, Refused, read_document

GOOD = """---
id: faro-01
title: "The lighthouse permit"
language: en
topic: visa
audience: keepers
priority: high
confidence: medium
source: "Harbour office"
as_of: 2026-05
---

# The lighthouse permit

The permit lets a keeper live beside the lamp for two years.
"""


def taken(markdown: str) -> Document:
    document = read_document("faro.md", markdown)
    assert isinstance(document, Document), document
    return document


def refused(markdown: str) -> tuple[str, ...]:
    document = read_document("faro.md", markdown)
    assert isinstance(document, Refused)
    return document.faults


def test_a_good_document() -> None:
    document = taken(GOOD)
    assert document.front.as_of == "2026-05"
    (passage,) = document.passages
    assert passage.text == "The permit lets a keeper live beside the lamp for two years."
    assert passage.passage_id.startswith("faro-01#")


@pytest.mark.parametrize("as_of", ["2026", "2026-05-01", '"2026-05"'])
def test_dates_may_be_partial_and_unquoted(as_of: str) -> None:
    assert taken(GOOD.replace("as_of: 2026-05", f"as_of: {as_of}")).front.as_of == as_of.strip('"')


def test_line_ends_and_byte_order_marks_change_nothing() -> None:
    windows = taken("\ufeff" + GOOD.replace("\n", "\r\n"))
    assert windows == taken(GOOD)


def test_equal_content_keeps_its_id_and_any_change_makes_another() -> None:
    before = taken(GOOD + "\n## Papers\n\nBring a passport and a letter.\n")
    after = taken(GOOD + "\n## Papers\n\nBring a passport and two letters.\n")
    assert before.passages[0].passage_id == after.passages[0].passage_id
    assert before.passages[1].passage_id != after.passages[1].passage_id
    assert before.checksum != after.checksum
    renamed = taken(GOOD.replace("lighthouse permit", "lamp permit"))
    assert renamed.passages[0].passage_id != before.passages[0].passage_id


def test_the_same_passage_twice_has_two_ids() -> None:
    twice = (
        GOOD + ("\n## Again\n\n" + "The same words stand here again. " * 18 + "\n\n## Between\n\nOther words.\n") * 2
    )
    ids = [passage.passage_id for passage in taken(twice).passages]
    assert len(ids) == 5
    assert len(set(ids)) == 5
    assert ids[3] == f"{ids[1]}-2"


def test_all_faults_are_named_at_once() -> None:
    bad = GOOD.replace("topic: visa\n", "colour: red\n").replace("language: en", "language: fr")
    faults = refused(bad.replace("id: faro-01", "id: Faro 01"))
    assert [fault.split(":")[0] for fault in faults] == ["colour", "id", "language", "topic"]
    assert "topic: missing" in faults
    assert "colour: unknown field" in faults


@pytest.mark.parametrize(
    ("markdown", "fault"),
    [
        ("", "front matter: missing"),
        ("no front matter\n---\n", "front matter: missing"),
        ("---\nid: x\n", "front matter: missing"),
        ("---\n- a\n- b\n---\nwords enough for a body here\n", "front matter: not a block"),
        ("---\nid: [x\n---\nwords enough for a body here\n", "front matter: not valid YAML"),
        ("---\nas_of: 2026-13-45\n---\nwords enough for a body here\n", "front matter: not valid YAML"),
        ("---\na: !!python/object:os.system {}\n---\nwords enough for a body\n", "front matter: not valid YAML"),
        ("---\na: " + "[" * 4000 + "\n---\nwords enough for a body here\n", "front matter: not valid YAML"),
        ("---\na: " + "x" * 9000 + "\n---\nwords enough for a body here\n", "front matter: longer than"),
        (GOOD + "x" * MOST_CHARS, "text: longer than"),
        (GOOD + "\x00", "text: holds a character"),
        (GOOD + "\ud800", "text: holds a character"),
        (GOOD[: GOOD.rindex("---") + 4] + "too short", "body: fewer than"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(markdown: str, fault: str) -> None:
    assert refused(markdown)[-1].startswith(fault)


@pytest.mark.parametrize("value", ["[a, b]", "{a: b}", "null", "true", "1.5", '""', "*x"])
def test_a_title_is_a_text(value: str) -> None:
    assert refused(GOOD.replace('"The lighthouse permit"', value, 1))


def test_the_claimed_id_names_a_refused_document() -> None:
    refusal = read_document("faro.md", GOOD.replace("language: en", "language: fr"))
    assert isinstance(refusal, Refused)
    assert refusal.document_id == "faro-01"
    nameless = read_document("faro.md", "nothing")
    assert isinstance(nameless, Refused)
    assert nameless.document_id == "faro.md"
