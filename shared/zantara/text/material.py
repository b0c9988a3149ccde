"""A passage as a prompt quotes it: every prompt fences it alike, so its figures, ids and dates can be checked alike."""

from zantara.events import Passage
from zantara.text.fence import Fenced


def quoted(passage: Passage) -> Fenced:
    """The passage's text, with what an answer may cite of it as attributes."""
    return Fenced(
        kind="passage",
        text=passage.text,
        attributes={
            "id": passage.passage_id or passage.document_id,
            "title": passage.title,
            "as_of": passage.as_of,
            "language": passage.language,
            "source": passage.source,
        },
    )
