"""What a reader of a drawing stumbles over, counted the same way whoever drew it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from math import dist
from typing import NamedTuple

from kg.views.geometry import Point, Rect

HEADS = 9.0
"""Two heads at one box that are closer than this are one blot."""


class Drawing(NamedTuple):
    """What is measured, whoever drew it: boxes, lines with the boxes they join, and texts beside lines."""

    boxes: dict[str, Rect]
    lines: list[tuple[str, str, list[Point]]]
    texts: list[Rect]


class Faults(NamedTuple):
    """What a reader stumbles over."""

    through: int
    crossings: int
    overlaps: int
    heads: int

    def __add__(self, other: Faults) -> Faults:  # type: ignore[override]
        return Faults(*(a + b for a, b in zip(self, other, strict=True)))


NONE = Faults(0, 0, 0, 0)


def faults(drawing: Drawing) -> Faults:
    """Count the faults of a drawing."""
    return Faults(_through(drawing), _crossings(drawing), _overlaps(drawing), _heads(drawing))


def _through(drawing: Drawing) -> int:
    inner = {name: rect.grown(-0.2) for name, rect in drawing.boxes.items()}
    return sum(
        any(rect.holds(point) for point in line)
        for source, target, line in drawing.lines
        for name, rect in inner.items()
        if name not in (source, target)
    )


def _crossings(drawing: Drawing) -> int:
    """Count where two arcs cross; where both touch a box they share is none."""
    found = 0
    open_lines = [inner for _, _, line in drawing.lines if len(inner := _without_ends(line)) > 1]
    for one, other in combinations(open_lines, 2):
        if _around(one).meets(_around(other)):
            found += sum(_cross(*p, *q) for p in pairwise(one) for q in pairwise(other))
    return found


def _without_ends(line: Sequence[Point]) -> list[Point]:
    return [point for point in line if min(dist(point, line[0]), dist(point, line[-1])) > HEADS]


def _around(line: Sequence[Point]) -> Rect:
    xs, ys = zip(*line, strict=True)
    return Rect(min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _left(a, b, c) != _left(a, b, d) and _left(c, d, a) != _left(c, d, b)


def _left(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def _overlaps(drawing: Drawing) -> int:
    """Count texts that cover a text or a box, and boxes that cover a box."""
    rects = [*drawing.boxes.values(), *drawing.texts]
    return sum(a.meets(b) for a, b in combinations(rects, 2))


def _heads(drawing: Drawing) -> int:
    ends = [(target, line[-1]) for _, target, line in drawing.lines]
    return sum(a[0] == b[0] and dist(a[1], b[1]) < HEADS for a, b in combinations(ends, 2))
