"""Where things stand: compartments as bands, boxes in rows by causal depth, arcs routed around boxes.

The rows are ours; order within a row, x positions and curves are Graphviz's (`dot`, Gansner et al. 1993). It
is asked several times, the clearest of its drawings is kept, and what is still tangled is drawn another way.
Same input, same output.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.views.badges import place_badges
from kg.views.crossings import Held, cost, crossings
from kg.views.ends import apart
from kg.views.frames import captions_of, frames_of, held_by, organelle_frames
from kg.views.geometry import Curve, Point, Rect, along, box, crosses, rounded, sampled, spanning
from kg.views.labels import place_labels, place_names
from kg.views.outlines import reaching
from kg.views.plan import (
    CAPTION,
    COUNT,
    MARK,
    PADDING,
    ROW_GAP,
    Drawn,
    Link,
    Place,
    Plan,
    Spot,
    organelles_of,
    roots_of,
    straddled,
)
from kg.views.routing import detour, loop
from kg.views.rows import Rows, rows_of
from kg.views.search import Found, drawings
from kg.views.untangling import untangled


def arrange(spots: Sequence[Spot], places: Sequence[Place], links: Sequence[Link]) -> Plan:
    """Lay out a picture. Every spot's place must be among `places`, every link's ends among `spots`."""
    if not spots:
        return Plan({}, {}, {}, {}, {}, {}, (0.0, 0.0), {}, {})
    roots = roots_of(places)
    bands = [place for place in places if roots[place.id] == place.id]
    found = drawings(spots, places, bands, links, rows_of(spots, bands, roots, links))
    made = _clearest([_routed(each, spots, places, links, bands) for each in found], links)
    curves = _untangled(made, spots, links)
    frames = frames_of(spots, places, bands, made.rows, made.drawn, made.boxes, curves)
    return _finished(spots, places, links, bands, made.boxes, curves, frames)


class Routed(NamedTuple):
    """Boxes where they stay, and arcs from outline to outline."""

    rows: Rows
    drawn: Drawn
    boxes: dict[str, Rect]
    curves: dict[str, Curve]
    organelles: list[Held]


def _clearest(made: Sequence[Routed], links: Sequence[Link]) -> Routed:
    """Return what costs its reader least of all that crosses no more than the first does."""
    most = crossings(made[0].curves)
    fair = [each for each in made if crossings(each.curves) <= most]
    return min(fair, key=lambda each: cost(each.curves, each.boxes, links, each.organelles))


def _routed(
    found: Found,
    spots: Sequence[Spot],
    places: Sequence[Place],
    links: Sequence[Link],
    bands: Sequence[Place],
) -> Routed:
    rows = found.rows
    drawn = _spread(found.drawn, spots, places, bands, rows)
    boxes = {spot.id: box(drawn.centres[spot.id], spot.width, spot.height) for spot in spots}
    outlines = {spot.id: spot.outline for spot in spots}
    curves = {link.id: _clear(link, drawn.curves.get(link.id, ()), boxes) for link in links}
    curves = apart(curves, links, boxes)
    curves = {link.id: _touching(link, curves[link.id], boxes, outlines) for link in links}
    organelles = held_by(organelle_frames(spots, places, bands, rows, boxes), spots, places)
    return Routed(rows, drawn, boxes, curves, organelles)


def _untangled(made: Routed, spots: Sequence[Spot], links: Sequence[Link]) -> dict[str, Curve]:
    outlines = {spot.id: spot.outline for spot in spots}
    curves = untangled(made.curves, links, made.boxes, made.organelles)
    for link in links:
        if curves[link.id] != made.curves[link.id]:
            curves[link.id] = _touching(link, curves[link.id], made.boxes, outlines)
    return curves if crossings(curves) <= crossings(made.curves) else made.curves


def _spread(
    drawn: Drawn, spots: Sequence[Spot], places: Sequence[Place], bands: Sequence[Place], rows: Rows
) -> Drawn:
    """Widen the gaps between rows to what stands in them: borders and captions of organelles, long slopes."""
    wanted = _gaps(drawn, spots, places, bands, rows)
    knots: list[tuple[float, float]] = []
    top = 0.0
    for index, (upper, lower) in enumerate(drawn.rows):
        knots += [(upper, top), (lower, top + lower - upper)]
        if index + 1 < len(drawn.rows):
            top += lower - upper + max(wanted[index], 12.0)

    def moved(point: Point) -> Point:
        return (point[0], _mapped(point[1], knots))

    return Drawn(
        {name: moved(point) for name, point in drawn.centres.items()},
        {name: tuple(moved(point) for point in curve) for name, curve in drawn.curves.items()},
        [(_mapped(upper, knots), _mapped(lower, knots)) for upper, lower in drawn.rows],
    )


def _mapped(y: float, knots: Sequence[tuple[float, float]]) -> float:
    if y <= knots[0][0]:
        return y - knots[0][0] + knots[0][1]
    for (a, b), (c, d) in pairwise(knots):
        if y <= c:
            return b + (y - a) * (d - b) / (c - a) if c > a else d
    return y - knots[-1][0] + knots[-1][1]


def _gaps(
    drawn: Drawn, spots: Sequence[Spot], places: Sequence[Place], bands: Sequence[Place], rows: Rows
) -> list[float]:
    lines = [sampled(curve) for curve in drawn.curves.values()]
    gaps = [ROW_GAP + _slope(drawn, index, lines) for index in range(len(drawn.rows))]
    for place in places:
        inside = [spot for spot in spots if place.id in organelles_of(spot.place, places)]
        if inside:
            found = [rows.of[spot.id] for spot in inside]
            gaps[max(found)] += CAPTION + place.label[1] + 6
            if min(found) and not straddled(inside, rows.of):
                gaps[min(found) - 1] += PADDING
    for before, after in pairwise(bands):
        if "membrane" not in (before.kind, after.kind):
            gaps[rows.spans[before.id][1]] += 10.0
    return gaps


def _slope(drawn: Drawn, row: int, lines: Sequence[Sequence[Point]]) -> float:
    """Return how much more height the flattest arcs below a row need."""
    if row + 1 >= len(drawn.rows):
        return 0.0
    upper, lower = drawn.rows[row][1], drawn.rows[row + 1][0]
    runs = [
        max(xs) - min(xs) for points in lines if (xs := [x for x, y in points if upper - 1 <= y <= lower + 1])
    ]
    return min(44.0, max(0.0, max(runs, default=0.0) - 90.0) * 0.11)


def _clear(link: Link, curve: Curve, boxes: Mapping[str, Rect]) -> Curve:
    """Return the curve from box to box; a way around when it is missing or enters a foreign box."""
    if link.source == link.target:
        return loop(boxes[link.source])
    foreign = [rect for name, rect in boxes.items() if name not in (link.source, link.target)]
    if len(curve) < 4 or len(curve) % 3 != 1 or crosses(curve, foreign):
        return detour(link.source, link.target, boxes)
    return curve


def _touching(
    link: Link, curve: Curve, boxes: Mapping[str, Rect], outlines: Mapping[str, tuple[Point, ...]]
) -> Curve:
    """Return the curve from outline to outline."""
    if link.source == link.target:
        return curve
    for name in (link.target, link.source):
        curve = reaching(curve, outlines[name], boxes[name].centre)[::-1] if outlines[name] else curve[::-1]
    return curve


def _finished(
    spots: Sequence[Spot],
    places: Sequence[Place],
    links: Sequence[Link],
    bands: Sequence[Place],
    boxes: Mapping[str, Rect],
    curves: Mapping[str, Curve],
    frames: Mapping[str, Rect],
) -> Plan:
    whole = spanning([*frames.values(), *boxes.values()])
    boxes = {name: _shifted(rect, whole) for name, rect in boxes.items()}
    frames = {name: _shifted(rect, whole) for name, rect in frames.items()}
    curves = {name: tuple(_moved(point, whole) for point in curve) for name, curve in curves.items()}
    frame = _shifted(whole, whole)
    taken = list(boxes.values())
    captions = captions_of(places, bands, frames, curves, taken)
    taken += [box(captions[place.id], *place.label) for place in places if place.id in captions]
    marked = {link.id: MARK for link in links if link.marked}
    marks = place_labels(marked, curves, taken, frame)
    taken += [box(point, *MARK) for point in marks.values()]
    taken += [box(along(curves[link.id], 0.5), *MARK) for link in links if link.crossed]
    names = {link.id: link.label for link in links if link.label}
    counted = [link.id for link in links if link.counted]
    labels, counts = place_names(names, counted, curves, taken, frame)
    taken += [box(point, *names[name]) for name, point in labels.items()]
    taken += [box(point, COUNT, COUNT) for point in counts.values()]
    badges = place_badges(spots, boxes, curves, taken[len(boxes) :])
    centres = {name: rounded(rect.centre) for name, rect in boxes.items()}
    size = (round(frame.right, 1), round(frame.bottom, 1))
    return Plan(centres, frames, curves, labels, marks, captions, size, badges, counts)


def _moved(point: Point, whole: Rect) -> Point:
    return rounded((point[0] - whole.left, point[1] - whole.top))


def _shifted(rect: Rect, whole: Rect) -> Rect:
    return Rect(*_moved((rect.left, rect.top), whole), *_moved((rect.right, rect.bottom), whole))
