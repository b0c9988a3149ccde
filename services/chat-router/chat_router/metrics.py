"""What chat-router counts; labels are bounded, no user and no text among them."""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 13, 20, 60)

TURNS = Counter("zantara_chat_turns", "Turns by outcome (complete, partial) and voice.", ["outcome", "source"])
DURATION = Histogram("zantara_chat_duration_seconds", "Whole turns.", ["source"], buckets=_SECONDS)
TTFT = Histogram("zantara_chat_ttft_seconds", "Until the first word went out.", ["source"], buckets=_SECONDS)
DEGRADED = Counter("zantara_chat_degraded", "Parts that a turn had to do without.", ["part"])
SPOOLED = Gauge("zantara_spool_records", "Turns waiting in the spool for PostgreSQL.")
LOST = Counter("zantara_events_lost", "Turns that could be kept nowhere; must stay 0.")
UNSUPPORTED = Counter("zantara_chat_unsupported_figures", "Answers with a figure that no source holds.")
