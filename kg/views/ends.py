"""Ends of arcs set apart along the side of a box, so that no head lands on another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import dist
from typing import NamedTuple

from kg.views.geometry import Curve, Point, Rect, crosses, sampled
from kg.views.plan import Link

GAP = 16.0
"""How far heads stand apart where the side is long enough."""
NEAR = 80.0
"""Ends are put in the order in which their arcs come from this far away."""
INSET = 0.3
"""How far from a corner ends stand, in heights of the box; at most a quarter of its width."""


class End(NamedTuple):
    """One end of an arc at a box: where it touches, from where it comes, and along which side."""

    link: str
    head: bool
    at: Point
    origin: Point
    side: str


def apart(curves: Mapping[str, Curve], links: Sequence[Link], boxes: Mapping[str, Rect]) -> dict[str, Curve]:
    """Return the curves with ends that would lie on each other set apart; the others are as they were."""
    moved = dict(curves)
    ends: dict[str, list[End]] = {}
    for link in links:
        if link.source != link.target:
            for head, name in ((False, link.source), (True, link.target)):
                ends.setdefault(name, []).append(_end(link.id, head, curves[link.id], boxes[name]))
    known = {link.id: link for link in links}
    for name, found in ends.items():
        crowded = _crowded(found)
        for side in sorted({found[index].side for index in crowded}):
            row = [end for end in found if end.side == side]
            for end, at in _spread(row, boxes[name]):
                curve = _shifted(moved[end.link], end, at)
                link = known[end.link]
                foreign = [rect for other, rect in boxes.items() if other not in (link.source, link.target)]
                if not crosses(curve, foreign):
                    moved[end.link] = curve
    return moved


def _end(link: str, head: bool, curve: Curve, rect: Rect) -> End:
    """Return an end with the side its arc comes from: at a corner its direction decides."""
    points = sampled(curve)[:: -1 if head else 1]
    at = points[0]
    origin = next((point for point in points if dist(point, at) >= NEAR), points[-1])
    sides = {
        "top": abs(at[1] - rect.top),
        "bottom": abs(at[1] - rect.bottom),
        "left": abs(at[0] - rect.left),
        "right": abs(at[0] - rect.right),
    }
    steep = abs(origin[1] - at[1]) * 2 >= abs(origin[0] - at[0])
    upright = ("top", "bottom") if steep else ("left", "right")
    near = [side for side in sides if sides[side] < GAP / 2]
    side = next((side for side in near if side in upright), min(sides, key=lambda side: sides[side]))
    return End(link, head, at, origin, side)


def _crowded(ends: Sequence[End]) -> set[int]:
    """Return the ends that lie on another, when one of the two is a head."""
    found: set[int] = set()
    for (one, a), (other, b) in combinations(enumerate(ends), 2):
        if (a.head or b.head) and dist(a.at, b.at) < GAP - 1:
            found |= {one, other}
    return found


def _spread(row: Sequence[End], rect: Rect) -> Iterable[tuple[End, Point]]:
    """Yield each end of a side and its new place: as near to the old one as the gaps allow."""
    axis = 0 if row[0].side in ("top", "bottom") else 1
    first, last = (rect.left, rect.right) if axis == 0 else (rect.top, rect.bottom)
    inset = min(INSET * (rect.bottom - rect.top), (last - first) / 4)
    first, last = first + inset, last - inset
    gap = min(GAP, (last - first) / max(1, len(row) - 1))
    ordered = sorted(row, key=lambda end: (end.origin[axis], end.at[axis], end.link))
    places = separated([end.at[axis] for end in ordered], gap, first, last)
    for end, place in zip(ordered, places, strict=True):
        yield end, ((place, end.at[1]) if axis == 0 else (end.at[0], place))


def separated(places: Sequence[float], gap: float, first: float, last: float) -> list[float]:
    """Return places in this order and at least `gap` apart within bounds, nearest to those wanted.

    The bounds must hold them. Least squares by pooling neighbours that are too close.

    >>> separated([5.0, 5.0, 30.0], 10.0, 0.0, 40.0)
    [0.0, 10.0, 30.0]
    """
    pools: list[tuple[float, int]] = []
    for index, place in enumerate(places):
        mean, count = place - index * gap, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    slack = max(first, last - (len(places) - 1) * gap)
    bases = [min(max(mean, first), slack) for mean, count in pools for _ in range(count)]
    return [base + index * gap for index, base in enumerate(bases)]


def _shifted(curve: Curve, end: End, at: Point) -> Curve:
    """Return the curve with this end moved, and its control point with it so that its direction stays."""
    by = (at[0] - end.at[0], at[1] - end.at[1])
    points = curve[::-1] if end.head else curve
    control = (points[1][0] + by[0], points[1][1] + by[1])
    points = (at, control, *points[2:])
    return points[::-1] if end.head else points
