"""Amounts, pools, matrices and what follows from them as plain dictionaries: the JSON of their commands.

Numbers are decimals of at most 30 digits, rounded outwards; field names are kept from release to release.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from kg.affinities.binding import ASSUMPTIONS, EQUATION, SOURCE, Converted
from kg.affinities.matrix import Cell, Matrix
from kg.affinities.occupancy import Occupancy
from kg.affinities.pooling import LeftOut, Pool
from kg.affinities.selectivity import Ratio, Selectivity
from kg.amounts import Amount, potency, written, written_potency
from kg.formats.rows import Row

NANO = Fraction(1, 10**9)
_FLOOR, _CEILING = Context(prec=30, rounding=ROUND_FLOOR), Context(prec=30, rounding=ROUND_CEILING)


def amount_row(amount: Amount | None, unit: Fraction = Fraction(1)) -> Row | None:
    """Return an amount in a unit of this size: ends (None: unbounded), relation, and as it is written."""
    if amount is None:
        return None
    return {
        "relation": relation(amount),
        "low": decimal(amount.low / unit, up=False) if amount.low else None,
        "high": None if amount.high is None else decimal(amount.high / unit, up=True),
        "approximate": amount.approximate,
        "written": written(amount, unit),
    }


def relation(amount: Amount) -> str:
    """Return what an amount is: `=`, a bound, a range, or «any» where nothing is known of it."""
    if amount.high is None:
        return "any" if amount.low == 0 else ">" if amount.low_open else ">="
    if amount.low == 0:
        return "<" if amount.high_open else "<="
    return "=" if amount.is_point else "range"


def decimal(number: Fraction, *, up: bool) -> Decimal:
    """Return a fraction as a decimal, exact where 30 digits can say it, else rounded up or down."""
    context = _CEILING if up else _FLOOR
    found = context.divide(Decimal(number.numerator), Decimal(number.denominator)).normalize(context)
    return Decimal(format(found, "f"))


def molar_row(amount: Amount | None) -> Row | None:
    """Return a concentration given in mol/L, in nM, with its negative logarithm."""
    if amount is None:
        return None
    low, high = potency(amount)
    p = {"low": low, "high": high, "written": written_potency(amount)}
    return {"unit": "nM", **(amount_row(amount, NANO) or {}), "p": p}


def left_out_row(item: LeftOut) -> Row:
    """Return a value that was left out, and why."""
    return {"id": item.value.id, "as_written": item.value.printed, "reason": item.reason}


def pool_row(pool: Pool) -> Row:
    """Return a pool: its key, what went in, what was left out, and the mean or why there is none."""
    return {
        **pool.key._asdict(),
        "taken": [{"id": value.id, "as_written": value.printed} for value in pool.taken],
        "left_out": [left_out_row(item) for item in pool.left_out],
        "documents": list(pool.documents),
        "mean": molar_row(pool.mean),
        "mean_with_errors": molar_row(pool.with_errors),
        "refusal": pool.refusal,
    }


def cell_row(cell: Cell) -> Row:
    """Return a cell of a matrix."""
    return {
        "drug": cell.drug,
        "target": cell.target,
        "parameter": cell.parameter,
        "span": molar_row(cell.span),
        "values": [{"id": value.id, "as_written": value.printed} for value in cell.values],
        "left_out": [left_out_row(item) for item in cell.left_out],
        "documents": list(cell.documents),
        "mixed": {name: list(found) for name, found in cell.mixed},
        "conflicts": list(cell.conflicts),
    }


def matrix_row(matrix: Matrix) -> Row:
    """Return a matrix: drugs and targets, best affinity first, and its cells."""
    return {
        "parameter": matrix.parameter,
        "drugs": list(matrix.drugs),
        "targets": list(matrix.targets),
        "cells": [cell_row(cell) for cell in matrix.cells],
    }


def ratio_row(ratio: Ratio) -> Row:
    """Return the fold between two targets under one set of circumstances."""
    return {
        "parameter": ratio.parameter,
        "form": ratio.form,
        "endpoint": ratio.endpoint,
        "species": ratio.species,
        "preparation": ratio.preparation,
        "first": [{"id": value.id, "as_written": value.printed} for value in ratio.first],
        "second": [{"id": value.id, "as_written": value.printed} for value in ratio.second],
        "documents": list(ratio.documents),
        "fold": amount_row(ratio.fold),
        "fold_with_errors": amount_row(ratio.with_errors),
        "refusal": ratio.refusal,
        "direction": ratio.direction,
    }


def selectivity_row(found: Selectivity) -> Row:
    """Return how a drug stands between two targets; the fold is the second's value over the first's."""
    return {
        "drug": found.drug,
        "first": found.first,
        "second": found.second,
        "alone": [ratio_row(ratio) for ratio in found.alone],
        "pooled": [ratio_row(ratio) for ratio in found.pooled],
        "unpaired": [{"id": value.id, "as_written": value.printed} for value in found.unpaired],
        "prefer_first": list(found.sources("first")),
        "prefer_second": list(found.sources("second")),
        "open": list(found.sources("open")),
        "disputed": found.disputed,
    }


def occupancy_row(found: Occupancy) -> Row:
    """Return the occupied share of a target, from 0 to 1, or what is missing for it."""
    return {
        "target": found.target,
        "parameter": found.parameter,
        "constant": molar_row(found.cell.span) if found.cell else None,
        "share": amount_row(found.share),
        "share_with_errors": amount_row(found.with_errors),
        "engaged": found.engaged,
        "missing": found.missing,
        "documents": list(found.cell.documents) if found.cell else [],
        "conflicts": list(found.cell.conflicts) if found.cell else [],
        "claims": [claim.id for claim in found.claims],
        "mechanisms": list(found.mechanisms),
    }


def converted_row(found: Converted) -> Row:
    """Return a Ki calculated from an IC50, in nM, with the equation and what it assumes."""
    return {
        "ic50": molar_row(found.ic50),
        "ratio": amount_row(found.ratio),
        "ki": molar_row(found.ki),
        "ki_with_errors": molar_row(found.with_errors),
        "given": found.given,
        "equation": EQUATION,
        "assumptions": list(ASSUMPTIONS),
        "source": SOURCE,
    }


CELL_COLUMNS = (
    "drug", "target", "parameter", "relation", "low", "high", "approximate", "unit", "values", "documents",
    "conflicts", "mixed",
)  # fmt: skip


def cell_lines(cell: Cell) -> Iterator[object]:
    """Yield a cell as a line of CSV, with relation, low and high in columns of their own."""
    span = molar_row(cell.span) or {}
    yield from (cell.drug, cell.target, cell.parameter)
    yield from (span.get(name) for name in ("relation", "low", "high", "approximate", "unit"))
    yield from (len(cell.values), " ".join(cell.documents), " ".join(cell.conflicts))
    yield " ".join(name for name, _ in cell.mixed)
