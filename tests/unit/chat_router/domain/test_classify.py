"""Classification with the shipped weights, those that need no embedding: categories, doubt, tone, language."""

import numpy as np
import pytest

from chat_router.domain.classify import Classification, classify, load_classifier
from chat_router.domain.features import COUNTS, counts, fold, hashed
from chat_router.domain.signals import read_signals
from zantara.text.language import identify
from zantara.text.segments import BUSINESS, Category, Language

NO_VECTOR = np.zeros(384, dtype=np.float32)


def read(message: str, *, turns_before: int = 0) -> Classification:
    model = load_classifier("an embedding model that nobody trained for")
    return classify(message, NO_VECTOR, turns_before=turns_before, model=model)


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("siapa anggota tim tax", Language.ID),
        ("explain KITAS requirements", Language.EN),
        ("PPh 21 dipendenti", Language.IT),
    ],
)
def test_what_the_old_router_confused_is_business(message: str, language: Language) -> None:
    found = read(message)
    assert found.category in BUSINESS
    assert found.language is language


@pytest.mark.parametrize("message", ["KITAS?", "kitap", "E28A", "visa E33G??", "NPWP"])
def test_a_bare_term_is_a_question_about_it(message: str) -> None:
    found = read(message)
    assert found.category is Category.BUSINESS_SIMPLE
    assert found.certain


@pytest.mark.parametrize(
    ("message", "category"),
    [
        ("buongiorno", Category.GREETING),
        ("selamat pagi kak", Category.GREETING),
        ("grazie mille, a domani", Category.CASUAL),
        ("hahaha lucu banget kamu", Category.CASUAL),
        ("I am so scared they will send us away, I can't sleep", Category.EMOTIONAL),
        ("aku malu nanya terus, maaf ya kak", Category.EMOTIONAL),
        ("is it rude to refuse food at a ceremony", Category.CULTURAL),
        ("berapa biaya perpanjangan VOA", Category.BUSINESS_SIMPLE),
        ("quanto dura il leasehold", Category.BUSINESS_SIMPLE),
        (
            "We are two partners with a PMA and three villas, how do we split it and what happens to his permit",
            Category.BUSINESS_COMPLEX,
        ),
        ("il mio visto scade domani e nessuno mi risponde!!", Category.URGENT_COMPLAINT),
        ("uang saya kembalikan, ini penipuan", Category.URGENT_COMPLAINT),
        ("write me a poem about the sea", Category.OUT_OF_SCOPE),
        ("resep pizza dong", Category.OUT_OF_SCOPE),
    ],
)
def test_categories(message: str, category: Category) -> None:
    assert read(message).category is category


@pytest.mark.parametrize("message", ["", "   ", "👍", "?!", "…"])
def test_nothing_to_read_is_never_certain(message: str) -> None:
    found = read(message)
    assert not found.certain
    assert not found.standalone
    assert found.category_confidence == 0.0


@pytest.mark.parametrize("message", ["qwzx vrtk plmf", "zzz blorp fnord wibble"])
def test_nonsense_is_not_answered_from_stock(message: str) -> None:
    found = read(message)
    assert not (found.certain and found.category in BUSINESS)


@pytest.mark.parametrize(
    ("message", "tone"),
    [
        ("my visa expires tomorrow and you lost my passport!!", "calm"),
        ("aku takut banget dideportasi", "gentle"),
        ("sono così felice, è arrivato il KITAS, non vedo l'ora!", "joyful"),
        ("what is the VAT rate", "clear"),
        ("what is the overstay fine, I am really scared", "gentle"),
        ("ciao", "warm"),
    ],
)
def test_tone(message: str, tone: str) -> None:
    assert read(message).tone == tone


def test_an_unknown_language_has_little_confidence() -> None:
    found = read("combien coûte un visa pour rester à Bali pendant un an ?")
    assert found.language_confidence < 0.5


def test_balinese_is_read_as_indonesian() -> None:
    assert read("tiang jagi metaken indik visa punika").language is Language.ID


def test_the_embedding_counts_only_where_it_was_trained() -> None:
    full, bare = load_classifier("all-MiniLM-L6-v2-int8"), load_classifier("other/model")
    assert full.embedding.shape == (384, len(Category))
    assert bare.embedding.shape == (0, len(Category))
    ones = np.full(384, 0.05, dtype=np.float32)
    message = "vorrei sapere una cosa"
    without = [classify(message, vector, turns_before=0, model=bare) for vector in (NO_VECTOR, ones)]
    with_it = [classify(message, vector, turns_before=0, model=full) for vector in (NO_VECTOR, ones)]
    assert without[0] == without[1]
    assert with_it[0].category_confidence != with_it[1].category_confidence


def test_features_have_their_shapes() -> None:
    message = "Quanto costa il KITAS per mia moglie?"
    words = fold(message)
    buckets, weights = hashed(words)
    assert len(buckets) == len(set(buckets.tolist())) == len(weights)
    assert float((weights * weights).sum()) == pytest.approx(1.0, abs=1e-5)
    numbers = counts(message, words, identify(message), read_signals(words))
    assert numbers.shape == (COUNTS,)
    assert 0.0 <= numbers.min() <= numbers.max() <= 3.0


def test_a_stretched_greeting_is_folded() -> None:
    assert fold("Buongiornooo!!  Perché  NO?") == ["buongiorno", "perche", "no"]
