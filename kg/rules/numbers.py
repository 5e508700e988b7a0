"""Rules about concentrations: none is zero, none lost its bound, none is beyond what can be measured."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg.loading import Row
from kg.model import Measurement
from kg.quantity import interval, looks_flattened
from kg.rules.context import Context, Finding

_STRONGEST, _WEAKEST = Decimal("1e-15"), Decimal("0.1")
_AFFINITIES = ("Ki", "Kd", "IC50", "EC50")


def _concentrations(context: Context) -> Iterator[tuple[Row[Measurement], Decimal]]:
    """Yield the rows whose value is a concentration, with the factor of its unit to mol/L."""
    for row in context.draft.measurements:
        unit = context.vocabulary.unit(row.value.unit) if row.value.unit else None
        if unit is not None and unit.to_molar is not None:
            yield row, unit.to_molar


def zero_concentrations(context: Context) -> Iterator[Finding]:
    """KG413. A lower bound of zero says nothing, an upper one cannot be."""
    for row, _ in _concentrations(context):
        quantity = row.value.quantity
        if quantity.value == 0 or (quantity.high == 0 and quantity.low is not None):
            yield Finding(row, row.problem("KG413", ("value",), f"`{row.value.printed}`"))


def flattened_bounds(context: Context) -> Iterator[Finding]:
    """KG414."""
    for row, _ in _concentrations(context):
        number = row.value.quantity.value
        if number is not None and looks_flattened(row.value.quantity):
            hint = f"compare with the source: was it `>{number - 1:f}`?"
            yield Finding(row, row.problem("KG414", ("value",), f"`{row.value.printed}`", hint))


def implausible_affinities(context: Context) -> Iterator[Finding]:
    """KG415. A bound may lie anywhere; so may what is no affinity."""
    for row, factor in _concentrations(context):
        quantity = row.value.quantity
        ends = interval(quantity) if row.value.parameter in _AFFINITIES else None
        if ends is None or None in ends or quantity.relation in ("<", "<="):
            continue
        low, high = (end * factor for end in ends if end is not None)
        if low > _WEAKEST or 0 < high < _STRONGEST:
            hint = "was it " + " or ".join(f"{quantity.text} {name}" for name in _others(low)) + "?"
            yield Finding(row, row.problem("KG415", ("value",), f"`{row.value.printed}`", hint))


def _others(molar: Decimal) -> tuple[str, ...]:
    return ("nM", "µM") if molar > _WEAKEST else ("nM", "pM")
