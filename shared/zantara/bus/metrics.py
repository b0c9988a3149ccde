"""What the bus counts, by consumer and subject; never by user or text."""

from prometheus_client import Counter, Histogram

_FAST = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.08, 0.15, 0.25, 0.5, 1, 5)
_SLOW = (0.005, 0.025, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 900)

MESSAGES = Counter(
    "zantara_messages_processed", "Events by consumer and result: ok, retry, dead.", ["consumer", "result"]
)
PROCESSING = Histogram("zantara_message_processing_seconds", "Time in the handler.", ["consumer"], buckets=_SLOW)
DEAD = Counter("zantara_dlq_messages", "Dead letters written.", ["consumer"])
PUBLISHED = Counter("zantara_events_published", "Events by subject and result: ok, failed.", ["subject", "result"])
ASKED = Counter(
    "zantara_rpc_requests", "Requests sent: ok, busy, timeout, no_responders, error.", ["subject", "status"]
)
ASKING = Histogram("zantara_rpc_duration_seconds", "Round trip of a request.", ["subject"], buckets=_FAST)
ANSWERED = Counter("zantara_rpc_answers", "Requests served: ok, busy, late, invalid, error.", ["subject", "status"])
ANSWERING = Histogram("zantara_rpc_answer_seconds", "Time in the responder.", ["subject"], buckets=_FAST)
RECONNECTS = Counter("zantara_nats_reconnects", "Connections to NATS that came back.")
ERRORS = Counter("zantara_nats_errors", "Asynchronous errors of the connection, by kind.", ["kind"])
