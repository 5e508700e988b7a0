"""How a worker and its owner speak over pipes: frames with their length, plain values in MessagePack."""

from __future__ import annotations

from typing import BinaryIO, Literal

import msgspec

Kind = Literal["solutions", "boolean", "graph"]


class Dataset(msgspec.Struct, frozen=True):
    """The graphs that a query sees, in place of those that it names itself."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True):
    """A query and the media type its answer is wanted in; `timed` asks for its `Timings` instead."""

    sparql: str
    media_type: str
    graph_type: str = ""
    """Media type for triples, where it is another."""
    dataset: Dataset | None = None
    timed: bool = False


class Timings(msgspec.Struct, frozen=True):
    """How many rows a query has, and seconds from its start: until begun, the first row, the last.

    To begin is to read and plan it, and to do what must be done before any row, such as sorting and grouping.
    """

    begun: float
    first: float | None
    last: float
    rows: int


class Opening(msgspec.Struct, frozen=True):
    """What comes before an answer's bytes; with `error`, none follow."""

    kind: Kind | None = None
    error: str | None = None
    hints: tuple[str, ...] = ()


def send(stream: BinaryIO, frame: bytes, *, more: bool = False) -> None:
    """Write one frame; an empty one ends an answer. With `more` to come soon, it may wait for that."""
    stream.write(len(frame).to_bytes(4, "little") + frame)
    if not more:
        stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """Return the next frame, or None where the other side is gone."""
    length = stream.read(4)
    if len(length) < 4:
        return None
    size = int.from_bytes(length, "little")
    frame = stream.read(size)
    return frame if len(frame) == size else None
