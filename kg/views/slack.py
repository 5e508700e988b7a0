"""Other rows for the boxes that could stand higher or lower in their band without turning an arc round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from kg.views.plan import Link, Place, Spot, roots_of
from kg.views.rows import Rows


def choices(
    spots: Sequence[Spot], places: Sequence[Place], bands: Sequence[Place], links: Sequence[Link], rows: Rows
) -> list[tuple[str, int]]:
    """Return every box with every other row it may stand in; those on a membrane have none."""
    roots = roots_of(places)
    fixed = {band.id for band in bands if band.kind == "membrane"}
    home = {spot.id: roots[spot.place] for spot in spots}
    spans = {name: rows.spans[own] for name, own in home.items() if own not in fixed}
    first = {name: span[0] for name, span in spans.items()}
    last = {name: span[1] for name, span in spans.items()}
    for link in links:
        upper, lower = sorted((link.source, link.target), key=lambda name: rows.of[name])
        if home[upper] == home[lower] and upper in spans and rows.of[upper] < rows.of[lower]:
            first[lower] = max(first[lower], rows.of[upper] + 1)
            last[upper] = min(last[upper], rows.of[lower] - 1)
    return [
        (name, row) for name in spans for row in range(first[name], last[name] + 1) if row != rows.of[name]
    ]


def loosened(
    spots: Sequence[Spot],
    places: Sequence[Place],
    bands: Sequence[Place],
    links: Sequence[Link],
    rows: Rows,
    dice: Random,
) -> Rows:
    """Return the rows with one to three boxes in another row of their band."""
    for _ in range(1 + int(dice.random() ** 2 * 3)):
        if found := choices(spots, places, bands, links, rows):
            name, row = found[int(dice.random() * len(found))]
            rows = _closed(spots, bands, roots_of(places), Rows({**rows.of, name: row}, rows.spans))
    return rows


def _closed(spots: Sequence[Spot], bands: Sequence[Place], roots: Mapping[str, str], rows: Rows) -> Rows:
    """Return the rows without those that nothing stands in any more."""
    of: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    start = 0
    for band in bands:
        members = [spot.id for spot in spots if roots[spot.place] == band.id]
        levels = {row: start + place for place, row in enumerate(sorted({rows.of[name] for name in members}))}
        of |= {name: levels[rows.of[name]] for name in members}
        spans[band.id] = (start, start + max(len(levels), 1) - 1)
        start = spans[band.id][1] + 1
    return Rows(of, spans)
