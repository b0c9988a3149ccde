"""Every price, figure and visa code of an answer must stand in its sources or in the curated table."""

import re
from collections.abc import Iterable

import msgspec

_CODE = re.compile(r"\b([A-F]\d{1,2}[A-Z]?|B211[AB]?)\b")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0]\d+)*")
_SCALE = {
    "juta": 10**6, "milioni": 10**6, "milione": 10**6, "million": 10**6, "jt": 10**6,
    "miliar": 10**9, "miliardi": 10**9, "miliardo": 10**9, "billion": 10**9, "milyar": 10**9, "mld": 10**9,
    "ribu": 10**3, "mila": 10**3, "thousand": 10**3,
}  # fmt: skip
_SCALED = re.compile(r"(\d+(?:[.,\u00a0]\d+)*)\s+(" + "|".join(_SCALE) + r")\b", re.IGNORECASE)
_SMALL = 31
"""Up to here a bare number is as often a list item or a day as a figure; it is not checked."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """The codes and figures that some texts hold."""

    codes: frozenset[str] = frozenset()
    values: frozenset[float] = frozenset()


def held(sources: Iterable[str]) -> Held:
    """Read sources once that many answers are checked against."""
    texts = tuple(sources)
    return Held(
        codes=frozenset(code for text in texts for code in _CODE.findall(text)),
        values=frozenset(value for text in texts for _, value in _figures(text)),
    )


def unsupported(answer: str, sources: Iterable[str], known: Held = Held()) -> tuple[str, ...]:  # noqa: B008 - frozen
    """The codes and figures of the answer that neither a source nor what is `known` holds, as written, each once."""
    here = held(sources)
    codes, values = here.codes | known.codes, here.values | known.values
    strange = [code for code in _CODE.findall(answer) if code not in codes]
    strange += [text for text, value in _figures(answer) if value > _SMALL and value not in values]
    return tuple(dict.fromkeys(strange))


def _figures(text: str) -> list[tuple[str, float]]:
    """Figures as written with their value: `2,5 miliardi`, `2.5 billion` and `2.500.000.000` are one."""
    found = [(match[0], _value(match[1]) * _SCALE[match[2].lower()]) for match in _SCALED.finditer(text)]
    rest = _SCALED.sub(" ", _CODE.sub(" ", text))
    return found + [(match[0], _value(match[0])) for match in _NUMBER.finditer(rest)]


def _value(text: str) -> float:
    """Groups of three digits are thousands, a lone group of another length is a fraction."""
    groups = re.split(r"[.,\u00a0]", text)
    if len(groups) == 2 and len(groups[1]) != 3:
        return float(f"{groups[0]}.{groups[1]}")
    return float("".join(groups))
