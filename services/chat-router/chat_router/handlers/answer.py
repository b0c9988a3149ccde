"""The way of a message: classify, recall, decide, generate, reply, record. One stream of pieces, whoever encodes it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from typing import Any, Literal, Protocol

import msgspec

from chat_router import metrics
from chat_router.domain.classify import Classification
from chat_router.domain.manner import STATIC, caveat, personalise, vouched
from chat_router.domain.record import Circumstances, record, user_hash
from chat_router.domain.route import Route, choose, reply_language
from chat_router.domain.turn import Delta, Incoming, Opening, Piece, Record, Reply, Restart, Turn, Voice
from chat_router.handlers.figures import KnownFigures
from chat_router.handlers.ladder import Exhausted, Ladder, Speaking, Spoken
from chat_router.handlers.recall import Recall
from chat_router.prompts import answer_v1
from zantara.clock import Clock, new_id
from zantara.events import Embedding, Meta, Source
from zantara.llm.port import ModelRequest, Usage
from zantara.text.fence import new_tag
from zantara.text.figures import unsupported

_SOURCE = "chat-router"
_MAX_SOURCES = 3


class Reader(Protocol):
    """Understands a message, locally."""

    async def embed(self, message: str) -> Embedding:
        """Its embedding, made once."""
        ...

    def read(self, message: str, embedding: Embedding, *, turns_before: int) -> Classification:
        """What it wants."""
        ...


class Keeper(Protocol):
    """Keeps a turn."""

    async def __call__(self, record: Record) -> bool:
        """Whether it is committed."""
        ...


class Answer:
    """Answers a message as a stream of pieces: opening, words, and at the end the whole reply, on record."""

    def __init__(
        self,
        reader: Reader,
        recall: Recall,
        ladder: Ladder,
        keep: Keeper,
        figures: KnownFigures,
        clock: Clock,
        *,
        pseudonym_key: str,
    ) -> None:
        self._reader = reader
        self._recall = recall
        self._ladder = ladder
        self._keep = keep
        self._figures = figures
        self._clock = clock
        self._pseudonym_key = pseudonym_key

    async def __call__(self, incoming: Incoming) -> AsyncGenerator[Piece, None]:
        """Opening, deltas (a restart voids those before it), and a Reply last, which is on record when it comes.

        A reader that goes away in the middle leaves what was said on record as partial.
        """
        started = self._clock.monotonic()
        turn = await self._understand(incoming)
        draft = _Draft(turn, lambda: (self._clock.monotonic() - started) * 1000)
        finished = False
        try:
            async with aclosing(self._speak(turn, draft)) as pieces:
                async for piece in pieces:
                    yield piece
            finished = True
            reply = await _unbroken(self._finish(draft, "complete"))
        finally:
            if not finished and draft.text:
                await _unbroken(self._finish(draft, "partial"))
        yield reply

    async def _understand(self, incoming: Incoming) -> Turn:
        message = incoming.message
        (history, memory, missed), embedding = await asyncio.gather(
            self._recall.before_reading(incoming), self._reader.embed(message)
        )
        read = self._reader.read(message, embedding, turns_before=history.turns)
        person = memory.language if memory else None
        language = reply_language(read, wished=incoming.language, conversation=history.language, person=person)
        context = await self._recall.context(incoming, read, language, embedding, history=history)
        recalled = msgspec.structs.replace(context, history=history, memory=memory, missed=(*missed, *context.missed))
        return Turn(id=new_id(), incoming=incoming, classification=read, recalled=recalled, language=language)

    async def _speak(self, turn: Turn, draft: "_Draft") -> AsyncGenerator[Piece, None]:
        golden = turn.recalled.golden
        if golden is not None and golden.hit and golden.answer:
            yield draft.open("golden", "golden-answer", f"golden:{golden.match_type}", simulated=golden.simulated)
            yield draft.say(_personal(turn, golden.answer))
            return
        async with aclosing(self._generate(turn, draft)) as pieces:
            async for piece in pieces:
                yield piece

    async def _generate(self, turn: Turn, draft: "_Draft") -> AsyncGenerator[Piece, None]:
        route = choose(turn.classification)
        request = self._request(turn, route)
        draft.prompt = request
        async with aclosing(self._ladder(route, request, draft.failed)) as steps:
            async for step in steps:
                match step:
                    case Speaking(voice=voice, model=model, simulated=simulated):
                        yield draft.open(voice, model, route.rule, simulated=simulated)
                    case Delta(text=text):
                        yield draft.say(text)
                    case Restart():
                        yield draft.restart(step)
                    case Spoken(completion=completion):
                        draft.model, draft.simulated = completion.model, completion.simulated
                        draft.usage = completion.usage
                    case Exhausted():
                        yield draft.open("static", "static", f"{route.rule}:static")
                        yield draft.say(STATIC[turn.language])
                        return
        if strange := self._strange_figures(turn, draft.text):
            metrics.UNSUPPORTED.inc()
            yield draft.say(caveat(strange, language=turn.language))

    def _request(self, turn: Turn, route: Route) -> ModelRequest:
        session = user_hash(turn.incoming.conversation_id, self._pseudonym_key)
        return answer_v1.build(turn, tag=new_tag(), max_tokens=route.max_tokens, session=session)

    def _strange_figures(self, turn: Turn, text: str) -> tuple[str, ...]:
        earlier = (message.content for message in turn.recalled.history.messages)
        said = [turn.incoming.message, *filter(vouched, earlier)]
        passages = [f"{passage.title} {passage.text}" for passage in turn.recalled.passages]
        return unsupported(text, [*said, *passages], self._figures.held)

    async def _finish(self, draft: "_Draft", status: Literal["complete", "partial"]) -> Reply:
        """Keep the turn; the reply names the record as degraded where only the spool has it."""
        turn, reply = draft.turn, draft.reply()
        around = Circumstances(
            at=self._clock.now(),
            meta=Meta.new(source=_SOURCE, clock=self._clock, id=reply.id),
            pseudonym=user_hash(turn.incoming.user_id, self._pseudonym_key),
            status=status,
            ttft_ms=draft.ttft_ms,
            prompt=draft.prompt,
            prompt_hash=answer_v1.PROMPT_HASH if draft.prompt else "",
        )
        kept = await self._keep(record(turn, reply, around))
        metrics.TURNS.labels(status, draft.voice).inc()
        metrics.DURATION.labels(draft.voice).observe(reply.latency_ms / 1000)
        return reply if kept else msgspec.structs.replace(reply, degraded=(*reply.degraded, "record"))


class _Draft:
    """The reply as it grows."""

    def __init__(self, turn: Turn, elapsed_ms: Callable[[], float]) -> None:
        self.turn = turn
        self._elapsed_ms = elapsed_ms
        self.voice: Voice = "static"
        self.model = ""
        self.route = ""
        self.simulated = False
        self.text = ""
        self.usage = Usage()
        self.failed: list[str] = []
        self.prompt: ModelRequest | None = None
        self.ttft_ms: float | None = None

    def open(self, voice: Voice, model: str, route: str, *, simulated: bool = False) -> Opening:
        """This voice speaks now."""
        self.voice, self.model, self.route, self.simulated = voice, model, route, simulated
        reply = self.reply()
        names = Opening.__struct_fields__
        return Opening(**{name: getattr(reply, name) for name in names})

    def say(self, text: str) -> Delta:
        """These words go out."""
        if self.ttft_ms is None:
            self.ttft_ms = self._elapsed_ms()
            metrics.TTFT.labels(self.voice).observe(self.ttft_ms / 1000)
        self.text += text
        return Delta(text=text)

    def restart(self, restart: Restart) -> Restart:
        """The words so far are void."""
        self.text = ""
        return restart

    def reply(self) -> Reply:
        """The reply as it stands."""
        turn = self.turn
        golden = turn.recalled.golden if self.voice == "golden" else None
        return Reply(
            id=turn.id,
            conversation_id=turn.incoming.conversation_id,
            response=self.text,
            ai_used=self.voice,
            model=self.model,
            simulated=self.simulated,
            route=self.route,
            cached=golden is not None,
            match_type=golden.match_type if golden else None,
            cluster_id=golden.cluster_id if golden else None,
            sources=self._sources(),
            category=str(turn.classification.category),
            language=turn.language,
            cultural_topics=tuple(dict.fromkeys(chunk.topic for chunk in turn.recalled.chunks)),
            degraded=(*turn.recalled.missed, *self.failed),
            latency_ms=round(self._elapsed_ms(), 2),
            usage=self.usage,
        )

    def _sources(self) -> tuple[Source, ...]:
        """Up to three: those of the golden answer, else the passages given, each document once."""
        recalled = self.turn.recalled
        if self.voice == "static":
            return ()
        if self.voice == "golden" and recalled.golden is not None:
            return recalled.golden.sources[:_MAX_SOURCES]
        documents = {
            passage.document_id: Source(
                id=passage.document_id, title=passage.title, score=round(passage.score, 3), as_of=passage.as_of
            )
            for passage in reversed(recalled.passages)
        }
        return tuple(reversed(documents.values()))[:_MAX_SOURCES]


async def _unbroken(work: Coroutine[Any, Any, Reply]) -> Reply:
    """Do it to the end, even where a reader who leaves cancels this task meanwhile."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


def _personal(turn: Turn, answer: str) -> str:
    memory = turn.recalled.memory
    name = memory.name if memory else None
    return personalise(answer, language=turn.language, name=name, first=turn.recalled.history.turns == 0)
