"""The bridge of languages: Italian and Indonesian words count as the English words of the documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cultural_rag.domain.glossary import entries, read
from cultural_rag.domain.stems import plain_words, stem
from cultural_rag.domain.terms import OWN_STEM, ask, english_of, index_terms


@pytest.mark.parametrize(
    ("language", "text", "english"),
    [
        ("it", "Quanto costa il permesso di lavoro?", "cost work permit"),
        ("it", "Posso prorogare il visto all'arrivo?", "can extend visa on arrival"),
        ("id", "Berapa lama proses perpanjangan izin tinggal?", "how long procedure extend stay permit"),
        ("id", "apa syarat KITAS E28A", "what requirements kitas e28a"),
        ("it", "mi manca mia sorella", "miss sorella"),
        ("it", "una mancia", "unofficial payment"),
        ("en", "How much is the visa?", "How much is the visa?"),
    ],
)
def test_a_question_is_read_in_english(language: str, text: str, english: str) -> None:
    query = ask(text, language)
    assert query.reading == english
    assert query.translated == (language != "en")


def test_three_languages_meet_in_one_term() -> None:
    wanted = stem("requirements", "en")
    for language, text in (("en", "requirements"), ("it", "requisiti"), ("id", "persyaratannya")):
        assert ask(text, language).weights[wanted] == 1.0
        assert index_terms(text, language)[wanted] == 1


def test_an_unknown_word_counts_as_itself_and_in_its_own_language() -> None:
    weights = ask("zanzariere", "it").weights
    assert weights == {stem("zanzariere", "en"): 1.0, f"it:{stem('zanzariere', 'it')}": OWN_STEM}


def test_terms_of_the_trade_are_never_stemmed() -> None:
    for word in ("kitas", "e28a", "kbli", "npwp", "visa"):
        assert {stem(word, language) for language in ("en", "it", "id")} == {word}


def test_a_later_reading_weighs_less() -> None:
    weights = ask("prezzo", "it").weights
    assert weights["price"] == 1.0
    assert weights["fee"] == 0.5


def test_small_words_are_neither_indexed_nor_asked() -> None:
    assert ask("the of and", "en").weights == {}
    assert index_terms("il della e anche", "it") == {}


@pytest.mark.parametrize(("declared", "spoken"), [("it", "it"), ("mixed", "it"), (None, "it"), ("xx", "it")])
def test_a_language_that_is_not_declared_is_guessed(declared: str | None, spoken: str) -> None:
    text = "Vorrei sapere quanto costa rinnovare il passaporto per i bambini"
    query = ask(text, declared)
    assert query.language == spoken
    assert "renew" in query.weights


def test_code_mixed_questions_use_both_glossaries() -> None:
    query = ask("convert visa kunjungan jadi KITAS onshore bisa gak", "id")
    assert {stem(word, "en") for word in ("convert", "visit", "kitas")} <= set(query.weights)


def test_the_longest_phrase_wins() -> None:
    readings = read(plain_words("permesso di lavoro"), ("it",))
    assert [(each.words, each.english[0]) for each in readings] == [(("permesso", "di", "lavoro"), "work permit")]


@pytest.mark.parametrize("language", ["it", "id"])
def test_every_entry_reads_as_something(language: str) -> None:
    table = entries(language)
    assert len(table.written) > 600
    assert all(key and all(key) for key in table.written)
    assert all(reading for readings in table.written.values() for reading in readings)
    assert all(" > " not in reading for readings in table.written.values() for reading in readings)


def test_a_passage_in_another_language_is_embedded_in_english() -> None:
    assert english_of("Il costo del visto", "it") == "cost visa"
    assert english_of("masih proses", "") == "still in process"
    assert english_of("Stay as it is.", "en") == "Stay as it is."


@given(st.text(max_size=300), st.sampled_from(["it", "en", "id", "mixed", None, ""]))
def test_any_text_can_be_asked(text: str, language: str | None) -> None:
    query = ask(text, language)
    assert all(weight > 0 for weight in query.weights.values())
    assert index_terms(text, "id") == index_terms(text, "id")
