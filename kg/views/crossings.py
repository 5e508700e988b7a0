"""How clear a routed picture is: where arcs cross, how long and how bent they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from math import atan2, dist, pi
from typing import NamedTuple

from kg.views.geometry import Curve, Point, Rect, crosses, length_of, sampled, spanning
from kg.views.plan import Link

HEAD = 9.0
"""This near to its ends an arc crosses nothing: arcs that leave a box together part there."""
PART = 8
CROSSING = 260.0
"""How much longer, in pixels, arcs may be in all to save one crossing."""
STRANGE = 200.0
"""What an arc costs that runs through an organelle it has nothing to do with."""
CROOKED = 1.5
"""What it costs that a chain's boxes stand one pixel from below each other."""
TANGLED = 2
"""Two arcs that run on each other cross often, and cost no more than this many crossings."""
TURN = 36.0
"""How much longer they may be to save a turn by one radian."""


Held = tuple[frozenset[str], Rect]
"""The frame of an organelle, and the boxes in it."""


class Line(NamedTuple):
    """A sampled arc without its ends, whole and in parts with the frame of each."""

    frame: Rect
    parts: tuple[tuple[Rect, tuple[Point, ...]], ...]


def line_of(curve: Curve) -> Line | None:
    """Return the line of a curve; none of a curve too short to cross anything."""
    points = sampled(curve)
    if not points:
        return None
    first, last = points[0], points[-1]
    open_ = [point for point in points if min(dist(point, first), dist(point, last)) > HEAD]
    if len(open_) < 2:
        return None
    parts = [tuple(open_[at : at + PART + 1]) for at in range(0, len(open_) - 1, PART)]
    framed = tuple((_frame(part), part) for part in parts)
    return Line(spanning(frame for frame, _ in framed), framed)


def _frame(points: Sequence[Point]) -> Rect:
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs) - 0.1, min(ys) - 0.1, max(xs) + 0.1, max(ys) + 0.1)


def meetings(one: Line | None, other: Line | None) -> int:
    """Count where two arcs cross."""
    if one is None or other is None or not one.frame.meets(other.frame):
        return 0
    theirs = [(frame, part) for frame, part in other.parts if frame.meets(one.frame)]
    return sum(
        _cross(*p, *q)
        for frame, part in one.parts
        if frame.meets(other.frame)
        for near, there in theirs
        if frame.meets(near)
        for p in pairwise(part)
        for q in pairwise(there)
    )


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _left(a, b, c) != _left(a, b, d) and _left(c, d, a) != _left(c, d, b)


def _left(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def crossings(curves: Mapping[str, Curve]) -> int:
    """Count the crossings of all arcs."""
    return sum(meetings(a, b) for a, b in combinations(map(line_of, curves.values()), 2))


def turning(curve: Curve) -> float:
    """Return by how much a curve turns in all, in radians; none of a straight one."""
    angles = [atan2(y - b, x - a) for (a, b), (x, y) in pairwise(sampled(curve)) if (a, b) != (x, y)]
    return sum(abs((after - before + pi) % (2 * pi) - pi) for before, after in pairwise(angles))


def cost(
    curves: Mapping[str, Curve], boxes: Mapping[str, Rect], links: Sequence[Link], organelles: Sequence[Held]
) -> float:
    """Return what a picture costs its reader, in pixels of arc; a loop not drawn yet costs nothing."""
    whole = spanning(boxes.values())
    size = (whole.right - whole.left) + (whole.bottom - whole.top)
    drawn = sum(length_of(curve) + TURN * turning(curve) for curve in curves.values())
    pairs = combinations(map(line_of, curves.values()), 2)
    crossed = sum(min(meetings(a, b), TANGLED) for a, b in pairs)
    strange = sum(_strange(link, curves.get(link.id, ()), organelles) for link in links)
    return CROSSING * crossed + STRANGE * strange + CROOKED * _crooked(boxes, links) + drawn + size


def _strange(link: Link, curve: Curve, organelles: Sequence[Held]) -> int:
    """Count the organelles that an arc runs through and that hold neither of its ends."""
    return sum(crosses(curve, [rect]) for held, rect in organelles if not held & {link.source, link.target})


def _crooked(boxes: Mapping[str, Rect], links: Sequence[Link]) -> float:
    """Return how far the boxes of chains without a branch stand from below each other, up to a limit each."""
    effects, causes = Counter(link.source for link in links), Counter(link.target for link in links)
    found = 0.0
    for link in links:
        if effects[link.source] == 1 == causes[link.target]:
            (x, y), (u, v) = boxes[link.source].centre, boxes[link.target].centre
            found += min(abs(u - x), 80.0) + max(0.0, abs(v - y) - 100.0)
    return found
