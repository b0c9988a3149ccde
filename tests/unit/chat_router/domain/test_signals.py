"""Signals by lexicon, in four languages, and the lexicon itself."""

import pytest

from chat_router.domain.features import fold
from chat_router.domain.lexicon import lexicon
from chat_router.domain.signals import read_signals


@pytest.mark.parametrize(
    ("message", "feeling"),
    [
        ("aku malu nanya terus", "malu"),
        ("mi vergogno un po' a chiederlo", "malu"),
        ("I feel so stupid about all this", "malu"),
        ("takut banget kalau dideportasi", "takut"),
        ("ho paura che mi mandino via", "takut"),
        ("I'm terrified of losing my permit", "takut"),
        ("che ansia questa attesa", "ansia"),
        ("deg-degan nunggu hasilnya", "ansia"),
        ("I can't sleep", "ansia"),
        ("sono confusa", "bingung"),
        ("jujur bingung", "bingung"),
        ("kesepian di sini", "kesepian"),
        ("mi manca casa", "rindu"),
        ("bapak meninggal bulan lalu", "sedih"),
        ("sono stanca di burocrazia", "lelah"),
        ("kesel banget bolak-balik", "frustrasi"),
        ("incrocio le dita", "harapan"),
        ("grazie di cuore", "gratitudine"),
        ("seneng banget akhirnya buka", "entusiasmo"),
        ("we did it, so happy!", "entusiasmo"),
    ],
)
def test_feelings(message: str, feeling: str) -> None:
    assert feeling in read_signals(fold(message)).feelings


@pytest.mark.parametrize(
    "message", ["maaf ya kak, maaf ganggu lagi, maaf", "scusa, scusami, scusate ancora", "sorry, sorry, so sorry"]
)
def test_begging_pardon_three_times_is_shame(message: str) -> None:
    assert "malu" in read_signals(fold(message)).feelings


def test_one_pardon_is_manners() -> None:
    assert read_signals(fold("maaf, kantor buka jam berapa?")).feelings == {}


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("om swastiastu, bli", "indonesian_greetings"),
        ("kok masih proses terus", "bureaucracy_patience"),
        ("how do I say it without shaming them", "face_saving_culture"),
        ("canang sari di depan toko", "tri_hita_karana"),
        ("mau sowan ke kelian", "hierarchy_respect"),
        ("si stringe la mano alle donne?", "meeting_etiquette"),
        ("rapat pas puasa", "ramadan_business"),
        ("the banjar invited us", "relationship_capital"),
        ("il socio dice sempre nanti", "flexibility_expectations"),
        ("preferisco in italiano", "language_barrier_navigation"),
    ],
)
def test_culture(message: str, topic: str) -> None:
    assert topic in read_signals(fold(message)).culture


@pytest.mark.parametrize("message", ["berapa biaya NPWP", "what is the VAT rate", "scadenza dell'LKPM"])
def test_plain_questions_carry_no_feeling(message: str) -> None:
    assert read_signals(fold(message)).feelings == {}


def test_lexicon_finds_words_stems_and_phrases() -> None:
    book = lexicon({"a": "one, two words*", "b": "one, stem*, very long phrase of five"})
    assert book.find(["one"]) == {"a": 1, "b": 1}
    assert book.find(["two", "wordsmith", "stemming"]) == {"a": 1, "b": 1}
    assert book.find(["very", "long", "phrase", "of", "five"]) == {"b": 1}
    assert book.find(["ones", "two", "ste", "phrase"]) == {}
