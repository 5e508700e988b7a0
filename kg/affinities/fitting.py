"""Curves fitted to counts: saturation, one-site and four-parameter competition, with confidence intervals.

Least squares by SciPy (extra `fit`). A concentration at half effect is fitted as its logarithm, so that its
interval is never negative: half width = Student's t × standard error, on the scale on which it is fitted.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from math import isfinite, log, log10
from pathlib import Path
from typing import Any, Literal

from kg.model import Frozen
from kg.problems import InvalidTable, MissingExtra, NoAmount

Model = Literal["saturation", "one-site", "four-parameter"]
MODELS: dict[Model, str] = {
    "saturation": "bound = Bmax × C / (Kd + C)",
    "one-site": "bound = bottom + (top − bottom) / (1 + C / IC50)",
    "four-parameter": "bound = bottom + (top − bottom) / (1 + (C / IC50)^Hill)",
}
_MOST_STEPS = 20_000


class Point(Frozen, frozen=True):
    """What was bound at a concentration, without what is not specific."""

    concentration: float
    bound: float


class Fitted(Frozen, frozen=True):
    """A parameter with its confidence interval; `error` is the standard error, relative for constants."""

    name: str
    value: float
    low: float
    high: float
    error: float


class Fit(Frozen, frozen=True):
    """A curve and the points it was fitted to; `spread` is the standard deviation of the residuals."""

    model: Model
    parameters: tuple[Fitted, ...]
    points: tuple[Point, ...]
    confidence: float
    spread: float

    def parameter(self, name: str) -> Fitted:
        """Return a parameter by name."""
        return next(one for one in self.parameters if one.name == name)

    def at(self, concentration: float) -> float:
        """Return what the curve has at a concentration."""
        found = {one.name: one.value for one in self.parameters}
        if self.model == "saturation":
            return found["Bmax"] * concentration / (found["Kd"] + concentration)
        ratio = _ratio(concentration / found["IC50"], found.get("Hill", 1.0))
        bottom = found["bottom"]
        return bottom + (found["top"] - bottom) / (1 + ratio)


def _ratio(concentration: float, hill: float) -> float:
    """Return the power of a concentration in units of the IC50; none at all is the limit towards zero."""
    if concentration == 0:
        return 0.0 if hill > 0 else float("inf")
    return float(concentration**hill)


def read_points(path: Path) -> tuple[Point, ...]:
    """Read a CSV with the columns `concentration`, `counts` and perhaps `nonspecific`.

    Counts without specific binding are subtracted: those of the row, or their mean where the row has none.
    A row of concentration 0 is one without competitor, or without ligand.
    Raises `InvalidTable` with the line of what is no number.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = reader.fieldnames or ()
            missing = [name for name in ("concentration", "counts") if name not in columns]
            if missing:
                raise InvalidTable(f"{path} has no column {', '.join(missing)}")
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidTable(f"{path} cannot be read: {error}") from None
    blanks = [_number(path, line, row, "nonspecific") for line, row in rows if row.get("nonspecific")]
    mean = sum(blanks) / len(blanks) if blanks else 0.0
    return tuple(_point(path, line, row, mean) for line, row in rows)


def _point(path: Path, line: int, row: dict[str, str], mean: float) -> Point:
    concentration = _number(path, line, row, "concentration")
    if concentration < 0:
        raise InvalidTable(f"{path}:{line}: a concentration of {concentration:g} is below zero")
    blank = _number(path, line, row, "nonspecific") if row.get("nonspecific") else mean
    return Point(concentration, _number(path, line, row, "counts") - blank)


def _number(path: Path, line: int, row: dict[str, str], column: str) -> float:
    text = row.get(column) or ""
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise InvalidTable(f"{path}:{line}: `{text[:40]}` in {column} is not a number")
    return found


