"""Rectangles and cubic curves of a picture, in pixels with y downwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from math import hypot
from typing import NamedTuple

Point = tuple[float, float]
Curve = tuple[Point, ...]
"""Bézier control points: a start, then three points for each cubic piece."""

STEPS = 16


class Rect(NamedTuple):
    """A rectangle by its left upper and right lower corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> Point:
        """The middle."""
        return ((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def grown(self, by: float) -> Rect:
        """Return the rectangle with every side moved outwards."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Rect) -> bool:
        """Tell whether two rectangles share an area."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies inside."""
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom


def box(centre: Point, width: float, height: float) -> Rect:
    """Return the rectangle of this size around a point."""
    (x, y) = centre
    return Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def rounded(point: Point) -> Point:
    """Return a point to a tenth of a pixel."""
    return (round(point[0], 1), round(point[1], 1))


def spanning(rects: Iterable[Rect]) -> Rect:
    """Return the smallest rectangle that holds all of these (at least one)."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def pieces(curve: Curve) -> Iterator[tuple[Point, Point, Point, Point]]:
    """Return the cubic pieces of a curve."""
    for start in range(0, len(curve) - 3, 3):
        yield curve[start], curve[start + 1], curve[start + 2], curve[start + 3]


def sampled(curve: Curve, steps: int = STEPS) -> list[Point]:
    """Return points along a curve, both ends included."""
    points = [curve[0]] if curve else []
    shares = _shares(steps)
    for (p, q), (r, s), (t, u), (v, w) in pieces(curve):
        points += [(a * p + b * r + c * t + d * v, a * q + b * s + c * u + d * w) for a, b, c, d in shares]
    return points


@cache
def _shares(steps: int) -> tuple[tuple[float, float, float, float], ...]:
    """Return what each control point counts at every step along a cubic piece."""
    found = (step / steps for step in range(1, steps + 1))
    return tuple(((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3) for t in found)


def along(curve: Curve, share: float) -> Point:
    """Return the point at a share of a curve's length."""
    points = sampled(curve)
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    left = share * sum(lengths)
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if length and left <= length:
            return (a[0] + (b[0] - a[0]) * left / length, a[1] + (b[1] - a[1]) * left / length)
        left -= length
    return points[-1]


def length_of(curve: Curve) -> float:
    """Return the length of a curve."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(sampled(curve)))


def crosses(curve: Curve, rects: Iterable[Rect]) -> bool:
    """Tell whether a sampled point of the curve lies in one of the rectangles."""
    if not curve:
        return False
    xs, ys = zip(*curve, strict=True)
    around = Rect(min(xs), min(ys), max(xs), max(ys)).grown(0.1)
    near = [rect for rect in rects if rect.meets(around)]
    points = sampled(curve, STEPS * 2) if near else []
    return any(rect.holds(point) for rect in near for point in points)


def straight(points: Iterable[Point], radius: float = 12.0) -> Curve:
    """Return a curve along straight stretches with rounded corners."""
    corners = list(points)
    curve = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        _line(curve, start)
        curve += [_towards(corner, before, radius * 0.45), _towards(corner, after, radius * 0.45), end]
    _line(curve, corners[-1])
    return tuple(curve)


def _line(curve: list[Point], end: Point) -> None:
    (x, y), (u, v) = curve[-1], end
    curve += [(x + (u - x) / 3, y + (v - y) / 3), (x + (u - x) * 2 / 3, y + (v - y) * 2 / 3), end]


def _towards(corner: Point, other: Point, distance: float) -> Point:
    length = hypot(other[0] - corner[0], other[1] - corner[1]) or 1.0
    share = min(distance, length / 2) / length
    return (corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share)
