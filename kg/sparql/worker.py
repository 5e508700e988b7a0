"""The process that answers queries and may be killed: it opens a store to read and speaks in frames.

`python -m kg.sparql.worker STORE PREFIXES MEMORY [SERVICE…]`. MEMORY is what it may take besides what it has
at the start, in bytes, 0 for no limit.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec
import pyoxigraph as ox

from kg.curie import PrefixMap, read_prefixes
from kg.problems import InvalidQuery
from kg.sparql.asking import Found, declared, evaluated, is_known, names_under, unknown_among
from kg.sparql.frames import Kind, Opening, Question, Timings, receive, send
from kg.sparql.storing import open_store

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_CHUNK = 64 * 1024
_NAMES = 10_000
"""Of how many names it is remembered whether the store knows them."""


def main(store: str, prefixes: str, memory: str, *services: str) -> None:
    """Answer questions until the owner closes the pipe."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    opened, known = open_store(Path(store)), read_prefixes(Path(prefixes).read_bytes())
    if int(memory):
        limit_memory(int(memory))
    decode = msgspec.msgpack.Decoder(Question).decode
    holds = lru_cache(_NAMES)(partial(is_known, opened))
    while (frame := receive(sys.stdin.buffer)) is not None:
        _answer(opened, known, holds, decode(frame), services, sys.stdout.buffer)


def _end_with(owner: int) -> None:
    """End this process when its owner has died, though the engine be in the midst of a query."""
    while os.getppid() == owner:
        time.sleep(1)
    os._exit(1)


def limit_memory(more: int) -> None:
    """Let this process take at most so many bytes more than it has; systems that cannot do it do not."""
    try:
        import resource

        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + more, taken + more))
    except (ImportError, OSError, ValueError):
        return


def _answer(
    store: ox.Store,
    prefixes: PrefixMap,
    holds: Callable[[str], bool],
    question: Question,
    services: tuple[str, ...],
    out: BinaryIO,
) -> None:
    encode = msgspec.msgpack.encode
    began = time.perf_counter()
    try:
        found = evaluated(store, prefixes, question.sparql, services, question.dataset)
    except (InvalidQuery, RuntimeError, OSError, ValueError) as error:
        send(out, encode(Opening(error=str(error))))
        return
    begun = time.perf_counter() - began
    hints = unknown_among(question.sparql, holds, partial(names_under, store))
    send(out, encode(Opening(kind=_kind(found), hints=hints)), more=True)
    try:
        if question.timed:
            send(out, b"=" + encode(_timed(found, began, begun)), more=True)
        else:
            _serialize(found, question, prefixes, _Chunks(out))
    except (RuntimeError, OSError, ValueError) as error:
        send(out, b"!" + str(error).encode(), more=True)
    send(out, b"")


def _timed(found: Found, began: float, begun: float) -> Timings:
    """Read every row and tell when they came."""
    first, rows = None, 0
    for _ in [bool(found)] if isinstance(found, ox.QueryBoolean) else found:
        first = time.perf_counter() - began if first is None else first
        rows += 1
    return Timings(begun, first, time.perf_counter() - began, rows)


def _kind(found: Found) -> Kind:
    if isinstance(found, ox.QueryBoolean):
        return "boolean"
    return "graph" if isinstance(found, ox.QueryTriples) else "solutions"


def _serialize(found: Found, question: Question, prefixes: PrefixMap, out: _Chunks) -> None:
    if isinstance(found, ox.QueryTriples):
        form = ox.RdfFormat.from_media_type(question.graph_type or question.media_type) or ox.RdfFormat.TURTLE
        ox.serialize(found, out, form, prefixes=declared(prefixes))
    else:
        results = ox.QueryResultsFormat.from_media_type(question.media_type) or ox.QueryResultsFormat.JSON
        found.serialize(out, results)
    out.close()


class _Chunks(BytesIO):
    """A file that sends what is written to it in frames, each with a mark that it is no error."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out, self._held = out, bytearray()

    def write(self, data: ReadableBuffer, /) -> int:
        self._held += bytes(data)
        if len(self._held) >= _CHUNK:
            self.flush()
        return len(bytes(data))

    def flush(self, *, more: bool = False) -> None:
        if self._held:
            send(self._out, b"=" + bytes(self._held), more=more)
            self._held.clear()

    def close(self) -> None:
        self.flush(more=True)
        super().close()


if __name__ == "__main__":
    main(*sys.argv[1:])
