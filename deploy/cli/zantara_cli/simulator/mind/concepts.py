"""What words of three languages mean the same thing in this trade.

The bridge that lets a question in one language find its answer in a passage of another, without a model.
"""

from functools import cache

import msgspec

from zantara_cli.simulator.mind.lexicon import load


class _Concepts(msgspec.Struct, frozen=True):
    whole: dict[str, str]
    stems: tuple[tuple[str, str], ...]


def concept(token: str) -> str | None:
    """The concept that a folded, unaccented word belongs to, if any; the longest stem wins."""
    found = _concepts().whole.get(token)
    if found is not None:
        return found
    return next((name for stem, name in _concepts().stems if token.startswith(stem)), None)


@cache
def _concepts() -> _Concepts:
    whole: dict[str, str] = {}
    stems: list[tuple[str, str]] = []
    for name, words in load("concepts", dict[str, str]).items():
        for word in words.split():
            if word.endswith("*"):
                stems.append((word[:-1], name))
            else:
                whole.setdefault(word, name)
    return _Concepts(whole, tuple(sorted(stems, key=lambda stem: -len(stem[0]))))
