"""A night, step by step, each step a checkpoint: after a crash the redelivered tick goes on where it stood."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Protocol

import structlog

from llama_worker import metrics
from llama_worker.domain.clusters import Cluster, Vectors, cluster, coverage
from llama_worker.domain.queries import AskedQuery, distinct
from llama_worker.domain.runs import Outcome, Run
from zantara.errors import Invalid, Permanent, ZantaraError, first_of
from zantara.events import (
    Event,
    GoldenProposed,
    Meta,
    NightlyCompleted,
    NightlyProgress,
    NightlyTick,
    ShowNightly,
)

log = structlog.get_logger()


class Runs(Protocol):
    """Where runs are kept, and the week's queries are read."""

    async def begin(self, run_id: str, job: str, run_date: date, *, scheduled: bool) -> Run | None:
        """The run, new or resumed; None when another has the date."""
        ...

    async def find(self, run_id: str) -> Run | None:
        """A run as it stands."""
        ...

    async def asked(self, days: int) -> list[AskedQuery]:
        """General questions of the last days."""
        ...

    async def known(self) -> dict[str, str]:
        """Cluster ids by query hash."""
        ...

    async def fresh(self) -> set[str]:
        """Clusters that need no new answer."""
        ...

    async def plan(self, run_id: str, clusters: list[Cluster], *, queries: int, found: int, coverage: float) -> None:
        """Keep what is to be done, at once."""
        ...

    async def pending(self, run_id: str) -> list[Cluster]:
        """What is left to do."""
        ...

    async def finish_item(self, run_id: str, outcome: Outcome) -> None:
        """Keep what became of a cluster."""
        ...

    async def proposals(self, run_id: str) -> list[GoldenProposed]:
        """What was written."""
        ...

    async def finish(self, run_id: str, status: str, error: str) -> Run:
        """End the run."""
        ...


class Embedding(Protocol):
    """Turns texts into vectors."""

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text."""
        ...


class ClusterRule:
    """What makes a cluster."""

    def __init__(self, *, threshold: float, min_queries: int, min_people: int) -> None:
        self.threshold = threshold
        self.min_queries = min_queries
        self.min_people = min_people


class RunNight:
    """Takes `nightly.tick`; gives the proposals and `nightly.completed`."""

    def __init__(
        self,
        runs: Runs,
        embedding: Embedding,
        write: Callable[[str, Cluster], Awaitable[Outcome]],
        rule: ClusterRule,
        *,
        concurrency: int,
    ) -> None:
        self._runs = runs
        self._embedding = embedding
        self._write = write
        self._rule = rule
        self._concurrency = concurrency

    async def __call__(self, event: NightlyTick, meta: Meta) -> Sequence[Event]:
        """The events of the run; nothing when another run has this job and date."""
        run_id = event.run_id or f"{event.job}-{event.run_date}"
        run = await self._runs.begin(run_id, event.job, _date(event.run_date), scheduled=not event.run_id)
        if run is None:
            return ()
        if run.status == "running":
            try:
                run = await self._work(run, event)
            except Permanent as error:
                run = await self._end(run, "failed", str(error))
        return [*await self._runs.proposals(run_id), _told(run)]

    async def _work(self, run: Run, event: NightlyTick) -> Run:
        if not run.planned:
            with metrics.STEP.labels(run.job, "plan").time():
                await self._plan(run, event)
        with metrics.STEP.labels(run.job, "generate").time():
            await self._generate(run)
        run = await self._runs.find(run.run_id) or run
        return await self._end(run, *_verdict(run))

    async def _end(self, run: Run, status: str, error: str) -> Run:
        metrics.RUNS.labels(run.job, status).inc()
        if status == "completed":
            metrics.LAST_SUCCESS.labels(run.job).set_to_current_time()
        log.info("night_ended", run=run.run_id, status=status, written=run.items_written, items=run.items)
        return await self._runs.finish(run.run_id, status, error)

    async def _plan(self, run: Run, event: NightlyTick) -> None:
        queries = distinct(await self._runs.asked(event.days))
        vectors = await self._embedding.embed([query.text for query in queries])
        known, fresh = await self._runs.known(), await self._runs.fresh()
        found = await asyncio.to_thread(
            cluster,
            queries,
            vectors,
            threshold=self._rule.threshold,
            min_queries=self._rule.min_queries,
            min_people=self._rule.min_people,
            known=known,
        )
        todo = [each for each in found if each.cluster_id not in fresh][: event.max_golden]
        asked = sum(query.frequency for query in queries)
        await self._runs.plan(run.run_id, todo, queries=asked, found=len(found), coverage=coverage(found, queries))

    async def _generate(self, run: Run) -> None:
        slots = asyncio.Semaphore(self._concurrency)

        async def one(each: Cluster) -> None:
            async with slots:
                outcome = await self._write(run.run_id, each)
                await self._runs.finish_item(run.run_id, outcome)
            metrics.ITEMS.labels(run.job, "written" if outcome.proposal else "dropped").inc()

        try:
            async with asyncio.TaskGroup() as group:
                for each in await self._runs.pending(run.run_id):
                    group.create_task(one(each))
        except* ZantaraError as errors:
            failure = first_of(errors)
        else:
            return
        raise failure  # alone, so that the bus sees what it is: a part that is away is waited for


class TellNight:
    """Answers where a run stands."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    async def __call__(self, request: ShowNightly, meta: Meta) -> NightlyProgress:
        """`waiting` until the tick has arrived."""
        run = await self._runs.find(request.run_id)
        if run is None:
            return NightlyProgress(run_id=request.run_id, status="waiting")
        return NightlyProgress(
            run_id=run.run_id,
            status=run.status,
            step=run.step,
            done=run.items_done,
            total=run.items,
            queries=run.queries_analyzed,
            clusters=run.clusters_found,
            golden_answers=run.items_written,
            coverage=run.coverage,
            dropped=run.dropped,
            error=run.error_message,
        )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"run_date: {text!r} is no date") from error


def _verdict(run: Run) -> tuple[str, str]:
    """Nothing written although there was something to do is a failure."""
    if run.items and not run.items_written:
        return "failed", f"none of {run.items} clusters got an answer"
    return "completed", ""


def _told(run: Run) -> NightlyCompleted:
    return NightlyCompleted(
        run_id=run.run_id,
        job=run.job,
        run_date=run.run_date.isoformat(),
        status="completed" if run.status == "completed" else "failed",
        queries=run.queries_analyzed,
        clusters=run.clusters_found,
        golden_answers=run.items_written,
        dropped=run.dropped,
        error=run.error_message,
    )
