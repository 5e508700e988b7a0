"""Arcs that cross others, or wind about, drawn another way where that is clearer: straighter, or under a row.

An arc is changed only when nothing crosses more for it, it keeps clear of what is not its own, and its head
stands apart from the other heads at its box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import dist
from typing import NamedTuple

from kg.views.crossings import CROSSING, TURN, Held, Line, line_of, meetings, turning
from kg.views.ends import GAP
from kg.views.geometry import Curve, Point, Rect, crosses, length_of, straight
from kg.views.plan import Link

WINDING = 2.6
"""An arc that turns by more than this, in radians, may be drawn another way though it crosses nothing."""
GAIN = 40.0
"""What a change must save, in pixels of arc."""
CLEAR = 7.0
PORTS = (0.5, 0.3, 0.7, 0.15, 0.85)
"""Where on its side of a box an arc may end."""
ARCHES = (34.0, 52.0)
"""How far an arc within a row may bulge."""


class Ground(NamedTuple):
    """What an arc has to reckon with: boxes, frames of organelles with what they hold, the lines drawn."""

    boxes: Mapping[str, Rect]
    organelles: Sequence[Held]
    lines: dict[str, Line | None]
    heads: dict[str, tuple[str, Point]]


def untangled(
    curves: Mapping[str, Curve],
    links: Sequence[Link],
    boxes: Mapping[str, Rect],
    organelles: Sequence[Held],
) -> dict[str, Curve]:
    """Return the curves with fewer crossings and windings; the others are as they were."""
    drawn = dict(curves)
    lines = {name: line_of(curve) for name, curve in drawn.items()}
    heads = {link.id: (link.target, drawn[link.id][-1]) for link in links}
    ground = Ground(boxes, organelles, lines, heads)
    for link in links:
        crossed = _crossed(link.id, lines[link.id], ground)
        if link.source != link.target and (crossed or turning(drawn[link.id]) > WINDING):
            curve = _better(link, drawn[link.id], crossed, ground)
            drawn[link.id], lines[link.id] = curve, line_of(curve)
            heads[link.id] = (link.target, curve[-1])
    return drawn


def _crossed(name: str, line: Line | None, ground: Ground) -> int:
    return sum(meetings(line, other) for link, other in ground.lines.items() if link != name)


def _better(link: Link, curve: Curve, crossed: int, ground: Ground) -> Curve:
    """Return the way that costs least of those that cross no more, or the curve as it is."""
    best, least = curve, _price(curve, crossed) - GAIN
    walls = _walls(link, ground)
    others = [at for name, (box, at) in ground.heads.items() if box == link.target and name != link.id]
    for way in _ways(ground.boxes[link.source], ground.boxes[link.target]):
        if _price(way, 0) >= least or min((dist(way[-1], at) for at in others), default=GAP) < GAP:
            continue
        if not crosses(way, walls):
            found = _crossed(link.id, line_of(way), ground)
            if found <= crossed and _price(way, found) < least:
                best, least = way, _price(way, found)
    return best


def _price(curve: Curve, crossed: int) -> float:
    return length_of(curve) + TURN * turning(curve) + CROSSING * crossed


def _walls(link: Link, ground: Ground) -> list[Rect]:
    """Return what an arc must keep out of: other boxes, and organelles that hold neither of its own."""
    own = {link.source, link.target}
    walls = [rect.grown(CLEAR) for name, rect in ground.boxes.items() if name not in own]
    walls += [rect for inside, rect in ground.organelles if not inside & own]
    return walls + [ground.boxes[name].grown(-1) for name in own]


def _ways(start: Rect, end: Rect) -> Iterator[Curve]:
    """Yield straight and swung ways from side to side, and arches within a row."""
    down = start.bottom <= end.top
    if down or end.bottom <= start.top:
        y, v = (start.bottom, end.top) if down else (start.top, end.bottom)
        for tail in PORTS:
            for head in PORTS:
                x, u = _port(start, tail), _port(end, head)
                yield straight([(x, y), (u, v)])
                yield ((x, y), (x, y + (v - y) * 0.4), (u, v - (v - y) * 0.4), (u, v))
    else:
        yield from _arches(start, end)


def _arches(start: Rect, end: Rect) -> Iterator[Curve]:
    rightwards = start.right <= end.left
    for tail in PORTS[:3]:
        for head in PORTS[:3]:
            x, u = _port(start, tail), _port(end, head)
            for side, y, v in ((-1, start.top, end.top), (1, start.bottom, end.bottom)):
                for bulge in ARCHES:
                    reach = min(90.0, abs(u - x) / 3) * (1 if rightwards else -1)
                    far = (min if side < 0 else max)(y, v) + side * bulge
                    left, right = (x + reach, far), (u - reach, far)
                    middle = ((left[0] + right[0]) / 2, far)
                    yield (
                        (x, y), (x + reach * 0.3, far), left, middle, right, (u - reach * 0.3, far), (u, v)
                    )  # fmt: skip


def _port(rect: Rect, share: float) -> float:
    return rect.left + (rect.right - rect.left) * share
