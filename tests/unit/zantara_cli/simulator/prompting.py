"""Prompts with fences, for tests of the mind."""

from typing import Any

from zantara.text.fence import Fenced, fence_all, new_tag
from zantara_cli.simulator.mind import Prompt, Turn


def piece(kind: str, text: str, **attributes: str) -> Fenced:
    return Fenced(kind=kind, text=text, attributes=attributes)


def prompt(
    question: str,
    *pieces: Fenced,
    history: tuple[Turn, ...] = (),
    system: str = "",
    schema: dict[str, Any] | None = None,
) -> Prompt:
    fences = fence_all(new_tag(), pieces)
    return Prompt(turns=(*history, Turn("user", f"{fences}\n{question}".strip())), system=system, schema=schema)
