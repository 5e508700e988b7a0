"""The shortest path with a given sign: breadth first from both ends over every node in both its signs.

A node is doubled: reached with the sign so far + or −. The shortest walk over doubled nodes may pass one node
in both signs, which no path does; then the simple paths are searched from that length on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.engine.frontier import Way, Ways
from kg.engine.ranked import Sign, cheapest_paths

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.engine.network import Ints


def shortest_path(
    source: int, target: int, ways: Ways, *, max_length: int, sign: Sign | None = None
) -> tuple[int, ...] | None:
    """Return the nodes of a shortest simple path with this sign, or None. A node has no path to itself.

    Without a sign, steps of unknown sign are taken as well. Of several it is always the same one.
    """
    if source == target:
        return None
    ahead = _Search(source, ways.onward, sign is not None)
    behind = _Search(target, ways.back, sign is not None)
    wanted = 1 if sign == -1 else 0
    for _ in range(max_length):
        side, other = (ahead, behind) if ahead.width <= behind.width else (behind, ahead)
        side.step()
        met = side.edge[other.came[side.edge ^ wanted] > 0]
        if len(met):
            state = int(met.min())
            front, rear = (state, state ^ wanted) if side is ahead else (state ^ wanted, state)
            nodes = (*reversed(ahead.traced(front)), *behind.traced(rear)[1:])
            return nodes if len(set(nodes)) == len(nodes) else _simple(source, target, ways, max_length, sign)
        if not len(side.edge):
            return None
        side.measure()
    return None


def _simple(
    source: int, target: int, ways: Ways, max_length: int, sign: Sign | None
) -> tuple[int, ...] | None:
    plain = Ways(
        Way(ways.onward.adjacency, ways.onward.sign, None), Way(ways.back.adjacency, ways.back.sign, None)
    )
    found = cheapest_paths(source, target, plain, count=1, max_length=max_length, sign=sign)
    return tuple(int(column[0]) for column in found[0].nodes) if found else None


class _Search:
    """Breadth first from one end; a state is twice its node, and one more where the sign so far is −."""

    def __init__(self, node: int, way: Way, signed: bool) -> None:
        starts = way.adjacency.starts
        self._starts, self._ends = starts, way.adjacency.ends
        self._sign = way.sign if signed else None
        self.came = np.zeros(2 * (len(starts) - 1), np.int32)
        """From which state each was reached, plus one; 0 where it was not."""
        self._first = 2 * node
        self.came[self._first] = self._first + 1
        self.edge: Ints = np.array([self._first], np.int32)
        self.measure()

    def measure(self) -> None:
        """Tell by `width` at how many places the next step looks."""
        node = self.edge >> 1
        self._low: NDArray[np.int64] = self._starts[node]
        self._width: NDArray[np.int64] = self._starts[node + 1] - self._low
        self._total = self._width.cumsum()
        self.width = int(self._total[-1])

    def step(self) -> None:
        """Reach every new state that is one step further."""
        parent = self.edge.repeat(self._width)
        place = np.arange(self.width) + (self._low - self._total + self._width).repeat(self._width)
        state = self._ends[place] << 1
        if self._sign is None:
            new = self.came[state] == 0
        else:
            sign = self._sign[place]
            state |= (parent & 1) ^ (sign < 0)
            new = (self.came[state] == 0) & (sign != 0)
        state, parent = state[new], parent[new]
        self.came[state[::-1]] = parent[::-1] + 1
        self.edge = state[self.came[state] == parent + 1]

    def traced(self, state: int) -> list[int]:
        """Return the nodes from a state back to the end that the search began at."""
        found = [state >> 1]
        while state != self._first:
            state = int(self.came[state]) - 1
            found.append(state >> 1)
        return found
