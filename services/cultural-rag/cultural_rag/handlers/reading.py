"""From a request to what is compared: bounds checked, the vector taken from the request where it can be."""

from cultural_rag.domain.matrix import Vector
from cultural_rag.domain.terms import Query, ask
from zantara.embeddings import Embedder, carried_vector
from zantara.errors import Invalid
from zantara.events import Embedding


def understood(text: str, language: str | None, limit: int, *, most: int, field: str) -> Query:
    """The message made comparable; raises Invalid where text or limit is out of bounds."""
    faults = []
    if not text.strip():
        faults.append(f"{field}: empty")
    if not 1 <= limit <= most:
        faults.append(f"limit: 1 to {most}, not {limit}")
    if faults:
        raise Invalid("; ".join(faults), faults=faults)
    return ask(text, language)


async def vector_of(query: Query, carried: Embedding | None, embedder: Embedder) -> Vector:
    """The vector to compare: the carried one where it is of this model and the message needs no English reading.

    Raises Invalid where the carried one is no unit vector of the model it names.
    """
    vector = carried_vector(carried, embedder)
    return await embedder.embed_one(query.reading) if vector is None or query.translated else vector
