import pytest

from golden_cache.domain.language import SURE, answer_language, sure_language
from zantara.text.language import LanguageGuess, identify


def guess(language: str, confidence: float) -> LanguageGuess:
    return LanguageGuess(language=language, confidence=confidence, scores={})  # type: ignore[arg-type]


def test_only_a_sure_guess_of_one_of_the_three_counts() -> None:
    assert sure_language(guess("it", SURE)) == "it"
    assert sure_language(guess("it", SURE - 0.01)) is None
    assert sure_language(guess("mixed", 1.0)) is None
    assert sure_language(guess("other", 1.0)) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what do I need for this permit", "en"),
        ("che cosa mi serve per questo permesso", "it"),
        ("apa saja yang harus saya siapkan", "id"),
        ("KITAS E28A", None),
        ("ok", None),
    ],
)
def test_short_messages_of_borrowed_words_are_unsure(text: str, language: str | None) -> None:
    assert sure_language(identify(text)) == language


@pytest.mark.parametrize(
    ("asked", "conversation", "answered"),
    [("it", "en", "it"), (None, "en", "en"), ("mixed", "id", "id"), (None, None, None), ("fr", "other", None)],
)
def test_the_message_decides_then_the_conversation(
    asked: str | None, conversation: str | None, answered: str | None
) -> None:
    assert answer_language(asked, conversation) == answered
