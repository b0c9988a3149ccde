"""What new facts do to the old: join, strengthen, or close them; nothing is overwritten.

Bi-temporal after Graphiti (arXiv 2501.13956): a contradiction ends the old fact's validity and leaves it on record.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from jiwa_enricher.domain.facts import LIFETIME, SINGLE, Candidate, Certainty, KnownFact, Slot, Tombstones
from jiwa_enricher.domain.manner import opposed
from jiwa_enricher.domain.sense import Sense, alike, differ, sense_of

MAX_CONFIDENCE = 0.99
_RANK = {Certainty.STATED: 0, Certainty.DEDUCED: 1, Certainty.INFERRED: 2}


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a batch of candidates comes from, and when it is taken in."""

    user_id: str
    conversation_id: str
    model: str
    prompt_version: str
    now: datetime


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to write: new rows, and known rows that change; `current` is what holds afterwards."""

    added: tuple[KnownFact, ...]
    changed: tuple[KnownFact, ...]
    current: tuple[KnownFact, ...]
    strengthened: int
    closed: int
    dropped: dict[str, int]


def plan_merge(
    known: Iterable[KnownFact],
    candidates: Sequence[Candidate],
    tombstones: Tombstones,
    origin: Origin,
    name_fact: Callable[[int], str],
) -> Plan:
    """Take the candidates in, oldest words first; `name_fact` gives the n-th new fact its id."""
    merge = _Merge(known, tombstones, origin, name_fact)
    for candidate in sorted(candidates, key=lambda candidate: candidate.said_at):
        merge.take(candidate)
    return merge.plan()


class _Merge:
    def __init__(
        self, known: Iterable[KnownFact], tombstones: Tombstones, origin: Origin, name_fact: Callable[[int], str]
    ) -> None:
        self._before = {fact.id: fact for fact in known}
        self._facts = dict(self._before)
        self._tombstones = tombstones
        self._origin = origin
        self._name_fact = name_fact
        self._tally: Counter[str] = Counter()
        self._drops: Counter[str] = Counter()
        self._senses: dict[tuple[str, str], Sense] = {}

    def take(self, candidate: Candidate) -> None:
        reason = self._unfit(candidate)
        if reason:
            self._drops[reason] += 1
            return
        rivals = [fact for fact in self._current() if fact.slot is candidate.slot]
        same = next((fact for fact in rivals if self._repeats(candidate, fact)), None)
        if same is not None:
            self._strengthen(same, candidate)
            return
        contradicted = [fact for fact in rivals if self._contradicts(candidate, fact)]
        if any(_is_surer(fact, candidate) for fact in contradicted):
            self._drops["weaker_than_known"] += 1
            return
        self._add(candidate, contradicted)

    def plan(self) -> Plan:
        added = [fact for fact in self._facts.values() if fact.id not in self._before]
        changed = [fact for id_, fact in self._facts.items() if id_ in self._before and fact != self._before[id_]]
        return Plan(
            added=tuple(added),
            changed=tuple(changed),
            current=tuple(self._current()),
            strengthened=self._tally["strengthened"],
            closed=self._tally["closed"],
            dropped=dict(self._drops),
        )

    def _unfit(self, candidate: Candidate) -> str | None:
        if self._tombstones.cover(self._origin.user_id, candidate):
            return "forgotten"
        if candidate.said_at + LIFETIME[candidate.slot] <= self._origin.now:
            return "expired"
        return None

    def _current(self) -> list[KnownFact]:
        return [fact for fact in self._facts.values() if fact.holds(self._origin.now)]

    def _sense(self, said: KnownFact | Candidate) -> Sense:
        key = (said.value, said.value_en)
        if key not in self._senses:
            self._senses[key] = sense_of(*key)
        return self._senses[key]

    def _repeats(self, candidate: Candidate, fact: KnownFact) -> bool:
        new, old = self._sense(candidate), self._sense(fact)
        return alike(new, old) and not differ(new, old)

    def _contradicts(self, candidate: Candidate, fact: KnownFact) -> bool:
        """Of a fact of the same slot that says something else."""
        if candidate.slot in SINGLE:
            return True
        if candidate.slot is Slot.COMMUNICATION_PREFERENCE and opposed(candidate.value, fact.value):
            return True
        new, old = self._sense(candidate), self._sense(fact)
        return alike(new, old) and differ(new, old)

    def _strengthen(self, fact: KnownFact, candidate: Candidate) -> None:
        if candidate.turn_id in (fact.turn_id, *fact.also_turn_ids):
            self._drops["repeated"] += 1
            return
        confirmed_at = max(fact.confirmed_at, candidate.said_at)
        self._tally["strengthened"] += 1
        self._facts[fact.id] = msgspec.structs.replace(
            fact,
            certainty=min(fact.certainty, candidate.certainty, key=_RANK.__getitem__),
            confidence=joined_confidence(fact.confidence, candidate.confidence),
            also_turn_ids=(*fact.also_turn_ids, candidate.turn_id),
            valid_from=min(fact.valid_from, candidate.said_at),
            confirmed_at=confirmed_at,
            expires_at=confirmed_at + LIFETIME[fact.slot],
        )

    def _add(self, candidate: Candidate, contradicted: Sequence[KnownFact]) -> None:
        """Newer words close what they contradict; older words arrive already closed by what came after them."""
        later = [_end_before(fact, candidate) for fact in contradicted if fact.confirmed_at > candidate.said_at]
        for fact in contradicted if not later else ():
            self._tally["closed"] += 1
            self._facts[fact.id] = msgspec.structs.replace(fact, valid_to=candidate.said_at, closed_at=self._origin.now)
        fact = self._fact(candidate, valid_to=min(later, default=None))
        self._facts[fact.id] = fact

    def _fact(self, candidate: Candidate, valid_to: datetime | None) -> KnownFact:
        self._tally["added"] += 1
        return KnownFact(
            id=self._name_fact(self._tally["added"]),
            slot=candidate.slot,
            value=candidate.value,
            value_en=candidate.value_en,
            certainty=candidate.certainty,
            confidence=candidate.confidence,
            quote=candidate.quote,
            turn_id=candidate.turn_id,
            conversation_id=self._origin.conversation_id,
            language=candidate.language,
            valid_from=candidate.said_at,
            confirmed_at=candidate.said_at,
            created_at=self._origin.now,
            expires_at=candidate.said_at + LIFETIME[candidate.slot],
            model=self._origin.model,
            prompt_version=self._origin.prompt_version,
            valid_to=valid_to,
            closed_at=self._origin.now if valid_to else None,
        )


def joined_confidence(one: float, other: float) -> float:
    """Two pieces of evidence, taken as half independent of each other: surer than either, never certain."""
    return min(MAX_CONFIDENCE, max(one, other) + (1 - max(one, other)) * min(one, other) / 2)


def _end_before(fact: KnownFact, candidate: Candidate) -> datetime:
    """Until when the candidate held, given a fact that was confirmed after it."""
    return fact.valid_from if fact.valid_from > candidate.said_at else fact.confirmed_at


def _is_surer(fact: KnownFact, candidate: Candidate) -> bool:
    """Whether a guess would push out something said; feelings simply change."""
    return fact.slot is not Slot.EMOTIONAL_STATE and _RANK[fact.certainty] < _RANK[candidate.certainty]
