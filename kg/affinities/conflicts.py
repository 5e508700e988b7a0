"""Numbers against numbers and against claims: which of them cannot both hold.

Only like is compared with like: one drug, one parameter, one dimension, and the same form, endpoint and
species, or an unstated one. Values meet as intervals, so a bound is never taken for a value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations, product

import msgspec

from kg.graph import Graph
from kg.model import Conflict, ConflictKind, Measurement, Statement
from kg.quantity import interval

Interval = tuple[Decimal | None, Decimal | None]
_AFFINITIES = ("Ki", "Kd", "IC50")
_CIRCUMSTANCES = ("form", "species", "preparation", "endpoint", "ligand")
_FOLD_DIGITS = Decimal("0.1")
LEAST = Decimal(3)
"""Fold from which on two values disagree where nobody asked for another."""


def conflicts(graph: Graph, *, fold: Decimal = LEAST) -> tuple[Conflict, ...]:
    """Return every conflict: the curated ones, and those found that nobody has curated yet.

    `fold` is the least ratio of nearest bounds at which two values disagree; curated conflicts between
    values that are less far apart are left out. Raises ValueError for a fold that is none.
    """
    if not (fold.is_finite() and fold > 0):
        raise ValueError(f"a fold is a finite number above zero, not {fold}")
    found = {_sides(conflict): conflict for conflict in _detected(graph, fold)}
    nearer = {_sides(one): one for one in distant_values(graph, LEAST)} if fold > LEAST else {}
    told = [_with_fold(conflict, nearer | found) for conflict in graph.knowledge.conflicts]
    curated = [conflict for conflict in told if not conflict.fold or _reaches(conflict, found)]
    known = [set(conflict.sides) for conflict in told]
    news = (conflict for sides, conflict in found.items() if not any(sides <= sides_ for sides_ in known))
    return (*curated, *sorted(news, key=lambda conflict: conflict.id))


def _reaches(conflict: Conflict, found: Collection[frozenset[str]]) -> bool:
    """Tell whether two sides of a curated conflict are among the pairs found."""
    return any(sides <= set(conflict.sides) for sides in found)


def concerning(graph: Graph, conflict: Conflict) -> frozenset[str]:
    """Return the ids that a conflict is about: its sides, and the entities and documents these speak of."""
    ids = set(conflict.sides)
    for side in conflict.sides:
        said, value = graph.statements.get(side), graph.measurements.get(side)
        if said is not None:
            ids |= {said.subject, said.object, said.than or said.object}
        if value is not None:
            ids |= {value.drug, value.form or value.drug, value.target}
        row = said or value
        ids |= {place.document for place in row.evidence} if row else {side.rpartition(".ref.")[0] or side}
    return frozenset(ids)


def _sides(conflict: Conflict) -> frozenset[str]:
    return frozenset(conflict.sides)


def _with_fold(conflict: Conflict, found: dict[frozenset[str], Conflict]) -> Conflict:
    """Add the measured fold to a curated conflict that was also found."""
    same = [other.fold for sides, other in found.items() if sides <= set(conflict.sides) and other.fold]
    return msgspec.structs.replace(conflict, fold=max(same)) if same else conflict


def _detected(graph: Graph, fold: Decimal) -> Iterator[Conflict]:
    yield from _opposite_signs(graph)
    yield from _denials(graph)
    yield from _contradicted_comparisons(graph)
    yield from distant_values(graph, fold)
    yield from _species_of_one_value(graph)


def _species_of_one_value(graph: Graph) -> Iterator[Conflict]:
    """Yield two prints of one value that name different species: at most one of them can be right."""
    for name, others in graph.same_values.items():
        for other in (other for other in others if name < other):
            one, two = graph.measurements[name], graph.measurements[other]
            if len({one.qualifiers.species, two.qualifiers.species} - {None}) == 2:
                topic = f"species of {one.parameter} {one.printed} of {graph.label(one.drug)}"
                yield _conflict("species", f"{topic} at {graph.label(one.target)}", (name, other))


def _denials(graph: Graph) -> Iterator[Conflict]:
    """Yield a claim that one place makes and another, having tested it, denies."""
    said: dict[tuple[str | None, ...], list[Statement]] = {}
    for claim in graph.knowledge.statements:
        said.setdefault((claim.subject, claim.predicate, claim.object, claim.than), []).append(claim)
    for claims in said.values():
        for one, other in combinations(claims, 2):
            if {one.polarity, other.polarity} == {"asserted", "negated"}:
                topic = f"whether {graph.label(one.subject)} {one.predicate} {graph.label(one.object)}"
                yield _conflict("sign", topic, (one.id, other.id))


def _opposite_signs(graph: Graph) -> Iterator[Conflict]:
    for cause, effects in graph.arrows.items():
        for effect, statements in effects.items():
            for one, other in combinations(statements, 2):
                if {one.sign, other.sign} == {"+", "-"}:
                    topic = f"direction of the effect of {graph.label(cause)} on {graph.label(effect)}"
                    yield _conflict("sign", topic, (one.id, other.id))


def _contradicted_comparisons(graph: Graph) -> Iterator[Conflict]:
    """Yield «higher affinity for A than B» where one document's values of A and B say the reverse."""
    values = _by(graph, lambda row: (row.drug, row.target))
    for claim in graph.knowledge.statements:
        if claim.predicate == "has_higher_affinity_for" and claim.polarity == "asserted" and claim.than:
            ends = (values.get((claim.subject, end), []) for end in (claim.object, claim.than))
            for stated, other in product(*ends):
                if stated.parameter in _AFFINITIES and _comparable(stated, other):
                    yield from _reversed(graph, claim, stated, other)


