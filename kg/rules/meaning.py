"""Rules about meaning: a claim or a value says something that can be true."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from kg.dates import parse_date
from kg.loading import Row
from kg.model import Measurement, Statement
from kg.rules.context import Context, Finding
from kg.vocabulary import Predicate
from kg.yamltext import Scalar, find

_BOUNDS = (">", "<", ">=", "<=")


def _with_predicate(context: Context) -> Iterator[tuple[Row[Statement], Predicate]]:
    for row in context.draft.statements:
        predicate = context.vocabulary.predicates.get(row.value.predicate)
        if predicate:
            yield row, predicate


def outside_domain_or_range(context: Context) -> Iterator[Finding]:
    """KG401 and KG402."""
    for row, predicate in _with_predicate(context):
        object_side = predicate.range
        than_side = predicate.domain if predicate.comparator == "subject" else predicate.range
        for code, field, allowed in (
            ("KG401", "subject", predicate.domain),
            ("KG402", "object", object_side),
            ("KG402", "than", than_side),
        ):
            name = getattr(row.value, field)
            category = context.category(name) if name else None
            if category in context.vocabulary.categories and not context.vocabulary.is_a(category, allowed):
                wanted = ", ".join(sorted(allowed))
                message = f"`{name}` is a {category}; {field} of `{predicate.id}` must be {wanted}"
                yield Finding(row, row.problem(code, (field,), message))


def no_evidence(context: Context) -> Iterator[Finding]:
    """KG403."""
    for row in context.sourced():
        if not row.value.evidence:
            yield Finding(row, row.problem("KG403", (), f"`{row.value.id}`"))


def no_place(context: Context) -> Iterator[Finding]:
    """KG404. A paragraph or a column alone is no place: it is counted within something."""
    for row, path, evidence in chain(context.evidence, context.bench_evidence()):
        at = evidence.locator
        if not any((at.section, at.table, at.figure, at.item, at.page)):
            given = str(at) or "nothing"
            yield Finding(row, row.problem("KG404", path, f"only {given} is given in {evidence.document}"))


def sign_against_predicate(context: Context) -> Iterator[Finding]:
    """KG405."""
    for row, predicate in _with_predicate(context):
        if predicate.sign not in ("unsigned", row.value.sign):
            message = f"`{predicate.id}` is {predicate.sign}, the statement says {row.value.sign}"
            yield Finding(row, row.problem("KG405", ("sign",), message))


def incomplete_comparison(context: Context) -> Iterator[Finding]:
    """KG410."""
    for row, predicate in _with_predicate(context):
        if predicate.comparator and row.value.than is None:
            yield Finding(row, row.problem("KG410", ("predicate",), f"`{predicate.id}` compares, with what?"))
        if row.value.than is not None and not predicate.comparator:
            yield Finding(row, row.problem("KG410", ("than",), f"`{predicate.id}` compares nothing"))


def missing_unit(context: Context) -> Iterator[Finding]:
    """KG406. A qualitative finding has no number and needs none."""
    for row in context.draft.measurements:
        parameter = context.vocabulary.parameters.get(row.value.parameter)
        number = row.value.quantity.relation != "qualitative"
        if parameter and parameter.dimension != "none" and number and not row.value.unit:
            yield Finding(row, row.problem("KG406", ("value",), f"`{row.value.quantity.text}` of what?"))


def other_dimension(context: Context) -> Iterator[Finding]:
    """KG411."""
    for row in context.draft.measurements:
        parameter = context.vocabulary.parameters.get(row.value.parameter)
        unit = context.vocabulary.unit(row.value.unit) if row.value.unit else None
        if parameter and unit and parameter.dimension not in ("none", unit.dimension):
            message = f"{unit.notation} is a {unit.dimension}, {parameter.id} is a {parameter.dimension}"
            yield Finding(row, row.problem("KG411", ("unit",), message))


def unsound_numbers(context: Context) -> Iterator[Finding]:
    """KG407, KG408 and KG409."""
    for row in context.draft.measurements:
        quantity = row.value.quantity
        numbers = [number for number in (quantity.value, quantity.low, quantity.high) if number is not None]
        if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
            yield _number(row, "KG407")
        if any(number < 0 for number in numbers):
            yield _number(row, "KG408")
        if quantity.relation in _BOUNDS and quantity.error is not None:
            yield _number(row, "KG409")


def other_value(context: Context) -> Iterator[Finding]:
    """KG412. Unit and digits may be printed otherwise, the value may not."""
    for row in context.draft.measurements:
        other = context.measurements.get(row.value.same_as or "")
        if other is not None and (other is row or _value(context, row) != _value(context, other)):
            message = (
                f"`{other.value.id}` is this measurement itself"
                if other is row
                else f"`{row.value.printed}` is not the value of `{other.value.id}`, `{other.value.printed}`"
            )
            yield Finding(row, row.problem("KG412", ("same_as",), message))


def _value(context: Context, row: Row[Measurement]) -> tuple[object, ...]:
    """Return what two prints of one value have in common, numbers in the same unit."""
    value, quantity = row.value, row.value.quantity
    unit = context.vocabulary.unit(value.unit) if value.unit else None
    factor = unit.to_molar if unit and unit.to_molar else Decimal(1)
    numbers = (quantity.value, quantity.low, quantity.high, quantity.error)
    scaled = tuple(None if number is None else number * factor for number in numbers)
    dimension = unit.dimension if unit and unit.to_molar else value.unit
    words = quantity.text if quantity.relation == "qualitative" else ""
    return (value.drug, value.target, value.parameter, quantity.relation, dimension, words, *scaled)


def unreadable_dates(context: Context) -> Iterator[Finding]:
    """KG207."""
    for row in context.sourced():
        date = row.value.qualifiers.date
        if date is not None and parse_date(date) is None:
            yield Finding(row, row.problem("KG207", ("date",), f"`{date[:80]}`"))


def _number(row: Row[Measurement], code: str) -> Finding:
    printed = find(row.node, ("value",))
    assert isinstance(printed, Scalar)
    return Finding(row, row.problem(code, ("value",), f"`{printed.text}`"))
