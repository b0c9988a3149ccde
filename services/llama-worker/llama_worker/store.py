"""The night's runs and items in PostgreSQL: every step is a checkpoint."""

from datetime import date, datetime
from typing import Any

import msgspec

from llama_worker.domain.clusters import Cluster
from llama_worker.domain.queries import AskedQuery
from llama_worker.domain.runs import Outcome, Run
from zantara.db import Database, load_statements
from zantara.events import GoldenProposed


class NightStore:
    """The only writer of nightly_worker_runs and nightly_items."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = load_statements("llama_worker")

    async def begin(self, run_id: str, job: str, run_date: date, *, scheduled: bool) -> Run | None:
        """The run, new or resumed; None when another one has this date."""
        await self._database.run(self._sql.begin, run_id, job, run_date, scheduled)
        return await self.find(run_id)

    async def find(self, run_id: str) -> Run | None:
        """A run as it stands."""
        row = await self._database.row(self._sql.run, run_id)
        return msgspec.convert(dict(row), Run) if row else None

    async def asked(self, days: int) -> list[AskedQuery]:
        """General questions of the last days."""
        rows = await self._database.rows(self._sql.asked, days)
        return [msgspec.convert(dict(row), AskedQuery) for row in rows]

    async def known(self) -> dict[str, str]:
        """Cluster ids by query hash."""
        rows = await self._database.rows(self._sql.known_queries)
        return {row["query_hash"]: row["cluster_id"] for row in rows}

    async def fresh(self) -> set[str]:
        """Clusters that need no new answer."""
        rows = await self._database.rows(self._sql.fresh_clusters)
        return {row["cluster_id"] for row in rows}

    async def plan(self, run_id: str, clusters: list[Cluster], *, queries: int, found: int, coverage: float) -> None:
        """Keep what is to be done, in one transaction."""
        async with self._database.transaction() as connection:
            for position, cluster in enumerate(clusters):
                body = msgspec.to_builtins(cluster)
                await connection.run(self._sql.insert_item, run_id, cluster.cluster_id, position, body)
            await connection.run(self._sql.plan, run_id, queries, found, coverage)

    async def pending(self, run_id: str) -> list[Cluster]:
        """What is left to do."""
        rows = await self._database.rows(self._sql.pending_items, run_id)
        return [msgspec.convert(row["cluster"], Cluster) for row in rows]

    async def finish_item(self, run_id: str, outcome: Outcome) -> None:
        """Keep what became of a cluster."""
        proposal = msgspec.to_builtins(outcome.proposal) if outcome.proposal else None
        status = "written" if outcome.proposal else "dropped"
        tokens = (outcome.llama_tokens, outcome.claude_tokens)
        await self._database.run(
            self._sql.finish_item, run_id, outcome.cluster_id, status, outcome.reason, proposal, *tokens
        )

    async def proposals(self, run_id: str) -> list[GoldenProposed]:
        """What was written."""
        rows = await self._database.rows(self._sql.proposals, run_id)
        return [msgspec.convert(row["proposal"], GoldenProposed) for row in rows]

    async def finish(self, run_id: str, status: str, error: str) -> Run:
        """End the run; returns it as it stands."""
        rows = await self._database.rows(self._sql.dropped, run_id)
        dropped = {row["reason"]: row["count"] for row in rows}
        await self._database.run(self._sql.finish, run_id, status, error, dropped)
        run = await self.find(run_id)
        if run is None:
            raise LookupError(run_id)
        return run

    async def schedule(self, job: str) -> tuple[datetime, date | None]:
        """Since when the installation is there, and the last date that the schedule began."""
        row: Any = await self._database.row(self._sql.schedule, job)
        return row["installed_at"], row["done"]
