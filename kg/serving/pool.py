"""`Pool`: a bounded number of workers, lent to one request each; who waits stands in a bounded queue.

A worker blocks, so each call runs in a thread. A call that is cancelled, because whoever asked went away or
because its time is over, kills the worker's process and waits until the thread is done with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from kg.problems import KgError
from kg.sparql.killable import Worker

T = TypeVar("T")


class Busy(KgError):
    """Too many are waiting, or somebody waited too long."""


class Pool:
    """So many workers, made by `make`, and room for so many who wait, each at most `patience` seconds."""

    def __init__(self, make: Callable[[], Worker], *, size: int, room: int, patience: float) -> None:
        self._workers = [make() for _ in range(size)]
        self._free = list(self._workers)
        self._turn = asyncio.Semaphore(size)
        self._room, self._patience = room, patience
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="query")
        self.waiting = 0

    @property
    def running(self) -> int:
        """How many workers are lent."""
        return len(self._workers) - len(self._free)

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Worker]:
        """Lend a worker, the last used first, since it is warm; raises `Busy`."""
        await self._wait()
        worker = self._free.pop()
        try:
            yield worker
        finally:
            self._free.append(worker)
            self._turn.release()

    async def _wait(self) -> None:
        if not self._turn.locked():
            await self._turn.acquire()
            return
        if self.waiting >= self._room:
            raise Busy(f"{self.waiting} queries are waiting already")
        self.waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._turn.acquire()
        except TimeoutError:
            raise Busy(f"no turn came within {self._patience:g} s") from None
        finally:
            self.waiting -= 1

    async def call(self, worker: Worker, action: Callable[[], T]) -> T:
        """Return what an action of a worker gives, run in a thread."""
        done = asyncio.get_running_loop().run_in_executor(self._threads, action)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            while not done.done():  # a process that is only being started is there a little later
                worker.kill()
                await asyncio.wait({done}, timeout=0.05)
            raise

    def close(self) -> None:
        """End every process."""
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown()
        for worker in self._workers:
            worker.close()
