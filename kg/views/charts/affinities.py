"""Affinities drawn: for each parameter a heat map and a ranked dot plot, with numbered conflicts below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.affinities.matrix import Cell, Matrix
from kg.amounts import written_potency
from kg.graph import Graph
from kg.model import Conflict
from kg.problems import TooLarge
from kg.views.charts.canvas import Canvas, cut
from kg.views.charts.chart import Chart, Listed
from kg.views.charts.dots import dot_plot
from kg.views.charts.heat import heat_map, words_of
from kg.views.palette import LIGHT
from kg.views.text import width_of

MOST = 3_000
_MARGIN = 18.0
_ABOUT = (
    "Intervals from the lowest to the highest source, never a mean. Bars are ranges, arrows bounds, thin "
    "grey bars printed errors; hollow and dashed is approximate."
)


def affinity_chart(graph: Graph, matrices: Sequence[Matrix], conflicts: Sequence[Conflict]) -> Chart:
    """Return the chart of these matrices, one below the other.

    Raises `TooLarge` where a matrix has more fields than can be seen.
    """
    if any(len(matrix.drugs) * len(matrix.targets) > MOST for matrix in matrices):
        raise TooLarge(f"more than {MOST:,} fields of drugs and targets; name fewer drugs or targets")
    touched = {name for matrix in matrices for cell in matrix.cells for name in cell.conflicts}
    shown = [conflict for conflict in conflicts if conflict.id in touched]
    numbers = {conflict.id: number for number, conflict in enumerate(shown, 1)}
    canvas, y = Canvas(320, 40), _MARGIN
    for matrix in matrices:
        for part in (heat_map(graph, matrix), dot_plot(graph, matrix, shown, numbers)):
            canvas.place(part, _MARGIN, y)
            y += part.height + _MARGIN if part.height else 0
    y = _legend(canvas, shown, y)
    canvas.width, canvas.height = canvas.width + _MARGIN, max(canvas.height, y)
    title = _title(graph, matrices)
    return Chart(
        title, _ABOUT, canvas.svg(title, _ABOUT), [*_tables(graph, matrices, numbers), *_listed(shown)]
    )


def _title(graph: Graph, matrices: Sequence[Matrix]) -> str:
    drugs = list(dict.fromkeys(name for matrix in matrices for name in matrix.drugs))
    named = ", ".join(graph.label(name) for name in drugs[:3])
    more = f" and {len(drugs) - 3} more" if len(drugs) > 3 else ""
    return f"Affinities of {named}{more}" if drugs else "No affinity was measured"


def _legend(canvas: Canvas, conflicts: Sequence[Conflict], y: float) -> float:
    for number, conflict in enumerate(conflicts, 1):
        fold = f"{conflict.fold}-fold " if conflict.fold else ""
        words = cut(f"{conflict.topic} ({fold}{conflict.kind}, {conflict.verdict})", 11, 900)
        canvas.warning(_MARGIN + 8, y + 8, 5.5)
        canvas.text(f"{number}  {words}", _MARGIN + 20, y + 8, 11, fill=LIGHT.caption)
        canvas.width = max(canvas.width, _MARGIN + 30 + width_of(words, 11))
        y += 17
    return y + 8


def _tables(graph: Graph, matrices: Sequence[Matrix], numbers: dict[str, int]) -> Iterator[Listed]:
    for matrix in matrices:
        columns = (
            "drug",
            "target",
            f"{matrix.parameter} in nM",
            f"p{matrix.parameter}",
            "values",
            "left out",
        )
        rows = tuple(_row(graph, cell, numbers) for cell in matrix.cells)
        yield Listed(
            f"{matrix.parameter}, best affinity first", (*columns, "not in common", "conflicts"), rows
        )


def _row(graph: Graph, cell: Cell, numbers: dict[str, int]) -> tuple[str, ...]:
    p = written_potency(cell.span) if cell.span else ""
    values = "; ".join(f"{value.printed} ({', '.join(value.documents)})" for value in cell.values)
    out = "; ".join(f"{item.value.printed}: {item.reason}" for item in cell.left_out)
    mixed = "; ".join(
        f"{name}: {', '.join(graph.label(said) if said else 'not stated' for said in found)}"
        for name, found in cell.mixed
    )
    marks = ", ".join(str(numbers[name]) for name in cell.conflicts if name in numbers)
    return (graph.label(cell.drug), graph.label(cell.target), words_of(cell), p, values, out, mixed, marks)


def _listed(conflicts: Sequence[Conflict]) -> Iterator[Listed]:
    if conflicts:
        rows = tuple(
            (
                str(number),
                conflict.topic,
                conflict.kind,
                f"{conflict.fold}-fold" if conflict.fold else "",
                conflict.verdict,
                conflict.difference or "",
                conflict.reason or "",
            )
            for number, conflict in enumerate(conflicts, 1)
        )
        columns = ("number", "conflict", "kind", "fold", "verdict", "what differs", "reason")
        yield Listed("Conflicts", columns, rows)
