"""What cultural-rag counts: never a message."""

from prometheus_client import Counter, Gauge

SEARCHES = Counter(
    "zantara_knowledge_searches", "Knowledge searches by language and outcome: found, none.", ["language", "outcome"]
)
LOOKUPS = Counter(
    "zantara_cultural_lookups", "Cultural lookups by category and outcome: found, none.", ["category", "outcome"]
)
IMPORTS = Counter("zantara_knowledge_imports", "Documents and rows taken, by kind and outcome.", ["kind", "outcome"])
PASSAGES = Gauge("zantara_knowledge_passages", "Passages and figures in memory.")
NOTES = Gauge("zantara_cultural_notes", "Topics and insights in memory.")
REVISION = Gauge("zantara_rag_revision", "Revision in memory, by part: knowledge, culture.", ["part"])
UNEMBEDDED = Gauge("zantara_rag_unembedded_rows", "Rows waiting for a vector of the present model, as last seen.")
UNCOUNTED = Gauge("zantara_cultural_uses_unwritten", "Uses counted but not yet written.")
