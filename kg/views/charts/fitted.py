"""A fitted curve with its points: what was bound against the logarithm of the concentration."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, log10

from kg.affinities.fitting import MODELS, Fit
from kg.amounts import Amount
from kg.views.charts.canvas import INK, Axis, Canvas, axis_of
from kg.views.charts.chart import Chart, Listed
from kg.views.palette import LIGHT

_LEFT, _RIGHT, _TOP, _BOTTOM = 70.0, 570.0, 34.0, 334.0
_NONE = 44.0
"""Left of the axis, where what was measured without competitor or ligand has its place."""
_STEPS = 120


def fit_chart(found: Fit, title: str, unit: str, to_molar: Fraction) -> Chart:
    """Return the chart of a fit whose concentrations are in this unit."""
    scale = float(to_molar)
    points = [(one.concentration * scale, one.bound) for one in found.points]
    at = [Amount(Fraction(x), Fraction(x)) for x, _ in points if x > 0]
    without = [bound for x, bound in points if x == 0]
    axis = axis_of(at, _LEFT + (_NONE if without else 0.0), _RIGHT)
    heights = [bound for _, bound in points] + [found.at(x / scale) for x, _ in points]
    least, most = min(0.0, *heights), max(heights) * 1.06
    canvas = Canvas(_RIGHT + 40, _BOTTOM + 54)
    canvas.text(title, 6, 14, 14, font_weight="bold")

    def y(bound: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (bound - least) / ((most - least) or 1.0)

    _frame(canvas, axis, [(y(tick), tick) for tick in _ticks(least, most)])
    steps = [axis.least + (axis.greatest - axis.least) * n / _STEPS for n in range(_STEPS + 1)]
    canvas.path(((axis.x(10.0**power), y(found.at(10.0**power / scale))) for power in steps), stroke=INK)
    _half(canvas, found, axis, scale)
    if without:
        canvas.text("0", _LEFT + _NONE / 4, _BOTTOM + 13, 10, text_anchor="middle", fill=LIGHT.caption)
        canvas.line(_LEFT, y(found.at(0)), _LEFT + _NONE / 2, y(found.at(0)), stroke=INK, stroke_width=2)
    for x, bound in points:
        canvas.dot(axis.x(x) if x else _LEFT + _NONE / 4, y(bound), 3.6, fill=LIGHT.paper)
    return Chart(title, MODELS[found.model], canvas, [table(found, unit)])


def _frame(canvas: Canvas, axis: Axis, ticks: Sequence[tuple[float, float]]) -> None:
    for x, words in axis.ticks():
        canvas.line(x, _TOP, x, _BOTTOM, stroke="#e3e8ee", stroke_width=1)
        canvas.text(words, x, _BOTTOM + 13, 10, text_anchor="middle", fill=LIGHT.caption)
    for height, bound in ticks:
        canvas.line(_LEFT, height, _RIGHT, height, stroke="#e3e8ee", stroke_width=1)
        canvas.text(f"{bound:,.4g}", _LEFT - 6, height, 10, text_anchor="end", fill=LIGHT.caption)
    canvas.text("specifically bound", 6, _TOP - 6, 10, fill=LIGHT.caption)
    canvas.text("concentration", (_LEFT + _RIGHT) / 2, _BOTTOM + 32, 11, text_anchor="middle")


def _ticks(least: float, most: float) -> list[float]:
    """Return about five round numbers between two others."""
    wide = (most - least) or 1.0
    size = 10.0 ** floor(log10(wide / 4))
    step = next(size * times for times in (1, 2, 5, 10) if wide / (size * times) <= 6)
    return [step * number for number in range(ceil(least / step), floor(most / step) + 1)]


def _half(canvas: Canvas, found: Fit, axis: Axis, scale: float) -> None:
    """Draw the constant as a line and its confidence interval as a band."""
    name = "Kd" if found.model == "saturation" else "IC50"
    one = found.parameter(name)
    low, middle, high = (axis.x(end * scale) for end in (one.low, one.value, one.high))
    canvas.rect(low, _TOP, high - low, _BOTTOM - _TOP, fill=LIGHT.lowered, fill_opacity=0.12)
    canvas.line(middle, _TOP, middle, _BOTTOM, stroke=LIGHT.lowered, stroke_dasharray="5 4")
    canvas.text(name, middle + 5, _TOP + 8, 11, fill=LIGHT.lowered)


def table(found: Fit, unit: str) -> Listed:
    """Return the parameters with their confidence intervals."""
    rows = tuple(
        (
            one.name,
            f"{one.value:.5g}",
            f"{one.low:.5g}",
            f"{one.high:.5g}",
            unit if one.name in ("Kd", "IC50") else "",
        )
        for one in found.parameters
    )
    share = f"{found.confidence * 100:g} %"
    return Listed(
        f"Parameters with {share} confidence intervals", ("parameter", "value", "low", "high", "unit"), rows
    )
