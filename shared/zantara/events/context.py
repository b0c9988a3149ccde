"""Events and requests of cultural-rag: cultural context, knowledge passages, the table of figures."""

from typing import Any, ClassVar

import msgspec

from zantara.events.message import Embedding, Event, Reply, Request


class KnowledgeChanged(Event, frozen=True, kw_only=True):
    """Passages of these documents are new, different or gone; whoever stands on them must look again."""

    subject: ClassVar[str] = "knowledge.changed"

    document_ids: tuple[str, ...]
    passage_ids: tuple[str, ...]


class CultureUpdated(Event, frozen=True, kw_only=True):
    """Cultural chunks or insights of these topics changed."""

    subject: ClassVar[str] = "culture.updated"

    topics: tuple[str, ...]


class CulturalChunk(msgspec.Struct, frozen=True, kw_only=True):
    """A note that applies to the message: `kind` is chunk or insight, `score` in 0..1."""

    topic: str
    content: str
    score: float
    kind: str


class CulturalReply(Reply, frozen=True, kw_only=True):
    """One to three chunks that apply, or none."""

    chunks: tuple[CulturalChunk, ...]


class CulturalLookup(Request[CulturalReply], frozen=True, kw_only=True):
    """Which cultural notes apply to this message? `stage` is first_contact or ongoing."""

    subject: ClassVar[str] = "cultural.lookup"
    reply: ClassVar[type[Reply]] = CulturalReply

    message: str
    category: str | None = None
    tone: str | None = None
    stage: str | None = None
    language: str | None = None
    limit: int = 3
    embedding: Embedding | None = None


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a document: `document_id` `title` `text`, fused `score` in 0..1, `source`, date of the facts."""

    document_id: str
    title: str
    text: str
    score: float
    source: str
    as_of: str
    passage_id: str = ""
    language: str = ""


class KnowledgeReply(Reply, frozen=True, kw_only=True):
    """Passages, best first."""

    passages: tuple[Passage, ...]


class KnowledgeSearch(Request[KnowledgeReply], frozen=True, kw_only=True):
    """Which passages answer this?"""

    subject: ClassVar[str] = "knowledge.search"
    reply: ClassVar[type[Reply]] = KnowledgeReply

    query: str
    language: str | None = None
    limit: int = 5
    embedding: Embedding | None = None


class DocumentImported(Reply, frozen=True, kw_only=True):
    """What became of a document: outcome is added, changed, unchanged or refused (with `faults`)."""

    document_id: str
    outcome: str
    passages: int = 0
    faults: tuple[str, ...] = ()


class ImportDocument(Request[DocumentImported], frozen=True, kw_only=True):
    """Take a Markdown document with front matter into the corpus."""

    subject: ClassVar[str] = "knowledge.import"
    reply: ClassVar[type[Reply]] = DocumentImported

    name: str
    markdown: str


class RowsImported(Reply, frozen=True, kw_only=True):
    """How many rows were new or changed, and what was wrong with the rest."""

    changed: int
    faults: tuple[str, ...] = ()


class ImportCulture(Request[RowsImported], frozen=True, kw_only=True):
    """Take cultural topics or insights (rows in the form of the sample files)."""

    subject: ClassVar[str] = "culture.import"
    reply: ClassVar[type[Reply]] = RowsImported

    topics: tuple[dict[str, Any], ...] = ()
    insights: tuple[dict[str, Any], ...] = ()


class ImportPrices(Request[RowsImported], frozen=True, kw_only=True):
    """Take rows of the curated, dated table of figures and codes."""

    subject: ClassVar[str] = "prices.import"
    reply: ClassVar[type[Reply]] = RowsImported

    rows: tuple[dict[str, Any], ...]
