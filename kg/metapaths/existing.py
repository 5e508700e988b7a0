"""The metapaths that a graph has between two places, by listing its paths and putting like ones together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from kg.engine.network import Adjacency, Network
from kg.metapaths.joining import rows_of, spread
from kg.metapaths.metapath import Arrow, Direction, Metapath, Place
from kg.metapaths.naming import Known
from kg.metapaths.relations import Acting, at_place, joined_pairs
from kg.problems import TooLarge
from kg.rich import Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[np.int64]

_MOST = 20_000_000
_TURNS: tuple[Direction, Direction] = ("forward", "backward")


class FoundMetapath(msgspec.Struct, frozen=True):
    """A metapath, how many simple paths it has, how many pairs of nodes they join, and the first path."""

    metapath: Metapath
    paths: int
    pairs: int
    example: tuple[str, ...]


class FoundMetapaths(Rows[FoundMetapath]):
    """Metapaths that a graph has, shortest first."""

    KIND = "metapath"


@dataclass(frozen=True, eq=False, slots=True)
class _Table:
    """Paths of one length: a column of nodes for each place, and for each arrow which turn it takes."""

    nodes: tuple[Column, ...]
    turns: tuple[Column, ...]

    def taken(self, rows: Column | NDArray[np.bool_]) -> _Table:
        """Return these paths only."""
        return _Table(tuple(node[rows] for node in self.nodes), tuple(turn[rows] for turn in self.turns))


def metapaths_between(
    network: Network,
    known: Known,
    source: Place,
    target: Place,
    *,
    max_length: int = 3,
    acting: Acting | None = None,
) -> FoundMetapaths:
    """Return the metapaths with at most `max_length` arrows from one place to another.

    Each has the very categories of its nodes, how its arrows are taken, and every predicate of its paths
    there. Without `acting` all arrows go from subject to object. Shortest first, then by number of paths.
    Raises ValueError when `max_length` is below one and `TooLarge` above 20 million unfinished paths.
    """
    if max_length < 1:
        raise ValueError("max_length must be at least 1")
    search = _Search(network, known, acting or Acting(network.predicates, ()))
    found = [
        search.summary(table.taken(rows))
        for table in search.tables(source, target, max_length)
        for rows in search.alike(table)
    ]
    return FoundMetapaths(sorted(found, key=_rank))


class _Search:
    """A network and the steps that may be taken in it, along the arrows and against them."""

    def __init__(self, network: Network, known: Known, acting: Acting) -> None:
        self._network, self._nodes, self._known = network, network.nodes, known
        self._allowed = (acting.along, acting.against)
        anywhere = Place("*"), Place("*")
        pairs = [joined_pairs(network, Arrow((), turn), anywhere, acting) for turn in _TURNS]
        self._ways = [rows_of(*ends, self._nodes) for ends in pairs]

    def tables(self, source: Place, target: Place, max_length: int) -> Iterator[_Table]:
        """Yield the simple paths of each length, never entering a node too far from the target."""
        distance = self._distances(at_place(self._network, target), max_length)
        table = _Table((np.flatnonzero(at_place(self._network, source)).astype(np.int64),), ())
        for left in range(max_length - 1, -1, -1):
            parts = [self._grown(table, turn) for turn in range(len(_TURNS))]
            table = _Table(
                tuple(map(np.concatenate, zip(*(part.nodes for part in parts), strict=True))),
                tuple(map(np.concatenate, zip(*(part.turns for part in parts), strict=True))),
            )
            table = table.taken(distance[table.nodes[-1]] <= left)
            yield table.taken(distance[table.nodes[-1]] == 0)

    def _grown(self, table: _Table, turn: int) -> _Table:
        way = self._ways[turn]
        low = way.starts[table.nodes[-1]]
        width = way.starts[table.nodes[-1] + 1] - low
        if int(width.sum()) > _MOST:
            raise TooLarge(f"more than {_MOST:,} unfinished paths; ask for shorter ones")
        row, place = spread(low, width)
        node = way.ends[place].astype(np.int64)
        fresh = np.logical_and.reduce([column[row] != node for column in table.nodes])
        old = table.taken(row[fresh])
        return _Table((*old.nodes, node[fresh]), (*old.turns, np.full(int(fresh.sum()), turn)))

    def _distances(self, ends: NDArray[np.bool_], limit: int) -> Column:
        """Return the least number of steps from each node to one of these, more than the limit for others."""
        steps = [np.repeat(np.arange(self._nodes), np.diff(way.starts)) for way in self._ways]
        distance = np.where(ends, 0, limit + 1)
        for length in range(1, limit + 1):
            for begin, way in zip(steps, self._ways, strict=True):
                near = begin[distance[way.ends] == length - 1]
                distance[near] = np.minimum(distance[near], length)
        return distance

    def alike(self, table: _Table) -> Iterator[Column]:
        """Yield the rows of paths that have the same categories and turns, each in the order of its nodes."""
        group = np.zeros(len(table.nodes[0]), np.int64)
        kinds, blank = len(self._network.kinds), np.zeros_like(group)
        for node, turn in zip(table.nodes, (blank, *table.turns), strict=True):
            key = (group * kinds + self._network.kind[node]) * len(_TURNS) + turn
            group = np.unique(key, return_inverse=True)[1]
        order = np.lexsort((*reversed(table.nodes), group))
        if len(order):
            yield from np.split(order, np.flatnonzero(np.diff(group[order])) + 1)

    def summary(self, alike: _Table) -> FoundMetapath:
        """Return what paths of one kind have in common."""
        network, first = self._network, [int(node[0]) for node in alike.nodes]
        places = (self._known.itself(network.kinds[network.kind[node]]) for node in first)
        arrows = tuple(
            Arrow(self._predicates(alike.nodes[n], alike.nodes[n + 1], turn), _TURNS[turn])
            for n, turn in enumerate(int(column[0]) for column in alike.turns)
        )
        return FoundMetapath(
            metapath=Metapath(tuple(places), arrows),
            paths=len(alike.nodes[0]),
            pairs=len(np.unique(alike.nodes[0] * self._nodes + alike.nodes[-1])),
            example=tuple(network.names[node] for node in first),
        )

    def _predicates(self, before: Column, after: Column, turn: int) -> tuple[str, ...]:
        """Return the predicates of the arrows that join these pairs this way."""
        network = self._network
        subject, object_ = (after, before) if turn else (before, after)
        step = self._keys.searchsorted(np.unique(subject * self._nodes + object_))
        _, place = spread(network.first[step], network.first[step + 1] - network.first[step])
        names = {network.predicates[number] for number in np.unique(network.predicate[place])}
        return tuple(sorted(names.intersection(self._allowed[turn])))

    @cached_property
    def _keys(self) -> Column:
        forward: Adjacency = self._network.forward
        subject = np.repeat(np.arange(self._nodes), np.diff(forward.starts))
        return np.asarray(subject * self._nodes + forward.ends, np.int64)


def _rank(found: FoundMetapath) -> tuple[object, ...]:
    return (len(found.metapath.arrows), -found.paths, str(found.metapath))
