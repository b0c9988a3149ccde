"""Documents and figures: imported, found in three languages, changed by parts, kept over restarts."""

from typing import Any

import pytest
from conftest import TestDatabase, eventually

pytestmark = pytest.mark.integration

KEEPER = """The lighthouse permit lets a keeper live beside the lamp for two years. It is given by the harbour office
after an interview in the tower, to adults who can swim and who are not afraid of storms or of being alone.

## Papers

Bring a passport, a letter from the harbour master and two photographs of the lamp. The office keeps the photographs.

## Money

{money}"""

SHELLS = KEEPER.format(money="The permit costs four hundred shells a year, paid at the counter before the interview.")
PEARLS = KEEPER.format(money="The permit costs nine pearls a year, paid at the counter after the interview.")

ASKED = (
    ("en", "Can I extend a visa on arrival, and what does it cost?", "visa-07-voa-evoa-b1"),
    ("it", "Che tasse pago se affitto la mia villa?", "tax-08-villa-rental-tax"),
    ("id", "Berapa denda kalau overstay?", "visa-11-overstay"),
    ("id", "Apa syarat KITAS investor?", "visa-01-investor-kitas-e28a"),
    ("en", "What does buying property cost in taxes and notary fees?", "prop-08-costi-compravendita"),
)


async def test_the_shipped_corpus_answers_in_three_languages_and_survives_a_restart(
    rag: Any, operator: Any, read_shipped: Any, heard: list[Any]
) -> None:
    async with rag.serving() as here:
        documents = await operator.take_knowledge()
        assert {each.outcome for each in documents} == {"added"}
        rows = read_shipped("prices/table.jsonl")
        assert (await operator.take_prices()).changed == len(rows)
        expected = sum(each.passages for each in documents) + len(rows)

        async def has_all() -> bool:
            return (await here.part("corpus")).get("passages") == expected

        await eventually(has_all)
        found = {query: await operator.search(query, language) for language, query, _ in ASKED}
    for language, query, document_id in ASKED:
        passages = found[query]
        assert document_id in {passage.document_id for passage in passages}, (language, query)
        assert all(0 < passage.score <= 1 and passage.source and passage.as_of for passage in passages)
        assert [passage.score for passage in passages] == sorted((p.score for p in passages), reverse=True)
    heard.clear()
    async with rag.serving():
        await eventually(operator.answers)
        assert {query: await operator.search(query, language) for language, query, _ in ASKED} == found
        assert {each.outcome for each in await operator.take_knowledge()} == {"unchanged"}
        assert (await operator.take_prices()).changed == 0
        assert await operator.search("qwertz uiop asdfg", "en") == ()
    assert heard == []


async def test_a_figure_is_cited_with_its_document_and_title(rag: Any, operator: Any) -> None:
    async with rag.serving():
        await operator.take_prices()

        async def cited() -> Any:
            found = await operator.search("What is the E33G visa code for?", "en")
            return [each for each in found if each.title == "Figures: E33G"]

        figure = (await eventually(cited))[0]
        assert figure.document_id == "visa-02-remote-worker-e33g"
        assert figure.passage_id == "figure:visa_code_e33g"
        assert "E33G" in figure.text


async def test_a_change_names_exactly_the_passages_that_changed(
    rag: Any, operator: Any, write: Any, heard: list[Any], fresh_database: TestDatabase
) -> None:
    sql = "SELECT passage_id, text, version FROM knowledge_passages ORDER BY position"
    async with rag.serving():
        assert (await operator.take(write(SHELLS))).outcome == "added"
        before = {row["passage_id"]: row["text"] for row in await fresh_database.database.rows(sql)}
        assert (await operator.take(write(PEARLS))).outcome == "changed"
        rows = await fresh_database.database.rows(sql)
        after = {row["passage_id"]: row["text"] for row in rows}

        async def told() -> bool:
            return len(heard) == 2

        await eventually(told)

        async def finds_pearls() -> bool:
            found = await operator.search("how many pearls does the lighthouse permit cost")
            return any("nine pearls" in each.text for each in found) and not any("shells" in e.text for e in found)

        await eventually(finds_pearls)
    assert len(before) == len(after) == 3
    changed = set(before) ^ set(after)
    assert len(changed) == 2
    assert heard[1].document_ids == ("test-brief",)
    assert set(heard[1].passage_ids) == changed
    assert {row["version"] for row in rows if row["passage_id"] in before} == {1}
    assert {row["version"] for row in rows if row["passage_id"] not in before} == {2}


async def test_new_front_matter_alone_changes_no_passage(rag: Any, operator: Any, write: Any, heard: list[Any]) -> None:
    document = write(SHELLS)
    async with rag.serving():
        await operator.take(document)

        async def dated(as_of: str) -> bool:
            found = await operator.search("shells for the lighthouse permit")
            return {each.as_of for each in found} == {as_of}

        await eventually(lambda: dated("2026-05"))
        assert (await operator.take(document.replace("as_of: 2026-05", "as_of: 2026-09"))).outcome == "changed"
        await eventually(lambda: dated("2026-09"))
    assert len(heard) == 1


async def test_what_cannot_be_taken_is_refused_in_words(rag: Any, operator: Any, write: Any) -> None:
    good = write(SHELLS)
    refused = {
        "title: missing": good.replace("title: The lighthouse permit\n", ""),
        "colour: unknown field": good.replace("topic: visa", "topic: visa\ncolour: red"),
        "language: Invalid enum value 'xx'": good.replace("language: en", "language: xx"),
        "as_of: Expected": good.replace("as_of: 2026-05", "as_of: last week"),
        "front matter: missing": "Just some words without any front matter at all.",
        "front matter: not valid YAML": good.replace("title: The", "title: [The"),
        "body: fewer than 5 words": write("Too short.", title="Short").replace("# Short", ""),
        "text: holds a character": good.replace("keeper", "kee\x00per"),
        "text: longer than": good + "lamp " * 60_000,
    }
    async with rag.serving() as here:
        for fault, markdown in refused.items():
            reply = await operator.take(markdown, "brief.md")
            assert reply.outcome == "refused", fault
            assert any(each.startswith(fault) for each in reply.faults), (fault, reply.faults)
        assert (await operator.take("no front matter", "lost.md")).document_id == "lost.md"
        assert not (await here.part("corpus"))["ok"]
        assert (await operator.take(good)).outcome == "added"


async def test_full_text_in_each_language_serves_plain_sql(
    rag: Any, operator: Any, write: Any, fresh_database: TestDatabase
) -> None:
    texts = {
        "it": ("italian", "Il guardiano del faro deve presentare i documenti firmati al porto.", "documento"),
        "en": ("english", "The keeper of the lighthouse files all signed papers at the harbour.", "paper"),
        "id": ("indonesian", "Penjaga mercusuar harus menyerahkan pembayaran di kantor pelabuhan.", "membayar"),
    }
    async with rag.serving():
        for language, (_, body, _) in texts.items():
            document = write(body, document_id=f"faro-{language}", title="Faro", language=language)
            assert (await operator.take(document)).outcome == "added"
    for language, (config, _, word) in texts.items():
        found = await fresh_database.database.value(
            f"SELECT document_id FROM knowledge_passages WHERE language = $1 AND tsv @@ to_tsquery('{config}', $2)",
            language,
            word,
        )
        assert found == f"faro-{language}"
