"""Orders and distinct values of whole numbers; packed into one word each they sort ten times faster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.engine.network import Ints

_LOW = (1 << 32) - 1


def stable_order(values: Ints) -> NDArray[np.int64]:
    """Return the order that sorts numbers from 0 to 2^31, those of equal value as they stand."""
    order = _packed(values, np.arange(len(values), dtype=np.int32))
    order &= _LOW
    return order


def sorted_pairs(high: Ints, low: Ints) -> tuple[Ints, Ints]:
    """Return pairs of numbers from 0 to 2^31 sorted by the first, then by the second."""
    packed = _packed(high, low)
    return (packed >> 32).astype(np.int32), (packed & _LOW).astype(np.int32)


def _packed(high: Ints, low: Ints) -> NDArray[np.int64]:
    packed = high.astype(np.int64)
    packed <<= 32
    packed |= low
    packed.sort()
    return packed


def changes(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark the rows that differ from the one before; the first does."""
    found = np.ones(len(columns[0]), bool)
    if len(found):
        np.not_equal(columns[0][1:], columns[0][:-1], out=found[1:])
        for column in columns[1:]:
            found[1:] |= column[1:] != column[:-1]
    return found


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Return each number once, ascending."""
    ordered = np.sort(values)
    return ordered[changes(ordered)]
