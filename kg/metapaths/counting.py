"""How many paths a metapath has between all pairs of nodes, plain and weighted by degrees: sparse products.

Only simple paths count: no node twice. The degree-weighted path count of Himmelstein & Baranzini 2015
(doi:10.1371/journal.pcbi.1004259) adds up the products of the weights in `kg.metapaths.relations`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from kg.engine.network import Network
from kg.metapaths.contracting import Estimate, TooTangledError, chain, contract
from kg.metapaths.joining import joined_paths
from kg.metapaths.metapath import Metapath
from kg.metapaths.relations import DAMPING, Relation, may_meet, relations

if TYPE_CHECKING:
    from numpy.typing import NDArray


class PairCount(msgspec.Struct, frozen=True):
    """Two nodes by their names, the number of paths between them, and their weighted sum."""

    source: str
    target: str
    paths: int
    weighted: float


class Totals(msgspec.Struct, frozen=True):
    """How many paths a metapath has in all, and how many pairs of nodes they join."""

    paths: int
    pairs: int


@dataclass(frozen=True, eq=False, slots=True)
class PairCounts:
    """Pairs of nodes that paths of one metapath join, in the order of their numbers, with both counts."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    paths: NDArray[np.int64]
    weighted: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.source)

    def best(self, count: int) -> PairCounts:
        """Return the pairs with the largest weighted counts, largest first."""
        order = np.lexsort((self.target, self.source, -self.weighted))[:count]
        return PairCounts(self.source[order], self.target[order], self.paths[order], self.weighted[order])

    def named(self, names: Sequence[str]) -> tuple[PairCount, ...]:
        """Return the pairs as rows, with the names of the network's nodes."""
        columns = (column.tolist() for column in (self.source, self.target, self.paths, self.weighted))
        rows = zip(*columns, strict=True)
        return tuple(PairCount(names[one], names[other], paths, sum_) for one, other, paths, sum_ in rows)


def count_paths(network: Network, metapath: Metapath, *, damping: float = DAMPING) -> PairCounts:
    """Return the number of simple paths along a metapath, and their weighted sum, for all pairs of nodes.

    Numbers of paths are exact up to 2^53. A damping of 0 makes both counts the same. Raises `MissingExtra`
    without SciPy.
    """
    apart = may_meet(network, metapath)
    found = relations(network, metapath, damping=damping)
    try:
        return _multiplied(found, apart, network.nodes)
    except TooTangledError:
        return _listed(found, apart, network.nodes)


def sizes_of(found: Sequence[Relation]) -> tuple[Estimate, ...]:
    """Return how large the factors of a metapath are."""
    return tuple(Estimate(float(len(one)), float(one.nodes[0]), float(one.nodes[1])) for one in found)


def _multiplied(found: Sequence[Relation], apart: frozenset[tuple[int, int]], nodes: int) -> PairCounts:
    """Return both counts by products; what a difference leaves of rounding where no path is, is taken out."""
    from kg.metapaths.products import SparseAlgebra, entries, matrix

    algebra, sizes = SparseAlgebra(), chain(sizes_of(found), apart)
    plain = [matrix(replace(one, weight=np.ones(len(one))), nodes) for one in found]
    paths = entries(contract(chain(plain, apart), algebra, sizes))
    weighted = entries(contract(chain([matrix(one, nodes) for one in found], apart), algebra, sizes))
    kept = paths[1] > 0.5
    key, number = paths[0][kept], paths[1][kept]
    total = np.zeros(len(key))
    _, place, at = np.intersect1d(key, weighted[0], assume_unique=True, return_indices=True)
    total[place] = weighted[1][at]
    return PairCounts(key // nodes, key % nodes, np.rint(number).astype(np.int64), total)


def _listed(found: Sequence[Relation], apart: frozenset[tuple[int, int]], nodes: int) -> PairCounts:
    """Return both counts by listing the paths: slower, for metapaths that products cannot count."""
    keys: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    numbers: list[NDArray[np.float64]] = [np.zeros(0)]
    sums: list[NDArray[np.float64]] = [np.zeros(0)]
    for columns, weight in joined_paths(found, apart, nodes):
        key, place = np.unique(columns[0] * nodes + columns[-1], return_inverse=True)
        keys.append(key)
        numbers.append(np.bincount(place, minlength=len(key)).astype(np.float64))
        sums.append(np.bincount(place, weights=weight, minlength=len(key)).astype(np.float64))
    key, place = np.unique(np.concatenate(keys), return_inverse=True)
    number = np.bincount(place, weights=np.concatenate(numbers), minlength=len(key))
    total = np.bincount(place, weights=np.concatenate(sums), minlength=len(key)).astype(np.float64)
    return PairCounts(key // max(nodes, 1), key % max(nodes, 1), np.rint(number).astype(np.int64), total)
