"""`Worker`: a process that answers queries for us and is killed when one takes too long or too much memory.

Oxigraph cannot be told to stop. A worker that was killed, or has died, is started anew for the next query.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
import pyoxigraph as ox

from kg.curie import PrefixMap
from kg.problems import InvalidQuery, QueryStopped
from kg.sparql.answers import Answer, Triples, answer_of
from kg.sparql.frames import Dataset, Kind, Opening, Question, Timings, receive, send
from kg.sparql.watching import WATCHDOG


class Reply(msgspec.Struct, frozen=True):
    """What a query gave: its kind, what was probably meant by unknown names, and the bytes as they come."""

    kind: Kind
    hints: tuple[str, ...]
    chunks: Iterator[bytes]


class Worker:
    """One process over one store. Answers one query at a time; whoever asks reads the reply to its end.

    `memory` is in bytes, 0 for no limit; `services` are the addresses that `SERVICE` may name.
    """

    def __init__(self, store: Path, prefixes: Path, *, memory: int = 0, services: Sequence[str] = ()) -> None:
        module = "kg.sparql.worker"
        self._command = [sys.executable, "-m", module, str(store), str(prefixes), str(memory), *services]
        self._process: subprocess.Popen[bytes] | None = None

    def ask(
        self,
        sparql: str,
        media_type: str,
        timeout: float | None = None,
        *,
        graph_type: str = "",
        dataset: Dataset | None = None,
    ) -> Reply:
        """Return the reply to a query: rows or truth in `media_type`, triples in `graph_type`, or that too.

        `dataset` takes the place of what the query says of graphs.
        Raises `InvalidQuery` when it cannot be read, and `QueryStopped` (also while the reply is read) when
        it is not done in `timeout` seconds or takes more memory than it may.
        """
        return self._asked(Question(sparql, media_type, graph_type, dataset), timeout)

    def time(self, sparql: str, timeout: float | None = None) -> Timings:
        """Return how long a query takes, and how many rows it has; raises what `ask` raises."""
        reply = self._asked(Question(sparql, "", timed=True), timeout)
        return msgspec.msgpack.decode(b"".join(reply.chunks), type=Timings)

    def _asked(self, question: Question, timeout: float | None) -> Reply:
        process = self._running()
        watch = _Watch(process, timeout)
        try:
            send(cast("BinaryIO", process.stdin), msgspec.msgpack.encode(question))
            frame = receive(cast("BinaryIO", process.stdout))
        except BrokenPipeError:
            frame = None
        if frame is None:
            raise watch.over()
        opening = msgspec.msgpack.decode(frame, type=Opening)
        if opening.error is not None or opening.kind is None:
            watch.end()
            raise InvalidQuery(opening.error or "the query failed")
        return Reply(opening.kind, opening.hints, self._chunks(process, watch))

    def _chunks(self, process: subprocess.Popen[bytes], watch: _Watch) -> Iterator[bytes]:
        whole = False
        try:
            while (frame := receive(cast("BinaryIO", process.stdout))) != b"":
                if frame is None:
                    raise watch.over()
                if frame[:1] == b"!":
                    raise InvalidQuery(f"the query failed: {frame[1:].decode()}")
                yield frame[1:]
            whole = True
        finally:
            watch.end()
            if not whole and self._process is process:  # what is left in the pipe belongs to nobody
                self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 (ourselves)
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        return self._process

    def kill(self) -> None:
        """Stop what is being answered, from any thread: whoever reads it gets `QueryStopped`."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def answered(worker: Worker, prefixes: PrefixMap, sparql: str, timeout: float | None = None) -> Answer:
    """Return what a worker answers as plain values; raises what `Worker.ask` raises."""
    return answer_in(worker.ask(sparql, "application/sparql-results+json", timeout), prefixes)


def answer_in(reply: Reply, prefixes: PrefixMap) -> Answer:
    """Return what is in a reply, solutions as W3C's JSON, as plain values."""
    whole = b"".join(reply.chunks)
    if reply.kind == "graph":
        return Triples(whole.decode())
    return answer_of(ox.parse_query_results(whole, ox.QueryResultsFormat.JSON), prefixes)


class _Watch:
    """Kills a process when its time is over, and knows afterwards why it died."""

    def __init__(self, process: subprocess.Popen[bytes], timeout: float | None) -> None:
        self._process, self._timeout = process, timeout
        self._began = time.monotonic()
        self._mark = None if timeout is None else WATCHDOG.watch(process.kill, timeout)

    def end(self) -> None:
        """Stop watching."""
        if self._mark is not None:
            WATCHDOG.forget(self._mark)

    def over(self) -> QueryStopped:
        """Return why the process is gone."""
        self.end()
        self._process.wait()
        if self._timeout is not None and time.monotonic() - self._began >= self._timeout:
            return QueryStopped("time", f"the query was not done after {self._timeout:g} s and was stopped")
        if self._process.returncode == -signal.SIGSEGV:
            return QueryStopped("failure", "the query is nested too deeply for the engine")
        if self._process.returncode > 0 and self._process.stderr is not None:
            told = self._process.stderr.read().decode(errors="replace").strip().rpartition("\n")[2]
            return QueryStopped("failure", f"the process that answers queries ended: {told}")
        return QueryStopped("memory", "the query took more memory than it may, or its process was killed")
