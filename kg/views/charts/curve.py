"""Occupancy against concentration: a band for each target, from its weakest to its strongest constant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.affinities.occupancy import ASSUMES, Occupancy
from kg.amounts import Amount, written
from kg.graph import Graph
from kg.views.charts.canvas import INK, Axis, Canvas, axis_of, cut
from kg.views.charts.chart import Chart, Listed
from kg.views.charts.heat import NANO
from kg.views.palette import LIGHT
from kg.views.text import width_of

_LEFT, _RIGHT, _TOP, _BOTTOM, _LIST = 54.0, 554.0, 34.0, 374.0, 586.0
_STEPS = 96
_COLOURS = {"yes": INK, "no": LIGHT.faint, "open": "#a86b00"}
_SAID = {"yes": "engaged", "no": "not engaged", "open": "perhaps engaged"}


def occupancy_chart(
    graph: Graph, drug: str, concentration: Amount, found: Sequence[Occupancy], threshold: float
) -> Chart:
    """Return the curves of every target whose constant is known, with the others in the table."""
    title = f"Occupancy by {graph.label(drug)} at {written(concentration, NANO)} nM"
    about = f"{ASSUMES}. A band reaches from the highest to the lowest constant printed."
    known = [one for one in found if one.share is not None and one.cell is not None and one.cell.span]
    spans = [one.cell.span for one in known if one.cell and one.cell.span]
    axis = _wide(axis_of([concentration, *spans], _LEFT, _RIGHT))
    canvas = Canvas(_LIST + 330, max(_BOTTOM + 44, _TOP + 17 * len(known) + 20))
    canvas.text(title, 6, 14, 14, font_weight="bold")
    _frame(canvas, axis, threshold)
    for one in known:
        _curve(canvas, axis, one)
    _given(canvas, axis, concentration)
    for number, one in enumerate(known, 1):
        _numbered(canvas, graph, axis, number, one, len(known))
    return Chart(title, about, canvas, [_table(graph, found)])


def _wide(axis: Axis) -> Axis:
    return axis._replace(least=axis.least - 1, greatest=axis.greatest + 1)


def _y(share: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * share


def _frame(canvas: Canvas, axis: Axis, threshold: float) -> None:
    for x, words in axis.ticks():
        canvas.line(x, _TOP, x, _BOTTOM, stroke="#e3e8ee", stroke_width=1)
        canvas.text(words, x, _BOTTOM + 13, 10, text_anchor="middle", fill=LIGHT.caption)
    for tenth in range(0, 11, 2):
        y = _y(tenth / 10)
        canvas.line(_LEFT, y, _RIGHT, y, stroke="#e3e8ee", stroke_width=1)
        canvas.text(f"{tenth * 10} %", _LEFT - 6, y, 10, text_anchor="end", fill=LIGHT.caption)
    y = _y(threshold)
    canvas.line(_LEFT, y, _RIGHT, y, stroke=LIGHT.ink, stroke_width=1, stroke_dasharray="6 4")
    canvas.text(
        "concentration of the free drug", (_LEFT + _RIGHT) / 2, _BOTTOM + 31, 11, text_anchor="middle"
    )


def _curve(canvas: Canvas, axis: Axis, one: Occupancy) -> None:
    """Draw the band of a target; a bound has one edge, dashed."""
    span, colour = _span(one), _COLOURS[one.engaged]
    upper = list(_points(axis, float(span.low))) if span.low else []
    lower = list(_points(axis, float(span.high))) if span.high is not None else []
    if upper and lower and upper != lower:
        canvas.shape([*upper, *reversed(lower)], fill=colour, fill_opacity=0.13)
    dashes = {"stroke_dasharray": "5 4"} if not (upper and lower) else {}
    for points in dict.fromkeys(map(tuple, (upper, lower))):
        if points:
            canvas.path(points, stroke=colour, stroke_width=1.5, **dashes)


def _numbered(canvas: Canvas, graph: Graph, axis: Axis, number: int, one: Occupancy, total: int) -> None:
    """Put the number of a target on its curve, each at a height of its own, and its name into the list."""
    span, colour = _span(one), _COLOURS[one.engaged]
    assert one.share is not None
    share = f"{written(one.share.times(100))} %"
    name = f"{graph.label(one.target)} ({one.parameter} {written(span, NANO)} nM)"
    height = 0.12 + 0.76 * ((number * 5) % total) / total
    constant = float(span.low or span.high or 1)
    canvas.start(f"{number}. {name}: {share} occupied, {_SAID[one.engaged]}")
    row = _TOP + 17 * (number - 0.5)
    for x, y in ((axis.x(constant * height / (1 - height)), _y(height)), (_LIST, row)):
        canvas.dot(x, y, 8, fill=LIGHT.paper, stroke=colour)
        canvas.text(str(number), x, y, 9.5, text_anchor="middle")
    words = cut(f"{share}  {name}", 11, 420)
    canvas.text(words, _LIST + 14, row, 11)
    canvas.width = max(canvas.width, _LIST + 20 + width_of(words, 11))
    canvas.end()


def _span(one: Occupancy) -> Amount:
    assert one.cell is not None
    assert one.cell.span is not None
    return one.cell.span


def _points(axis: Axis, constant: float) -> Iterator[tuple[float, float]]:
    for step in range(_STEPS + 1):
        power = axis.least + (axis.greatest - axis.least) * step / _STEPS
        concentration = 10.0**power
        yield axis.x(concentration), _y(concentration / (concentration + constant))


def _given(canvas: Canvas, axis: Axis, concentration: Amount) -> None:
    low = axis.x(float(concentration.low)) if concentration.low else axis.left
    high = axis.right if concentration.high is None else axis.x(float(concentration.high))
    if high > low:
        canvas.rect(low, _TOP, high - low, _BOTTOM - _TOP, fill=LIGHT.lowered, fill_opacity=0.1)
    for x in dict.fromkeys((low, high)):
        canvas.line(x, _TOP - 6, x, _BOTTOM, stroke=LIGHT.lowered, stroke_width=1.6)


def _table(graph: Graph, found: Sequence[Occupancy]) -> Listed:
    rows = []
    for one in found:
        constant = f"{one.parameter} {written(one.cell.span, NANO)} nM" if one.cell and one.cell.span else ""
        share = f"{written(one.share.times(100))} %" if one.share else f"unknown: {one.missing}"
        share += f" (within ±: {written(one.with_errors.times(100))} %)" if one.with_errors else ""
        documents = ", ".join(one.cell.documents) if one.cell else ""
        shown = ", ".join(graph.mechanisms[name].title for name in one.mechanisms)
        rows.append(
            (graph.label(one.target), constant, share, _SAID.get(one.engaged, "unknown"), documents, shown)
        )
    columns = ("target", "constant", "occupied", "engaged", "documents", "diagrams that show its claims")
    return Listed("Every target", columns, tuple(rows))
