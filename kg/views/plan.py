"""What a layout is made from and what it gives: boxes, arcs and places to put, and where they were put."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from kg.views.geometry import Curve, Point, Rect

PlaceKind = Literal["band", "membrane", "organelle"]

ROW_GAP = 29.0
BOX_GAP = 26.0
MARGIN = 24.0
PADDING = 14.0
CAPTION = 6.0
"""Room below the name of an organelle."""
NEST = 8.0
"""How far the border of an organelle lies below that of the organelle it is in."""
COLUMN = 128.0
"""Width of the strip at the left that holds the names of the bands."""
STRIP = 34.0
"""Thickness of a membrane."""
MARK = (24.0, 22.0)
BADGE = 16.0
"""Side of the square that a mark of a box takes."""
COUNT = 16.0
"""Side of the square that the number of documents of an arc takes."""


class Spot(NamedTuple):
    """A box to be placed: its size and the place it stands in."""

    id: str
    width: float
    height: float
    place: str
    straddles: bool = False
    """Whether it may stand across the border of its organelle, as receptors and channels do."""
    outline: tuple[Point, ...] = ()
    """Corners around its middle; without them arcs end on its frame."""
    marks: int = 0
    """How many marks it will carry on a corner."""


class Link(NamedTuple):
    """An arc to be routed; `label` is the size of its text, `marked` asks for room for a mark."""

    id: str
    source: str
    target: str
    label: tuple[float, float] | None = None
    marked: bool = False
    crossed: bool = False
    """Whether its middle will carry a sign of its own, which labels must not cover."""
    counted: bool = False
    """Whether it asks for room for a number."""


class Place(NamedTuple):
    """A compartment: a band of the picture, or an organelle within another place."""

    id: str
    kind: PlaceKind
    within: str | None = None
    label: tuple[float, float] = (0.0, 0.0)


class Plan(NamedTuple):
    """The finished layout: centres of boxes, frames of places, curves of links, spots of texts and marks.

    `badges` are the marks of boxes, `counts` the numbers of arcs.
    """

    centres: dict[str, Point]
    frames: dict[str, Rect]
    curves: dict[str, Curve]
    labels: dict[str, Point]
    marks: dict[str, Point]
    captions: dict[str, Point]
    size: tuple[float, float]
    badges: dict[str, Point]
    counts: dict[str, Point]


class Drawn(NamedTuple):
    """Centres, curves and the upper and lower edge of every row, with y downwards."""

    centres: dict[str, Point]
    curves: dict[str, Curve]
    rows: list[tuple[float, float]]


def roots_of(places: Iterable[Place]) -> dict[str, str]:
    """Return the band that each place lies in; a place within nothing known is a band itself."""
    known = {place.id: place for place in places}
    return {name: _root(name, known) for name in known}


def _root(name: str, places: Mapping[str, Place]) -> str:
    """Follow `within` outwards; a place in a circle of places is a band itself."""
    current, seen = name, {name}
    while (parent := places[current].within) is not None and parent in places:
        if parent in seen:
            return name
        current = parent
        seen.add(current)
    return current


def chain_of(name: str, places: Mapping[str, Place]) -> list[str]:
    """Return the organelles from the outermost down to this one, without the band they lie in."""
    chain = [name]
    root = _root(name, places)
    while chain[-1] != root:
        chain.append(places[chain[-1]].within or root)
    return chain[-2::-1]


def organelles_of(name: str, places: Sequence[Place]) -> list[str]:
    """Return the organelles a place is in, itself included, from the outermost; none for a band."""
    return chain_of(name, {place.id: place for place in places})


def straddled(inside: Sequence[Spot], rows: Mapping[str, int]) -> bool:
    """Tell whether all boxes of the first row may stand across the border."""
    first = min(rows[spot.id] for spot in inside)
    return all(spot.straddles for spot in inside if rows[spot.id] == first)
