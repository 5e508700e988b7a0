"""Which nodes are reached with + and with − from which, by walks of at most so many steps, for all pairs.

A walk may pass a node again, unlike a path: whether a simple path of a sign exists is far harder to tell, and
walks are what joins can follow. A step without a sign is not taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from kg.engine.network import Network
from kg.metapaths.joining import rows_of, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGNS = (1, -1)


class Reached(msgspec.Struct, frozen=True, order=True):
    """A node that acts on another with a sign, +1 or −1, and the fewest steps in which it does."""

    source: str
    target: str
    sign: int
    steps: int


def reached(network: Network, *, max_steps: int) -> tuple[Reached, ...]:
    """Return every pair of nodes that a walk of at most `max_steps` signed steps joins, once for each sign.

    The sign of a walk is the product of its steps' signs. A node can be reached from itself. Sorted by names.
    """
    nodes = network.nodes
    subject = np.repeat(np.arange(nodes), np.diff(network.forward.starts))
    signed = network.sign != 0
    way = rows_of(subject[signed], network.forward.ends[signed].astype(np.int64), nodes)
    minus = (network.sign[signed] < 0).astype(np.int64)
    edge = np.arange(nodes, dtype=np.int64) * (2 * nodes) + 2 * np.arange(nodes)
    known, found = np.zeros(0, np.int64), []
    for steps in range(1, max_steps + 1):
        source, state = edge // (2 * max(nodes, 1)), edge % (2 * max(nodes, 1))
        low = way.starts[state >> 1]
        row, place = spread(low, way.starts[(state >> 1) + 1] - low)
        state = 2 * way.ends[place].astype(np.int64) + ((state[row] & 1) ^ minus[place])
        edge = np.setdiff1d(source[row] * (2 * nodes) + state, known)
        known = np.union1d(known, edge)
        found += _rows(network, edge, steps)
    return tuple(sorted(found))


def _rows(network: Network, keys: NDArray[np.int64], steps: int) -> list[Reached]:
    source, state = np.divmod(keys, 2 * max(network.nodes, 1))
    rows = zip(source.tolist(), (state >> 1).tolist(), (state & 1).tolist(), strict=True)
    names = network.names
    return [Reached(names[one], names[other], SIGNS[minus], steps) for one, other, minus in rows]
