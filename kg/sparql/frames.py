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
    """A query, the media types its answer is wanted in (rows or truth, triples), and the graphs it sees."""

    sparql: str
    media_type: str
    graph_type: str = "text/turtle"
    dataset: Dataset | None = None


class Opening(msgspec.Struct, frozen=True):
    """What comes before an answer's bytes; with `error`, none follow."""

    kind: Kind | None = None
    error: str | None = None
    hints: tuple[str, ...] = ()


def send(stream: BinaryIO, frame: bytes) -> None:
    """Write one frame; an empty one ends an answer."""
    stream.write(len(frame).to_bytes(4, "little") + frame)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """Return the next frame, or None where the other side is gone."""
    length = stream.read(4)
    if len(length) < 4:
        return None
    size = int.from_bytes(length, "little")
    frame = stream.read(size)
    return frame if len(frame) == size else None
