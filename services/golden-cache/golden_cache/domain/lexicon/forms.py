"""How lexicons are written: lines of `concept: words`, and plain sets of words."""

from collections.abc import Iterator


def word_set(text: str) -> frozenset[str]:
    """Take the words of a text as a set."""
    return frozenset(text.split())


def parse(text: str) -> Iterator[tuple[str, str]]:
    """Yield (concept, form) of a lexicon; a line without `concept:` continues the one above."""
    concept = ""
    for line in text.strip().splitlines():
        head, colon, tail = line.partition(": ")
        concept = head if colon else concept
        yield from ((concept, form) for form in (tail if colon else line).split() if form != "|")
