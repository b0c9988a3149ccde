"""From a model's claims to candidates: each claim stands on the user's own words or is dropped with a reason."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from jiwa_enricher.domain.facts import Candidate, Certainty, Claim, Slot, Turn
from jiwa_enricher.domain.lexicon.people import EMPTY_OPENINGS, EMPTY_VALUES, FILLERS
from jiwa_enricher.domain.policy import is_instruction, sensitive_topic, speaks_of_another
from jiwa_enricher.domain.words import figures, folded, holds_phrase, lexicon, plain, sentence_around, stems
from zantara.text.normal import tokens

MIN_CONFIDENCE = 0.3
MAX_CLAIMS_A_TURN = 10
MIN_FLOOD = 40
MAX_VALUE = 240
MAX_QUOTE = 400
_MAX_NAME_WORDS = 4

_EMPTY = lexicon(EMPTY_VALUES)
_EMPTY_OPENING = lexicon(EMPTY_OPENINGS)
_SLOTS = frozenset(Slot)
_CERTAINTIES = frozenset(Certainty)
_NEEDS_WORDS = frozenset({Slot.CULTURAL_BRIDGE_NEEDED})


class Dropped(msgspec.Struct, frozen=True):
    """Why a claim is not believed: a short word for counting."""

    reason: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a model's claims, in the order in which it was said, and the count of drops by reason."""

    candidates: tuple[Candidate, ...]
    dropped: dict[str, int]


def user_turn_number(turn: Turn) -> int:
    """The id that a prompt gives the user's message of an exchange; the answer to it is the next."""
    return 2 * turn.number - 1


def check_claims(claims: Iterable[Claim], turns: Iterable[Turn]) -> Checked:
    """Check every claim against the turns of its conversation."""
    said = {user_turn_number(turn): turn for turn in turns}
    candidates: list[Candidate] = []
    drops: Counter[str] = Counter()
    most = max(MIN_FLOOD, MAX_CLAIMS_A_TURN * len(said))
    for number, claim in enumerate(claims, start=1):
        outcome = check_claim(claim, said) if number <= most else Dropped("too_many")
        if isinstance(outcome, Dropped):
            drops[outcome.reason] += 1
        else:
            candidates.append(outcome)
    candidates.sort(key=lambda candidate: candidate.said_at)
    return Checked(candidates=tuple(candidates), dropped=dict(drops))


def check_claim(claim: Claim, said: Mapping[int, Turn]) -> Candidate | Dropped:
    """One claim against the user's turns by their number in the prompt."""
    malformed = _malformed(claim)
    if malformed:
        return Dropped(malformed)
    turn = said.get(claim.turn)
    if turn is None:
        return Dropped("not_the_users_turn")
    candidate = Candidate(
        slot=Slot(claim.slot),
        value=_line(claim.value),
        value_en=_line(claim.value_en),
        certainty=_earned(claim),
        confidence=claim.confidence,
        quote=_line(claim.quote),
        turn_id=turn.id,
        language=turn.language,
        said_at=turn.at,
    )
    reason = _ungrounded(candidate, turn) or _refused(candidate, turn)
    return Dropped(reason) if reason else candidate


def _malformed(claim: Claim) -> str | None:
    if claim.slot not in _SLOTS or claim.certainty not in _CERTAINTIES:
        return "unknown_slot" if claim.slot not in _SLOTS else "unknown_certainty"
    if not 0.0 <= claim.confidence <= 1.0:
        return "confidence_out_of_range"
    if claim.confidence < MIN_CONFIDENCE:
        return "unsure"
    if max(len(claim.value), len(claim.value_en)) > MAX_VALUE or len(claim.quote) > MAX_QUOTE:
        return "too_long"
    return "vacuous" if _is_vacuous(claim) else None


def _is_vacuous(claim: Claim) -> bool:
    value = plain(claim.value).strip(" .,:;-")
    empty = not tokens(value) or _EMPTY.fullmatch(value) or _EMPTY_OPENING.match(value)
    return bool(empty) or FILLERS.issuperset(tokens(plain(claim.quote)))


def _earned(claim: Claim) -> Certainty:
    """`stated` must share a content word with the quote; otherwise it was concluded."""
    certainty = Certainty(claim.certainty)
    if certainty is Certainty.STATED and not stems(claim.quote) & (stems(claim.value) | stems(claim.value_en)):
        return Certainty.DEDUCED
    return certainty


def _ungrounded(candidate: Candidate, turn: Turn) -> str | None:
    text = folded(turn.question)
    if not holds_phrase(text, folded(candidate.quote)):
        return "quote_not_in_turn"
    if not figures(f"{candidate.value} {candidate.value_en}") <= figures(text):
        return "not_supported"
    if candidate.slot is Slot.NAME and not _is_name_in(candidate.value, candidate.quote):
        return "not_supported"
    if candidate.slot in _NEEDS_WORDS and candidate.certainty is Certainty.INFERRED:
        return "guess"
    return None


def _is_name_in(name: str, quote: str) -> bool:
    words = name.split()
    spelled = all(word.strip(".'’-").replace("-", "").replace("'", "").isalpha() for word in words)
    return spelled and len(words) <= _MAX_NAME_WORDS and holds_phrase(folded(quote), folded(name))


def _refused(candidate: Candidate, turn: Turn) -> str | None:
    sentence = sentence_around(folded(turn.question), folded(candidate.quote))
    if is_instruction(candidate.slot, sentence, candidate.value, candidate.value_en):
        return "instruction"
    topic = sensitive_topic(*_telling(candidate))
    if topic:
        return f"policy_{topic}"
    return "about_another" if speaks_of_another(sentence) else None


def _telling(candidate: Candidate) -> tuple[str, ...]:
    """The texts that may tell something protected; a name itself tells nothing, even where it reads like a faith."""
    if candidate.slot is Slot.NAME:
        return (folded(candidate.quote).replace(folded(candidate.value), " "),)
    return candidate.value, candidate.value_en, candidate.quote


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