def fit(
    points: Iterable[Point], model: Model, *, confidence: float = 0.95, bottom: float | None = None
) -> Fit:
    """Return the curve of a model through these points, whatever their order.

    `bottom` fixes the lower plateau of a competition. Raises `NoAmount` where there are too few points or the
    data do not determine the curve, and `MissingExtra` without SciPy.
    """
    found = tuple(sorted(points, key=lambda one: (one.concentration, one.bound)))
    names = _names(model, bottom)
    given = {one.concentration for one in found}
    if len(found) <= len(names) or len(given) < len(names) or given == {0.0}:
        raise NoAmount(f"{len(found)} points do not determine {len(names)} parameters ({', '.join(names)})")
    best, covariance, residuals = _least_squares(found, model, names, bottom)
    freedom = len(found) - len(names)
    width = _student(confidence, freedom)
    fitted = [
        _fitted(name, float(best[index]), float(covariance[index][index]) ** 0.5, width)
        for index, name in enumerate(names)
    ]
    if bottom is not None and model != "saturation":
        fitted.append(Fitted("bottom", bottom, bottom, bottom, 0.0))
    spread = (sum(one**2 for one in residuals) / freedom) ** 0.5
    return Fit(model, tuple(fitted), found, confidence, spread)


def _names(model: Model, bottom: float | None) -> tuple[str, ...]:
    if model == "saturation":
        return ("Bmax", "Kd")
    plateaus = ("top",) if bottom is not None else ("top", "bottom")
    return (*plateaus, "IC50", "Hill") if model == "four-parameter" else (*plateaus, "IC50")


def _curve(model: Model, names: Sequence[str], bottom: float | None) -> Callable[..., Any]:
    """Return the model as a function of concentration and its parameters; constants as logarithms."""

    def curve(concentration: Any, *values: Any) -> Any:
        found = dict(zip(names, values, strict=True))
        if model == "saturation":
            return found["Bmax"] * concentration / (10 ** found["Kd"] + concentration)
        least = found.get("bottom", bottom)
        ratio = (concentration / 10 ** found["IC50"]) ** found.get("Hill", 1.0)
        return least + (found["top"] - least) / (1 + ratio)

    return curve


def _least_squares(
    points: Sequence[Point], model: Model, names: Sequence[str], bottom: float | None
) -> tuple[Any, Any, list[float]]:
    """Return the parameters, their covariance, and what the curve leaves of each point."""
    try:
        import numpy
        from scipy.optimize import OptimizeWarning, curve_fit
    except ImportError:
        raise MissingExtra("a fit", "SciPy", "fit") from None
    import warnings

    x, y = (numpy.array(column) for column in zip(*((p.concentration, p.bound) for p in points), strict=True))
    start = _start(points, names)
    try:
        with warnings.catch_warnings(), numpy.errstate(over="ignore", invalid="ignore", divide="ignore"):
            warnings.simplefilter("error", OptimizeWarning)
            curve = _curve(model, names, bottom)
            best, covariance = curve_fit(curve, x, y, p0=start, maxfev=_MOST_STEPS)
            left = y - curve(x, *best)
    except (RuntimeError, OptimizeWarning, ValueError) as error:
        raise NoAmount(f"the points do not determine the curve: {error}") from None
    if not numpy.isfinite(covariance).all():
        raise NoAmount("the points do not determine the curve: some parameter is left open")
    return best, covariance, [float(one) for one in left]


def _start(points: Sequence[Point], names: Sequence[str]) -> list[float]:
    """Return where the search begins: plateaus of the data, and the concentration nearest to half of them."""
    bound = [one.bound for one in points]
    top, least = max(bound), min(bound)
    dosed = [one for one in points if one.concentration > 0]
    half = min(dosed, key=lambda one: abs(one.bound - (top + least) / 2))
    falls = points[0].bound >= points[-1].bound
    begin = {"Bmax": top, "top": top, "bottom": least, "Hill": 1.0 if falls else -1.0}
    return [begin.get(name, log10(half.concentration)) for name in names]


def _fitted(name: str, value: float, error: float, width: float) -> Fitted:
    ends = (value, value - width * error, value + width * error)
    if name in ("Kd", "IC50"):
        middle, low, high = (10**end if end < 300 else float("inf") for end in ends)
        return Fitted(name, middle, low, high, error * log(10))
    return Fitted(name, *ends, error)


def _student(confidence: float, freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + confidence) / 2, freedom))
