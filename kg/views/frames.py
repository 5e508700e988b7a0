"""Frames of compartments around the boxes that stand in them, and where their names go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.views.crossings import Held
from kg.views.geometry import Curve, Point, Rect, box, rounded, sampled, spanning
from kg.views.plan import (
    CAPTION,
    COLUMN,
    MARGIN,
    NEST,
    PADDING,
    STRIP,
    Drawn,
    Place,
    Spot,
    organelles_of,
    roots_of,
    straddled,
)
from kg.views.rows import Rows


def frames_of(
    spots: Sequence[Spot],
    places: Sequence[Place],
    bands: Sequence[Place],
    rows: Rows,
    drawn: Drawn,
    boxes: Mapping[str, Rect],
    curves: Mapping[str, Curve],
) -> dict[str, Rect]:
    """Return the frame of every band, and of every organelle that holds something."""
    frames = organelle_frames(spots, places, bands, rows, boxes)
    points = (Rect(x, y, x, y) for curve in curves.values() for x, y in sampled(curve))
    whole = spanning([*boxes.values(), *frames.values(), *points])
    left, right = whole.left - MARGIN - COLUMN, whole.right + MARGIN
    rims = [_rim(band, places, rows, drawn, frames) for band in bands]
    return frames | {
        band.id: Rect(left, top, right, bottom)
        for band, (top, bottom) in zip(bands, _borders(bands, rims, whole), strict=True)
    }


def organelle_frames(
    spots: Sequence[Spot],
    places: Sequence[Place],
    bands: Sequence[Place],
    rows: Rows,
    boxes: Mapping[str, Rect],
) -> dict[str, Rect]:
    """Return the frames of all places that lie within another and hold something, innermost first."""
    chains = {spot.id: organelles_of(spot.place, places) for spot in spots}
    frames: dict[str, Rect] = {}
    nested = [place for place in places if place not in bands]
    for place in sorted(nested, key=lambda place: -len(organelles_of(place.id, places))):
        inside = [spot for spot in spots if place.id in chains[spot.id]]
        if inside:
            held = spanning(
                [boxes[spot.id] for spot in inside if spot.place == place.id]
                + [frames[other.id] for other in nested if other.within == place.id and other.id in frames]
            )
            level = chains[inside[0].id].index(place.id)
            frames[place.id] = _organelle(place, held, _top(inside, rows.of, boxes), level)
    return frames


def held_by(frames: Mapping[str, Rect], spots: Sequence[Spot], places: Sequence[Place]) -> list[Held]:
    """Return the frames of organelles with the boxes that stand in them."""
    chains = {spot.id: organelles_of(spot.place, places) for spot in spots}
    return [
        (frozenset(name for name, chain in chains.items() if place in chain), rect)
        for place, rect in frames.items()
    ]


def _organelle(place: Place, held: Rect, straddled: float | None, level: int) -> Rect:
    width, height = place.label
    half = max((held.right - held.left) / 2, width / 2) + PADDING
    top = held.top - PADDING if straddled is None else straddled + NEST * level
    return Rect(held.centre[0] - half, top, held.centre[0] + half, held.bottom + 8 + height + CAPTION)


def _top(inside: Sequence[Spot], rows: Mapping[str, int], boxes: Mapping[str, Rect]) -> float | None:
    """Return the height of the border when all boxes of the first row stand across it."""
    first = min(inside, key=lambda spot: rows[spot.id])
    return boxes[first.id].centre[1] if straddled(inside, rows) else None


def _rim(
    band: Place, places: Sequence[Place], rows: Rows, drawn: Drawn, frames: Mapping[str, Rect]
) -> tuple[float, float]:
    """Return where a band's rows and organelles begin and end."""
    first, last = rows.spans[band.id]
    roots = roots_of(places)
    inner = [frame for name, frame in frames.items() if roots[name] == band.id and band.kind != "membrane"]
    top = min([drawn.rows[first][0], *(frame.top for frame in inner)])
    return top, max([drawn.rows[last][1], *(frame.bottom for frame in inner)])


def _borders(
    bands: Sequence[Place], rims: Sequence[tuple[float, float]], whole: Rect
) -> list[tuple[float, float]]:
    """Return the upper and lower edge of every band; membranes keep their thickness, the others fill up."""
    middles = [(upper + lower) / 2 for upper, lower in rims]
    edges = []
    for index, band in enumerate(bands):
        above = _meeting(bands, rims, middles, index - 1) if index else min(whole.top, rims[0][0]) - MARGIN
        below = max(whole.bottom, rims[-1][1]) + MARGIN
        if index + 1 < len(bands):
            below = _meeting(bands, rims, middles, index)
        strip = (middles[index] - STRIP / 2, middles[index] + STRIP / 2)
        edges.append(strip if band.kind == "membrane" else (above, below))
    return edges


def _meeting(
    bands: Sequence[Place], rims: Sequence[tuple[float, float]], middles: Sequence[float], index: int
) -> float:
    """Return where a band and the next meet."""
    if bands[index].kind == "membrane":
        return middles[index] + STRIP / 2
    if bands[index + 1].kind == "membrane":
        return middles[index + 1] - STRIP / 2
    return (rims[index][1] + rims[index + 1][0]) / 2


def captions_of(
    places: Sequence[Place],
    bands: Sequence[Place],
    frames: Mapping[str, Rect],
    curves: Mapping[str, Curve],
    boxes: Sequence[Rect],
) -> dict[str, Point]:
    """Return the middle of the name of every organelle: at its foot, where the fewest arcs pass."""
    points = [point for curve in curves.values() for point in sampled(curve)]
    found = {}
    for place in places:
        if place not in bands and place.id in frames:
            frame, (width, height) = frames[place.id], place.label
            y = frame.bottom - height / 2 - 5
            reach = max(0.0, (frame.right - frame.left - width) / 2 - 16)
            xs = [frame.centre[0] + share * reach for share in (0, -1, 1, -0.5, 0.5)]
            spots = [box((x, y), width, height) for x in xs]
            best = min(spots, key=lambda rect: sum(rect.grown(2).holds(point) for point in points))
            found[place.id] = rounded(best.centre)
    return found
