"""The supervisor: every node waits for what it needs, all else runs at once; one failure or a signal stops the lot."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from zantara.errors import StartError, ZantaraError
from zantara_cli.stack.board import Board, Row
from zantara_cli.stack.supervisor.keeper import Keeper
from zantara_cli.stack.supervisor.parts import Node, Part, Step, levels


class Supervisor:
    """Runs nodes until `stop` is called or one of them fails; `board` shows what is going on."""

    def __init__(self, nodes: Sequence[Node], board: Board) -> None:
        self._levels = levels(nodes)
        self._steps = [node for node in nodes if isinstance(node, Step)]
        self._keepers = {node.name: Keeper(node, board) for node in nodes if isinstance(node, Part)}
        self._done = {node.name: asyncio.Event() for node in self._steps}
        self._board = board
        self._asked = asyncio.Event()
        self._hurry = asyncio.Event()

    async def run(self, once_up: Callable[[], Awaitable[None]]) -> None:
        """Start everything, call `once_up` when all is up, keep it so; returns after `stop`, raises StartError."""
        failures: list[ZantaraError] = []
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._keep(keeper)) for keeper in self._keepers.values()]
                tasks += [group.create_task(self._perform(step)) for step in self._steps]
                tasks.append(group.create_task(self._then(once_up)))
                await self._asked.wait()
                for task in tasks:
                    task.cancel()
        except* StartError as group_of:
            failures = leaves(group_of)
        finally:
            await self._stop_all()
        if failures:
            raise failures[0]

    def stop(self) -> None:
        """Ask for the end; asked a second time, hasten it."""
        if self._asked.is_set():
            self._hurry.set()
        self._asked.set()

    async def _keep(self, keeper: Keeper) -> None:
        await self._all_up(keeper.part.after)
        await keeper.keep()

    async def _perform(self, step: Step) -> None:
        await self._all_up(step.after)
        self._board.change(step.name, state="working", since=time.time())

        def progress(text: str) -> None:
            self._board.change(step.name, note=text)

        failed: list[ZantaraError] = []
        try:
            await step.work(progress)
        except* ZantaraError as group:
            failed = leaves(group)
        if failed:
            self._board.change(step.name, state="failed", note=str(failed[0]).partition("\n")[0])
            if step.vital:
                raise StartError(f"{step.name}: {failed[0]}") from failed[0]
        else:
            self._board.change(step.name, state="done", note="")
        self._done[step.name].set()

    async def _then(self, once_up: Callable[[], Awaitable[None]]) -> None:
        await self._all_up([*self._keepers, *self._done])
        await once_up()

    async def _all_up(self, names: Sequence[str]) -> None:
        for name in names:
            await (self._keepers[name].up if name in self._keepers else self._done[name]).wait()

    async def _stop_all(self) -> None:
        for level in reversed(self._levels):
            keepers = [self._keepers[name] for name in level if name in self._keepers]
            await asyncio.gather(*(keeper.stop(self._hurry) for keeper in keepers))


def first_rows(nodes: Sequence[Node], log_of: Callable[[str], str]) -> list[Row]:
    """A row per node, in order, before anything runs."""
    return [
        Row(name=node.name, port=node.port, log=log_of(node.name)) if isinstance(node, Part) else Row(name=node.name)
        for node in nodes
    ]


def leaves(group: BaseExceptionGroup[ZantaraError]) -> list[ZantaraError]:
    """The errors themselves, however deep they are grouped."""
    out: list[ZantaraError] = []
    for error in group.exceptions:
        out += leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return out
