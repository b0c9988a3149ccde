"""Every sentence that the mind says of its own accord, in three languages: courtesy, never facts."""

import zlib
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from zantara_cli.simulator.mind.lexicon import load
from zantara_cli.simulator.mind.moods import Mood
from zantara_cli.simulator.mind.reading import Language

OneEach = Mapping[Language, str]
SomeEach = Mapping[Language, tuple[str, ...]]


class Phrases(msgspec.Struct, frozen=True):
    """The sentences by occasion and language; `foreign` by the language of the reply, then of the passage."""

    foreign: Mapping[Language, OneEach]
    not_held: SomeEach
    hello: SomeEach
    remembered: SomeEach
    unhurried: OneEach
    you_wrote: OneEach
    i_wrote: OneEach
    your_name: OneEach
    nothing_yet: OneEach
    no_name: OneEach
    lines: Mapping[Mood, SomeEach]


@cache
def phrases() -> Phrases:
    """All of them."""
    return load("phrases", Phrases)


def pick(variants: Sequence[str], seed: str) -> str:
    """One of the variants, the same one for the same text."""
    return variants[zlib.crc32(seed.strip().casefold().encode()) % len(variants)]
