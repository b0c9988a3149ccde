"""What a message is: language, category, tone, signals, and what it leans on. Pure, given the embedding.

Multinomial logistic regression over the embedding, hashed words and n-grams, and concept counts; calibrated by
temperature (Guo et al. 2017) and abstaining below a threshold. `tests/quality/train_classifier.py` writes the weights.
"""

import math
import zlib
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from chat_router.domain.features import BUCKETS, COUNTS, counts, fold, hashed
from chat_router.domain.reading import leaning, names_trade
from chat_router.domain.signals import Signals, read_signals
from zantara.text.language import LanguageGuess, identify
from zantara.text.segments import BUSINESS, Category, Language

MODEL_FILE = Path(__file__).parents[1] / "model" / "classifier.bin"

Array = npt.NDArray[np.float32]


class Classification(msgspec.Struct, frozen=True, kw_only=True):
    """A message understood. Not `certain` means: Claude, and nothing from stock."""

    language: Language
    language_confidence: float
    category: Category
    category_confidence: float
    certain: bool
    tone: str
    emotional_signals: tuple[str, ...] = ()
    cultural_signals: tuple[str, ...] = ()
    standalone: bool = True
    personal: bool = False
    about_conversation: bool = False


class StoredWeights(msgspec.Struct, frozen=True, kw_only=True):
    """Weights on disk, float16: rows are the embedding's numbers (or none), then buckets, counts, bias."""

    rows: int
    values: bytes
    temperature: float
    threshold: float


class StoredClassifier(msgspec.Struct, frozen=True, kw_only=True):
    """The file: weights with the embedding of one model, and weights that do without any."""

    version: str
    embedding_model: str
    categories: list[str]
    with_embedding: StoredWeights
    without_embedding: StoredWeights


class ClassifierModel(msgspec.Struct, frozen=True, kw_only=True):
    """Weights in memory; `embedding` has no rows where another embedding model is in use."""

    version: str
    categories: tuple[Category, ...]
    embedding: Array
    hashed: Array
    counts: Array
    bias: Array
    temperature: float
    threshold: float


def classify(
    message: str, vector: npt.NDArray[np.float32], *, turns_before: int, model: ClassifierModel
) -> Classification:
    """Understand a message; `vector` (dimension,) is its embedding, `turns_before` the exchanges before it."""
    words = fold(message)
    guess = identify(message)
    signals = read_signals(words)
    numbers = counts(message, words, guess, signals)
    category, confidence = _decide(words, category_probabilities(words, numbers, vector, model), model)
    language, language_confidence = _language(guess)
    read = leaning(words, turns_before=turns_before)
    return Classification(
        language=language,
        language_confidence=language_confidence,
        category=category,
        category_confidence=confidence,
        certain=confidence >= model.threshold,
        tone=tone(category, signals),
        emotional_signals=tuple(signals.feelings),
        cultural_signals=tuple(signals.culture),
        standalone=read.standalone,
        personal=read.personal,
        about_conversation=read.about_conversation,
    )


def category_probabilities(words: list[str], numbers: Array, vector: Array, model: ClassifierModel) -> Array:
    """Calibrated probability of each category, in the model's order."""
    buckets, weights = hashed(words)
    scores = model.bias + weights @ model.hashed[buckets] + numbers @ model.counts
    if len(model.embedding):
        scores = scores + vector @ model.embedding
    powers = np.exp((scores - scores.max()) / model.temperature)
    return np.asarray(powers / powers.sum(), dtype=np.float32)


def tone(category: Category, signals: Signals) -> str:
    """The tone that an answer needs: what is felt comes before what is asked."""
    if category is Category.URGENT_COMPLAINT:
        return "calm"
    if not _HEAVY.isdisjoint(signals.feelings):
        return "gentle"
    if category is Category.EMOTIONAL:
        return "gentle" if _GLAD.isdisjoint(signals.feelings) else "joyful"
    return _TONES[category]


@cache
def load_classifier(embedding_model: str) -> ClassifierModel:
    """The trained weights; those without the embedding where vectors come from another model."""
    stored = msgspec.msgpack.decode(zlib.decompress(MODEL_FILE.read_bytes()), type=StoredClassifier)
    known = stored.embedding_model == embedding_model
    weights = stored.with_embedding if known else stored.without_embedding
    width = len(stored.categories)
    matrix = np.frombuffer(weights.values, dtype=np.float16).astype(np.float32).reshape(-1, width)
    embedding, buckets, numbers, bias = np.split(matrix, np.cumsum([weights.rows, BUCKETS, COUNTS]))
    return ClassifierModel(
        version=stored.version,
        categories=tuple(Category(name) for name in stored.categories),
        embedding=embedding,
        hashed=buckets,
        counts=numbers,
        bias=bias[0],
        temperature=weights.temperature,
        threshold=weights.threshold,
    )


_HEAVY = frozenset({"malu", "takut", "ansia", "kesepian", "rindu", "sedih", "lelah", "bingung", "frustrasi"})
_GLAD = frozenset({"entusiasmo", "gratitudine", "harapan"})
_TONES = {
    Category.GREETING: "warm",
    Category.CASUAL: "light",
    Category.CULTURAL: "respectful",
    Category.BUSINESS_SIMPLE: "clear",
    Category.BUSINESS_COMPLEX: "thorough",
    Category.OUT_OF_SCOPE: "friendly",
}
_BARE_TERM_WORDS = 2


def _decide(words: list[str], probabilities: Array, model: ClassifierModel) -> tuple[Category, float]:
    """The likeliest category; business is one when it comes to being sure. A bare term of the trade asks about it."""
    if not words:
        return Category.CASUAL, 0.0
    if len(words) <= _BARE_TERM_WORDS and all(names_trade(word) for word in words):
        return Category.BUSINESS_SIMPLE, 1.0
    best = model.categories[int(probabilities.argmax())]
    sure_of = BUSINESS if best in BUSINESS else {best}
    confidence = math.fsum(float(p) for p, name in zip(probabilities, model.categories, strict=True) if name in sure_of)
    return best, min(confidence, 1.0)


def _language(guess: LanguageGuess) -> tuple[Language, float]:
    """One of ours; where the guess is none of them, the nearest with the little confidence it has."""
    if guess.language != "other":
        return Language(guess.language), guess.confidence
    ours = {
        Language.IT: guess.scores["it"],
        Language.EN: guess.scores["en"],
        Language.ID: guess.scores["id"] + guess.scores["ban"],
    }
    nearest = max(ours, key=lambda language: ours[language])
    return (nearest, ours[nearest]) if ours[nearest] > 0 else (Language.EN, 0.0)
