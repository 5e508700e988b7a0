"""The cheapest simple paths between two nodes, in order of cost, with a given sign or any.

Lengths are searched from one step on. As soon as enough paths are known, the dearest of them bounds what
unfinished paths may cost: every step costs at least `least`, so hubs and weak steps fall away early and the
search ends when no longer path could be cheap enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import numpy as np

from kg.engine.frontier import Frontier, Ways
from kg.engine.meeting import Index, Meeting
from kg.engine.simple import one_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

Sign = Literal[1, -1]
EXACT = 4096
"""Costs are whole multiples of 1/4096: their sums are exact, whatever the order of adding."""


def quantised(cost: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return costs rounded up to what sums exactly."""
    return (np.ceil(cost * EXACT) / EXACT).astype(np.float32)


def cheapest_paths(
    source: int,
    target: int,
    ways: Ways,
    *,
    count: int,
    max_length: int,
    sign: Sign | None = None,
    allowed: NDArray[np.bool_] | None = None,
) -> list[Frontier]:
    """Return the `count` cheapest simple paths, each as a frontier of one row, cheapest first.

    Of equal cost the shorter comes first, then the one whose nodes come first. A path of unknown sign (0)
    has none of the two signs.
    """
    best = Best(count, sign)
    for _ in improve(best, source, target, ways, max_length=max_length, allowed=allowed):
        pass
    return best.paths()


def improve(
    best: Best,
    source: int,
    target: int,
    ways: Ways,
    *,
    max_length: int,
    allowed: NDArray[np.bool_] | None = None,
) -> Iterator[None]:
    """Add the cheapest simple paths to `best`, and yield between the parts of the search: it may be left."""
    if source == target:
        return
    least = float(ways.onward.cost.min()) if ways.onward.cost is not None and len(ways.onward.cost) else 1.0
    for found in one_step(source, target, ways):
        best.add(found)
    if max_length < 2:
        return
    meeting = Meeting(source, target, ways, max_length, allowed)
    while True:
        if best.bound <= meeting.length * least:  # what is longer comes after what costs the same
            return
        _give_up(meeting, best.bound, least)
        index = meeting.index()
        minima = _minima(index)
        for block in meeting.front.blocks():
            _join(block, index, minima, best)
            yield
        if meeting.over:
            return
        meeting.step()


class Best:
    """The cheapest paths so far."""

    def __init__(self, count: int, sign: Sign | None) -> None:
        self._count, self.sign = count, sign
        self._found: list[Frontier] = []
        self.bound = float("inf")

    def add(self, found: Frontier) -> None:
        """Take these paths into account, as far as they have the sign."""
        if self.sign is not None:
            found = found.take(found.sign == self.sign)
        if self.bound < float("inf"):
            found = found.take(found.cost <= self.bound)
        if len(found) > self._count:
            limit = np.partition(found.cost, self._count - 1)[self._count - 1]
            found = found.take(found.cost <= limit)
            found = found.take(_order(found)[: self._count])
        if not len(found):
            return
        self._found.append(found)
        costs = np.sort(np.concatenate([part.cost for part in self._found]))
        if len(costs) >= self._count:
            self.bound = float(costs[self._count - 1])

    def rows(self) -> list[tuple[int, ...]]:
        """Return the nodes of every path, cheapest first."""
        return [tuple(int(column[0]) for column in row.nodes) for row in self.paths()]

    def paths(self) -> list[Frontier]:
        """Return every path as a frontier of its own, cheapest first."""
        rows = [part.take(slice(n, n + 1)) for part in self._found for n in range(len(part))]
        rows.sort(key=lambda row: (float(row.cost[0]), len(row.nodes), [int(c[0]) for c in row.nodes]))
        return rows[: self._count]


def _order(found: Frontier) -> NDArray[np.int64]:
    return np.lexsort((*reversed(found.nodes), found.cost))


def _give_up(meeting: Meeting, bound: float, least: float) -> None:
    """Drop held paths that cannot be finished within the bound."""
    if bound == float("inf"):
        return
    for side, other in ((meeting.front, meeting.rear), (meeting.rear, meeting.front)):
        rest = meeting.length - side.steps
        if other.whole and len(other.held):
            rest_cost = max(float(other.held.cost.min()), other.steps * least)
        else:
            rest_cost = rest * least
        side.keep(side.held.cost + rest_cost <= bound)


def _minima(index: Index) -> NDArray[np.float32]:
    """Return the least cost from each node to the target among the indexed paths, by node and sign."""
    nodes = len(index.starts) - 1
    least = np.full(nodes * 3, np.inf, np.float32)
    np.minimum.at(least, index.rear.last.astype(np.int64) * 3 + index.rear.sign + 1, index.rear.cost)
    return least


def _join(block: Frontier, index: Index, minima: NDArray[np.float32], best: Best) -> None:
    """Join what can be cheap enough: first the most promising rows, whose paths tighten the bound."""
    place = block.last.astype(np.int64) * 3 + 1
    if best.sign is None:
        rest = minima.reshape(-1, 3).min(axis=1)[block.last]
    else:
        rest = minima[place + best.sign * block.sign]
        rest[block.sign == 0] = np.inf
    promise = block.cost + rest
    rows = (
        np.flatnonzero(promise <= best.bound)
        if best.bound < float("inf")
        else np.flatnonzero(np.isfinite(promise))
    )
    few = 4 * best._count
    if len(rows) > few:
        first = rows[np.argpartition(promise[rows], few)[:few]]
        for found in index.join(block.take(first)):
            best.add(found)
        rest_rows = np.setdiff1d(rows, first, assume_unique=True)
        rows = rest_rows[promise[rest_rows] <= best.bound]
    for found in index.join(block.take(rows)):
        best.add(found)
