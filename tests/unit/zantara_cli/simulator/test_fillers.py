"""The skilled fillers: evidence is literal, null where there is no ground, swapping swaps, numbers stay in range."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.unit.zantara_cli.simulator.prompting import piece, prompt

from zantara_cli.simulator.mind import think

CONVERSATIONS = Path(__file__).parents[4] / "deploy/data/conversations/sample.jsonl"

JIWA_SLOTS = (
    "personality", "emotional_state", "trust_level", "communication_preference", "life_phase", "dreams", "anxieties",
    "relationship_with_us", "cultural_bridge_needed",
)  # fmt: skip


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


TEXT, TEXTS = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
PER_LANGUAGE = dict.fromkeys(("en", "it", "id"), TEXTS)
FACT = _object(
    slot={"enum": [*JIWA_SLOTS, "name", "language", "interests", "case_stage"]}, value=TEXT, value_en=TEXT,
    certainty={"enum": ["stated", "deduced", "inferred"]}, confidence={"type": "number", "minimum": 0, "maximum": 1},
    turn={"type": "integer", "minimum": 1}, quote=TEXT,
)  # fmt: skip
JIWA = {"title": "jiwa_facts"} | _object(facts={"type": "array", "items": FACT})
GOLDEN = {"title": "golden_answer"} | _object(
    covered={"type": "boolean"},
    answers=_object(**{language: {"type": ["string", "null"]} for language in PER_LANGUAGE}),
    variations=_object(**PER_LANGUAGE),
    hard_negatives={"type": "array", "items": _object(text=TEXT, language={"enum": list(PER_LANGUAGE)}, why=TEXT)},
    sources=TEXTS,
)
JUDGE = {"title": "judge_verdict"} | _object(
    winner={"enum": ["A", "B", "tie"]},
    criteria=_object(grounded={"type": "boolean"}, language_match={"type": "boolean"}, warm={"type": "boolean"}),
    critique=TEXT,
)
INTEL = {"title": "intel_label"} | _object(
    topic={"enum": ["visa", "company", "tax", "property", "work", "banking", "health", "culture", "irrelevant"]},
    priority={"enum": ["critical", "high", "medium", "low"]},
    audience={"enum": ["visa_holders", "tourists", "investors", "employers", "taxpayers", "general", "none"]},
    actionability={"enum": ["act_now", "plan", "inform", "ignore"]}, reason=TEXT, quote=TEXT,
)  # fmt: skip
CULTURE = {"title": "cultural_insights"} | _object(
    insights={
        "type": "array",
        "items": _object(
            signal=TEXT, meaning=TEXT, how_to_respond=TEXT, topic=TEXT, language={"enum": ["it", "en", "id"]}
        ),
        "maxItems": 5,
    }
)


def filled(schema: dict[str, Any], *pieces: Any, question: str = "", system: str = "") -> Any:
    value = json.loads(think(prompt(question, *pieces, schema=schema, system=system)).text)
    Draft202012Validator(schema).validate(value)
    return value


def _conversations() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CONVERSATIONS.read_text().splitlines()]


def _facts(conversation: dict[str, Any]) -> list[dict[str, Any]]:
    turns = [piece("turn", turn["text"], id=str(turn["turn"]), role=turn["role"]) for turn in conversation["turns"]]
    facts: list[dict[str, Any]] = filled(JIWA, *turns)["facts"]
    return facts


def test_every_fact_quotes_a_user_turn_letter_by_letter() -> None:
    for conversation in _conversations():
        turns = {turn["turn"]: turn for turn in conversation["turns"]}
        for fact in _facts(conversation):
            assert fact["quote"] in turns[fact["turn"]]["text"]
            assert turns[fact["turn"]]["role"] == "user"


def test_most_annotated_slots_are_found_with_their_evidence_and_silence_is_kept() -> None:
    found = right = wanted = said = silent = 0
    for conversation in _conversations():
        facts = _facts(conversation)
        for slot, truth in conversation.get("jiwa", {}).items():
            turns = [fact["turn"] for fact in facts if fact["slot"] == slot]
            if truth["value"] is None or not truth["evidence_turns"]:
                silent, said = silent + 1, said + bool(turns)
                continue
            wanted, found = wanted + 1, found + bool(turns)
            right += bool(set(turns) & set(truth["evidence_turns"]))
    assert (wanted, silent) == (165, 15)
    assert found / wanted >= 0.85
    assert right / wanted >= 0.75
    assert said <= 3


def test_facts_told_in_three_languages() -> None:
    for text, slot, word in (
        ("Mi chiamo Aldo. Ho paura di perdere i soldi", "anxieties", "paura"),
        ("My name is Ann. I dream of a small surf school", "dreams", "surf school"),
        ("Nama saya Budi. Saya lebih suka lewat WA", "communication_preference", "WA"),
    ):
        facts = filled(JIWA, piece("turn", text, id="1", role="user"))["facts"]
        assert any(fact["slot"] == slot and word in fact["quote"] for fact in facts)
        assert any(fact["slot"] == "name" and fact["value"] in text for fact in facts)


def test_assistant_turns_are_no_evidence() -> None:
    facts = filled(JIWA, piece("turn", "I dream of helping you. My name is Zantara.", id="1", role="assistant"))[
        "facts"
    ]
    assert facts == []


FEES = piece("passage", "The E28A visa fee is IDR 5 million. Approval takes three weeks.", id="p-en", language="en")
TARIFFE = piece(
    "passage", "La tariffa del visto E28A è 5 milioni di rupie. Servono tre settimane.", id="p-it", language="it"
)
ASKED = (
    piece("question", "How much does the E28A cost?", language="en"),
    piece("question", "Quanto costa l'E28A?", language="it"),
)


def test_a_golden_answer_per_language_of_passages_and_null_without() -> None:
    value = filled(GOLDEN, *ASKED, FEES, TARIFFE)
    assert value["covered"] is True
    assert "IDR 5 million" in value["answers"]["en"]
    assert "5 milioni di rupie" in value["answers"]["it"]
    assert value["answers"]["id"] is None
    assert value["sources"] == ["p-en", "p-it"]


def test_golden_phrasings_invent_nothing_and_negatives_ask_something_else() -> None:
    value = filled(GOLDEN, *ASKED, FEES)
    assert "How much does the E28A cost?" in value["variations"]["en"]
    assert all("E28A" in text for text in value["variations"]["en"])
    negatives = {negative["text"]: negative["why"] for negative in value["hard_negatives"]}
    assert "How much does the E33G cost?" in negatives
    assert any(why.startswith("other_aspect") for why in negatives.values())
    assert not set(negatives) & {text for texts in value["variations"].values() for text in texts}


def test_what_no_passage_holds_is_not_covered() -> None:
    other = piece("passage", "Dogs need a rabies vaccination before they fly.", id="p", language="en")
    value = filled(GOLDEN, *ASKED, other)
    assert value["covered"] is False
    assert value["answers"] == {"en": None, "it": None, "id": None}
    assert value["sources"] == []


GOOD = "The E28A visa fee is IDR 5 million and approval takes three weeks."
BAD = "Non saprei, forse 90 dollari."


@pytest.mark.parametrize(
    ("a", "b", "winner"), [(GOOD, BAD, "A"), (BAD, GOOD, "B"), (GOOD, GOOD, "tie"), ("", GOOD, "B")]
)
def test_a_verdict_swaps_with_its_candidates(a: str, b: str, winner: str) -> None:
    pieces = (piece("candidate", a, id="A"), piece("candidate", b, id="B"))
    question = piece("question", "How much does the E28A cost?", language="en")
    value = filled(JUDGE, question, FEES, *pieces)
    assert value["winner"] == winner
    if winner != "tie":
        assert f"Answer {winner}" in value["critique"]
        assert value["criteria"]["grounded"] is True
        assert value["criteria"]["language_match"] is True


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        (
            "Immigration counters closed",
            "Immigration will stop taking stay permits and passports. They must file within five days or are barred.",
            ("visa", "critical", "visa_holders", "act_now"),
        ),
        (
            "Surf contest",
            "The surf championship was won by a local boy. Music followed.",
            ("irrelevant", "low", "none", "ignore"),
        ),
        (
            "Pajak",
            "Kantor pajak mulai pemeriksaan laporan SPT wajib pajak asing dan meminta bukti bayar.",
            ("tax", "high", "taxpayers", "plan"),
        ),
    ],
)
def test_intel_labels(title: str, body: str, expected: tuple[str, ...]) -> None:
    value = filled(INTEL, piece("document", body, id="d", title=title))
    assert (value["topic"], value["priority"], value["audience"], value["actionability"]) == expected
    assert value["quote"] in body


def test_cultural_insights_from_what_people_say_and_from_texts() -> None:
    turn = piece("turn", "Halo kak. aku malu nanya terus", id="1", role="user")
    insights = filled(CULTURE, turn)["insights"]
    shame = next(insight for insight in insights if insight["topic"] == "face_saving_culture")
    assert shame["signal"] in turn.text
    assert shame["language"] == "id"
    text = piece("culture", "'Nanti dulu' often means no. Offer another day.", topic="flexibility_expectations")
    [written] = filled(CULTURE, text)["insights"]
    assert written["signal"] == "Nanti dulu"
    assert written["topic"] == "flexibility_expectations"
    assert written["how_to_respond"] == "Offer another day."


def test_no_more_insights_than_asked() -> None:
    turns = [piece("turn", f"maaf ya, aku malu nomor {n}", id=str(n), role="user") for n in range(1, 20)]
    assert len(filled(CULTURE, *turns)["insights"]) == 5
