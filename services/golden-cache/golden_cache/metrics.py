"""What golden-cache counts: never a message."""

from prometheus_client import Counter, Gauge, Histogram

LOOKUPS = Counter("zantara_golden_lookups", "Lookups by result: exact, semantic, miss.", ["result"])
REJECTS = Counter("zantara_golden_rejects", "Misses by reason.", ["reason"])
LANGUAGES = Counter("zantara_golden_hits", "Hits by the language of the answer.", ["language"])
LOOKUP = Histogram(
    "zantara_golden_lookup_seconds",
    "Time of a lookup by result, embedding included.",
    ["result"],
    buckets=(0.0001, 0.00025, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.025, 0.05),
)
EMBEDDED = Counter("zantara_golden_embedded", "Vectors of lookups: carried by the request, or made here.", ["source"])
ANSWERS = Gauge("zantara_golden_answers", "Answers that are served.")
PHRASINGS = Gauge("zantara_golden_phrasings", "Texts that a lookup is compared with.")
VERSION = Gauge("zantara_golden_stock_version", "Version of the stock in memory.")
BUILDING = Histogram(
    "zantara_golden_snapshot_seconds", "Time to build a snapshot.", buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
)
PROPOSALS = Counter("zantara_golden_proposals", "Proposals of the night by outcome.", ["outcome"])
IMPORTS = Counter("zantara_golden_imports", "Curated answers by outcome.", ["outcome"])
RETIRED = Counter("zantara_golden_retired", "Answers that left the stock, by whom.", ["by"])
STRIKES = Counter("zantara_golden_strikes", "Bad ratings of golden answers.")
UNCOUNTED = Gauge("zantara_golden_uses_unwritten", "Uses counted but not yet written.")
