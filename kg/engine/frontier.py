"""Steps taken by many unfinished paths at once: growing them, and how far every node is from an end."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.engine.network import Adjacency, Network
from kg.engine.sorting import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.engine.network import Ints, Signs

CHUNK = 1 << 17
"""Most rows that are grown at once: they fit in a processor's cache, and the next piece is soon there."""
NEVER = 127
"""The distance of what cannot be reached; longer paths than 126 steps are not looked for."""


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """A direction to walk in: neighbours, and the sign and cost of each place of `adjacency.ends`."""

    adjacency: Adjacency
    sign: Signs | None
    cost: NDArray[np.float32] | None


@dataclass(frozen=True, eq=False, slots=True)
class Frontier:
    """Unfinished simple paths of one length: a column of nodes for each place, and their signs and costs.

    A column of one value all along, such as the node that all begin at, holds it once (`constant`) and is
    not to be written to.
    """

    nodes: tuple[Ints, ...]
    sign: Signs
    cost: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.sign)

    @property
    def last(self) -> Ints:
        """The nodes that the paths have come to."""
        return self.nodes[-1]

    def passing(self, nodes: Iterable[int]) -> Frontier:
        """Return those paths that pass every one of these nodes."""
        kept = np.ones(len(self), bool)
        for node in nodes:
            kept &= np.logical_or.reduce([column == node for column in self.nodes])
        return self.take(kept)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_] | slice) -> Frontier:
        """Return these paths only."""
        return Frontier(
            tuple(pick(c, rows) for c in self.nodes), pick(self.sign, rows), pick(self.cost, rows)
        )


def constant(value: np.generic, count: int) -> NDArray[Any]:
    """Return a column that holds one value so many times, in the memory of one."""
    return np.ndarray((count,), value.dtype, value, strides=(0,))


def is_constant(column: NDArray[Any]) -> bool:
    """Tell whether a column is known to hold one value only."""
    return column.strides == (0,) and len(column) > 0


def pick(column: NDArray[Any], rows: NDArray[np.int64] | NDArray[np.bool_] | slice) -> NDArray[Any]:
    """Return these rows of a column."""
    if isinstance(rows, slice) or not is_constant(column):
        return column[rows]
    return constant(column[0], int(np.count_nonzero(rows)) if rows.dtype == bool else len(rows))


def start(node: int) -> Frontier:
    """Return the path that has taken no step."""
    return Frontier((constant(np.int32(node), 1),), constant(np.int8(1), 1), constant(np.float32(0), 1))


def ways(network: Network, *, undirected: bool = False, cost: NDArray[np.float32] | None = None) -> Ways:
    """Return how to walk a network from a source and, against its arrows, from a target.

    `cost` has a value for each step. Either way there are neither signs nor costs: an arrow that is walked
    backwards says nothing of what its cause does.
    """
    if undirected:
        either = Way(network.around, None, None)
        return Ways(either, either)
    return Ways(
        Way(network.forward, network.sign, cost),
        Way(
            network.backward,
            network.sign[network.step_at],
            None if cost is None else cost[network.step_at],
        ),
    )


@dataclass(frozen=True, eq=False, slots=True)
class Ways:
    """How to walk on from a source, and back from a target."""

    onward: Way
    back: Way


def pieces(frontier: Frontier, way: Way) -> Iterator[Frontier]:
    """Yield the paths in pieces whose growth stays below `CHUNK` rows; one path alone may exceed it."""
    starts = way.adjacency.starts
    grown = np.cumsum(starts[frontier.last + 1] - starts[frontier.last])
    if not len(grown) or grown[-1] <= CHUNK:
        yield frontier
        return
    for piece in cuts(grown):
        yield frontier.take(piece)


def cuts(total: NDArray[np.int64]) -> Iterator[slice]:
    """Yield pieces of rows, given how much they come to up to each; one row alone may exceed `CHUNK`."""
    places = np.searchsorted(total, np.arange(CHUNK, total[-1], CHUNK), side="right")
    for low, high in itertools.pairwise([0, *places.tolist(), len(total)]):
        if high > low:
            yield slice(low, high)


def grow(frontier: Frontier, way: Way, allowed: NDArray[np.bool_] | None = None) -> Frontier:
    """Return every simple path that is one step longer, through allowed nodes only."""
    adjacency = way.adjacency
    low = adjacency.starts[frontier.last]
    width = adjacency.starts[frontier.last + 1] - low
    parent = np.repeat(np.arange(len(width)), width)
    place = np.arange(len(parent)) + np.repeat(low - (np.cumsum(width) - width), width)
    reached = adjacency.ends[place]
    kept = np.ones(len(reached), bool) if allowed is None else allowed[reached]
    for column in frontier.nodes[:-1]:
        if not is_constant(column):
            kept &= column[parent] != reached
        elif allowed is None or allowed[column[0]]:
            kept &= column[0] != reached
    parent, reached = parent[kept], reached[kept]
    count = len(parent)
    sign, cost = constant(np.int8(0), count), constant(np.float32(len(frontier.nodes)), count)
    if way.sign is not None or way.cost is not None:
        place = place[kept]
        if way.sign is not None:
            sign = frontier.sign[parent] * way.sign[place]
        if way.cost is not None:
            cost = frontier.cost[parent] + way.cost[place]
    return Frontier((*(pick(column, parent) for column in frontier.nodes), reached), sign, cost)


def distances(adjacency: Adjacency, node: int, limit: int, budget: int) -> NDArray[np.int8]:
    """Return for every node a lower bound of its steps from this one, exact where it was reached.

    The search goes `limit` steps, and ends earlier when the next would look at more than `budget` places.
    What was not reached is at least one step further than the search went; without neighbours left, never.
    """
    nodes = len(adjacency.starts) - 1
    found = np.full(nodes, -1, np.int8)
    found[node] = 0
    edge = np.array([node], np.int32)
    for step in range(1, limit + 1):
        low = adjacency.starts[edge]
        width = adjacency.starts[edge + 1] - low
        budget -= int(width.sum())
        if budget < 0:
            found[found < 0] = step
            return found
        place = np.arange(int(width.sum())) + np.repeat(low - (np.cumsum(width) - width), width)
        reached = adjacency.ends[place]
        fresh = reached[found[reached] < 0]
        if not len(fresh):
            found[found < 0] = NEVER
            return found
        found[fresh] = step
        edge = np.flatnonzero(found == step).astype(np.int32) if len(fresh) > nodes // 8 else distinct(fresh)
    found[found < 0] = limit + 1
    return found
