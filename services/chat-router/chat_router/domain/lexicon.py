"""Phrase books: which labels a text bears by the words in it, in three languages at once."""

from collections.abc import Mapping, Sequence

import msgspec

_SHORTEST_STEM = 3


class Lexicon(msgspec.Struct, frozen=True):
    """Phrases to labels; `stems` match any ending of the last word, `heads` begin phrases of several words."""

    phrases: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    heads: frozenset[str]
    longest: int

    def find(self, words: Sequence[str]) -> dict[str, int]:
        """How often each label is borne; `words` are folded. Labels come in order of first appearance."""
        counts: dict[str, int] = {}
        for start, word in enumerate(words):
            for label in self._labels("", word):
                counts[label] = counts.get(label, 0) + 1
            if word in self.heads:
                self._longer(words, start, counts)
        return counts

    def _longer(self, words: Sequence[str], start: int, counts: dict[str, int]) -> None:
        phrase = f"{words[start]} "
        for word in words[start + 1 : start + self.longest]:
            for label in self._labels(phrase, word):
                counts[label] = counts.get(label, 0) + 1
            phrase = f"{phrase}{word} "

    def _labels(self, before: str, word: str) -> tuple[str, ...]:
        found = self.phrases.get(before + word)
        if found is not None:
            return found
        for end in range(len(word), _SHORTEST_STEM - 1, -1):
            found = self.stems.get(before + word[:end])
            if found is not None:
                return found
        return ()


def lexicon(entries: Mapping[str, str]) -> Lexicon:
    """Build from label to phrases, comma-separated; a `*` at the end leaves the last word open."""
    phrases: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for label, listed in entries.items():
        for entry in filter(None, (" ".join(part.split()) for part in listed.split(","))):
            into = stems if entry.endswith("*") else phrases
            key = entry.rstrip("*")
            into[key] = (*into.get(key, ()), label)
    longer = [key for key in (*phrases, *stems) if " " in key]
    return Lexicon(
        phrases=phrases,
        stems=stems,
        heads=frozenset(key.split(" ", 1)[0] for key in longer),
        longest=max((key.count(" ") + 1 for key in longer), default=1),
    )
