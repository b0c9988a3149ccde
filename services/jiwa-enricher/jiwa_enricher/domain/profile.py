"""What is known of a person, as the router gets it: name, language, tone, and a block for the prompt."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from jiwa_enricher.domain.facts import Certainty, KnownFact, Slot, Visit
from jiwa_enricher.domain.manner import language_code, tone_of
from zantara.events import Fact, Memory

MAX_BLOCK_TOKENS = 600
_CHARS_PER_TOKEN = 3
_HALF_LIFE = timedelta(days=60)
_SPOKEN = ("it", "en", "id")
_RECENT_VISITS = 10
_TRUSTING_VISITS = 3
_WEIGHT = {Certainty.STATED: 1.0, Certainty.DEDUCED: 0.7, Certainty.INFERRED: 0.4}
_WORDING = {Certainty.STATED: "{}", Certainty.DEDUCED: "probably {}", Certainty.INFERRED: "seems {}"}


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A person's facts in the order of their weight, and how often they talked with us; rebuilt on every change."""

    user_id: str
    facts: tuple[KnownFact, ...] = ()
    conversations: int = 0
    since: datetime | None = None
    spoken: str | None = None


def build_profile(user_id: str, facts: Iterable[KnownFact], visits: Sequence[Visit], now: datetime) -> Profile:
    """The profile as of now, from the facts that hold and from behaviour."""
    holding = [fact for fact in facts if fact.holds(now)]
    ordered = sorted(visits, key=lambda visit: visit.at)
    return Profile(
        user_id=user_id,
        facts=tuple(sorted(holding, key=_weight, reverse=True)),
        conversations=len({visit.conversation_id for visit in visits}),
        since=ordered[0].at if ordered else None,
        spoken=_spoken(ordered[-_RECENT_VISITS:]),
    )


def remember(profile: Profile, now: datetime) -> Memory:
    """The profile as an answer: what has expired since it was built is left out."""
    facts = [fact for fact in profile.facts if fact.holds(now)]
    return Memory(
        user_id=profile.user_id,
        name=next((fact.value for fact in facts if fact.slot is Slot.NAME), None),
        language=_language(facts) or profile.spoken,
        tone=tone_of(_manners(facts)),
        block=block(facts, profile),
        facts=tuple(map(_shown, facts)),
        conversations=profile.conversations,
    )


def block(facts: Sequence[KnownFact], profile: Profile) -> str:
    """Lines `slot: value; value`, newest and surest first, at most 600 tokens; stable until a fact changes."""
    lines: dict[str, str] = {}
    left = MAX_BLOCK_TOKENS
    for slot, wording in (*((fact.slot.value, _worded(fact)) for fact in facts), *_behaviour(profile)):
        piece = f"; {wording}" if slot in lines else f"{slot}: {wording}\n"
        cost = tokens_of(piece)
        if cost > left:
            continue
        left -= cost
        lines[slot] = f"{lines[slot]}; {wording}" if slot in lines else f"{slot}: {wording}"
    return "\n".join(lines.values())


def tokens_of(text: str) -> int:
    """Tokens at most, without a tokenizer: Italian and Indonesian come out at over 3 bytes a token."""
    return math.ceil(len(text.encode()) / _CHARS_PER_TOKEN)


def _weight(fact: KnownFact) -> tuple[float, str]:
    """Log of a confidence that halves every 60 days; its order is the same whenever it is computed."""
    age = (fact.confirmed_at.timestamp()) / _HALF_LIFE.total_seconds()
    return math.log2(max(fact.confidence, 0.01) * _WEIGHT[fact.certainty]) + age, fact.id


def _worded(fact: KnownFact) -> str:
    return _WORDING[fact.certainty].format(fact.value)


def _behaviour(profile: Profile) -> list[tuple[str, str]]:
    """What visits alone tell of trust and relationship."""
    if profile.conversations < 2 or profile.since is None:
        return []
    told = [(Slot.RELATIONSHIP_WITH_US.value, f"{profile.conversations} conversations since {profile.since:%Y-%m-%d}")]
    if profile.conversations >= _TRUSTING_VISITS:
        told.append((Slot.TRUST_LEVEL.value, "keeps coming back to ask"))
    return told


def _spoken(visits: Sequence[Visit]) -> str | None:
    """The language of most of the latest conversations; the later one where two are even."""
    counts = Counter(visit.language for visit in reversed(visits) if visit.language in _SPOKEN)
    return counts.most_common(1)[0][0] if counts else None


def _language(facts: Sequence[KnownFact]) -> str | None:
    codes = (language_code(fact.value) or language_code(fact.value_en) for fact in facts if fact.slot is Slot.LANGUAGE)
    return next((code for code in codes if code), None)


def _manners(facts: Sequence[KnownFact]) -> list[str]:
    wanted = (Slot.COMMUNICATION_PREFERENCE, Slot.PERSONALITY)
    return [f"{fact.value} {fact.value_en}" for slot in wanted for fact in facts if fact.slot is slot]


def _shown(fact: KnownFact) -> Fact:
    return Fact(
        id=fact.id,
        slot=fact.slot.value,
        value=fact.value,
        value_en=fact.value_en,
        certainty=fact.certainty.value,
        confidence=fact.confidence,
        quote=fact.quote,
        language=fact.language,
        updated_at=fact.confirmed_at.isoformat(),
    )
