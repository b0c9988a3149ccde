import hashlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zantara.text.normal import normal_form, query_hash, tokens, unaccented


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("What's the fee?", "whats   the FEE"),
        ("I don't need it", "i dont need it!!"),
        ("dell’E28A", "DELL'E28A"),
        ("Perché?", "PERCHÉ"),
        ("cafe\u0301", "café"),
        ("ＫＩＴＡＳ １０％", "kitas 10%"),
        ("syarat-syarat, dong 🙏", "syarat syarat dong"),
        ("zero\u200bwidth", "zerowidth"),
        ("tab\tnew\nline\u00a0nbsp", "tab new line nbsp"),
        ("2026.", "2026"),
    ],
)
def test_the_same_question_typed_otherwise_is_the_same(left: str, right: str) -> None:
    assert normal_form(left) == normal_form(right)
    assert query_hash(left) == query_hash(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("e valido", "è valido"),
        ("1,5 miliardi", "15 miliardi"),
        ("10%", "10"),
        ("$100", "€100"),
        ("E28A", "E28B"),
        ("above >30 days", "above <30 days"),
        ("can i", "cant i"),
    ],
)
def test_what_carries_meaning_is_kept(left: str, right: str) -> None:
    assert normal_form(left) != normal_form(right)
    assert query_hash(left) != query_hash(right)


def test_hash_is_sha256_of_the_normal_form() -> None:
    assert query_hash("  Ciao!  ") == hashlib.sha256(b"ciao").hexdigest()


def test_tokens_split_elisions_and_keep_figures() -> None:
    assert tokens("Quanto costa l'E28A: 1.000,50 €?") == ["quanto", "costa", "l", "e28a", "1.000,50", "€"]


def test_punctuation_alone_is_empty() -> None:
    assert normal_form(" ?! 🙏 … ") == ""
    assert tokens("...") == []


def test_lone_surrogates_are_dropped_not_raised() -> None:
    assert query_hash("a\ud800b") == query_hash("ab")


def test_unaccented_is_for_lexicons() -> None:
    assert unaccented("perché è già così") == "perche e gia cosi"


@given(st.text())
def test_normal_form_is_idempotent(text: str) -> None:
    once = normal_form(text)
    assert normal_form(once) == once


@given(st.lists(st.text(alphabet=string.ascii_letters + string.digits, min_size=1), min_size=1))
def test_case_and_white_space_never_matter(words: list[str]) -> None:
    assert query_hash("  ".join(words).upper()) == query_hash(" ".join(words).lower() + "?")


@given(st.text())
def test_the_form_has_single_spaces_and_no_upper_case(text: str) -> None:
    form = normal_form(text)
    assert form == form.strip()
    assert "  " not in form
    assert form.casefold() == form
