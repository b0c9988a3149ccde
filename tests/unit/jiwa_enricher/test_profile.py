"""How a person's memory reads: newest and surest first, bounded, stable, expired things gone."""

from datetime import timedelta
from typing import Any

import pytest

from jiwa_enricher.domain import Certainty, Profile, Slot, Visit, build_profile, remember
from jiwa_enricher.domain.manner import language_code, opposed, tone_of
from jiwa_enricher.domain.profile import MAX_BLOCK_TOKENS, tokens_of

DAY = timedelta(days=1)


def profile(make: Any, *facts: Any, visits: int = 1, language: str = "it") -> Profile:
    seen = [
        Visit(conversation_id=f"c{number}", language=language, at=make.now - number * DAY) for number in range(visits)
    ]
    return build_profile("anna", facts, seen, make.now)


def test_the_router_gets_name_language_and_tone(make: Any) -> None:
    memory = remember(
        profile(
            make,
            make.fact(Slot.NAME, "Marta"),
            make.fact(Slot.LANGUAGE, "italiano"),
            make.fact(Slot.COMMUNICATION_PREFERENCE, "risposte brevi"),
        ),
        make.now,
    )
    assert (memory.user_id, memory.name, memory.language, memory.tone) == ("anna", "Marta", "it", "concise")
    assert memory.conversations == 1


def test_lines_are_slot_and_value_with_guesses_worded_as_such(make: Any) -> None:
    memory = remember(
        profile(
            make,
            make.fact(Slot.NAME, "Marta", confidence=0.95),
            make.fact(Slot.DREAMS, "un caffè libreria sul mare", confidence=0.9),
            make.fact(Slot.DREAMS, "una casa a Ubud", confidence=0.6),
            make.fact(Slot.ANXIETIES, "il capitale", certainty=Certainty.DEDUCED),
            make.fact(Slot.PERSONALITY, "prudente", certainty=Certainty.INFERRED),
        ),
        make.now,
    )
    assert memory.block.splitlines() == [
        "name: Marta",
        "dreams: un caffè libreria sul mare; una casa a Ubud",
        "anxieties: probably il capitale",
        "personality: seems prudente",
    ]


def test_newer_comes_before_older_and_surer_before_guessed(make: Any) -> None:
    facts = [
        make.fact(Slot.INTERESTS, "vecchio", said_at=make.now - 300 * DAY),
        make.fact(Slot.INTERESTS, "nuovo", said_at=make.now - 2 * DAY),
        make.fact(Slot.INTERESTS, "intuito", said_at=make.now - 2 * DAY, certainty=Certainty.INFERRED),
    ]
    assert [fact.value for fact in remember(profile(make, *facts), make.now).facts] == ["nuovo", "intuito", "vecchio"]


def test_the_block_is_the_same_text_at_any_time_until_something_expires(make: Any) -> None:
    facts = [
        make.fact(Slot.INTERESTS, f"tema {n}", said_at=make.now - n * 20 * DAY, confidence=0.9 - n / 30)
        for n in range(8)
    ]
    built = profile(make, *facts)
    blocks = {remember(built, make.now + timedelta(days=days)).block for days in range(0, 150, 10)}
    assert len(blocks) == 1
    assert remember(profile(make, *reversed(facts)), make.now).block in blocks


def test_a_feeling_is_gone_after_72_hours_without_a_rebuild(make: Any) -> None:
    said_at = make.now
    built = build_profile("anna", [make.fact(Slot.EMOTIONAL_STATE, "in ansia", said_at=said_at)], [], make.now)
    assert "in ansia" in remember(built, said_at + timedelta(hours=71, minutes=59)).block
    gone = remember(built, said_at + timedelta(hours=72))
    assert (gone.block, gone.facts) == ("", ())


def test_the_block_holds_at_most_600_tokens_and_the_best_facts(make: Any) -> None:
    facts = [
        make.fact(Slot.INTERESTS, f"argomento molto lungo numero {n} " + "parola " * 20, confidence=0.3 + n / 200)
        for n in range(100)
    ]
    memory = remember(profile(make, *facts), make.now)
    assert tokens_of(memory.block) <= MAX_BLOCK_TOKENS
    assert tokens_of(memory.block) > MAX_BLOCK_TOKENS * 0.8
    assert "numero 99 " in memory.block
    assert "numero 0 " not in memory.block
    assert len(memory.facts) == 100


def test_no_quote_stands_in_the_block(make: Any) -> None:
    fact = make.fact(Slot.DREAMS, "una casa", quote="mio padre Aldo mi ha lasciato dei soldi")
    memory = remember(profile(make, fact), make.now)
    assert "Aldo" not in memory.block
    assert memory.facts[0].quote == fact.quote


@pytest.mark.parametrize(
    ("visits", "lines"),
    [
        (0, []),
        (1, []),
        (2, ["relationship_with_us: 2 conversations since 2026-11-19"]),
        (4, ["relationship_with_us: 4 conversations since 2026-11-17", "trust_level: keeps coming back to ask"]),
    ],
)
def test_behaviour_tells_of_trust_and_relationship(make: Any, visits: int, lines: list[str]) -> None:
    memory = remember(profile(make, visits=visits), make.now)
    assert memory.block.splitlines() == lines
    assert memory.conversations == visits


def test_the_same_conversation_ended_twice_is_one_visit(make: Any) -> None:
    visit = Visit(conversation_id="c1", language="it", at=make.now)
    assert build_profile("anna", [], [visit, visit], make.now).conversations == 1


def test_without_a_word_about_it_the_language_is_the_one_spoken(make: Any) -> None:
    assert remember(profile(make, visits=3, language="id"), make.now).language == "id"
    assert remember(profile(make, visits=3, language="mixed"), make.now).language is None
    told = make.fact(Slot.LANGUAGE, "English")
    assert remember(profile(make, told, visits=3, language="id"), make.now).language == "en"


@pytest.mark.parametrize(
    ("values", "tone"),
    [
        (["bullet points, short answers"], "concise"),
        (["mi scriva pure lungo"], "detailed"),
        (["italiano formale, niente marketing"], "formal"),
        (["santai"], "relaxed"),
        (["langkah demi langkah"], "gentle"),
        (["schietto"], "direct"),
        (["vive a Bergamo", "breve"], "concise"),
        (["short or long, I don't mind"], None),
        ([], None),
    ],
)
def test_tone_is_what_the_first_telling_value_asks_for(values: list[str], tone: str | None) -> None:
    assert tone_of(values) == tone


def test_language_names_and_opposites() -> None:
    assert [language_code(name) for name in ("Italian", "inglese", "Bahasa Indonesia", "it", "Klingon")] == [
        "it", "en", "id", "it", None,
    ]  # fmt: skip
    assert language_code("italiano e inglese") is None
    assert opposed("voice notes please", "niente videochiamate, preferisco scrivere") is False
    assert opposed("no calls, in writing", "voice notes")
