"""Events and requests of golden-cache: prepared answers, proposed, published, found, retired."""

from typing import Any, ClassVar, Literal

import msgspec

from zantara.events.message import Embedding, Event, Reply, Request, Source


class HardNegative(msgspec.Struct, frozen=True, kw_only=True):
    """A question that looks covered and is not; `why` says what differs."""

    text: str
    language: str
    why: str = ""


class ClusterQuery(msgspec.Struct, frozen=True, kw_only=True):
    """One user query of a cluster: text without personal data, its language, how often, how near to the centre."""

    text: str
    language: str
    frequency: int
    similarity: float


class GoldenProposed(Event, frozen=True, kw_only=True):
    """The night prepared an answer for a cluster; golden-cache checks it and publishes or refuses it."""

    subject: ClassVar[str] = "golden.proposed"

    run_id: str
    cluster_id: str
    topic: str
    asks: str
    thing: tuple[str, ...]
    questions: dict[str, str]
    answers: dict[str, str]
    variations: dict[str, tuple[str, ...]]
    hard_negatives: tuple[HardNegative, ...]
    sources: tuple[Source, ...]
    confidence: float
    distinct_users: int
    queries: tuple[ClusterQuery, ...]
    generated_by: str
    prompt_version: str
    simulated: bool = False


class GoldenPublished(Event, frozen=True, kw_only=True):
    """An answer is new or changed in stock; replicas load every version above the one they hold."""

    subject: ClassVar[str] = "golden.published"

    cluster_id: str
    stock_version: int


class GoldenRetired(Event, frozen=True, kw_only=True):
    """An answer left the stock, and why."""

    subject: ClassVar[str] = "golden.retired"

    cluster_id: str
    stock_version: int
    reason: str


class GoldenReply(Reply, frozen=True, kw_only=True):
    """A hit with its answer in the asked language, or a miss with its reason; `similarity` is a cosine.

    `simulated` says that a simulator wrote the answer.
    """

    hit: bool
    match_type: Literal["exact", "semantic"] | None = None
    cluster_id: str | None = None
    answer: str | None = None
    language: str | None = None
    sources: tuple[Source, ...] = ()
    confidence: float = 0.0
    similarity: float = 0.0
    reason: str = ""
    simulated: bool = False


class GoldenLookup(Request[GoldenReply], frozen=True, kw_only=True):
    """Is this question answered already? `context` is the conversation's language where the message's is unsure."""

    subject: ClassVar[str] = "golden.lookup"
    reply: ClassVar[type[Reply]] = GoldenReply

    query: str
    language: str | None = None
    user_id: str | None = None
    context: dict[str, str] = {}
    embedding: Embedding | None = None


class GoldenImported(Reply, frozen=True, kw_only=True):
    """What became of one curated answer; `faults` say why it was refused."""

    cluster_id: str
    outcome: Literal["added", "changed", "unchanged", "refused"]
    faults: tuple[str, ...] = ()


class ImportGolden(Request[GoldenImported], frozen=True, kw_only=True):
    """Take one curated answer, in the golden pack's form."""

    subject: ClassVar[str] = "golden.import"
    reply: ClassVar[type[Reply]] = GoldenImported

    entry: dict[str, Any]


class GoldenSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One answer in a list: its question, state, usage and how far to trust it."""

    cluster_id: str
    question: str
    status: str
    topic: str
    languages: tuple[str, ...]
    confidence: float
    usage_count: int
    strikes: int
    generated_by: str


class GoldenListed(Reply, frozen=True, kw_only=True):
    """The answers in stock, most used first."""

    entries: tuple[GoldenSummary, ...]


class ListGolden(Request[GoldenListed], frozen=True, kw_only=True):
    """Which answers are there?"""

    subject: ClassVar[str] = "golden.list"
    reply: ClassVar[type[Reply]] = GoldenListed

    status: str | None = None
    limit: int = 100


class GoldenShown(Reply, frozen=True, kw_only=True):
    """One answer whole, in the golden pack's form with its state."""

    entry: dict[str, Any]


class ShowGolden(Request[GoldenShown], frozen=True, kw_only=True):
    """Everything about one answer."""

    subject: ClassVar[str] = "golden.show"
    reply: ClassVar[type[Reply]] = GoldenShown

    cluster_id: str


class GoldenStatusSet(Reply, frozen=True, kw_only=True):
    """The state that the answer has now."""

    cluster_id: str
    status: str


class SetGoldenStatus(Request[GoldenStatusSet], frozen=True, kw_only=True):
    """An operator approves or retires an answer."""

    subject: ClassVar[str] = "golden.status"
    reply: ClassVar[type[Reply]] = GoldenStatusSet

    cluster_id: str
    status: Literal["approved", "retired"]
    reason: str = ""
