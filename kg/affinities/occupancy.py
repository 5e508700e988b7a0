"""How much of each target a concentration of a drug occupies, from Kd or Ki, and what stays unknown.

Occupancy = C / (C + K): one site, a Hill slope of 1, equilibrium, a free concentration that binding does not
use up (Hill 1910, Langmuir 1918). An IC50 depends on its assay and gives no occupancy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal

from msgspec.structs import replace

from kg.affinities.matrix import Cell, Matrix, rank
from kg.affinities.pooling import have_errors, molar_with_error
from kg.amounts import Amount, envelope, written
from kg.graph import Graph
from kg.model import Frozen, Statement
from kg.rich import Rows, Shown

_DIGITS = 3
CONSTANTS = ("Ki", "Kd")
ASSUMES = "one site, Hill slope 1, at equilibrium, free concentration; from Kd or Ki, never from IC50"
Engaged = Literal["yes", "no", "open", "unknown"]
"""Whether the occupancy reaches the threshold; «open» where its interval allows both."""


class Occupancy(Shown, Frozen, frozen=True):
    """The share of a target that is occupied; `claims` are what the drug is said to do there.

    Without a Kd or Ki there is no share, and `missing` says what there is instead. `with_errors` is the share
    that one printed error to either side of the constants allows: `engaged` does not depend on it.
    `mechanisms` are the ids of the curated diagrams that show one of the claims.
    """

    target: str
    parameter: str | None
    engaged: Engaged
    cell: Cell | None = None
    share: Amount | None = None
    missing: str | None = None
    claims: tuple[Statement, ...] = ()
    mechanisms: tuple[str, ...] = ()
    with_errors: Amount | None = None

    def __repr__(self) -> str:
        share = f"{written(self.share.times(100))} %" if self.share else self.missing
        return f"<Occupancy of {self.target}: {share}, engaged: {self.engaged}>"


class Occupancies(Rows[Occupancy]):
    """Occupancies of the targets of a drug, the most occupied first."""

    KIND = "occupancy"


def occupancies(
    graph: Graph,
    matrices: Iterable[Matrix],
    drug: str,
    concentration: Amount,
    *,
    threshold: Fraction = Fraction(1, 2),
    targets: Sequence[str] = (),
) -> Occupancies:
    """Return the occupancy of each target of a drug, the most occupied first, then what is unknown.

    `concentration` is in mol/L. A target with a Kd and a Ki is there twice: they are not merged.
    """
    cells = [cell for matrix in matrices for cell in matrix.cells if cell.drug == drug]
    constants = [cell for cell in cells if cell.parameter in CONSTANTS and cell.span]
    found = [_known(graph, cell, concentration, threshold) for cell in constants]
    found.sort(
        key=lambda one: (rank(one.cell.span if one.cell else None), graph.label(one.target), one.parameter)
    )
    known = {one.target for one in found}
    others = [cell for cell in cells if cell.target not in known]
    return Occupancies((*found, *_unknown(graph, drug, others, known, targets)))


def occupied(constant: Amount, concentration: Amount) -> Amount:
    """Return C / (C + K) for a concentration and a dissociation constant in one unit.

    >>> ten = Amount(Fraction(10), Fraction(10))
    >>> occupied(ten, ten).low
    Fraction(1, 2)
    """
    share = constant.over(concentration).plus(1).inverse()
    return replace(share, digits=max(share.digits, _DIGITS))


def _known(graph: Graph, cell: Cell, concentration: Amount, threshold: Fraction) -> Occupancy:
    assert cell.span is not None
    share = occupied(cell.span, concentration)
    claims = _claims(graph, cell.drug, cell.target)
    engaged: Engaged = "open"
    if share.low >= threshold:
        engaged = "yes"
    elif share.high is not None and share.high < threshold:
        engaged = "no"
    shown = _shown(graph, claims)
    broad = _with_errors(graph, cell, concentration)
    return Occupancy(cell.target, cell.parameter, engaged, cell, share, None, claims, shown, broad)


def _with_errors(graph: Graph, cell: Cell, concentration: Amount) -> Amount | None:
    if not have_errors(cell.values):
        return None
    return occupied(envelope([molar_with_error(graph, value) for value in cell.values]), concentration)


def _unknown(
    graph: Graph, drug: str, cells: Iterable[Cell], known: set[str], targets: Sequence[str]
) -> Iterator[Occupancy]:
    """Yield the targets measured otherwise, said to be bound, or asked for, that have no Kd or Ki."""
    measured: dict[str, list[str]] = {}
    for cell in cells:
        measured.setdefault(cell.target, []).append(cell.parameter)
    said = {claim.object for claim in graph.knowledge.statements if _binds(graph, claim, drug)}
    names = {*measured, *(name for name in said if not targets or name in targets), *targets} - known
    for name in sorted(names, key=graph.label):
        claims = _claims(graph, drug, name)
        why = f"only {', '.join(sorted(set(measured[name])))} measured" if name in measured else "no Kd or Ki"
        yield Occupancy(name, None, "unknown", None, None, why, claims, _shown(graph, claims))


_BINDING = ("binds", "agonist_of", "antagonist_of", "inhibits", "interacts_with")
_SITES = ("Receptor", "Transporter", "Enzyme", "IonChannel", "Chaperone", "ProteinFamily")


def _binds(graph: Graph, claim: Statement, drug: str) -> bool:
    """Tell whether a claim says that the drug acts on a protein that has a site for it."""
    thing = graph.entities.get(claim.object)
    proteins = thing is not None and graph.vocabulary.is_a(thing.category, _SITES)
    named = claim.predicate in _BINDING and claim.than is None and claim.polarity == "asserted"
    return claim.subject == drug and named and proteins


def _claims(graph: Graph, drug: str, target: str) -> tuple[Statement, ...]:
    """Return what the drug is said to do at a target; comparisons say nothing of it alone."""
    return tuple(
        claim
        for claim in graph.knowledge.statements
        if (claim.subject, claim.object) == (drug, target) and claim.than is None
    )


def _shown(graph: Graph, claims: Iterable[Statement]) -> tuple[str, ...]:
    names = {claim.id for claim in claims}
    return tuple(row.id for row in graph.knowledge.mechanisms if names & set(row.statements))
