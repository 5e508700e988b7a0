"""Measured values ranked on a logarithmic axis: dots, bars, arrows, and brackets for conflicts between them.

A bar is a range, or thin and grey a printed error; an arrow is a bound; hollow or dashed is approximate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from kg.affinities.matrix import Cell, Matrix
from kg.affinities.pooling import molar
from kg.amounts import Amount, widened
from kg.graph import Graph
from kg.model import Conflict, Measurement
from kg.views.charts.canvas import INK, Axis, Canvas, axis_of, cut
from kg.views.charts.disputes import Dispute
from kg.views.palette import LIGHT
from kg.views.text import width_of

_LANE, _TOP, _PLOT, _BRACKET = 18.0, 46.0, 330.0, 20.0
_ERROR = "#7c8896"


class Drawn(NamedTuple):
    """A value on the chart: its cell, its interval in mol/L, and that with its error to either side."""

    cell: Cell
    value: Measurement
    amount: Amount
    error: Amount


def dot_plot(
    graph: Graph, matrix: Matrix, conflicts: Sequence[Conflict], disputes: Mapping[str, Dispute]
) -> Canvas:
    """Return every value of a matrix, best affinity first; `disputes` are the conflicts, numbered."""
    drawn = list(_drawn(graph, matrix))
    if not drawn:
        return Canvas(0, 0)
    labels = [_label(graph, matrix, cell) for cell in matrix.cells]
    left = min(270.0, max(width_of(words, 12) for words in labels) + 12)
    axis = axis_of(chain.from_iterable((one.amount, one.error) for one in drawn), left, left + _PLOT)
    bottom = _TOP + _LANE * len(drawn)
    canvas = Canvas(axis.right + 20, bottom + 26)
    canvas.text(f"{matrix.parameter}, every value, best affinity first", 2, 12, 14, font_weight="bold")
    _grid(canvas, axis, bottom)
    places, widest = {}, 0.0
    for row, one in enumerate(drawn):
        y = _TOP + _LANE * (row + 0.5)
        if row == 0 or drawn[row - 1].cell is not one.cell:
            _row_head(canvas, _label(graph, matrix, one.cell), left, y, axis.right)
        canvas.start(f"{_label(graph, matrix, one.cell)}: {one.value.printed}, {_about(graph, one.value)}")
        _mark(canvas, one, axis, y)
        words = cut(f"{one.value.printed} · {_about(graph, one.value)}", 10.5, 330)
        canvas.text(words, axis.right + 22, y, 10.5, fill=LIGHT.caption)
        canvas.end()
        places[one.value.id], widest = y, max(widest, width_of(words, 10.5))
    _brackets(canvas, conflicts, disputes, places, axis.right + 34 + widest)
    return canvas


def _drawn(graph: Graph, matrix: Matrix) -> Iterator[Drawn]:
    for cell in matrix.cells:
        for value in sorted(cell.values, key=lambda one: (molar(graph, one).low, one.id)):
            unit = graph.vocabulary.unit(value.unit or "")
            assert unit is not None
            assert unit.to_molar is not None
            yield Drawn(cell, value, molar(graph, value), widened(value.quantity, unit.to_molar))


def _label(graph: Graph, matrix: Matrix, cell: Cell) -> str:
    ends = (
        [graph.label(cell.target)]
        if len(matrix.drugs) == 1
        else [graph.label(cell.drug), graph.short(cell.target)]
    )
    return " at ".join(ends)


def _about(graph: Graph, value: Measurement) -> str:
    named = (value.form or value.qualifiers.form, value.qualifiers.species, value.endpoint)
    return ", ".join([*value.documents, *(graph.short(name) for name in named if name)])


def _row_head(canvas: Canvas, words: str, left: float, y: float, right: float) -> None:
    canvas.line(2, y - _LANE / 2, right, y - _LANE / 2, stroke="#e3e8ee", stroke_width=1)
    canvas.text(cut(words, 12, left - 8), left - 8, y, text_anchor="end")


def _grid(canvas: Canvas, axis: Axis, bottom: float) -> None:
    for x, words in axis.ticks():
        canvas.line(x, _TOP, x, bottom, stroke="#dfe5ec", stroke_width=1)
        for y in (_TOP - 10, bottom + 12):
            canvas.text(words, x, y, 10, text_anchor="middle", fill=LIGHT.caption)


def _mark(canvas: Canvas, one: Drawn, axis: Axis, y: float) -> None:
    amount, error = one.amount, one.error
    if error != amount:
        _bar(canvas, error, axis, y, {"stroke": _ERROR, "stroke_width": 1.2})
    if amount.is_point:
        canvas.dot(axis.x(float(amount.low)), y, fill=LIGHT.paper if amount.approximate else INK)
    else:
        dashes = {"stroke_dasharray": "5 3"} if amount.approximate else {}
        _bar(canvas, amount, axis, y, {"stroke": INK, "stroke_width": 2.4, **dashes})


def _bar(canvas: Canvas, amount: Amount, axis: Axis, y: float, look: Mapping[str, object]) -> None:
    """Draw an interval as a bar with caps; an open side ends in an arrow."""
    colour = {"stroke": look["stroke"]}
    low = axis.x(float(amount.low)) if amount.low else axis.left - 4
    high = axis.right + 4 if amount.high is None else axis.x(float(amount.high))
    canvas.line(low, y, high, y, **look)
    for x, unbounded, way in ((low, not amount.low, -1), (high, amount.high is None, 1)):
        if unbounded:
            tip = ((x + 9 * way, y), (x, y - 4.5), (x, y + 4.5))
            canvas.shape(tip, fill=look["stroke"])
        else:
            canvas.line(x, y - 4.5, x, y + 4.5, **colour, stroke_width=1.8)


def _brackets(
    canvas: Canvas,
    conflicts: Sequence[Conflict],
    disputes: Mapping[str, Dispute],
    places: Mapping[str, float],
    x: float,
) -> None:
    """Join the values that a conflict sets against each other: a bracket, with its number and fold."""
    free: list[float] = []
    for conflict in conflicts:
        ends = sorted(places[side] for side in conflict.sides if side in places)
        if conflict.id not in disputes or len(ends) < 2:
            continue
        lane = next((index for index, until in enumerate(free) if until < ends[0] - 12), len(free))
        free[lane : lane + 1] = [ends[-1]]
        at = x + lane * (_BRACKET + 40)
        one = disputes[conflict.id]
        canvas.start(f"Conflict {one.number}: {one.line}", to=one.name)
        canvas.line(at, ends[0], at, ends[-1], stroke=LIGHT.lowered, stroke_width=1.6)
        for y in ends:
            canvas.line(at - 6, y, at, y, stroke=LIGHT.lowered, stroke_width=1.6)
        middle = (ends[0] + ends[-1]) / 2
        canvas.warning(at + 12, middle, 5.5)
        name = f"{one.number}: {conflict.fold}×" if conflict.fold else f"{one.number}"
        canvas.text(name, at + 21, middle, 10.5)
        canvas.end()
        canvas.width = max(canvas.width, at + 26 + width_of(name, 10.5))
    canvas.width = max(canvas.width, x)
