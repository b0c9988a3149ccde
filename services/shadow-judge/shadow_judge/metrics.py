"""What shadow-judge counts, by segment (category and language)."""

from prometheus_client import Counter, Histogram

PAIRS = Counter(
    "zantara_shadow_pairs", "Comparisons by segment and result: success or kind of failure.", ["segment", "result"]
)
SKIPPED = Counter("zantara_shadow_skipped", "Turns not compared, by reason.", ["reason"])
LLAMA_LATENCY = Histogram(
    "zantara_shadow_llama_seconds", "LLAMA's latency.", buckets=(0.25, 0.5, 0.8, 1, 1.5, 2, 3, 5, 8, 10)
)
