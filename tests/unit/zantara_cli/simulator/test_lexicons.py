"""The word lists: complete in three languages, readable, without a pattern that matches everything."""

import msgspec
import pytest

from zantara_cli.simulator.mind.fillers.intel import intel_label
from zantara_cli.simulator.mind.fillers.jiwa_cues import cues_in
from zantara_cli.simulator.mind.moods import Mood, asks, mood_of
from zantara_cli.simulator.mind.phrases import phrases
from zantara_cli.simulator.mind.reading import LANGUAGES, Prompt, Turn, read
from zantara_cli.simulator.mind.words import keys

PER_LANGUAGE = (
    "not_held",
    "hello",
    "remembered",
    "unhurried",
    "you_wrote",
    "i_wrote",
    "your_name",
    "nothing_yet",
    "no_name",
)


@pytest.mark.parametrize("occasion", PER_LANGUAGE)
def test_every_occasion_has_words_in_every_language(occasion: str) -> None:
    said = msgspec.structs.asdict(phrases())[occasion]
    assert set(said) == set(LANGUAGES)
    assert all(said.values())


def test_every_mood_has_lines_in_every_language_and_quotations_are_announced() -> None:
    assert set(phrases().lines) == set(Mood)
    assert all(set(lines) == set(LANGUAGES) for lines in phrases().lines.values())
    for reply in LANGUAGES:
        assert set(phrases().foreign[reply]) == set(LANGUAGES) - {reply}


def test_nonsense_is_no_mood_no_question_no_cue_no_topic() -> None:
    nonsense = "zxq wvu plomb"
    assert mood_of(nonsense) is Mood.CHAT
    assert not asks(nonsense)
    assert list(cues_in(nonsense)) == []
    assert intel_label(read(Prompt(turns=[Turn("user", nonsense)])), {})["topic"] == "irrelevant"


@pytest.mark.parametrize(
    ("message", "mood"),
    [
        ("aku takut banget kak", Mood.AFRAID),
        ("mi sento sola qui", Mood.LONELY),
        ("I'm furious, this is unacceptable", Mood.ANGRY),
        ("terima kasih ya", Mood.THANKS),
        ("om swastiastu", Mood.GREETING),
        ("come stai?", Mood.HOW_ARE_YOU),
        ("are you a bot?", Mood.WHO_ARE_YOU),
    ],
)
def test_moods(message: str, mood: Mood) -> None:
    assert mood_of(message) is mood


def test_words_of_three_languages_meet_in_one_concept() -> None:
    assert keys("quanto costa") == keys("berapa biaya") == keys("what is the price")
    assert keys("rinnovo") == keys("perpanjangan") == keys("extension")
    assert keys("E28A") == ("e28a",)
