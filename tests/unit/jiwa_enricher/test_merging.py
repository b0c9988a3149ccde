"""New facts beside old ones: nothing is lost, nothing said once is overwritten."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiwa_enricher.domain import LIFETIME, Certainty, KnownFact, Origin, Plan, Slot, Tombstones, digest, plan_merge
from jiwa_enricher.domain.merging import MAX_CONFIDENCE, joined_confidence

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def merge(make: Any, known: list[KnownFact], *candidates: Any, tombstones: Tombstones | None = None) -> Plan:
    origin = Origin(user_id="anna", conversation_id="conv-1", model="llama", prompt_version="v1@x", now=make.now)
    return plan_merge(known, candidates, tombstones or Tombstones(), origin, name_fact=lambda number: f"new-{number}")


def test_a_new_fact_stands_with_its_evidence_origin_and_expiry(make: Any) -> None:
    plan = merge(make, [], make.candidate(Slot.DREAMS, "un caffè sul mare", turn_id="t7"))
    (fact,) = plan.added
    assert (fact.id, fact.turn_id, fact.quote, fact.model) == ("new-1", "t7", "un caffè sul mare", "llama")
    assert fact.valid_from == make.now - HOUR
    assert fact.created_at == make.now
    assert fact.expires_at == fact.valid_from + LIFETIME[Slot.DREAMS]
    assert plan.current == (fact,)


def test_the_same_again_strengthens_and_extends(make: Any) -> None:
    old = make.fact(Slot.DREAMS, "un caffè libreria sul mare", certainty=Certainty.INFERRED, confidence=0.6)
    plan = merge(make, [old], make.candidate(Slot.DREAMS, "Caffè libreria, sul mare!", turn_id="t9", confidence=0.8))
    (fact,) = plan.changed
    assert plan.added == ()
    assert (plan.strengthened, fact.certainty, fact.also_turn_ids) == (1, Certainty.STATED, ("t9",))
    assert 0.8 < fact.confidence <= MAX_CONFIDENCE
    assert fact.confirmed_at == make.now - HOUR
    assert fact.expires_at == fact.confirmed_at + LIFETIME[Slot.DREAMS]
    assert (fact.value, fact.quote, fact.valid_from) == (old.value, old.quote, old.valid_from)


def test_the_same_evidence_twice_counts_once(make: Any) -> None:
    old = make.fact(Slot.DREAMS, "un caffè sul mare", turn_id="t1", also_turn_ids=("t2",))
    again = [make.candidate(Slot.DREAMS, "un caffè sul mare", turn_id=turn_id) for turn_id in ("t1", "t2")]
    plan = merge(make, [old], *again)
    assert (plan.added, plan.changed, plan.dropped) == ((), (), {"repeated": 2})
    assert plan.current == (old,)


def test_a_contradiction_closes_the_old_fact_and_keeps_it(make: Any) -> None:
    old = make.fact(Slot.CASE_STAGE, "sta raccogliendo i documenti")
    plan = merge(make, [old], make.candidate(Slot.CASE_STAGE, "permesso rilasciato"))
    (closed,) = plan.changed
    (fresh,) = plan.added
    assert (closed.value, closed.valid_to, closed.closed_at) == (old.value, fresh.valid_from, make.now)
    assert [fact.value for fact in plan.current] == ["permesso rilasciato"]
    assert plan.closed == 1


def test_older_words_arrive_already_closed(make: Any) -> None:
    known = make.fact(Slot.CASE_STAGE, "permesso rilasciato", said_at=make.now - DAY)
    late = make.candidate(Slot.CASE_STAGE, "sta raccogliendo i documenti", said_at=make.now - 9 * DAY)
    plan = merge(make, [known], late)
    (history,) = plan.added
    assert (history.valid_from, history.valid_to) == (late.said_at, known.valid_from)
    assert plan.changed == ()
    assert plan.current == (known,)


def test_a_guess_does_not_push_out_what_was_said(make: Any) -> None:
    known = make.fact(Slot.NAME, "Marta")
    plan = merge(make, [known], make.candidate(Slot.NAME, "Rosa", certainty=Certainty.INFERRED))
    assert (plan.current, plan.dropped) == ((known,), {"weaker_than_known": 1})


def test_feelings_change_even_by_impression(make: Any) -> None:
    known = make.fact(Slot.EMOTIONAL_STATE, "spaventata")
    plan = merge(make, [known], make.candidate(Slot.EMOTIONAL_STATE, "sollevata", certainty=Certainty.INFERRED))
    assert [fact.value for fact in plan.current] == ["sollevata"]


def test_the_last_feeling_of_a_conversation_is_the_one_that_holds(make: Any) -> None:
    fear = make.candidate(Slot.EMOTIONAL_STATE, "paura", said_at=make.now - 2 * HOUR)
    relief = make.candidate(Slot.EMOTIONAL_STATE, "sollievo", said_at=make.now - HOUR)
    plan = merge(make, [], relief, fear)
    assert [fact.value for fact in plan.current] == ["sollievo"]
    assert sorted((fact.value, fact.valid_to) for fact in plan.added if fact.valid_to) == [("paura", relief.said_at)]


@pytest.mark.parametrize(
    ("slot", "old", "new", "closes"),
    [
        (Slot.DREAMS, "un caffè sul mare", "una casa a Ubud", False),
        (Slot.DREAMS, "vuole aprire un caffè sul mare", "non vuole aprire un caffè sul mare", True),
        (Slot.DREAMS, "wants to buy land in Ubud", "never wants to buy land in Ubud", True),
        (Slot.DREAMS, "mau beli tanah di Ubud", "tidak mau beli tanah di Ubud", True),
        (Slot.COMMUNICATION_PREFERENCE, "risposte brevi", "risposte lunghe e dettagliate", True),
        (Slot.COMMUNICATION_PREFERENCE, "short bullet points", "voice notes", False),
        (Slot.COMMUNICATION_PREFERENCE, "jawaban singkat", "jawaban lengkap dan rinci", True),
        (Slot.INTERESTS, "PT PMA", "KITAS", False),
        (Slot.LIFE_PHASE, "ha 41 anni", "ha 42 anni", True),
        (Slot.DREAMS, "un budget di 3 miliardi per la villa", "un budget di 9 miliardi per la villa", True),
        (Slot.LANGUAGE, "italiano", "English", True),
    ],
)
def test_what_excludes_what(make: Any, slot: Slot, old: str, new: str, closes: bool) -> None:
    plan = merge(make, [make.fact(slot, old)], make.candidate(slot, new))
    assert plan.closed == int(closes)
    assert {fact.value for fact in plan.current} == ({new} if closes else {old, new})


def test_what_has_expired_is_neither_joined_nor_contradicted(make: Any) -> None:
    stale = make.fact(Slot.EMOTIONAL_STATE, "spaventata", said_at=make.now - 4 * DAY)
    plan = merge(make, [stale], make.candidate(Slot.EMOTIONAL_STATE, "spaventata"))
    assert (len(plan.added), plan.changed, plan.strengthened) == (1, (), 0)


def test_words_too_old_for_their_slot_are_not_kept(make: Any) -> None:
    feeling = make.candidate(Slot.EMOTIONAL_STATE, "spaventata", said_at=make.now - timedelta(hours=72))
    dream = make.candidate(Slot.DREAMS, "una casa", said_at=make.now - timedelta(hours=72))
    plan = merge(make, [], feeling, dream)
    assert ([fact.slot for fact in plan.added], plan.dropped) == ([Slot.DREAMS], {"expired": 1})


def test_what_was_forgotten_does_not_come_back(make: Any) -> None:
    dream = make.candidate(Slot.DREAMS, "una casa", turn_id="t3")
    one = Tombstones(facts=frozenset({digest("anna", Slot.DREAMS, "t3")}))
    everything = Tombstones(everything_at=dream.said_at)
    before = Tombstones(everything_at=dream.said_at - HOUR)
    assert merge(make, [], dream, tombstones=one).dropped == {"forgotten": 1}
    assert merge(make, [], dream, tombstones=everything).dropped == {"forgotten": 1}
    assert len(merge(make, [], dream, tombstones=before).added) == 1
    other_turn = make.candidate(Slot.DREAMS, "una casa", turn_id="t4")
    assert len(merge(make, [], other_turn, tombstones=one).added) == 1


@given(st.floats(0.01, 1.0), st.floats(0.01, 1.0))
def test_two_pieces_of_evidence_are_surer_than_either_and_never_certain(one: float, other: float) -> None:
    joined = joined_confidence(one, other)
    assert min(max(one, other), MAX_CONFIDENCE) <= joined <= MAX_CONFIDENCE
    assert joined == joined_confidence(other, one)


SAID = ("italiano", "English", "bahasa Indonesia")


@given(st.lists(st.tuples(st.sampled_from(SAID), st.integers(1, 500)), max_size=12, unique_by=lambda each: each[1]))
def test_whatever_the_order_of_arrival_the_latest_words_hold(make_language: Any, told: list[tuple[str, int]]) -> None:
    """One value at a time, bi-temporal rows well formed, and the value told last in time holds."""
    make = make_language
    known: dict[str, KnownFact] = {}
    for batch, (value, age_h) in enumerate(told):
        said_at = make.now - timedelta(hours=age_h)
        candidate = make.candidate(Slot.LANGUAGE, value, said_at=said_at, turn_id=f"t{age_h}")
        origin = Origin(user_id="a", conversation_id="c", model="m", prompt_version="p", now=make.now)
        plan = plan_merge(
            known.values(), [candidate], Tombstones(), origin, name_fact=lambda n, batch=batch: f"{batch}-{n}"
        )
        known |= {fact.id: fact for fact in (*plan.added, *plan.changed)}
    holding = [fact.value for fact in known.values() if fact.valid_to is None]
    assert holding == ([min(told, key=lambda each: each[1])[0]] if told else [])
    assert all(fact.valid_to is None or fact.valid_to >= fact.valid_from for fact in known.values())
