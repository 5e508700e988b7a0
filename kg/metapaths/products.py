"""Factors as sparse matrices of SciPy, a row and a column for every node of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kg.metapaths.relations import Relation
from kg.problems import MissingExtra

try:
    from scipy import sparse
except ImportError:
    raise MissingExtra("counting paths for all pairs", "SciPy", "matrix") from None

if TYPE_CHECKING:
    from numpy.typing import NDArray

Matrix = Any
"""A `scipy.sparse.csr_array` of float64, which has no types of its own."""


def matrix(relation: Relation, nodes: int) -> Matrix:
    """Return a relation as a matrix of its weights."""
    starts = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(relation.source, minlength=nodes), out=starts[1:])
    narrow = np.int32 if max(nodes, len(relation)) < 2**31 else np.int64
    parts = relation.weight, relation.target.astype(narrow), starts.astype(narrow)
    return sparse.csr_array(parts, shape=(nodes, nodes))


def entries(found: Matrix) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the entries of a matrix by their keys, row · nodes + column, ascending, and their values."""
    found.sum_duplicates()
    nodes = found.shape[0]
    row = np.repeat(np.arange(nodes), np.diff(found.indptr))
    return row * nodes + found.indices, found.data


class SparseAlgebra:
    """Factors as matrices: a place is summed away by a product of two."""

    def product(self, one: Matrix, other: Matrix) -> Matrix:
        """Return the matrix product."""
        return one @ other

    def both(self, one: Matrix, other: Matrix) -> Matrix:
        """Return the product entry by entry."""
        return one.multiply(other).tocsr()

    def apart(self, one: Matrix) -> Matrix:
        """Return the matrix without its diagonal."""
        row = np.repeat(np.arange(one.shape[0]), np.diff(one.indptr))
        kept = row != one.indices
        starts = np.zeros_like(one.indptr)
        np.cumsum(np.bincount(row[kept], minlength=one.shape[0]), out=starts[1:])
        return sparse.csr_array((one.data[kept], one.indices[kept], starts), shape=one.shape)

    def flipped(self, one: Matrix) -> Matrix:
        """Return the matrix transposed."""
        return one.T.tocsr()

    def scaled(self, one: Matrix, other: Matrix) -> Matrix:
        """Return the matrix with every row times the sum of that row of the other."""
        factor = np.repeat(other.sum(axis=1), np.diff(one.indptr))
        return sparse.csr_array((one.data * factor, one.indices, one.indptr), shape=one.shape)

    def minus(self, one: Matrix, other: Matrix) -> Matrix:
        """Return the difference."""
        return one - other
