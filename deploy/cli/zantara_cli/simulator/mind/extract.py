"""Answers by extraction: the sentences of the given passages that speak to the question, word for word."""

from collections.abc import Sequence

import msgspec

from zantara.text.fence import Fenced
from zantara_cli.simulator.mind.reading import Language, language_of_piece
from zantara_cli.simulator.mind.sentences import sentences
from zantara_cli.simulator.mind.words import Weights, coverage, is_code, keys

RELEVANT = 0.28
"""Weighted share of the asked words that a passage must hold before anything is taken from it."""

_MOST, _LEAST = 5, 2
_OWN_LANGUAGE = 1.35
_TITLE = 0.35
_CONTINUES = 0.25
_FIGURES = 0.05
_ASPECT = 0.4
_ASPECTS = frozenset(
    f"={name}"
    for name in (
        "cost", "duration", "requirement", "document", "process", "extension", "penalty", "when", "capital", "age",
    )
)  # fmt: skip
"""What is asked about a thing; the thing itself stands in the title, so a sentence need not repeat it."""

_WORTHY = 0.45
_MAX_CHARS = 900


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences (literal spans, in the order of their passages), where from, how well they cover the question."""

    sentences: tuple[str, ...] = ()
    sources: tuple[Fenced, ...] = ()
    coverage: float = 0.0
    language: Language | None = None


class _Scored(msgspec.Struct, frozen=True):
    score: float
    passage: int
    position: int
    text: str


def find(question: str, passages: Sequence[Fenced], language: Language | None) -> Found:
    """The best two to five sentences for a question; nothing where no passage is about it."""
    asked = list(dict.fromkeys(keys(question)))
    if not asked or not passages:
        return Found()
    weights = Weights(keys(_whole(piece)) for piece in passages)
    held = [coverage(asked, keys(_whole(piece)), weights) for piece in passages]
    fitting = [i for i, share in enumerate(held) if share >= RELEVANT and _same_code(asked, passages[i])]
    if not fitting:
        return Found(coverage=max(held))
    ranked = _rank(asked, passages, fitting, held, language, weights)
    chosen = _choose(_one_language(ranked, passages))
    sources = tuple(passages[i] for i in dict.fromkeys(scored.passage for scored in chosen))
    return Found(
        sentences=tuple(scored.text for scored in chosen),
        sources=sources,
        coverage=max(held[i] for i in fitting),
        language=language_of_piece(sources[0]) if sources else None,
    )


def best_sentence(question: str, text: str) -> str:
    """The one sentence of a text nearest to the question, a literal span; its first where none is near."""
    found = sentences(text)
    if not found:
        return text.strip()
    weights = Weights(keys(sentence) for sentence in found)
    asked = keys(question)
    return max(found, key=lambda sentence: (coverage(asked, keys(sentence), weights), -found.index(sentence)))


def _whole(piece: Fenced) -> str:
    return f"{piece.attributes.get('title', '')}\n{piece.text}"


def _same_code(asked: Sequence[str], piece: Fenced) -> bool:
    codes = {word for word in asked if is_code(word)}
    return not codes or bool(codes & set(keys(_whole(piece))))


def _another_code(asked: Sequence[str], found: Sequence[str]) -> bool:
    """Whether a sentence speaks of another visa or form than the one asked about."""
    wanted, told = set(filter(is_code, asked)), set(filter(is_code, found))
    return bool(wanted and told and not wanted & told)


def _rank(
    asked: Sequence[str], passages: Sequence[Fenced], fitting: Sequence[int], held: Sequence[float],
    language: Language | None, weights: Weights,
) -> list[_Scored]:  # fmt: skip
    ranked = []
    for index in fitting:
        piece = passages[index]
        own = _OWN_LANGUAGE if language is None or language_of_piece(piece) == language else 1.0
        title = _TITLE * coverage(asked, keys(piece.attributes.get("title", "")), weights)
        before = 0.0
        for position, sentence in enumerate(sentences(piece.text)):
            alone = _sentence_score(asked, sentence, weights)
            if alone is not None:
                score = (alone + _CONTINUES * before + title + 0.2 * held[index]) * own
                ranked.append(_Scored(score, index, position, sentence))
            before = alone or 0.0
    return sorted(ranked, key=lambda scored: (-scored.score, scored.passage, scored.position))


def _sentence_score(asked: Sequence[str], sentence: str, weights: Weights) -> float | None:
    """How much a sentence says to the question by itself; None where it cannot stand in an answer."""
    found = keys(sentence)
    if len(found) < 3 or sentence.rstrip().endswith((":", "**")) or _another_code(asked, found):
        return None
    figures = _FIGURES if any(char.isdigit() for char in sentence) else 0.0
    aspect = _ASPECT if _ASPECTS.intersection(asked).intersection(found) else 0.0
    return coverage(asked, found, weights) + figures + aspect


def _one_language(ranked: Sequence[_Scored], passages: Sequence[Fenced]) -> list[_Scored]:
    """An answer keeps to the language of its best sentence."""
    spoken = {scored.passage: language_of_piece(passages[scored.passage]) for scored in ranked}
    return [scored for scored in ranked if spoken[scored.passage] == spoken[ranked[0].passage]]


def _choose(ranked: Sequence[_Scored]) -> list[_Scored]:
    if not ranked:
        return []
    top = ranked[0]
    chosen = [top]
    length = len(top.text)
    for scored in ranked[1:]:
        wanted = len(chosen) < _LEAST and scored.passage == top.passage
        if len(chosen) >= _MOST or (scored.score < _WORTHY * top.score and not wanted):
            break
        if scored.text in {other.text for other in chosen} or length + len(scored.text) > _MAX_CHARS:
            continue
        chosen.append(scored)
        length += len(scored.text)
    order = list(dict.fromkeys(scored.passage for scored in chosen))
    return sorted(chosen, key=lambda scored: (order.index(scored.passage), scored.position))
