"""Fences around untrusted text in a prompt, so that a model can tell data from instructions.

One prompt uses one random tag; the tag is stripped from the fenced text, so no text can close its own fence.
"""

import re
import secrets
from collections.abc import Iterable, Mapping

import msgspec

_FENCE = re.compile(r'<data-([0-9a-f]{8}) kind="(\w+)"([^>]*)>\n(.*?)\n</data-\1>', re.DOTALL)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class Fenced(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of untrusted text: what it is (`passage`, `culture`, `memory`, `turn`...), its attributes, its text."""

    kind: str
    text: str
    attributes: Mapping[str, str] = {}


def new_tag() -> str:
    """Eight random hexadecimal digits: the delimiter of one prompt."""
    return secrets.token_hex(4)


def fence(tag: str, piece: Fenced) -> str:
    """The piece between its delimiters; its text cannot hold them, its attributes no quotes or brackets."""
    attributes = "".join(f' {key}="{_attribute(value)}"' for key, value in piece.attributes.items())
    text = piece.text.replace(f"data-{tag}", "data")
    return f'<data-{tag} kind="{piece.kind}"{attributes}>\n{text}\n</data-{tag}>'


def fence_all(tag: str, pieces: Iterable[Fenced]) -> str:
    """All pieces, one under the other."""
    return "\n".join(fence(tag, piece) for piece in pieces)


def unfence(prompt: str) -> list[Fenced]:
    """The pieces that a prompt holds, in order: what a judge, a test or the simulator reads back."""
    return [
        Fenced(kind=kind, text=text, attributes=dict(_ATTRIBUTE.findall(attributes)))
        for _, kind, attributes, text in _FENCE.findall(prompt)
    ]


def _attribute(value: str) -> str:
    return re.sub(r'["<>\r\n]', " ", value)
