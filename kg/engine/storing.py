"""A `Network` in one file: a header and its arrays one after the other, mapped into memory when it is opened.

Opening reads the header alone; the system brings in the pages that a question touches. A file of another
version, a cut one or one whose arrays do not fit together is refused.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from kg.engine.network import Adjacency, Names, Network
from kg.problems import InvalidNetwork
from kg.resources import write_whole

_MAGIC = b"drug-mechanisms network 1\n"
_ALIGNED = 64
_TYPES = {
    "names.text": "|u1",
    "names.starts": "<i8",
    "kind": "<u2",
    "forward.starts": "<i8",
    "forward.ends": "<i4",
    "backward.starts": "<i8",
    "backward.ends": "<i4",
    "around.starts": "<i8",
    "around.ends": "<i4",
    "step_at": "<i4",
    "sign": "|i1",
    "first": "<i8",
    "predicate": "<u2",
    "arrow_sign": "|i1",
    "record": "<i4",
}


class _Header(msgspec.Struct, frozen=True):
    kinds: tuple[str, ...]
    predicates: tuple[str, ...]
    origin: str
    lengths: dict[str, int]


class Stored(msgspec.Struct, frozen=True):
    """A network and the file that it was made from."""

    network: Network
    origin: str


def write_network(network: Network, path: Path, origin: str = "") -> None:
    """Write a network whole; `origin` names the file that `record` counts lines of. Raises `CannotWrite`."""
    arrays = {name: _array(network, name).astype(kind, copy=False) for name, kind in _TYPES.items()}
    lengths = {name: len(array) for name, array in arrays.items()}
    header = msgspec.json.encode(_Header(network.kinds, network.predicates, origin, lengths))
    parts = [_MAGIC, len(header).to_bytes(8, "little"), header]
    for array in arrays.values():
        parts.append(bytes(-sum(map(len, parts)) % _ALIGNED))
        parts.append(array.tobytes())
    write_whole(path, b"".join(parts))


def is_stored(path: Path) -> bool:
    """Tell whether a file begins as a network of this version does. Raises `OSError`."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def size_of(network: Network) -> int:
    """Return how many bytes a network's arrays take."""
    return sum(int(_array(network, name).nbytes) for name in _TYPES)


def open_network(path: Path) -> Stored:
    """Return a network whose arrays are read from the file as they are needed.

    Raises `InvalidNetwork` when the file holds none, and `OSError` when it cannot be read.
    """
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            raise InvalidNetwork(f"{path} is empty")
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        return _read(whole)
    except (ValueError, LookupError, msgspec.MsgspecError) as error:
        raise InvalidNetwork(f"{path} holds no network of this version: {error}") from None


def _read(whole: mmap.mmap) -> Stored:
    if whole[: len(_MAGIC)] != _MAGIC:
        raise ValueError("it does not begin as one")
    at = len(_MAGIC) + 8
    size = int.from_bytes(whole[len(_MAGIC) : at], "little")
    header = msgspec.json.decode(whole[at : at + size], type=_Header)
    at += size
    arrays: dict[str, Any] = {}
    for name, kind in _TYPES.items():
        at += -at % _ALIGNED
        arrays[name] = np.frombuffer(whole, kind, header.lengths[name], at)
        at += arrays[name].nbytes
    network = _put_together(header, arrays)
    _check(network)
    return Stored(network, header.origin)


def _put_together(header: _Header, arrays: dict[str, Any]) -> Network:
    parts: dict[str, Any] = {name: arrays[name] for name in _TYPES if "." not in name}
    for way in ("forward", "backward", "around"):
        parts[way] = Adjacency(arrays[f"{way}.starts"], arrays[f"{way}.ends"])
    return Network(
        names=Names(arrays["names.text"], arrays["names.starts"]),
        kinds=header.kinds,
        predicates=header.predicates,
        **parts,
    )


def _check(network: Network) -> None:
    """Raise ValueError where arrays do not fit together; a wrong number inside one is left to NumPy."""
    rows, steps, arrows = network.nodes + 1, network.steps, network.arrows
    fits = (
        all(len(way.starts) == rows for way in (network.forward, network.backward, network.around))
        and len(network.kind) == network.nodes
        and len(network.backward.ends) == len(network.step_at) == len(network.sign) == steps
        and len(network.first) == steps + 1
        and len(network.arrow_sign) == len(network.record) == arrows
        and int(network.forward.starts[-1]) == int(network.backward.starts[-1]) == steps
        and int(network.around.starts[-1]) == len(network.around.ends)
        and int(network.first[-1]) == arrows
        and int(network.names.starts[-1]) == len(network.names.text)
    )
    rising = (network.names.starts, network.first, network.forward.starts, network.backward.starts)
    if not fits or any((np.diff(starts) < 0).any() for starts in (*rising, network.around.starts)):
        raise ValueError("its arrays do not fit together")


def _array(network: Network, name: str) -> Any:
    value: Any = network
    for part in name.split("."):
        value = getattr(value, part)
    return value
