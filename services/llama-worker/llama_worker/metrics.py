"""What llama-worker counts: runs, items, who wrote them, when it last went well."""

from prometheus_client import Counter, Gauge, Histogram

RUNS = Counter("zantara_nightly_runs", "Runs by job and status.", ["job", "status"])
ITEMS = Counter(
    "zantara_job_items", "Clusters by result: written, or the kind of reason for dropping.", ["job", "result"]
)
WRITERS = Counter("zantara_nightly_writers", "Answers by writer: llama, claude.", ["writer"])
LAST_SUCCESS = Gauge("zantara_job_last_success_timestamp_seconds", "When a job last completed.", ["job"])
STEP = Histogram(
    "zantara_job_duration_seconds", "Duration of a step.", ["job", "step"], buckets=(0.1, 1, 5, 10, 30, 60, 300, 900)
)
