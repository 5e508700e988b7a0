"""The process that answers queries and may be killed: it opens a store to read and speaks in frames.

`python -m kg.sparql.worker STORE PREFIXES MEMORY [SERVICE…]`. MEMORY is what it may take besides what it has
at the start, in bytes, 0 for no limit.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec
import pyoxigraph as ox

from kg.curie import PrefixMap, read_prefixes
from kg.problems import InvalidQuery
from kg.sparql.asking import Found, declared, evaluated, unknown_names
from kg.sparql.frames import Kind, Opening, Question, receive, send
from kg.sparql.storing import open_store

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_CHUNK = 64 * 1024


def main(store: str, prefixes: str, memory: str, *services: str) -> None:
    """Answer questions until the owner closes the pipe."""
    opened, known = open_store(Path(store)), read_prefixes(Path(prefixes).read_bytes())
    if int(memory):
        limit_memory(int(memory))
    decode = msgspec.msgpack.Decoder(Question).decode
    while (frame := receive(sys.stdin.buffer)) is not None:
        _answer(opened, known, decode(frame), services, sys.stdout.buffer)


def limit_memory(more: int) -> None:
    """Let this process take at most so many bytes more than it has; systems that cannot do it do not."""
    try:
        import resource

        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + more, taken + more))
    except (ImportError, OSError, ValueError):
        return


def _answer(
    store: ox.Store, prefixes: PrefixMap, question: Question, services: tuple[str, ...], out: BinaryIO
) -> None:
    encode = msgspec.msgpack.encode
    try:
        found = evaluated(store, prefixes, question.sparql, services, question.dataset)
    except (InvalidQuery, RuntimeError, OSError, ValueError) as error:
        send(out, encode(Opening(error=str(error))))
        return
    hints = unknown_names(store, question.sparql)
    send(out, encode(Opening(kind=_kind(found), hints=hints)))
    try:
        _serialize(found, question, prefixes, _Chunks(out))
    except (RuntimeError, OSError, ValueError) as error:
        send(out, b"!" + str(error).encode())
    send(out, b"")


def _kind(found: Found) -> Kind:
    if isinstance(found, ox.QueryBoolean):
        return "boolean"
    return "graph" if isinstance(found, ox.QueryTriples) else "solutions"


def _serialize(found: Found, question: Question, prefixes: PrefixMap, out: _Chunks) -> None:
    if isinstance(found, ox.QueryTriples):
        form = ox.RdfFormat.from_media_type(question.graph_type) or ox.RdfFormat.TURTLE
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

    def flush(self) -> None:
        if self._held:
            send(self._out, b"=" + bytes(self._held))
            self._held.clear()

    def close(self) -> None:
        self.flush()
        super().close()


if __name__ == "__main__":
    main(*sys.argv[1:])
