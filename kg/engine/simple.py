"""Every simple path between two nodes, or from one to all others, length by length, in pieces as found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.engine.frontier import Frontier, Ways, grow, pieces, start
from kg.engine.meeting import Meeting

if TYPE_CHECKING:
    from numpy.typing import NDArray


def simple_paths(
    source: int, target: int, ways: Ways, *, max_length: int, allowed: NDArray[np.bool_] | None = None
) -> Iterator[Frontier]:
    """Yield the simple paths from one node to another with at most `max_length` steps, shortest first.

    Each piece holds paths of one length. `allowed` marks the nodes that a path may pass between its ends.
    A node has no path to itself.
    """
    if source == target:
        return
    yield from one_step(source, target, ways)
    if max_length < 2:
        return
    meeting = Meeting(source, target, ways, max_length, allowed)
    while True:
        index = meeting.index()
        for block in meeting.front.blocks():
            yield from index.join(block)
        if meeting.over:
            return
        meeting.step()


def one_step(source: int, target: int, ways: Ways) -> Iterator[Frontier]:
    """Yield the path of one step, if there is one."""
    only = np.zeros(len(ways.onward.adjacency.starts) - 1, bool)
    only[target] = True
    found = grow(start(source), ways.onward, only)
    if len(found):
        yield found


def paths_from(
    source: int, ways: Ways, *, max_length: int, allowed: NDArray[np.bool_] | None = None
) -> Iterator[Frontier]:
    """Yield the simple paths from a node to every other, at most `max_length` steps long, shortest first."""
    free = np.ones(len(ways.onward.adjacency.starts) - 1, bool) if allowed is None else allowed.copy()
    free[source] = False
    blocks = [start(source)]
    for _ in range(max_length):
        grown = []
        for block in blocks:
            for piece in pieces(block, ways.onward):
                longer = grow(piece, ways.onward, free)
                if len(longer):
                    yield longer
                    grown.append(longer)
        blocks = grown


def walks(source: int, target: int, ways: Ways, *, max_length: int) -> list[int]:
    """Return how many walks of each length join two nodes: no fewer than simple paths, and quick to count.

    The list starts with those of one step. Numbers above 2^53 are no longer exact.
    """
    adjacency = ways.onward.adjacency
    nodes = len(adjacency.starts) - 1
    width = np.diff(adjacency.starts)
    origin = np.repeat(np.arange(nodes), width)
    count: NDArray[Any] = np.zeros(nodes)
    count[source] = 1
    found = []
    for _ in range(max_length):
        count = np.bincount(adjacency.ends, weights=count[origin], minlength=nodes)
        found.append(int(count[target]))
    return found
