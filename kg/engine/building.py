"""Making a `Network` from lists of arrows: numbered, sorted and joined into steps by NumPy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kg.engine.network import Adjacency, Names, Network
from kg.engine.sorting import changes, sorted_pairs, stable_order

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from kg.engine.network import Ints


def make_names(names: Sequence[str]) -> Names:
    """Return names as one block of UTF-8; raises ValueError when they are not sorted and distinct."""
    encoded = [name.encode() for name in names]
    if any(one >= other for one, other in pairwise(encoded)):
        raise ValueError("names must be sorted and distinct")
    starts = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(name) for name in encoded], out=starts[1:])
    return Names(np.frombuffer(b"".join(encoded), np.uint8), starts)


def make_network(
    names: Sequence[str],
    sources: ArrayLike,
    targets: ArrayLike,
    *,
    signs: ArrayLike | None = None,
    predicates: tuple[str, ...] = ("",),
    predicate: ArrayLike | None = None,
    records: ArrayLike | None = None,
    kinds: tuple[str, ...] = ("",),
    kind: ArrayLike | None = None,
) -> Network:
    """Return the network of these arrows between numbered nodes; `names` are sorted by their UTF-8.

    `signs` are +1, −1 or 0 for none; `records` tell where each arrow was read, by default its place in the
    list. Arrows from a node to itself are left out: no simple path takes them. Raises ValueError when the
    names are not sorted and distinct or a number is out of range.
    """
    block = make_names(names)
    source, target = _numbers(sources), _numbers(targets)
    for end in (source, target):
        if len(end) and not (end.min() >= 0 and end.max() < len(block)):
            raise ValueError("the number of a node is out of range")
    count = len(source)
    columns = (
        np.zeros(count, np.int8) if signs is None else np.asarray(signs, np.int8),
        np.zeros(count, np.uint16) if predicate is None else np.asarray(predicate, np.uint16),
        np.arange(count, dtype=np.int32) if records is None else np.asarray(records, np.int32),
    )
    order = _order(source, target)
    sign, relation, record = columns[0][order], columns[1][order], columns[2][order]
    source, target = source[order], target[order]
    first = np.flatnonzero(changes(source, target))
    step_source, step_target = source[first], target[first]
    backward, step_at = _reversed(step_source, step_target, len(block))
    return Network(
        names=block,
        kinds=kinds,
        kind=np.zeros(len(block), np.uint16) if kind is None else np.asarray(kind, np.uint16),
        predicates=predicates,
        forward=Adjacency(_starts(step_source, len(block)), step_target),
        backward=backward,
        around=_either_way(step_source, step_target, len(block)),
        step_at=step_at,
        sign=_joined(sign, first),
        first=np.append(first, len(source)),
        predicate=relation,
        arrow_sign=sign,
        record=record,
    )


def number_names(columns: Iterable[Iterable[str]]) -> dict[str, int]:
    """Return every name of these columns with its number, in order."""
    distinct: set[str] = set().union(*columns)
    return {name: number for number, name in enumerate(sorted(distinct))}


def _numbers(given: ArrayLike) -> Ints:
    return np.asarray(given, np.int32).reshape(-1)


def _order(source: Ints, target: Ints) -> NDArray[np.int64]:
    """Return the order by source, then target, keeping parallel arrows as given, without those to itself."""
    kept = np.flatnonzero(source != target)
    kept = kept[stable_order(target[kept])]
    return kept[stable_order(source[kept])]


def _starts(rows: Ints, nodes: int) -> NDArray[np.int64]:
    starts = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=nodes), out=starts[1:])
    return starts


def _reversed(source: Ints, target: Ints, nodes: int) -> tuple[Adjacency, Ints]:
    order = stable_order(target)
    return Adjacency(_starts(target, nodes), source[order]), order.astype(np.int32)


def _either_way(source: Ints, target: Ints, nodes: int) -> Adjacency:
    row, end = sorted_pairs(np.concatenate([source, target]), np.concatenate([target, source]))
    once = changes(row, end)
    return Adjacency(_starts(row[once], nodes), end[once])


def _joined(sign: NDArray[np.int8], first: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return the sign that the arrows of each step agree on, 0 where they do not."""
    if not len(first):
        return np.zeros(0, np.int8)
    raised = (np.maximum.reduceat(sign, first) > 0).astype(np.int8)
    lowered = (np.minimum.reduceat(sign, first) < 0).astype(np.int8)
    return raised - lowered
