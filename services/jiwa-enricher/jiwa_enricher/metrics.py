"""What jiwa-enricher counts: never a user, never a text."""

from prometheus_client import Counter, Histogram

CONVERSATIONS = Counter(
    "zantara_jiwa_conversations",
    "Ended conversations by outcome: enriched, repeated, anonymous, empty, unknown.",
    ["outcome"],
)
FACTS = Counter("zantara_jiwa_facts", "Facts by change: added, strengthened, closed.", ["change"])
DROPPED = Counter("zantara_jiwa_dropped_claims", "Claims of a model that were not believed, by reason.", ["reason"])
READINGS = Counter(
    "zantara_jiwa_readings", "Windows of conversations given to a model, by voice and outcome.", ["voice", "outcome"]
)
FALLBACKS = Counter("zantara_jiwa_fallbacks", "Windows that Claude read because LLAMA could not.")
READING = Histogram(
    "zantara_jiwa_reading_seconds",
    "Time of a model for one whole conversation.",
    buckets=(0.5, 1, 2, 5, 10, 20, 40, 80, 160),
)
FORGOTTEN = Counter("zantara_jiwa_forgotten_facts", "Facts deleted on request.")
EXPIRED = Counter("zantara_jiwa_expired_facts", "Facts deleted because their time had passed.")
RECALLS = Counter("zantara_jiwa_recalls", "Recalls by outcome: known, unknown.", ["outcome"])
