"""The language identifier on sentences, short messages, mixtures, Balinese, other scripts and rubbish."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zantara.text.language import CLASSES, MODEL_FILE, identify, words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Quanto costa aprire una PT PMA a Bali?", "it"),
        ("ho il visto scaduto da tre giorni, cosa rischio", "it"),
        ("Buongiorno!", "it"),
        ("grazie mille", "it"),
        ("What do I need for the E33G remote worker visa?", "en"),
        ("my kitas ran out last week and nobody answers", "en"),
        ("hello there", "en"),
        ("thanks", "en"),
        ("Apa saja syarat KITAS investor?", "id"),
        ("brp lama prosesnya ya kak, udah nunggu lama bgt", "id"),
        ("selamat pagi", "id"),
        ("haloooo", "id"),
        ("makasih ya", "id"),
    ],
)
def test_each_language(text: str, language: str) -> None:
    guess = identify(text)
    assert guess.language == language
    assert guess.confidence > 0.5
    assert not guess.balinese


@pytest.mark.parametrize(
    "text",
    [
        "mau bikin PMA sama istri, strategi yg aman apa, for both of us who are not from here",
        "tolong!! scadenza oggi e nessuno risponde",
        "kenapa tutti dicono insya Allah, è un sì o un forse?",
        "I feel malu to ask this again, aku jadi bingung",
    ],
)
def test_a_real_mixture_is_mixed(text: str) -> None:
    assert identify(text).language == "mixed"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("apply KITAS investor requirement nya apa ya min", "id"),
        ("virtual office buat restoran bisa gak", "id"),
        ("come funziona il tax holiday per una nuova società", "it"),
        ("what is hak pakai and who may hold it", "en"),
        ("how do I close a yayasan", "en"),
    ],
)
def test_loan_words_are_no_mixture(text: str, language: str) -> None:
    assert identify(text).language == language


@pytest.mark.parametrize("text", ["om swastiastu, rahajeng semeng", "tiang jagi metaken indik visa punika"])
def test_balinese_counts_as_indonesian_and_is_told(text: str) -> None:
    guess = identify(text)
    assert guess.language == "id"
    assert guess.balinese


@pytest.mark.parametrize(
    "text",
    [
        "сколько стоит виза на Бали?",
        "ビザの更新はいくらですか",
        "签证多少钱",
        "combien coûte un visa pour rester à Bali pendant un an ?",
        "wie lange dauert die Verlängerung von meinem Visum?",
    ],
)
def test_other_languages(text: str) -> None:
    assert identify(text).language == "other"


@pytest.mark.parametrize("text", ["", "   ", "???", "12.000.000", "E28A", "KITAS?", "https://example.org/ciao", "👍"])
def test_nothing_to_go_by(text: str) -> None:
    guess = identify(text)
    assert guess.language == "other"
    assert guess.confidence == 0.0


def test_names_and_titles_weigh_less() -> None:
    assert identify("Dove posso trovare The World According to Paris?").language == "it"
    assert [weight for _, weight in words("saya baca Love Story kemarin")] == [1.0, 1.0, 0.3, 0.3, 1.0]


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    guess = identify(text)
    assert set(guess.scores) == set(CLASSES)
    assert 0.0 <= guess.confidence <= 1.0 + 1e-9


def test_long_text_is_cut() -> None:
    assert len(words("ciao " * 100_000)) == 400
    assert words("x" * 200_000) == [("x", 1.0)]


def test_importing_loads_nothing() -> None:
    code = (
        "import zantara.text.language as l, sys; "
        "assert l._loaded.cache_info().currsize == 0 and 'sklearn' not in sys.modules and 'numpy' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_weights_are_small() -> None:
    assert MODEL_FILE.stat().st_size < 300_000
