"""The legend of a still picture: a sample and a name for everything drawn, in columns below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from msgspec.structs import replace

from kg.views.changes import Mark
from kg.views.claims import Change
from kg.views.geometry import Point
from kg.views.palette import LIGHT
from kg.views.parts import Box, Edge, Legend
from kg.views.shapes import arc_shape, box_shape, lines
from kg.views.svg_marks import badge, draw_marks
from kg.views.text import width_of, wrap

_GROUPS = {"arrow": "Arrows", "reading": "How it is known", "mark": "Marks", "entity": "What it is"}
_SAMPLE, _LINE, _MARGIN, _SIZE = 46.0, 24.0, 24.0, 11.0
_READINGS: dict[str, dict[str, Any]] = {
    "document": {},
    "background": {"basis": "background"},
    "hedged": {"certainty": "hedged"},
    "extrapolated": {"certainty": "extrapolated"},
    "negated": {"polarity": "negated"},
    "no data": {"polarity": "no data"},
    "conflict": {"conflict": True},
    "main": {"main": True},
}
_BOX = Box(
    id="", label="", lines=(), sublabel="", category="", glyph="other", x=0, y=0, width=38,
    height=17, compartment="", background=False, definition="", synonyms=(), xrefs=(), source="",
)  # fmt: skip
_EDGE = Edge(
    id="", source="", target="", label="", sign="0", arc="stimulation", basis="document",
    certainty="asserted", polarity="asserted", conflict=False, main=False, n_sources=0, points=(),
    middle=None, label_at=None, mark_at=None, statements=(),
)  # fmt: skip


def draw_legend(entries: Sequence[Legend], width: float, top: float) -> tuple[str, float]:
    """Return the legend of a picture this wide, from this height on, and how deep it is."""
    groups = [(name, [entry for entry in entries if entry.group == key]) for key, name in _GROUPS.items()]
    found = [(name, group) for name, group in groups if group]
    if not found:
        return "", 0.0
    column = min(width, max(_width(entry) for entry in entries))
    columns = max(1, int((width - _MARGIN) // column))
    arcs = [entry.key for entry in entries if entry.group == "arrow"]
    arc = "stimulation" if "stimulation" in arcs or not arcs else arcs[0]
    parts: list[str] = []
    y = top + _MARGIN
    for name, group in found:
        parts += lines([name], _MARGIN, y, 0.0, font_size=12, font_weight="bold", fill=LIGHT.caption)
        y += _LINE
        for index, entry in enumerate(group):
            row, place = divmod(index, columns)
            parts += _entry(entry, arc, _MARGIN + place * column, y + row * _LINE)
        y += _LINE * (-(-len(group) // columns)) + 6
    return f"<g>{''.join(parts)}</g>", y - top


def _width(entry: Legend) -> float:
    return _SAMPLE + width_of(_name(entry), _SIZE) + 26


def _name(entry: Legend) -> str:
    return wrap(entry.label, _SIZE, 240.0, most=1)[0]


def _entry(entry: Legend, arc: str, x: float, y: float) -> Iterator[str]:
    if entry.group == "entity":
        yield box_shape(replace(_BOX, glyph=entry.key, x=x + _SAMPLE / 2, y=y))
    elif entry.group == "mark":
        yield from _mark(entry.key, (x + _SAMPLE / 2, y))
    else:
        given: dict[str, Any] = {"arc": arc} | _READINGS.get(entry.key, {"arc": entry.key})
        edge = replace(_EDGE, **given, points=_straight(x + 2, x + _SAMPLE - 2, y))
        middle = (x + _SAMPLE / 2 - 5, y)
        edge = replace(edge, middle=middle, mark_at=middle if edge.conflict else None)
        yield arc_shape(edge)
        yield from draw_marks(edge)
    yield from lines([_name(entry)], x + _SAMPLE + 8, y, 0.0, font_size=_SIZE, fill=LIGHT.ink)


def _mark(key: str, at: Point) -> Iterator[str]:
    if key != "sources":
        yield badge(Mark(cast(Change, key), "document", "asserted", ()), at)
    else:
        yield from draw_marks(replace(_EDGE, n_sources=2, count_at=at))


def _straight(left: float, right: float, y: float) -> tuple[tuple[float, float], ...]:
    third = (right - left) / 3
    return ((left, y), (left + third, y), (left + 2 * third, y), (right, y))
