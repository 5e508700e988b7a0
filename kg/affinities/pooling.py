"""Values of one thing taken together, once each, and what was left out with the reason.

Never pooled: different parameters (Ki, Kd, IC50), targets (a transporter is not the uptake through it),
assays, species, a base with its salt. What one value leaves open is not what another states, so «not stated»
is a species of its own here. A print of a value that another document prints too counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from kg.amounts import Amount, amount_of, geometric_mean, widened
from kg.graph import Graph
from kg.model import Frozen, Measurement
from kg.problems import NoAmount
from kg.rich import Rows, Shown


class Key(NamedTuple):
    """What values must have in common before they are pooled."""

    drug: str
    form: str | None
    target: str
    parameter: str
    endpoint: str | None
    species: str | None


class LeftOut(Frozen, frozen=True):
    """A value that is not in a pool or cell, and why."""

    value: Measurement
    reason: str


class Pool(Shown, Frozen, frozen=True):
    """Values of one key; `mean` is theirs on the logarithmic scale in mol/L, or `refusal` says why not.

    `with_errors` is the mean that one printed error to either side of each value allows, where any has one.
    """

    key: Key
    taken: tuple[Measurement, ...]
    left_out: tuple[LeftOut, ...]
    mean: Amount | None = None
    with_errors: Amount | None = None
    refusal: str | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents whose values went in, each once."""
        return tuple(dict.fromkeys(name for value in self.taken for name in value.documents))


class Pools(Rows[Pool]):
    """Pools of values."""

    KIND = "pool"


def key_of(value: Measurement) -> Key:
    """Return what a value may be pooled by."""
    species = value.qualifiers.species
    return Key(value.drug, value.form, value.target, value.parameter, value.endpoint, species)


def pools(graph: Graph, values: Iterable[Measurement]) -> Pools:
    """Return these values in pools, whatever their order; what cannot be calculated with is left out."""
    groups: dict[Key, list[Measurement]] = {}
    known = {value.id: value for value in values}
    for name in sorted(known):
        groups.setdefault(key_of(known[name]), []).append(known[name])
    ordered = sorted(groups.items(), key=lambda group: tuple(part or "" for part in group[0]))
    return Pools(_pool(graph, key, group, known) for key, group in ordered)


def _pool(graph: Graph, key: Key, group: list[Measurement], known: dict[str, Measurement]) -> Pool:
    taken, left_out = sorted_out(graph, group, known)
    try:
        mean = geometric_mean([molar(graph, value) for value in taken])
    except NoAmount as refusal:
        return Pool(key, taken, left_out, refusal=str(refusal))
    return Pool(key, taken, left_out, mean, _mean_with_errors(graph, taken))


def _mean_with_errors(graph: Graph, taken: Sequence[Measurement]) -> Amount | None:
    """Return the mean within the printed errors, or None where there are none or they leave it open."""
    if not have_errors(taken):
        return None
    try:
        return geometric_mean([molar_with_error(graph, value) for value in taken])
    except NoAmount:  # an error as large as its value, beside a lower bound
        return None


def sorted_out(
    graph: Graph, values: Iterable[Measurement], known: Iterable[str]
) -> tuple[tuple[Measurement, ...], tuple[LeftOut, ...]]:
    """Return the values that can be calculated with, and the others with the reason.

    `known` are the ids of all values in question: a further print of one of them is left out.
    """
    taken, left_out, among = [], [], set(known)
    for value in values:
        reason = _reason(graph, value, among)
        if reason is None:
            taken.append(value)
        else:
            left_out.append(LeftOut(value, reason))
    return tuple(taken), tuple(left_out)


def _reason(graph: Graph, value: Measurement, known: set[str]) -> str | None:
    try:
        molar(graph, value)
    except NoAmount as refusal:
        return str(refusal)
    first = first_print(graph, value, known)
    return None if first == value.id else f"another print of {first}, which is counted"


def first_print(graph: Graph, value: Measurement, known: Iterable[str]) -> str:
    """Return the id of the print of a value that counts, of those known: one that is nobody's `same_as`."""
    prints = {value.id, *(name for name in graph.same_values.get(value.id, ()) if name in known)}
    return min(prints, key=lambda name: (graph.measurements[name].same_as is not None, name))


def molar(graph: Graph, value: Measurement) -> Amount:
    """Return a measured concentration in mol/L; raises `NoAmount` where it is none."""
    return amount_of(value.quantity, _factor(graph, value))


def molar_with_error(graph: Graph, value: Measurement) -> Amount:
    """Return a measured concentration in mol/L, one printed error to either side of it."""
    return widened(value.quantity, _factor(graph, value))


def have_errors(values: Iterable[Measurement]) -> bool:
    """Tell whether any of these values was printed with an error."""
    return any(value.quantity.error for value in values)


def _factor(graph: Graph, value: Measurement) -> Decimal | int:
    unit = graph.vocabulary.unit(value.unit) if value.unit else None
    if value.quantity.relation != "qualitative" and (unit is None or unit.to_molar is None):
        raise NoAmount(f"`{value.printed}` is no concentration")
    return unit.to_molar if unit and unit.to_molar else 1
