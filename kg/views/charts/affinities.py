"""Affinities drawn: for each parameter a heat map and a ranked dot plot, with numbered conflicts below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.affinities.matrix import Cell, Matrix
from kg.amounts import written_potency
from kg.graph import Graph
from kg.model import Conflict
from kg.problems import TooLarge
from kg.views.charts.canvas import Canvas, cut
from kg.views.charts.chart import Chart, Listed
from kg.views.charts.disputes import Dispute, disputes_of
from kg.views.charts.dots import dot_plot
from kg.views.charts.heat import heat_map, words_of
from kg.views.palette import LIGHT
from kg.views.text import width_of

MOST = 3_000
"""Most fields that a heat map has."""
_NAMED = 3
_MARGIN = 18.0
_ABOUT = (
    "Intervals from the lowest to the highest source, never a mean. Bars are ranges, arrows bounds, thin "
    "grey bars printed errors; hollow and dashed is approximate."
)


def affinity_chart(graph: Graph, matrices: Sequence[Matrix], conflicts: Sequence[Conflict]) -> Chart:
    """Return the chart of these matrices, one below the other.

    Raises `TooLarge`, with what to ask for instead, where a matrix has more fields than can be seen.
    """
    for matrix in matrices:
        if len(matrix.drugs) * len(matrix.targets) > MOST:
            raise TooLarge(_too_large(graph, matrix))
    touched = {name for matrix in matrices for cell in matrix.cells for name in cell.conflicts}
    shown = [conflict for conflict in conflicts if conflict.id in touched]
    told = disputes_of(graph, shown)
    disputes = {conflict.id: one for conflict, one in zip(shown, told, strict=True)}
    canvas, y = Canvas(320, 40), _MARGIN
    for matrix in matrices:
        for part in (heat_map(graph, matrix, disputes), dot_plot(graph, matrix, shown, disputes)):
            canvas.place(part, _MARGIN, y)
            y += part.height + _MARGIN if part.height else 0
    canvas.width, canvas.height = canvas.width + _MARGIN, max(canvas.height, y)
    tables = [_table(graph, matrix, disputes) for matrix in matrices]
    return Chart(_title(graph, matrices), _ABOUT, canvas, tables, disputes=told, below=_legend(told))


def _too_large(graph: Graph, matrix: Matrix) -> str:
    """Return how large a matrix is, and how to ask for a part of it or for all of it as rows."""
    drugs, targets = len(matrix.drugs), len(matrix.targets)
    fields = f"{drugs:,} drugs × {targets:,} targets are {drugs * targets:,} fields"
    full = ", ".join(
        f"{graph.label(name)} {number}"
        for name, number in Counter(cell.target for cell in matrix.cells).most_common(_NAMED)
    )
    return (
        f"{matrix.parameter}: {fields}, {len(matrix.cells):,} of them measured; a chart shows {MOST:,}. Name "
        f"drugs, or targets by --target (with most drugs: {full}), or take one parameter by --parameter; "
        "--format csv lists every field, best affinity first"
    )


def _title(graph: Graph, matrices: Sequence[Matrix]) -> str:
    drugs = list(dict.fromkeys(name for matrix in matrices for name in matrix.drugs))
    named = ", ".join(graph.label(name) for name in drugs[:3])
    more = f" and {len(drugs) - 3} more" if len(drugs) > 3 else ""
    return f"Affinities of {named}{more}" if drugs else "No affinity was measured"


def _legend(disputes: Sequence[Dispute]) -> Canvas:
    canvas = Canvas(0, 17 * len(disputes) + 8)
    for row, one in enumerate(disputes):
        words, y = cut(one.line, 11, 900), 17 * row + 8
        canvas.start(f"Conflict {one.number}: {one.line}", name=one.name)
        canvas.warning(_MARGIN + 8, y, 5.5)
        canvas.text(f"{one.number}  {words}", _MARGIN + 20, y, 11, fill=LIGHT.caption)
        canvas.end()
        canvas.width = max(canvas.width, _MARGIN + 48 + width_of(words, 11))
    return canvas


def _table(graph: Graph, matrix: Matrix, disputes: Mapping[str, Dispute]) -> Listed:
    nano, p = f"{matrix.parameter} in nM", f"p{matrix.parameter}"
    columns = ("drug", "target", nano, p, "values", "left out", "not in common")
    marks = tuple(
        tuple(disputes[name].number for name in cell.conflicts if name in disputes) for cell in matrix.cells
    )
    rows = tuple(_row(graph, cell) for cell in matrix.cells)
    return Listed(f"{matrix.parameter}, best affinity first", columns, rows, marks)


def _row(graph: Graph, cell: Cell) -> tuple[str, ...]:
    p = written_potency(cell.span) if cell.span else ""
    values = "; ".join(f"{value.printed} ({', '.join(value.documents)})" for value in cell.values)
    out = "; ".join(f"{item.value.printed}: {item.reason}" for item in cell.left_out)
    mixed = "; ".join(
        f"{name}: {', '.join(graph.label(said) if said else 'not stated' for said in found)}"
        for name, found in cell.mixed
    )
    return (graph.label(cell.drug), graph.label(cell.target), words_of(cell), p, values, out, mixed)
