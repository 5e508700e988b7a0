"""Outlines of boxes as polygons around their middle, so that arcs end on the outline and not on its frame."""

from __future__ import annotations

from collections.abc import Sequence

from kg.views.geometry import Curve, Point

REACH = 18


def polygon(outline: str, width: float, height: float) -> tuple[Point, ...]:
    """Return the corners of an outline of this size; outlines that nearly fill their frame give the frame."""
    x, y = width / 2, height / 2
    slant = {"hexagon": 12.0, "pointed": 14.0}.get(outline)
    if slant:
        return ((slant - x, -y), (x - slant, -y), (x, 0), (x - slant, y), (slant - x, y), (-x, 0))
    if outline == "pinched":
        return ((-x, -y), (x, -y), (x - 11, 0), (x, y), (-x, y), (11 - x, 0))
    if outline == "notched":
        return ((12 - x, -y), (x, -y), (x - 12, y), (-x, y))
    cut = {"chamfered": 7.0, "octagon": height * 0.3, "pill": height * 0.29}.get(outline, 0.0)
    corners = ((cut - x, -y), (x - cut, -y), (x, cut - y), (x, y - cut))
    return (*corners, (x - cut, y), (cut - x, y), (-x, y - cut), (-x, cut - y))


def reaching(curve: Curve, outline: Sequence[Point], centre: Point) -> Curve:
    """Return the curve with its end moved on, in its own direction, to where it meets the outline."""
    (ax, ay), (x, y) = curve[-2], curve[-1]
    length = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
    if not length:
        return curve
    step = ((x - ax) / length, (y - ay) / length)
    for far in range(REACH + 1):
        tip = (x + step[0] * far, y + step[1] * far)
        if inside((tip[0] - centre[0], tip[1] - centre[1]), outline):
            back = max(0, far - 1)
            moved = (step[0] * back, step[1] * back)
            return (*curve[:-2], (ax + moved[0], ay + moved[1]), (x + moved[0], y + moved[1]))
    return curve


def inside(point: Point, corners: Sequence[Point]) -> bool:
    """Tell whether a point lies in a polygon (even-odd rule)."""
    x, y = point
    found = False
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            found = not found
    return found
