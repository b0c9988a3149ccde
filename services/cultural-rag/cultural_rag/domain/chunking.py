"""Cutting a document into passages: along its headings and paragraphs, 80 to 180 words, a sentence of overlap."""

import re
from itertools import pairwise

import msgspec

LEAST_WORDS = 80
MOST_WORDS = 180
OVERLAP_WORDS = 30
HEADING_CHARS = 160

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_LEAD = re.compile(r"^\*\*(.+?)\*\*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"'(«A-ZÀ-Ú0-9*])")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A passage before it has an id: the headings it stands under, its text."""

    heading: str
    text: str


class _Block(msgspec.Struct, frozen=True, kw_only=True):
    section: str
    lead: str
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def cut(body: str, title: str) -> list[Piece]:
    """The passages of a Markdown body, in order; a heading that repeats the title is dropped."""
    groups: list[list[_Block]] = []
    for block in _blocks(body, title):
        if not groups or _closes(groups[-1], block):
            groups.append([])
        groups[-1].append(block)
    groups = _without_scraps(groups)
    overlaps = ["", *(_overlap(before[-1], after[0]) for before, after in pairwise(groups))]
    return [_piece(group, overlap) for group, overlap in zip(groups, overlaps, strict=False)]


def _closes(group: list[_Block], block: _Block) -> bool:
    if block.section != group[-1].section:
        return True
    size = _size(group)
    return size + block.words > MOST_WORDS or (size >= LEAST_WORDS and bool(block.lead))


def _without_scraps(groups: list[list[_Block]]) -> list[list[_Block]]:
    """A last group too short to stand alone joins the one before it."""
    kept: list[list[_Block]] = []
    for group in groups:
        fits = kept and kept[-1][-1].section == group[0].section and _size(kept[-1]) + _size(group) <= MOST_WORDS
        if fits and _size(group) < LEAST_WORDS // 2:
            kept[-1] = kept[-1] + group
        else:
            kept.append(group)
    return kept


def _size(group: list[_Block]) -> int:
    return sum(block.words for block in group)


def _overlap(before: _Block, after: _Block) -> str:
    """The last sentence of a passage opens the next one of the same section, where it is short prose."""
    if before.section != after.section:
        return ""
    sentence = _SENTENCE.split(before.text.splitlines()[-1])[-1]
    if len(sentence.split()) > OVERLAP_WORDS or sentence.startswith(("-", "*", "|")):
        return ""
    return sentence


def _piece(group: list[_Block], overlap: str) -> Piece:
    headings = [group[0].section, *(block.lead for block in group)]
    heading = "; ".join(dict.fromkeys(each for each in headings if each))
    texts = [overlap, *(block.text for block in group)]
    return Piece(heading=heading[:HEADING_CHARS], text="\n\n".join(text for text in texts if text))


def _blocks(body: str, title: str) -> list[_Block]:
    """Paragraphs with the list that belongs to them; long ones are split at sentences or lines."""
    section = ""
    blocks: list[_Block] = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        lines = paragraph.strip().splitlines()
        while lines and (match := _HEADING.match(lines[0])):
            section = "" if match[2].strip() == title.strip() else match[2]
            lines = lines[1:]
        text = "\n".join(lines).strip()
        if text:
            blocks += [_block(section, part) for part in _parts(text)]
    return blocks


def _block(section: str, text: str) -> _Block:
    lead = _LEAD.match(text)
    return _Block(section=section, lead=lead[1].rstrip(".:") if lead else "", text=text)


def _parts(text: str) -> list[str]:
    if len(text.split()) <= MOST_WORDS:
        return [text]
    units = text.splitlines() if "\n" in text else _SENTENCE.split(text)
    parts: list[list[str]] = [[]]
    for unit in (window for each in units for window in _windows(each)):
        if parts[-1] and len(" ".join([*parts[-1], unit]).split()) > MOST_WORDS:
            parts.append([])
        parts[-1].append(unit)
    return [("\n" if "\n" in text else " ").join(part) for part in parts if part]


def _windows(unit: str) -> list[str]:
    """A single sentence or line beyond all measure, cut by its words."""
    words = unit.split()
    if len(words) <= MOST_WORDS:
        return [unit]
    return [" ".join(words[start : start + MOST_WORDS]) for start in range(0, len(words), MOST_WORDS)]
