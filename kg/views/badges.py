"""Places for the marks of boxes: on a corner of the outline, clear of heads, arcs, names and other boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.views.geometry import Curve, Point, Rect, box, rounded, sampled
from kg.views.labels import head_of
from kg.views.plan import BADGE, Spot

OUT = 2.0
"""How far outside the corner the middle of a mark lies, both ways."""


def place_badges(
    spots: Iterable[Spot], boxes: Mapping[str, Rect], curves: Mapping[str, Curve], taken: Iterable[Rect]
) -> dict[str, Point]:
    """Return the middle of the row of marks of every spot that has some: the best of its four corners."""
    marked = [spot for spot in spots if spot.marks]
    blocked = [*taken, *(head_of(curve) for curve in curves.values() if curve)]
    dots = [point for curve in curves.values() for point in sampled(curve)] if marked else []
    found: dict[str, Point] = {}
    for spot in marked:
        size = (BADGE * spot.marks, BADGE)
        foreign = [rect for name, rect in boxes.items() if name != spot.id]
        places = list(_corners(spot, boxes[spot.id]))
        costs = [_cost(box(place, *size), (*blocked, *foreign), dots) for place in places]
        found[spot.id] = rounded(places[costs.index(min(costs))])
        blocked.append(box(found[spot.id], *size))
    return found


def _corners(spot: Spot, rect: Rect) -> Iterator[Point]:
    """Yield places on the upper right, upper left, lower right and lower left corner; a row goes outwards."""
    x, y = rect.centre
    frame = [(u - x, v - y) for u in (rect.left, rect.right) for v in (rect.top, rect.bottom)]
    out = OUT + BADGE * (spot.marks - 1) / 2
    for down in (-1, 1):
        for right in (1, -1):
            u, v = _corner(spot.outline or frame, right, down)
            yield (x + u + right * out, y + v + down * OUT)


def _corner(outline: Sequence[Point], right: int, down: int) -> Point:
    """Return the corner in a direction, or the middle of the side that lies across it."""
    reach = [round(right * u + down * v, 1) for u, v in outline]
    ends = [point for point, far in zip(outline, reach, strict=True) if far == max(reach)]
    return (sum(u for u, _ in ends) / len(ends), sum(v for _, v in ends) / len(ends))


def _cost(rect: Rect, blocked: Sequence[Rect], dots: Sequence[Point]) -> tuple[int, int]:
    """Return how many things a mark would cover, and how many points of arcs."""
    return sum(rect.meets(other) for other in blocked), sum(rect.holds(point) for point in dots)
