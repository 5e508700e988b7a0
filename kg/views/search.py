"""The clearest of several drawings: Graphviz asked again in other words and rows, the best kept each time.

What `dot` draws depends on the order in which it is told of boxes and arcs, and on rows that could as well be
others. A fixed number of changes is tried, each on the best drawing so far, and judged by `cost`: the same
input gives the same picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from kg.views.crossings import cost
from kg.views.dot import drawn_by_dot
from kg.views.frames import held_by, organelle_frames
from kg.views.geometry import box
from kg.views.plan import Drawn, Link, Place, Spot
from kg.views.rows import Rows
from kg.views.slack import loosened

TRIES = 28
EFFORT = 2000
"""Boxes and arcs that are drawn in all, so that a large picture is tried less often."""
LOOSENED = 0.6
"""Share of the tries in which some boxes change their row."""
FINALISTS = 3
SEED = 400


class Found(NamedTuple):
    """A drawing, the rows it was made in, and what it costs."""

    drawn: Drawn
    rows: Rows
    cost: float


def drawings(
    spots: Sequence[Spot], places: Sequence[Place], bands: Sequence[Place], links: Sequence[Link], rows: Rows
) -> list[Found]:
    """Return the drawing in these rows, then the best found, some with boxes in other rows of their band."""
    first = best = _judged(spots, places, bands, links, rows, drawn_by_dot(spots, places, links, rows))
    kept = [first]
    for turn in range(1, min(TRIES, EFFORT // (len(spots) + len(links)))):
        dice = Random(SEED + turn)  # noqa: S311  for variety, not secrecy
        rows = best.rows
        if dice.random() < LOOSENED:
            rows = loosened(spots, places, bands, links, rows, dice)
        told = sorted(spots, key=lambda _: dice.random())
        said = sorted(links, key=lambda _: dice.random())
        found = _judged(spots, places, bands, links, rows, drawn_by_dot(told, places, said, rows))
        if found.cost < best.cost:
            best = found
            kept.append(found)
    return [first, *kept[1:][: -FINALISTS - 1 : -1]]


def _judged(
    spots: Sequence[Spot],
    places: Sequence[Place],
    bands: Sequence[Place],
    links: Sequence[Link],
    rows: Rows,
    drawn: Drawn,
) -> Found:
    boxes = {spot.id: box(drawn.centres[spot.id], spot.width, spot.height) for spot in spots}
    organelles = held_by(organelle_frames(spots, places, bands, rows, boxes), spots, places)
    return Found(drawn, rows, cost(drawn.curves, boxes, links, organelles))
