"""Passages: nothing lost, along headings, of useful size, with a sentence of overlap."""

from hypothesis import given
from hypothesis import strategies as st

from cultural_rag.domain.chunking import LEAST_WORDS, MOST_WORDS, OVERLAP_WORDS, cut

NOUNS = ("lamp", "tower", "harbour", "keeper", "permit", "shell", "storm", "letter")
WORDS = st.lists(st.sampled_from(NOUNS), min_size=1, max_size=60)
SENTENCES = WORDS.map(lambda words: " ".join(words).capitalize() + ".")
BODIES = st.lists(
    st.one_of(SENTENCES, SENTENCES.map(lambda s: f"## {s[:20].strip()}"), SENTENCES.map(lambda s: f"- {s}\n- {s}")),
    min_size=1,
    max_size=25,
).map("\n\n".join)


def paragraph(words: int, word: str = "lamp") -> str:
    return " ".join([word] * (words - 1)) + " end."


@given(BODIES)
def test_no_text_is_lost_and_no_passage_is_too_long(body: str) -> None:
    pieces = cut(body, "The lighthouse")
    joined = "\n".join(piece.text for piece in pieces)
    for paragraph_ in body.split("\n\n"):
        for line in paragraph_.splitlines():
            assert line.startswith("#") or line in joined
    assert all(len(piece.text.split()) <= MOST_WORDS + OVERLAP_WORDS for piece in pieces)
    assert all(piece.text.strip() for piece in pieces)


def test_a_heading_opens_a_passage_and_names_it() -> None:
    pieces = cut(f"# Faro\n\n{paragraph(50)}\n\n## Papers\n\n{paragraph(50, 'letter')}", "Faro")
    assert [piece.heading for piece in pieces] == ["", "Papers"]
    assert "letter" not in pieces[0].text


def test_bold_leads_are_headings_once_a_passage_is_long_enough() -> None:
    body = f"**What you get.** {paragraph(LEAST_WORDS)}\n\n**What it costs.** {paragraph(60)}\n\n**More.** tail."
    pieces = cut(body, "Faro")
    assert [piece.heading for piece in pieces] == ["What you get", "What it costs; More"]


def test_a_scrap_joins_the_passage_before_it() -> None:
    body = f"{paragraph(100)}\n\n**Mind.** A short last word."
    assert len(cut(body, "Faro")) == 1


def test_the_last_sentence_opens_the_next_passage() -> None:
    first = paragraph(MOST_WORDS - 20) + " Bring the letter to the tower."
    pieces = cut(f"{first}\n\n{paragraph(60, 'storm')}", "Faro")
    assert len(pieces) == 2
    assert pieces[1].text.startswith("Bring the letter to the tower.\n\n")


def test_nothing_overlaps_across_headings_nor_out_of_a_list() -> None:
    body = f"{paragraph(100)}\n\n## Papers\n\n- a passport\n- {paragraph(120)}\n\n{paragraph(100, 'storm')}"
    pieces = cut(body, "Faro")
    assert pieces[1].text.startswith("- a passport")
    assert pieces[2].text.startswith("storm")


def test_one_endless_line_is_cut_by_words() -> None:
    pieces = cut(" ".join(str(number) for number in range(1000)), "Faro")
    assert len(pieces) == 6
    assert " ".join(piece.text for piece in pieces).split() == [str(number) for number in range(1000)]


def test_an_empty_body_has_no_passage() -> None:
    assert cut("\n\n# Faro\n\n", "Faro") == []
