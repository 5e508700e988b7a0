"""Meeting in the middle: unfinished paths from both ends, grown in turn and joined where they meet.

A simple path of n steps is one unfinished path of f steps from the source and one of n − f from the target
that share their last node and no other. Whichever side would grow less takes the next step. What is too much
to hold is grown anew, piece by piece, each time it is joined: memory stays bounded, time does not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.engine.frontier import (
    Frontier,
    Way,
    Ways,
    constant,
    cuts,
    distances,
    grow,
    is_constant,
    pick,
    pieces,
    start,
)
from kg.engine.sorting import stable_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOLD = 6_000_000
"""Most unfinished paths that one side keeps."""
LOOK = 100_000
"""How many places the search for distances may look at; it saves more than it costs."""


class Side:
    """The unfinished simple paths from one end that avoid both ends, so many steps long."""

    def __init__(self, node: int, way: Way, allowed: NDArray[np.bool_], towards: NDArray[np.int8]) -> None:
        self._way, self._allowed, self._towards = way, allowed, towards
        self.held = start(node)
        self.steps = 0
        self._reach = [0]
        """How far from the other end a path may be after each step that is not held."""

    @property
    def whole(self) -> bool:
        """Tell whether every path is held."""
        return len(self._reach) == 1

    def growth(self) -> int:
        """Return how many rows the next step would look at, if it can be told."""
        if not self.whole:
            return HOLD + 1
        starts = self._way.adjacency.starts
        return int((starts[self.held.last + 1] - starts[self.held.last]).sum())

    def step(self, left: int) -> None:
        """Take a step; paths that have more than `left` steps still to go are given up."""
        self.steps += 1
        if self.growth() > HOLD:
            self._reach.append(left)
        else:
            self.held = joined(list(self._grown(self.held, left)), self.steps)

    def keep(self, rows: NDArray[np.bool_]) -> None:
        """Go on with these of the held paths only."""
        if not rows.all():
            self.held = self.held.take(rows)

    def blocks(self) -> Iterator[Frontier]:
        """Yield every path, in pieces."""
        yield from self._blocks(self.held, self._reach[1:])

    def _blocks(self, frontier: Frontier, reach: list[int]) -> Iterator[Frontier]:
        if not reach:
            yield frontier
            return
        for grown in self._grown(frontier, reach[0]):
            yield from self._blocks(grown, reach[1:])

    def _grown(self, frontier: Frontier, left: int) -> Iterator[Frontier]:
        allowed = self._allowed & (self._towards <= left)
        for piece in pieces(frontier, self._way):
            yield grow(piece, self._way, allowed)


class Meeting:
    """Both sides of a search between two different nodes, first with a path of two steps between them."""

    def __init__(
        self, source: int, target: int, ways: Ways, max_length: int, allowed: NDArray[np.bool_] | None
    ) -> None:
        onward, back = ways.onward.adjacency, ways.back.adjacency
        free = np.ones(len(onward.starts) - 1, bool) if allowed is None else allowed.copy()
        free[[source, target]] = False
        limit = min(max_length, 126)
        self._max = limit
        self.front = Side(source, ways.onward, free, distances(back, target, limit, LOOK))
        self.rear = Side(target, ways.back, free, distances(onward, source, limit, LOOK))
        self.front.step(limit - 1)
        self.rear.step(limit - 1)

    @property
    def length(self) -> int:
        """How many steps the paths have that meet now."""
        return self.front.steps + self.rear.steps

    @property
    def over(self) -> bool:
        """Tell whether one side has no path left, so that nothing longer can meet."""
        sides = (self.front, self.rear)
        return any(side.whole and not len(side.held) for side in sides) or self.length >= self._max

    def step(self) -> None:
        """Let the side that grows less take a step. Only the front goes on without holding its paths."""
        ahead, behind = self.front.growth(), self.rear.growth()
        side = self.rear if behind <= min(ahead, HOLD) else self.front
        side.step(self._max - side.steps - 1)

    def index(self) -> Index:
        """Return the paths from the target by where they have come to."""
        return Index(self.rear.held, len(self.front._allowed))


class Index:
    """Unfinished paths from the target, sorted by their last node."""

    def __init__(self, rear: Frontier, nodes: int) -> None:
        self.rear = rear.take(stable_order(rear.last))
        self.starts = np.zeros(nodes + 1, np.int64)
        np.cumsum(np.bincount(rear.last, minlength=nodes), out=self.starts[1:])

    def widths(self, front: Frontier) -> NDArray[np.int64]:
        """Return with how many paths each of these meets."""
        return self.starts[front.last + 1] - self.starts[front.last]

    def join(self, front: Frontier) -> Iterator[Frontier]:
        """Yield the simple paths that these complete, in pieces."""
        width = self.widths(front)
        met = np.flatnonzero(width)
        if not len(met):
            return
        front, width = front.take(met), width[met]
        for piece in cuts(np.cumsum(width)):
            yield self._joined(front.take(piece), width[piece])

    def _joined(self, front: Frontier, width: NDArray[np.int64]) -> Frontier:
        parent = np.repeat(np.arange(len(width)), width)
        shift = self.starts[front.last] - (np.cumsum(width) - width)
        row = np.arange(len(parent)) + np.repeat(shift, width)
        ahead = [pick(column, parent) for column in front.nodes]
        behind = [pick(column, row) for column in self.rear.nodes[:-1]]
        columns = [*ahead, *reversed(behind), *_both(front, parent, self.rear, row)]
        apart = np.ones(len(parent), bool)
        for one, other in itertools.product(ahead[1:-1], behind[1:]):
            apart &= one != other
        if not apart.all():
            columns = [pick(column, apart) for column in columns]
        return Frontier(tuple(columns[:-2]), columns[-2], columns[-1])


def _both(
    front: Frontier, parent: NDArray[np.int64], rear: Frontier, row: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the signs and costs of paths from both ends together."""
    if is_constant(front.cost) and is_constant(rear.cost):
        cost = constant(front.cost[0] + rear.cost[0], len(row))
    else:
        cost = front.cost[parent] + rear.cost[row]
    if is_constant(front.sign) and is_constant(rear.sign):
        return constant(front.sign[0] * rear.sign[0], len(row)), cost
    return front.sign[parent] * rear.sign[row], cost


def joined(parts: list[Frontier], steps: int) -> Frontier:
    """Return these paths as one; without any, no path of so many steps."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Frontier((np.zeros(0, np.int32),) * (steps + 1), np.zeros(0, np.int8), np.zeros(0, np.float32))
    columns = zip(*(part.nodes for part in parts), strict=True)
    return Frontier(
        tuple(_concatenated(column) for column in columns),
        _concatenated([part.sign for part in parts]),
        _concatenated([part.cost for part in parts]),
    )


def _concatenated(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    full = [part for part in parts if len(part)]
    if full and all(is_constant(part) and part[0] == full[0][0] for part in full):
        return constant(full[0][0], sum(map(len, full)))
    return np.concatenate(parts)
