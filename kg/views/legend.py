"""The legend of a scene, made from what is there and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.views.palette import ARCS, BOXES
from kg.views.parts import Box, Edge, Legend

_READINGS = {
    "document": "said by the document",
    "background": "background step from the literature",
    "hedged": "said with reserve (hedged)",
    "extrapolated": "extrapolated from elsewhere",
    "negated": "tested: no effect found",
    "no data": "not tested, or no result",
    "conflict": "sources disagree",
    "main": "main chain",
}
_MARKS = {
    "raised": "raised by a drug, as claimed",
    "lowered": "lowered by a drug, as claimed",
    "set raised": "raised or given in the experiment",
    "set lowered": "lowered or taken away in the experiment",
    "predicted raised": "predicted to rise, not claimed",
    "predicted lowered": "predicted to fall, not claimed",
    "predicted both": "predicted both ways: paths disagree",
    "predicted unknown": "reached, direction unknown",
    "sources": "so many documents say it",
}


def legend_of(boxes: Sequence[Box], edges: Sequence[Edge]) -> tuple[Legend, ...]:
    """Return the legend of what is there, in the palette's order."""
    named: dict[str, dict[str, None]] = {}
    for box in boxes:
        named.setdefault(box.glyph, {})[box.category] = None
    drawn = [edge for edge in edges if edge.points]
    arcs = {edge.arc for edge in drawn}
    readings = {text for edge in drawn for text in _readings(edge)}
    marks = set(_marks(boxes, edges))
    return (
        *(Legend("entity", glyph, ", ".join([*named[glyph]][:3])) for glyph in BOXES if glyph in named),
        *(Legend("arrow", arc, style.label) for arc, style in ARCS.items() if arc in arcs),
        *(Legend("reading", key, label) for key, label in _READINGS.items() if key in readings),
        *(Legend("mark", key, label) for key, label in _MARKS.items() if key in marks),
    )


def _readings(edge: Edge) -> Iterable[str]:
    yield from (edge.basis, edge.certainty, edge.polarity)
    if edge.conflict:
        yield "conflict"
    if edge.main:
        yield "main"


def _marks(boxes: Sequence[Box], edges: Sequence[Edge]) -> Iterable[str]:
    marked = {box.id for box in boxes if box.marks_at and not box.prediction}
    yield from (box.prediction for box in boxes if box.prediction)
    for edge in edges:
        if edge.count_at:
            yield "sources"
        if edge.target in marked:
            yield from (view.change for view in edge.statements if view.change)
