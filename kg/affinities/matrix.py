"""Drugs against targets: each cell an interval from the lowest to the highest source, never a mean."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fractions import Fraction

from kg.affinities.pooling import LeftOut, molar, sorted_out
from kg.amounts import Amount, envelope
from kg.graph import Graph
from kg.model import Conflict, Frozen, Measurement
from kg.rich import Rows, Shown, counted

AFFINITIES = ("Ki", "Kd", "IC50", "EC50")
"""Parameters that tell how well a drug binds or acts; each has a matrix of its own."""
_SHOWN: tuple[tuple[str, Callable[[Measurement], str | None]], ...] = (
    ("form", lambda value: value.form or value.qualifiers.form),
    ("species", lambda value: value.qualifiers.species),
    ("endpoint", lambda value: value.endpoint),
)


class Cell(Frozen, frozen=True):
    """Every value of one parameter of a drug at a target; `span` (mol/L) encloses those with a number.

    `mixed` names what its values do not have in common, with what each says (None: not stated);
    `conflicts` are those that touch one of its values.
    """

    drug: str
    target: str
    parameter: str
    values: tuple[Measurement, ...]
    left_out: tuple[LeftOut, ...]
    span: Amount | None
    documents: tuple[str, ...]
    mixed: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    conflicts: tuple[str, ...] = ()


class Matrix(Shown, Frozen, frozen=True):
    """Drugs and targets of one parameter, each sorted by its best affinity, and the cells with values."""

    parameter: str
    drugs: tuple[str, ...]
    targets: tuple[str, ...]
    cells: tuple[Cell, ...]

    def by_ends(self) -> dict[tuple[str, str], Cell]:
        """Return the cells by drug and target; where nothing was measured there is none."""
        return {(cell.drug, cell.target): cell for cell in self.cells}

    def __repr__(self) -> str:
        ends = f"{counted(len(self.drugs), 'drug')} at {counted(len(self.targets), 'target')}"
        return f"<Matrix of {self.parameter}: {ends}, {counted(len(self.cells), 'cell')}>"


class Matrices(Rows[Matrix]):
    """Matrices, one for each parameter."""

    KIND = "matrix"


def matrices(
    graph: Graph,
    conflicts: Iterable[Conflict],
    *,
    drugs: Collection[str] = (),
    targets: Collection[str] = (),
    parameters: Collection[str] = (),
) -> Matrices:
    """Return a matrix for each parameter that has values of these drugs at these targets (none: of all).

    A drug may be named by its form; then only values of that form are there.
    """
    disputed = disputes(conflicts)
    asked = parameters or AFFINITIES
    groups: dict[str, dict[tuple[str, str], list[Measurement]]] = {name: {} for name in asked}
    for value in sorted(graph.knowledge.measurements, key=lambda row: row.id):
        wanted = (not drugs or value.drug in drugs or value.form in drugs) and (
            not targets or value.target in targets
        )
        if wanted and value.parameter in groups:
            groups[value.parameter].setdefault((value.drug, value.target), []).append(value)
    return Matrices(_matrix(graph, name, cells, disputed) for name, cells in groups.items() if cells)


def disputes(conflicts: Iterable[Conflict]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the conflicts by the id of each side.

    What only looks like a conflict is none, and a citation that does not fit disputes no value.
    """
    found: dict[str, tuple[str, ...]] = {}
    for conflict in conflicts:
        if conflict.verdict != "no conflict" and conflict.kind != "citation":
            for side in conflict.sides:
                found[side] = (*found.get(side, ()), conflict.id)
    return found


def _matrix(
    graph: Graph,
    parameter: str,
    groups: Mapping[tuple[str, str], list[Measurement]],
    disputed: Mapping[str, tuple[str, ...]],
) -> Matrix:
    cells = sorted(
        (_cell(graph, parameter, ends, values, disputed) for ends, values in groups.items()),
        key=lambda cell: (rank(cell.span), graph.label(cell.target), graph.label(cell.drug)),
    )
    drugs = tuple(dict.fromkeys(cell.drug for cell in cells))
    targets = tuple(dict.fromkeys(cell.target for cell in cells))
    return Matrix(parameter, drugs, targets, tuple(cells))


def rank(span: Amount | None) -> tuple[int, Fraction, Fraction]:
    """Return what intervals are sorted by, best affinity first: the lowest end, a bound by what it prints."""
    if span is None:
        return (1, Fraction(0), Fraction(0))
    first = span.low or span.high or Fraction(0)
    return (0, first, first * 10**9 if span.high is None else span.high)


def _cell(
    graph: Graph,
    parameter: str,
    ends: tuple[str, str],
    values: list[Measurement],
    disputed: Mapping[str, tuple[str, ...]],
) -> Cell:
    taken, left_out = sorted_out(graph, values, [value.id for value in values])
    touched = dict.fromkeys(name for value in values for name in disputed.get(value.id, ()))
    return Cell(
        drug=ends[0],
        target=ends[1],
        parameter=parameter,
        values=taken,
        left_out=left_out,
        span=envelope([molar(graph, value) for value in taken]) if taken else None,
        documents=tuple(sorted({name for value in values for name in value.documents})),
        mixed=tuple(_mixed(taken)),
        conflicts=tuple(touched),
    )


def _mixed(values: tuple[Measurement, ...]) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    for name, read in _SHOWN:
        found = {read(value) for value in values}
        if len(found) > 1:
            yield name, tuple(sorted(found, key=lambda said: said or ""))
