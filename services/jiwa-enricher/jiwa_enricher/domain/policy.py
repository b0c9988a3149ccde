"""What may not be remembered, whatever the model says: special categories of data, and orders dressed up as facts."""

import re

from jiwa_enricher.domain.facts import Slot
from jiwa_enricher.domain.lexicon.orders import COMMAND, ENTITLEMENT, HIJACK
from jiwa_enricher.domain.lexicon.people import OTHERS, SPEAKER
from jiwa_enricher.domain.lexicon.sensitive import HARMLESS, TOPICS
from jiwa_enricher.domain.words import lexicon, plain

_HARMLESS = lexicon(HARMLESS)
_TOPICS = {topic: lexicon(words) for topic, words in TOPICS.items()}
_COMMANDABLE = frozenset({Slot.COMMUNICATION_PREFERENCE, Slot.LANGUAGE, Slot.NAME})


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


_HIJACK = re.compile("|".join(rf"(?<!\w)(?:{pattern})" for pattern in HIJACK))
_ENTITLEMENT = _any_of(ENTITLEMENT)
_COMMAND = _any_of(COMMAND)
_OTHERS = _any_of(OTHERS)
_SPEAKER = _any_of(SPEAKER)


def sensitive_topic(*texts: str) -> str | None:
    """The protected topic that any of the texts touches: health, religion, politics, and so on."""
    for text in texts:
        rest = _HARMLESS.sub(" ", plain(text))
        for topic, pattern in _TOPICS.items():
            if pattern.search(rest):
                return topic
    return None


def is_instruction(slot: Slot, *texts: str) -> bool:
    """Whether a text tries to steer the assistant; how to talk to the person may be said as an order."""
    for text in map(plain, texts):
        if _HIJACK.search(text) or _ENTITLEMENT.search(text):
            return True
        if slot not in _COMMANDABLE and _COMMAND.search(text):
            return True
    return False


def speaks_of_another(sentence: str) -> bool:
    """Whether a sentence names somebody else and never the speaker."""
    rest, others = _OTHERS.subn(" ", plain(sentence))
    return others > 0 and _SPEAKER.search(rest) is None
