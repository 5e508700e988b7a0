"""The cells of a large table numbered as they are read, block by block, so that few strings live at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.engine.network import Ints

_BLOCK = 1 << 15
"""How many bytes are split at once; their cells stay in a processor's cache."""
_END = b"\n"


class Distinct(NamedTuple):
    """The different cells of some columns, sorted by their UTF-8, and the number of each cell among them."""

    names: list[str]
    numbers: tuple[Ints, ...]


class UnevenLines(ValueError):
    """Some lines have more or fewer cells than others; `cells` tells how many, by place from 0."""

    def __init__(self, cells: dict[int, int]) -> None:
        super().__init__(cells)
        self.cells = cells


def numbered(lines: bytes, width: int, groups: Sequence[Sequence[int]]) -> list[Distinct]:
    """Number the cells of columns; those of one group together.

    The lines have tabs between `width` cells, and each has its end. Raises `UnevenLines`.
    """
    known = [defaultdict[bytes, int](count().__next__) for _ in groups]
    parts: list[list[list[Ints]]] = [[[] for _ in group] for group in groups]
    for cells in _blocks(lines, width):
        for group, numbers, columns in zip(groups, known, parts, strict=True):
            for place, column in zip(group, columns, strict=True):
                found = cells[place :: width + 1]
                column.append(np.fromiter(map(numbers.__getitem__, found), np.int32, len(found)))
    return [_ranked(list(numbers), columns) for numbers, columns in zip(known, parts, strict=True)]


def _blocks(lines: bytes, width: int) -> Iterator[list[bytes]]:
    """Yield the cells of some lines; behind those of each line stands its end as one more."""
    low = 0
    while low < len(lines):
        high = lines.find(_END, low + _BLOCK) + 1 or len(lines)
        cells = lines[low:high].replace(_END, b"\t\n\t").split(b"\t")
        cells.pop()
        ends = cells[width :: width + 1]
        if len(cells) % (width + 1) or ends.count(_END) != len(ends):
            raise UnevenLines(_uneven(lines, width))
        yield cells
        low = high


def _uneven(lines: bytes, width: int) -> dict[int, int]:
    cells = (line.count(b"\t") + 1 for line in lines.split(_END)[:-1])
    return {place: found for place, found in enumerate(cells) if found != width}


def _ranked(names: list[bytes], columns: list[list[Ints]]) -> Distinct:
    """Number the names in their order instead of as they came."""
    order = sorted(range(len(names)), key=names.__getitem__)
    rank: NDArray[np.int32] = np.empty(len(names), np.int32)
    rank[order] = np.arange(len(names))
    numbers = tuple(rank[np.concatenate([*column, rank[:0]])] for column in columns)
    return Distinct([names[place].decode() for place in order], numbers)
