"""A matrix of affinities as a heat map: each cell in the colours of its lowest and its highest source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import log10

from kg.affinities.matrix import Cell, Matrix
from kg.amounts import Amount, written, written_potency
from kg.graph import Graph
from kg.views.charts.canvas import Canvas, cut
from kg.views.charts.disputes import Dispute
from kg.views.palette import LIGHT
from kg.views.text import width_of

NANO = Fraction(1, 10**9)
_ROW, _TOP, _GAP = 27.0, 52.0, 2.0
_BROAD = 12
"""Most drugs that stand side by side where there are more of them than targets."""
_WEAKEST, _STRONGEST = 4.0, 10.0
_PALE, _STRONG = (0xF4, 0xF8, 0xFC), (0x5F, 0xA8, 0xD8)


def heat_map(graph: Graph, matrix: Matrix, disputes: Mapping[str, Dispute]) -> Canvas:
    """Return targets as rows and drugs as columns, best affinity first; where nothing was measured, «–».

    More than `_BROAD` drugs are the rows, where there are fewer targets than drugs. A mark leads to the
    first of the conflicts that its cell is in, and names all of them.
    """
    turned = len(matrix.drugs) > max(_BROAD, len(matrix.targets))
    beside, above = (matrix.drugs, matrix.targets) if turned else (matrix.targets, matrix.drugs)
    cells = matrix.by_ends()
    left = min(250.0, max(width_of(graph.label(name), 12) for name in beside) + 12)
    wide = max(78.0, *(width_of(words_of(one), 12) + (48 if one.conflicts else 20) for one in matrix.cells))
    canvas = Canvas(left + wide * len(above) + 8, _TOP + _ROW * len(beside) + 58)
    canvas.text(f"{matrix.parameter} in nM, lowest to highest source", 2, 12, 14, font_weight="bold")
    for column, end in enumerate(above):
        name = cut(graph.label(end), 12, wide - 6)
        canvas.text(name, left + wide * (column + 0.5), _TOP - 12, text_anchor="middle", font_weight="bold")
    for row, end in enumerate(beside):
        y = _TOP + _ROW * row
        canvas.text(cut(graph.label(end), 12, left - 8), left - 8, y + _ROW / 2, text_anchor="end")
        for column, other in enumerate(above):
            cell = cells.get((end, other) if turned else (other, end))
            box = (left + wide * column, y, wide, _ROW)
            _draw(canvas, graph, cell, box)
            if cell is not None:
                _marked(canvas, [disputes[name] for name in cell.conflicts if name in disputes], box)
    _scale(canvas, matrix.parameter, left, _TOP + _ROW * len(beside) + 18)
    return canvas


def words_of(cell: Cell) -> str:
    """Return what a cell says: its interval in nM, or the words of a finding without a number."""
    words = " / ".join(dict.fromkeys(item.value.printed for item in cell.left_out))
    return written(cell.span, NANO) if cell.span else words


def told(graph: Graph, cell: Cell) -> str:
    """Return all that is behind a cell in one line."""
    names = f"{cell.parameter} of {graph.label(cell.drug)} at {graph.label(cell.target)}: {words_of(cell)}"
    p = f" nM, p{cell.parameter} {written_potency(cell.span)}" if cell.span else ""
    values = ", ".join(f"{value.printed} ({', '.join(value.documents)})" for value in cell.values)
    mixed = "".join(f"; {name} not in common" for name, _ in cell.mixed)
    marks = f"; {len(cell.conflicts)} conflicts" if cell.conflicts else ""
    return f"{names}{p}. {len(cell.values)} values: {values}{mixed}{marks}"


def _draw(canvas: Canvas, graph: Graph, cell: Cell | None, box: tuple[float, float, float, float]) -> None:
    x, y, width, height = box
    inner = (x + _GAP / 2, y + _GAP / 2, width - _GAP, height - _GAP)
    if cell is None:
        canvas.text("–", x + width / 2, y + height / 2, text_anchor="middle", fill=LIGHT.faint)
        return
    canvas.start(told(graph, cell))
    _fill(canvas, cell.span, inner)
    canvas.text(words_of(cell), x + width / 2, y + height / 2, text_anchor="middle")
    canvas.end()


def _marked(canvas: Canvas, disputes: Sequence[Dispute], box: tuple[float, float, float, float]) -> None:
    if disputes:
        x, y, width, height = box
        canvas.start("; ".join(f"Conflict {one.number}: {one.line}" for one in disputes), to=disputes[0].name)
        canvas.warning(x + width - 11, y + height / 2, 5.5)
        canvas.end()


def _fill(canvas: Canvas, span: Amount | None, box: tuple[float, float, float, float]) -> None:
    """Fill a cell: its lowest end from the left upper corner, its highest from the right lower one."""
    x, y, width, height = box
    if span is None:
        canvas.rect(x, y, width, height, fill=LIGHT.paper, stroke=LIGHT.faint, stroke_dasharray="2 3")
        return
    strong, weak = colour(span.low), colour(span.high)
    canvas.rect(x, y, width, height, fill=strong or LIGHT.paper)
    if weak != strong:
        corners = ((x + width, y), (x + width, y + height), (x, y + height))
        canvas.shape(corners, fill=weak or LIGHT.paper)
    canvas.rect(x, y, width, height, fill="none", stroke="#c6d5e3", stroke_width=1)


def colour(molar: Fraction | None) -> str | None:
    """Return the colour of a concentration, darker for stronger affinity; None where it is unbounded."""
    if not molar:
        return None
    share = (-log10(molar) - _WEAKEST) / (_STRONGEST - _WEAKEST)
    share = min(1.0, max(0.0, share))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_PALE, _STRONG, strict=True))


def _scale(canvas: Canvas, parameter: str, x: float, y: float) -> None:
    """Draw what the colours mean."""
    step, wide = 4.0, 4.0 * 48
    for number in range(48):
        power = _WEAKEST + (_STRONGEST - _WEAKEST) * (number + 0.5) / 48
        shade = colour(Fraction(10.0**-power)) or LIGHT.paper
        canvas.rect(x + number * step, y, step + 0.5, 9, fill=shade)
    for number, words in enumerate(("100 µM", "1 µM", "10 nM", "0.1 nM")):
        canvas.text(words, x + wide * number / 3, y + 18, 10, text_anchor="middle", fill=LIGHT.caption)
    note = "left above: lowest source, right below: highest; white: no bound"
    canvas.text(note, 2, y + 34, 10, fill=LIGHT.caption)
    canvas.width = max(canvas.width, x + wide + 30, width_of(note, 10) + 8)
