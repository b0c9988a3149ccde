"""A knowledge document from its Markdown: front matter checked, body cut, ids that follow from the content."""

import hashlib
from datetime import date
from typing import Any, Literal

import msgspec
import yaml

from cultural_rag.domain.checking import checked, unprintable
from cultural_rag.domain.chunking import cut
from cultural_rag.domain.rows import Date, Line, Name, Sentence

MOST_CHARS = 200_000
MOST_FRONT_MATTER = 8_000
LEAST_WORDS = 5
NAME_CHARS = 100

_FENCE = "---"


class FrontMatter(msgspec.Struct, frozen=True, kw_only=True):
    """What a document says of itself; `as_of` is the date of its facts, `confidence` how well its sources agreed."""

    id: Name
    title: Line
    language: Literal["it", "en", "id"]
    topic: Name
    audience: Line
    priority: Literal["critical", "high", "normal"]
    confidence: Literal["high", "medium", "low"]
    source: Sentence
    as_of: Date


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of a document; the id holds a hash of all that is embedded, so what is the same keeps its id."""

    passage_id: str
    position: int
    heading: str
    text: str
    checksum: str


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document ready to be stored."""

    front: FrontMatter
    checksum: str
    passages: tuple[Cut, ...]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored of a document: its checksum and the ids of its passages."""

    checksum: str
    passage_ids: frozenset[str]


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A document that cannot be taken, with the id it claims as far as one can tell."""

    document_id: str
    faults: tuple[str, ...]


def read_document(name: str, markdown: str) -> Document | Refused:
    """Check and cut a document; `name` stands for the id where none can be read."""
    text = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    header, body, fault = _split(text)
    fields: dict[str, Any] = {}
    if not fault:
        fields, fault = _fields(header)
    if fault:
        return Refused(document_id=name[:NAME_CHARS], faults=(fault,))
    front, faults = checked(FrontMatter, fields)
    if len(body.split()) < LEAST_WORDS:
        faults = (*faults, f"body: fewer than {LEAST_WORDS} words")
    if front is None or faults:
        return Refused(document_id=str(fields.get("id", name))[:NAME_CHARS], faults=faults)
    return Document(front=front, checksum=_sha256(text), passages=_passages(front, body))


def _split(text: str) -> tuple[str, str, str]:
    """Front matter, body, and what is wrong with the text as a whole."""
    if len(text) > MOST_CHARS:
        return "", "", f"text: longer than {MOST_CHARS} characters"
    if fault := unprintable(text):
        return "", "", f"text: {fault}"
    opening, _, rest = text.partition("\n")
    header, closing, body = rest.partition(f"\n{_FENCE}\n")
    if opening.strip() != _FENCE or not closing:
        return "", "", f"front matter: missing; the text must start with a block between {_FENCE} lines"
    if len(header) > MOST_FRONT_MATTER:
        return "", "", f"front matter: longer than {MOST_FRONT_MATTER} characters"
    return header, body, ""


def _fields(header: str) -> tuple[dict[str, Any], str]:
    try:
        loaded = yaml.safe_load(header)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return {}, f"front matter: not valid YAML ({type(error).__name__})"
    if not isinstance(loaded, dict):
        return {}, "front matter: not a block of `field: value` lines"
    return {str(key): _plain(value) for key, value in loaded.items()}, ""


def _plain(value: object) -> object:
    """YAML reads an unquoted 2026 as a number and 2026-06-01 as a date; both are meant as written."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if type(value) is int else value


def _passages(front: FrontMatter, body: str) -> tuple[Cut, ...]:
    seen: dict[str, int] = {}
    passages = []
    for position, piece in enumerate(cut(body, front.title)):
        checksum = _sha256(f"{front.language}\n{front.title}\n{piece.heading}\n{piece.text}")
        seen[checksum] = seen.get(checksum, 0) + 1
        repeat = f"-{seen[checksum]}" if seen[checksum] > 1 else ""
        passage_id = f"{front.id}#{checksum[:10]}{repeat}"
        passages.append(
            Cut(passage_id=passage_id, position=position, heading=piece.heading, text=piece.text, checksum=checksum)
        )
    return tuple(passages)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
