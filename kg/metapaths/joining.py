"""The simple paths along a metapath one by one: tables of nodes that grow by a column for each arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kg.engine.network import Adjacency
from kg.metapaths.relations import Relation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[np.int64]

_CHUNK = 1_000_000
"""About how many rows one piece grows to; it bounds the memory of a search."""


def joined_paths(
    chain: Sequence[Relation], apart: frozenset[tuple[int, int]], nodes: int
) -> Iterator[tuple[tuple[Column, ...], NDArray[np.float64]]]:
    """Yield the simple paths along a chain of relations in pieces: columns of nodes, and weights.

    `apart` are the places whose nodes differ. Paths come in the order of their nodes.
    """
    rows = [rows_of(relation.source, relation.target, nodes) for relation in chain]
    starts = np.unique(chain[0].source)
    yield from _grow((starts,), np.ones(len(starts)), rows, chain, apart)


def rows_of(source: Column, target: Column, nodes: int) -> Adjacency:
    """Return pairs in order as rows of neighbours."""
    starts = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(source, minlength=nodes), out=starts[1:])
    return Adjacency(starts, target.astype(np.int32))


def spread(low: Column, width: Column) -> tuple[Column, Column]:
    """Return every place of these ranges, each `width` long from `low` on, and which range it is of."""
    row = np.repeat(np.arange(len(width)), width)
    return row, np.arange(len(row)) + np.repeat(low - (width.cumsum() - width), width)


def _grow(
    columns: tuple[Column, ...],
    weight: NDArray[np.float64],
    rows: Sequence[Adjacency],
    chain: Sequence[Relation],
    apart: frozenset[tuple[int, int]],
) -> Iterator[tuple[tuple[Column, ...], NDArray[np.float64]]]:
    """Take the next arrow for a piece at a time, and the arrows after it before the next piece."""
    step = len(columns) - 1
    if step == len(rows):
        yield columns, weight
        return
    low = rows[step].starts[columns[-1]]
    width = rows[step].starts[columns[-1] + 1] - low
    for first, last in _pieces(width):
        row, place = spread(low[first:last], width[first:last])
        row += first
        node = rows[step].ends[place].astype(np.int64)
        kept = np.ones(len(row), bool)
        for one, other in apart:
            if other == step + 1:
                kept &= columns[one][row] != node
        row, node, place = row[kept], node[kept], place[kept]
        if len(row):
            grown = (*(column[row] for column in columns), node)
            yield from _grow(grown, weight[row] * chain[step].weight[place], rows, chain, apart)


def _pieces(width: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield ranges of rows that grow to about one chunk each."""
    if not len(width):
        return
    cuts = np.flatnonzero(np.diff(width.cumsum() // _CHUNK)) + 1
    yield from pairwise((0, *cuts.tolist(), len(width)))
