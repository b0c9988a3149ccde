from datetime import timedelta

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden_cache.domain.entries import Boundary, GoldenEntry, HardNegative, Status
from golden_cache.domain.guard import RejectReason
from golden_cache.domain.lookup import Hit, MatchType, Miss, Query, lookup
from golden_cache.domain.reading import read_entry
from golden_cache.domain.snapshot import Scope, Snapshot, build, served, texts_of

from .conftest import NOW, SCOPE, Ask, embed, entry_with, stock_of

SMALL = stock_of([entry_with()])
NOISE = st.tuples(st.sampled_from(["", " ", "¿", "  «"]), st.sampled_from(["", "?", "!!", " ...", " 🙏"]))


def find(snapshot: Snapshot, text: str, language: str | None = "en", conversation: str | None = None) -> Hit | Miss:
    vector = embed([text])[0]
    query = Query(text=text, scope=SCOPE, vector=vector, language=language, conversation_language=conversation)
    return lookup(snapshot, query)


@given(at=st.integers(min_value=0, max_value=10_000), noise=NOISE, upper=st.booleans())
def test_any_stored_phrasing_hits_exactly(stock: Snapshot, at: int, noise: tuple[str, str], upper: bool) -> None:
    phrasings = [(entry, text, language) for entry in stock.entries for text, language in entry.phrasings()]
    entry, text, language = phrasings[at % len(phrasings)]
    typed = noise[0] + (text.upper() if upper else text) + noise[1]
    found = lookup(stock, Query(text=typed, scope=SCOPE, language=language))
    assert isinstance(found, Hit)
    assert found.match_type is MatchType.EXACT
    assert found.entry.cluster_id == entry.cluster_id
    assert found.answer == entry.answers[language]


def test_a_new_wording_hits_by_meaning() -> None:
    found = find(SMALL, "what is the cost of a permit for scooter rental")
    assert isinstance(found, Hit)
    assert found.match_type is MatchType.SEMANTIC
    assert found.entry.cluster_id == "moped-permit-cost"
    assert 0.0 < found.similarity < 1.0


def test_found_across_languages_answered_in_the_asked_one() -> None:
    found = find(SMALL, "price of the scooter rental permit", language="id")
    assert isinstance(found, Hit)
    assert found.language == "id"
    assert found.answer == found.entry.answers["id"]


@pytest.mark.parametrize("unsure", [None, "mixed", "other"])
def test_unsure_language_takes_the_conversations(unsure: str | None) -> None:
    text = "what is the cost of a permit for scooter rental"
    found = find(SMALL, text, language=unsure, conversation="it")
    assert isinstance(found, Hit)
    assert found.language == "it"
    missed = find(SMALL, text, language=unsure)
    assert isinstance(missed, Miss)
    assert missed.reason is RejectReason.LANGUAGE


def test_a_language_without_a_rendering_is_a_miss() -> None:
    entry = entry_with()
    half = msgspec.structs.replace(entry, answers={"en": entry.answers["en"]})
    missed = find(stock_of([half]), "price of the scooter rental permit", language="it")
    assert isinstance(missed, Miss)
    assert missed.reason is RejectReason.LANGUAGE


@pytest.mark.parametrize(
    "scope",
    [
        Scope(embedding_model="another"),
        Scope(embedding_model=SCOPE.embedding_model, persona="other"),
        Scope(embedding_model=SCOPE.embedding_model, policy_version="2"),
    ],
)
def test_another_scope_finds_nothing(scope: Scope) -> None:
    found = lookup(SMALL, Query(text="price of the scooter rental permit", scope=scope, language="en"))
    assert isinstance(found, Miss)
    assert found.reason is RejectReason.SCOPE


def test_without_a_vector_only_exact_matches() -> None:
    assert isinstance(lookup(SMALL, Query(text="Price of the scooter rental permit!", scope=SCOPE, language="en")), Hit)
    missed = lookup(SMALL, Query(text="permit price for scooter rental", scope=SCOPE, language="en"))
    assert isinstance(missed, Miss)
    assert missed.reason is RejectReason.NO_CANDIDATE


def test_an_empty_stock_and_an_empty_message_miss() -> None:
    empty = build([], np.empty((0, 384), dtype=np.float32), SCOPE)
    assert isinstance(find(empty, "anything"), Miss)
    missed = find(SMALL, " ?! ")
    assert isinstance(missed, Miss)
    assert missed.reason is RejectReason.EMPTY


def test_a_hard_negative_is_never_answered() -> None:
    missed = find(SMALL, "how long does the scooter rental permit take")
    assert isinstance(missed, Miss)


def test_a_nearer_hard_negative_refuses() -> None:
    refused = HardNegative(text="scooter rental permit price", language="en", why="other_aspect: x")
    stock = stock_of([entry_with(hard_negatives=(refused,))])
    missed = find(stock, "scooter rental permit price please")
    assert isinstance(missed, Miss)
    assert missed.reason is RejectReason.HARD_NEGATIVE


def test_a_boundary_of_its_own() -> None:
    strict = stock_of([entry_with(boundary=Boundary(score=0.999))])
    missed = find(strict, "what is the cost of a permit for scooter rental")
    assert isinstance(missed, Miss)
    assert missed.reason is RejectReason.BELOW_BOUNDARY
    assert missed.cluster_id == "moped-permit-cost"


def test_two_entries_that_claim_the_same_are_ambiguous() -> None:
    stock = stock_of([entry_with(), entry_with(cluster_id="moped-permit-cost-again")])
    missed = find(stock, "what is the cost of a permit for scooter rental")
    assert isinstance(missed, Miss)
    assert missed.reason is RejectReason.AMBIGUOUS
    assert isinstance(find(stock, "price of the scooter rental permit"), Miss)


@pytest.mark.parametrize(
    "text",
    [
        "who won the match last night",
        "una ricetta per la carbonara",
        "lagu Bali yang bagus apa",
        "hello",
        "grazie mille",
        "ok kak",
    ],
)
def test_off_topic_misses(ask: Ask, text: str) -> None:
    assert isinstance(ask(text), Miss)


def test_a_code_alone_is_not_enough(ask: Ask) -> None:
    assert isinstance(ask("kitas"), Miss)


def test_a_random_suffix_gains_nothing(ask: Ask) -> None:
    stored = "Can I bring my dog or cat to Bali?"
    assert isinstance(ask(f"{stored} zxqv wvut plmk oijn trwq", like=stored), Miss)


def test_only_approved_and_fresh_entries_are_served(pack: list[GoldenEntry]) -> None:
    ready = entry_with(cluster_id="ready-entry", expires_at=NOW + timedelta(days=1))
    entries = [
        ready,
        *(entry_with(cluster_id=f"not-{s}", status=s) for s in Status if s is not Status.APPROVED),
        entry_with(cluster_id="late-entry", expires_at=NOW),
    ]
    assert served(entries, NOW) == [ready]


def test_a_snapshot_cannot_be_changed(stock: Snapshot) -> None:
    with pytest.raises(ValueError, match="read-only"):
        stock.vectors[0, 0] = 1.0
    with pytest.raises(AttributeError):
        stock.entries = ()  # type: ignore[misc]


def test_vectors_must_match_the_texts() -> None:
    reading = read_entry(entry_with())
    with pytest.raises(ValueError, match="vectors"):
        build([reading], embed(texts_of([reading]))[:-1], SCOPE)
