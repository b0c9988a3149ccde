"""What a JSON value may be filled with: spans, ids and titles of the fenced pieces, nothing invented."""

import re

from zantara.text.fence import Fenced
from zantara_cli.simulator.mind.conversation import called
from zantara_cli.simulator.mind.extract import Found, best_sentence, find
from zantara_cli.simulator.mind.reading import Reading
from zantara_cli.simulator.mind.sentences import sentences, shown
from zantara_cli.simulator.mind.words import coverage, keys

_LITERAL = re.compile(r"quote|evidence|excerpt|span|verbatim|citation", re.IGNORECASE)
_ID = re.compile(r"(?:^|_)(?:id|ids|source|sources)$", re.IGNORECASE)
_TURN = re.compile(r"(?:^|_)turns?$", re.IGNORECASE)
_ATTRIBUTES = ("title", "topic", "as_of", "source", "language")


class Material:
    """The source of values; `focus` moves it from one piece to the next, for the items of a list."""

    def __init__(self, reading: Reading, focus: int = 0, found: Found | None = None) -> None:
        self.reading = reading
        self._pieces = _quotable(reading)
        self._focus = focus
        self._found = found or find(reading.question, reading.passages, reading.language)

    def at(self, focus: int) -> "Material":
        """The same material seen from another piece."""
        return Material(self.reading, focus, self._found)

    @property
    def count(self) -> int:
        """How many pieces there are to speak of."""
        return len(self._pieces)

    @property
    def piece(self) -> Fenced | None:
        """The piece in focus."""
        return self._pieces[self._focus % len(self._pieces)] if self._pieces else None

    @property
    def relevance(self) -> float:
        """How well (0..1) the passages cover the question; a half where there is no passage to measure."""
        return self._found.coverage if self.reading.passages else 0.5

    def text(self, key: str) -> str:
        """The text for a field of this name."""
        if _LITERAL.search(key):
            return self.quote()
        if _ID.search(key) and self.piece is not None:
            return self.piece.attributes.get("id", "")
        if key in _ATTRIBUTES and self.piece is not None and key in self.piece.attributes:
            return self.piece.attributes[key]
        return self._own(key) or self._answer()

    def quote(self) -> str:
        """A literal span of the piece in focus, of the message itself where nothing is fenced."""
        if self.piece is None:
            return self.reading.question
        return best_sentence(self.reading.question, self.piece.text)

    def number(self, key: str) -> float | None:
        """The number for a field of this name where the material decides it."""
        if _TURN.search(key) or key == "id":
            identity = self.piece.attributes.get("id", "") if self.piece else ""
            return float(identity) if identity.isdigit() else 1.0
        return None

    def nearest(self, options: list[str]) -> int:
        """The index of the option whose words the focused piece (or the question) shares most, first among equals."""
        text = f"{self.piece.text if self.piece else ''} {self.reading.question}"
        spoken = keys(text)
        shares = [coverage(keys(option.replace("_", " ")), spoken) for option in options]
        return shares.index(max(shares)) if shares else 0

    def whole(self) -> str:
        """Everything that is fenced, for patterns to be looked up in."""
        return "\n".join((*(piece.text for piece in self._pieces), self.reading.question))

    def _own(self, key: str) -> str:
        if key == "language":
            return self.reading.language
        if key == "name":
            return self.reading.memory.get("name") or called(self.reading.question) or ""
        return ""

    def _answer(self) -> str:
        if self._found.sentences and self._focus == 0:
            return " ".join(map(shown, self._found.sentences))
        if self.piece is not None:
            spans = sentences(self.piece.text)
            return shown(spans[self._focus // max(len(self._pieces), 1) % len(spans)] if spans else self.piece.text)
        return shown(self.reading.question or self.reading.instructions)


def _quotable(reading: Reading) -> list[Fenced]:
    spoken = [piece for piece in reading.of("turn") if piece.attributes.get("role", "user") == "user"]
    return spoken or reading.passages or [piece for piece in reading.pieces if piece.kind != "memory"]
