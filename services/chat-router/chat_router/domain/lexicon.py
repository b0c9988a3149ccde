"""Phrase books: which labels a text bears by the words in it, in three languages at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

_LONGEST = 5
_SHORTEST_STEM = 3


class Lexicon(msgspec.Struct, frozen=True):
    """Phrases to labels; `stems` match any ending of a phrase's last word."""

    phrases: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    longest: int

    def find(self, words: Sequence[str]) -> dict[str, int]:
        """How often each label is borne; `words` are folded. Labels come in order of first appearance."""
        counts: dict[str, int] = defaultdict(int)
        for start in range(len(words)):
            phrase = ""
            for word in words[start : start + self.longest]:
                for label in self._labels(phrase, word):
                    counts[label] += 1
                phrase = f"{phrase}{word} "
        return dict(counts)

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
    longest = 1
    for label, listed in entries.items():
        for entry in filter(None, (" ".join(part.split()) for part in listed.split(","))):
            into = stems if entry.endswith("*") else phrases
            key = entry.rstrip("*")
            into[key] = (*into.get(key, ()), label)
            longest = max(longest, entry.count(" ") + 1)
    return Lexicon(phrases=phrases, stems=stems, longest=min(longest, _LONGEST))
