"""What a prompt asks and what it brings: the question, the history, the fenced pieces, the language to answer in."""

import re
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from zantara.text.fence import Fenced, unfence
from zantara.text.language import identify
from zantara_cli.simulator.mind.words import keys

Language = Literal["it", "en", "id"]
LANGUAGES: tuple[Language, ...] = ("en", "it", "id")

_FENCE = re.compile(r"<data-([0-9a-f]{8})\b[^>]*>\n.*?\n</data-\1>\n?", re.DOTALL)
_REPLY_LANGUAGE = re.compile(r"^\s*reply_language:\s*[\"']?(\w{2})\b", re.MULTILINE)
_ASKED_LANGUAGE = re.compile(
    r"\b(?:reply|answer|respond|write|rispondi|scrivi|jawab(?:lah)?|balas)\b(?:\s+\S+){0,3}?\s+(?:in|dalam(?:\s+bahasa)?)\s+"
    r"(english|inglese|inggris|italian[o]?|italia|indonesian[o]?|indonesia)\b",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"^\s*category:\s*(\w+)\s*$", re.MULTILINE)
_SLOT = re.compile(r"^\s*[-*]?\s*(\w+):\s*(.+?)\s*$", re.MULTILINE)
_LANGUAGE_OF_NAME: dict[str, Language] = {"ing": "en", "eng": "en", "ita": "it", "ind": "id"}
_SOURCES = ("passage", "document", "price", "prices", "fact")
_SURE = 0.6


class Turn(msgspec.Struct, frozen=True):
    """One message of the conversation: `user` or `assistant`, and its text."""

    role: str
    text: str


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """A request as all three APIs bring it; `schema` where JSON is wanted, `language` where a fault forces one."""

    turns: Sequence[Turn]
    system: str = ""
    schema: dict[str, Any] | None = None
    schema_title: str = ""
    language: Language | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A prompt, read: `memory` maps slot to value, `history` is what came before the question."""

    question: str
    language: Language
    instructions: str
    history: tuple[Turn, ...]
    pieces: tuple[Fenced, ...]
    memory: dict[str, str]

    def of(self, *kinds: str) -> list[Fenced]:
        """The fenced pieces of these kinds, in order."""
        return [piece for piece in self.pieces if piece.kind in kinds]

    @property
    def category(self) -> str:
        """What the instructions say that the message is, where they say it."""
        told = _CATEGORY.search(self.instructions)
        return told.group(1) if told else ""

    @property
    def passages(self) -> list[Fenced]:
        """What an answer may be taken from."""
        return self.of(*_SOURCES)


def read(prompt: Prompt) -> Reading:
    """Take a prompt apart."""
    pieces = [piece for text in (prompt.system, *(turn.text for turn in prompt.turns)) for piece in unfence(text)]
    spoken = [Turn(turn.role, stripped) for turn in prompt.turns if (stripped := outside_fences(turn.text))]
    question, history = _question(spoken, pieces)
    memory = _memory(pieces)
    instructions = outside_fences(prompt.system)
    language = prompt.language or _language(question, history, pieces, memory, instructions)
    return Reading(
        question=question, language=language, instructions=instructions, history=history,
        pieces=tuple(pieces), memory=memory,
    )  # fmt: skip


def outside_fences(text: str) -> str:
    """The part of a text that no fence holds."""
    return _FENCE.sub("", text).strip()


def language_of(text: str) -> Language | None:
    """The language of a text where it is plain enough, a mixture counted by its words."""
    guess = identify(text)
    if guess.language in ("it", "en", "id"):
        return guess.language if guess.confidence >= _SURE else None
    if guess.language != "mixed":
        return None
    best: Language = max(LANGUAGES, key=lambda language: guess.scores.get(language, 0.0))
    return best


def language_of_piece(piece: Fenced) -> Language | None:
    """The language that a piece claims, else the one it shows."""
    for language in LANGUAGES:
        if piece.attributes.get("language", "").lower().startswith(language):
            return language
    return language_of(piece.text)


def _question(spoken: list[Turn], pieces: Sequence[Fenced]) -> tuple[str, tuple[Turn, ...]]:
    turns = [Turn(piece.attributes.get("role", "user"), piece.text) for piece in pieces if piece.kind == "turn"]
    asked = next((piece.text for piece in reversed(pieces) if piece.kind == "question"), None)
    last = max((i for i, turn in enumerate(spoken) if turn.role == "user"), default=-1)
    if asked is not None:
        return asked, (*turns, *spoken[: max(last, 0)])
    if last >= 0:
        return spoken[last].text, (*turns, *spoken[:last])
    last_turn = max((i for i, turn in enumerate(turns) if turn.role == "user"), default=-1)
    return (turns[last_turn].text, tuple(turns[:last_turn])) if last_turn >= 0 else ("", tuple(turns))


def _memory(pieces: Sequence[Fenced]) -> dict[str, str]:
    lines = "\n".join(piece.text for piece in pieces if piece.kind == "memory")
    return {slot.lower(): value for slot, value in _SLOT.findall(lines)}


def _language(
    question: str, history: Sequence[Turn], pieces: Sequence[Fenced], memory: dict[str, str], instructions: str
) -> Language:
    told = _told(instructions)
    if told:
        return told
    claimed = next((piece for piece in pieces if piece.kind == "question" and piece.attributes.get("language")), None)
    earlier = " ".join(turn.text for turn in history if turn.role == "user")
    candidates = (
        language_of_piece(claimed) if claimed else None,
        language_of(question),
        language_of(f"{earlier} {question}") if earlier else None,
        _by_name(memory.get("language", "")),
        _by_guess(question),
    )
    return next((language for language in candidates if language), "en")


def _told(instructions: str) -> Language | None:
    line = _REPLY_LANGUAGE.search(instructions)
    if line and (code := line.group(1).lower()) in LANGUAGES:
        return next(language for language in LANGUAGES if language == code)
    asked = _ASKED_LANGUAGE.search(instructions)
    return _by_name(asked.group(1)) if asked else None


def _by_name(name: str) -> Language | None:
    folded = name.strip().lower()
    code = next((language for language in LANGUAGES if folded == language), None)
    return code or _LANGUAGE_OF_NAME.get(folded[:3])


def _by_guess(question: str) -> Language | None:
    guess = identify(question)
    return guess.language if guess.language in ("it", "en", "id") and keys(question) else None
