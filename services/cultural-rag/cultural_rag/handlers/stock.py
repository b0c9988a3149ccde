"""What a replica holds in memory, and what its health page says of it."""

from collections.abc import Mapping

from cultural_rag import metrics
from cultural_rag.domain.notes import NoteIndex
from cultural_rag.domain.passages import PassageIndex
from zantara.errors import Unavailable


class Stock:
    """Two snapshots, replaced whole; lookups never wait for a refresh, nor for PostgreSQL."""

    def __init__(self) -> None:
        self._passages: PassageIndex | None = None
        self._notes: NoteIndex | None = None
        self.knowledge_revision = -1
        self.culture_revision = -1

    @property
    def passages(self) -> PassageIndex:
        """The corpus; raises Unavailable until it has been read once."""
        if self._passages is None:
            raise Unavailable("the corpus has not been read yet")
        return self._passages

    @property
    def notes(self) -> NoteIndex:
        """The notes; raises Unavailable until they have been read once."""
        if self._notes is None:
            raise Unavailable("the cultural notes have not been read yet")
        return self._notes

    def put_passages(self, passages: PassageIndex, revision: int) -> None:
        """The next snapshot of the corpus."""
        self._passages = passages
        self.knowledge_revision = revision
        metrics.PASSAGES.set(len(passages.passages))
        metrics.REVISION.labels("knowledge").set(revision)

    def put_notes(self, notes: NoteIndex, revision: int) -> None:
        """The next snapshot of the notes."""
        self._notes = notes
        self.culture_revision = revision
        metrics.NOTES.set(len(notes.chunks) + len(notes.insights))
        metrics.REVISION.labels("culture").set(revision)

    async def ping_corpus(self) -> Mapping[str, object]:
        """What the corpus holds; raises Unavailable where it is empty."""
        passages = self.passages.passages
        if not passages:
            raise Unavailable("the corpus is empty: no document has been imported")
        return {
            "documents": len({passage.document_id for passage in passages}),
            "passages": len(passages),
            "without_vector": sum(passage.vector is None for passage in passages),
            "newest_as_of": max(passage.as_of for passage in passages),
            "revision": self.knowledge_revision,
        }

    async def ping_culture(self) -> Mapping[str, object]:
        """What the notes hold; raises Unavailable where there are none."""
        notes = self.notes
        if not notes.chunks:
            raise Unavailable("there are no cultural topics")
        return {"topics": len(notes.chunks), "insights": len(notes.insights), "revision": self.culture_revision}
