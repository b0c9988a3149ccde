"""Sentences of Markdown-ish text as literal spans of it: what is quoted must be found again, letter by letter."""

import re

_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+•]\s|\d+[.)]\s|#|\|))")
_LEAD = re.compile(r"\s*(?:[-*+•]\s+|\d+[.)]\s+|>\s*)?")
_END = re.compile(r"[.!?…]+[\"”')\]]*(?=\s)")
_SHORT = re.compile(
    r"\b(?:e\.g|i\.e|etc|ca|approx|incl|vs|dr|mr|mrs|ms|p\.es|sig|dott|avv|dll|dsb|cth|rp|jl|usd|eur|idr|[a-z])\.$|^\d+\.$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:no|art|pasal|para|min|max)\.$", re.IGNORECASE)
_MARKS = re.compile(r"\*\*|__|`")
_CLAUSE = re.compile(r"[.!?…;\n]+\s+|[.!?…;\n]+$|\.\.\.")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each a substring of it; headings, rules and table lines are left out."""
    found: list[str] = []
    for block in _BLOCK.split(text):
        body = block[_lead(block) :].rstrip()
        if body and not body.lstrip().startswith(("#", "|", "---", "===")):
            found.extend(_split(body))
    return found


def clauses(text: str) -> list[str]:
    """The pieces of a chat message between strong marks, each a substring of it."""
    return [piece.strip() for piece in _CLAUSE.split(text) if piece.strip()]


def shown(sentence: str) -> str:
    """A sentence as it reads in a chat: same words, no Markdown emphasis, one line."""
    return " ".join(_MARKS.sub("", sentence).split())


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of the text from its start, ending at a word where that is possible."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    space = head.rfind(" ")
    return head[:space].rstrip(" ,;:") if space > limit // 2 else head


def _lead(block: str) -> int:
    match = _LEAD.match(block)
    return match.end() if match else 0


def _split(body: str) -> list[str]:
    found: list[str] = []
    start = 0
    for end in _END.finditer(body):
        piece = body[start : end.end()]
        if _abbreviated(piece.strip(), body[end.end() :].lstrip()):
            continue
        found.append(piece.strip())
        start = end.end()
    rest = body[start:].strip()
    return [piece for piece in (*found, rest) if any(map(str.isalnum, piece))]


def _abbreviated(piece: str, after: str) -> bool:
    """Whether the full stop at the end of a piece belongs to an abbreviation."""
    return _SHORT.search(piece) is not None or (after[:1].isdigit() and _NUMBERED.search(piece) is not None)
