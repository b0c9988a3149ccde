"""BM25, fusion by rank, and the search over a small corpus."""

from collections import Counter

import numpy as np
import pytest

from cultural_rag.domain.fusion import RANK_CONSTANT, fuse
from cultural_rag.domain.lexical import LexicalIndex
from cultural_rag.domain.passages import (
    PER_DOCUMENT,
    Changes,
    PassageIndex,
    StoredPassage,
    embedding_text,
    figure_passage,
)
from cultural_rag.domain.terms import ask
from zantara.embeddings import HashEmbedder

EMBEDDER = HashEmbedder()


def counts(*texts: str) -> list[Counter[str]]:
    return [Counter(text.split()) for text in texts]


def test_bm25_by_hand() -> None:
    matches = LexicalIndex(counts("lamp lamp tower", "lamp", "storm")).search({"lamp": 1.0})
    idf = np.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    norm = 1.2 * (0.25 + 0.75 * np.array([3, 1, 1]) / (5 / 3))
    expected = idf * np.array([2, 1, 0]) * 2.2 / (np.array([2, 1, 0]) + norm)
    assert matches.scores == pytest.approx(expected)


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    index = LexicalIndex(counts("lamp a", "lamp b", "lamp c", "storm d"))
    scores = index.search({"lamp": 1.0, "storm": 1.0}).scores
    assert scores[3] > scores[0]


def test_coverage_is_the_share_of_the_query_that_a_text_holds() -> None:
    index = LexicalIndex(counts("lamp tower", "lamp", "storm"))
    assert index.search({"lamp": 1.0, "tower": 1.0}).coverage[0] == pytest.approx(1.0)
    assert index.search({"unheard": 1.0}).coverage.tolist() == [0.0, 0.0, 0.0]
    assert 0 < index.search({"lamp": 1.0, "unheard": 1.0}).coverage[0] < 0.5


def test_an_empty_index_or_query_matches_nothing() -> None:
    assert LexicalIndex([]).search({"lamp": 1.0}).scores.tolist() == []
    assert LexicalIndex(counts("lamp")).search({}).scores.tolist() == [0.0]


def test_first_everywhere_is_one_and_agreement_beats_a_single_voice() -> None:
    fused = fuse((np.array([3.0, 2.0, 1.0]), np.array([0.9, 0.8, 0.1])))
    assert fused[0] == 1.0
    lone, agreed = fuse((np.array([9.0, 5.0, 0.0]), np.array([0.0, 0.5, 0.9])))[[0, 1]]
    assert agreed > lone
    assert lone == pytest.approx(0.5)
    assert fused[1] == pytest.approx((RANK_CONSTANT + 1) / (RANK_CONSTANT + 2))


def test_what_scores_nothing_does_not_rank() -> None:
    assert fuse((np.array([0.0, -1.0]), np.array([0.0, 0.0]))).tolist() == [0.0, 0.0]


async def passage(text: str, *, document: str, number: int = 0, language: str = "en") -> StoredPassage:
    vector = await EMBEDDER.embed_one(embedding_text(document, "", text, language))
    return StoredPassage(
        passage_id=f"{document}#{number}",
        document_id=document,
        title=document,
        heading="",
        text=text,
        language=language,
        source="here",
        as_of="2026-05",
        vector=vector,
    )


async def corpus(*passages: StoredPassage) -> PassageIndex:
    return PassageIndex.empty(EMBEDDER.dimension).merged(Changes(documents=frozenset(), passages=passages))


async def found(index: PassageIndex, text: str, language: str = "en", limit: int = 5) -> list[tuple[str, float]]:
    query = ask(text, language)
    hits = index.search(query, await EMBEDDER.embed_one(query.reading), limit)
    return [(hit.passage.passage_id, hit.score) for hit in hits]


async def test_the_passage_that_answers_is_first_with_a_score_in_bounds() -> None:
    index = await corpus(
        await passage("The lighthouse permit costs four hundred shells.", document="faro"),
        await passage("Storms are frequent in winter.", document="weather"),
        await passage("Boats leave the harbour at noon.", document="boats"),
    )
    hits = await found(index, "what does the lighthouse permit cost")
    assert hits[0][0] == "faro#0"
    assert all(0 < score <= 1 for _, score in hits)


async def test_nothing_is_returned_where_nothing_applies() -> None:
    index = await corpus(await passage("The lighthouse permit costs four hundred shells.", document="faro"))
    assert await found(index, "chocolate cake recipe") == []
    assert await found(await corpus(), "lighthouse permit") == []


async def test_one_document_does_not_fill_an_answer() -> None:
    same = [await passage(f"lighthouse permit shells rule {n}", document="faro", number=n) for n in range(5)]
    index = await corpus(*same, await passage("lighthouse permit for boats", document="boats"))
    hits = await found(index, "lighthouse permit shells")
    assert sum(key.startswith("faro") for key, _ in hits) == PER_DOCUMENT
    assert any(key.startswith("boats") for key, _ in hits)
    assert len(await found(index, "lighthouse permit shells", limit=1)) == 1


async def test_an_italian_question_finds_an_english_passage_and_prefers_an_italian_equal() -> None:
    english = await passage("The work permit costs money.", document="eng")
    italian = await passage("Il permesso di lavoro costa denaro.", document="ita", language="it")
    other = await passage("Storms are frequent.", document="weather")
    assert (await found(await corpus(english, other), "quanto costa il permesso di lavoro", "it"))[0][0] == "eng#0"
    both = await found(await corpus(english, italian, other), "quanto costa il permesso di lavoro", "it")
    assert both[0][0] == "ita#0"


async def test_a_change_replaces_a_document_but_not_its_figures() -> None:
    figure = figure_passage(
        key="fee",
        kind="fee",
        subject="lamp",
        text_en="The lamp fee is 400 shells.",
        document_id="faro",
        as_of="2026-05",
        source="here",
        vector=None,
    )
    index = await corpus(await passage("old words", document="faro"), figure, await passage("boats", document="boats"))
    new = await passage("new words", document="faro", number=1)
    changed = index.merged(Changes(documents=frozenset({"faro"}), passages=(new,)))
    assert [each.passage_id for each in changed.passages] == ["boats#0", "faro#1", "figure:fee"]
    assert figure.title == "Figures: lamp"
    dearer = figure_passage(
        key="fee",
        kind="fee",
        subject="lamp",
        text_en="The lamp fee is 900 shells.",
        document_id="faro",
        as_of="2026-06",
        source="here",
        vector=None,
    )
    again = changed.merged(Changes(documents=frozenset(), passages=(dearer,)))
    assert [each.as_of for each in again.passages if each.passage_id == "figure:fee"] == ["2026-06"]
    assert index.passages != again.passages


async def test_a_passage_without_a_vector_is_found_by_its_words() -> None:
    bare = await passage("The lighthouse permit costs four hundred shells.", document="faro")
    bare = StoredPassage(**{name: getattr(bare, name) for name in bare.__struct_fields__ if name != "vector"})
    index = await corpus(bare)
    assert [key for key, _ in await found(index, "lighthouse permit shells cost")] == ["faro#0"]