def _by(
    graph: Graph, key: Callable[[Measurement], tuple[str, ...]]
) -> dict[tuple[str, ...], list[Measurement]]:
    """Return the values by what must be equal before two of them are looked at together."""
    groups: dict[tuple[str, ...], list[Measurement]] = {}
    for row in graph.knowledge.measurements:
        groups.setdefault(key(row), []).append(row)
    return groups


def _reversed(graph: Graph, claim: Statement, stated: Measurement, other: Measurement) -> Iterator[Conflict]:
    one, two = molar_interval(graph, stated), molar_interval(graph, other)
    if one and two and one[0] is not None and two[1] is not None and one[0] > two[1]:
        names = [graph.label(name) for name in (claim.subject, stated.target, other.target)]
        topic = "{}: affinity for {} against {}".format(*names)
        yield _conflict("comparison", topic, (claim.id, stated.id, other.id), fold_between(one, two))


def distant_values(graph: Graph, fold: Decimal) -> Iterator[Conflict]:
    """Yield every comparable pair of values whose nearest bounds are at least so many fold apart."""
    for rows in _by(graph, lambda row: (row.drug, row.target, row.parameter)).values():
        for one, other in combinations(rows, 2):
            if _comparable(one, other, across=True):
                ends = molar_interval(graph, one), molar_interval(graph, other)
                if (gap := _gap(*ends)) and Fraction(gap[1]) >= Fraction(fold) * Fraction(gap[0]):
                    topic = f"{one.parameter} of {graph.label(one.drug)} at {graph.label(one.target)}"
                    apart, differing = fold_between(*ends), difference(graph, one, other)
                    yield _conflict("value", topic, (one.id, other.id), apart, differing)


def difference(graph: Graph, one: Measurement, other: Measurement) -> str | None:
    """Return in which circumstances two values differ, or None where both state the same."""
    named = ((name, *(_said(value, name) for value in (one, other))) for name in _CIRCUMSTANCES)
    told = (
        f"{name}: {' / '.join(graph.label(said) if said else 'not stated' for said in pair)}"
        for name, *pair in named
        if pair[0] != pair[1]
    )
    return "; ".join(told) or None


def _said(value: Measurement, circumstance: str) -> str | None:
    owner = value if hasattr(value, circumstance) else value.qualifiers
    found: str | None = getattr(owner, circumstance)
    return found


def _comparable(one: Measurement, other: Measurement, *, across: bool = False) -> bool:
    """Tell whether two values may be compared: across documents, or only as printed together.

    What one of them leaves open (form, endpoint, species) does not tell them apart; it is shown with both.
    """
    together = across or not set(one.documents).isdisjoint(other.documents)
    pairs = (
        (one.form, other.form),
        (one.endpoint, other.endpoint),
        (one.qualifiers.species, other.qualifiers.species),
    )
    open_or_alike = all(len({*pair} - {None}) < 2 for pair in pairs)
    return together and one.parameter == other.parameter and open_or_alike


def molar_interval(graph: Graph, measurement: Measurement) -> Interval | None:
    """Return the printed interval in mol/L (None: unbounded end), or None where it is no concentration."""
    unit = graph.vocabulary.unit(measurement.unit) if measurement.unit else None
    ends = interval(measurement.quantity)
    if unit is None or unit.to_molar is None or ends is None:
        return None
    low, high = (None if end is None else end * unit.to_molar for end in ends)
    return low, high


def fold_between(one: Interval | None, other: Interval | None) -> Decimal | None:
    """Return the ratio of the nearest bounds to one decimal, or None where they overlap or are open."""
    gap = _gap(one, other)
    if gap is None:
        return None
    with localcontext(prec=100):
        return (gap[1] / gap[0]).quantize(_FOLD_DIGITS)


def _gap(one: Interval | None, other: Interval | None) -> tuple[Decimal, Decimal] | None:
    """Return the nearest bounds of two intervals that have nothing in common, the lower one first."""
    if one is None or other is None:
        return None
    for upper, lower in ((one, other), (other, one)):
        if upper[0] is not None and lower[1] and upper[0] > lower[1]:
            return lower[1], upper[0]
    return None


def _conflict(
    kind: ConflictKind,
    topic: str,
    sides: tuple[str, ...],
    fold: Decimal | None = None,
    difference: str | None = None,
) -> Conflict:
    name = f"{kind}." + ".vs.".join(sides)
    return Conflict(id=name, kind=kind, topic=topic, sides=sides, fold=fold, difference=difference)
