"""Long conversations reach the model whole, in pieces that fit."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jiwa_enricher.domain import shown_answer, windows
from jiwa_enricher.domain.windows import ANSWER_CHARS, OVERLAP_TURNS, WINDOW_CHARS, shown_chars


def test_a_short_conversation_is_one_window(make: Any) -> None:
    turns = make.transcript("a", "b", "c").turns
    assert windows(turns) == [turns]
    assert windows(()) == []


def test_500_turns_are_covered_with_overlap(make: Any) -> None:
    turns = make.transcript(*("parola " * 40 for _ in range(500))).turns
    pieces = windows(turns)
    assert len(pieces) > 5
    assert {turn.id for piece in pieces for turn in piece} == {turn.id for turn in turns}
    for left, right in pairwise(pieces):
        assert left[-OVERLAP_TURNS:] == right[:OVERLAP_TURNS]


@given(lengths=st.lists(st.integers(0, 9000), max_size=20))
def test_every_turn_is_read_and_no_window_is_too_large(make_language: Any, lengths: list[int]) -> None:
    turns = make_language.transcript(*("x" * length for length in lengths)).turns
    pieces = windows(turns)
    assert [turn.id for turn in turns] == list(dict.fromkeys(turn.id for piece in pieces for turn in piece))
    assert all(len(piece) == 1 or sum(map(shown_chars, piece)) <= WINDOW_CHARS for piece in pieces)


def test_our_own_answers_are_shown_in_short(make: Any) -> None:
    turn = make.turn("?", answer="y" * 5000)
    assert len(shown_answer(turn)) == ANSWER_CHARS + 1
    assert shown_answer(make.turn("?", answer="breve")) == "breve"
