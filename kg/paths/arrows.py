"""`Arrows`: the claims of a graph that fit a choice, as a network to walk and as steps to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import msgspec

from kg.graph import Graph
from kg.model import Measurement, Statement
from kg.paths.score import (
    BACKGROUND,
    CERTAINTY,
    STEP,
    WEAK,
    Factor,
    affinity_factor,
    cost_of,
    documents_factor,
    hub_factor,
)
from kg.paths.steps import Path, Step, make_path, make_step
from kg.quantity import interval
from kg.sources import weakness

if TYPE_CHECKING:
    from kg.engine.frontier import Ways
    from kg.engine.network import Network

_AFFINITIES = ("Ki", "Kd", "IC50")
_SIGNS = {"+": 1, "-": -1}


class Which(msgspec.Struct, frozen=True):
    """Which claims may be walked. `species` leaves out those of another species, not those of none."""

    basis: Literal["document", "any"] = "any"
    predicates: frozenset[str] = frozenset()
    """Ids; empty means all."""
    document: str | None = None
    species: str | None = None
    undirected: bool = False

    def fits(self, claim: Statement) -> bool:
        """Tell whether a claim may be walked."""
        return (
            (self.basis == "any" or claim.basis == "document")
            and (not self.predicates or claim.predicate in self.predicates)
            and (self.document is None or self.document in claim.documents)
            and (self.species is None or claim.qualifiers.species in (None, self.species))
        )


class Arrows:
    """Steps by cause and effect. Never changes; the network is made when first asked for."""

    def __init__(self, graph: Graph, which: Which = Which()) -> None:  # noqa: B008 (it never changes)
        self.graph, self.which = graph, which

    @cached_property
    def steps(self) -> dict[tuple[str, str], Step]:
        """Every step by its ends, with the factors of its score."""
        bare = {(step.source, step.target): step for step in self._bare()}
        outgoing, incoming = _counted(source for source, _ in bare), _counted(target for _, target in bare)
        return {
            ends: msgspec.structs.replace(
                step, factors=self._factors(step, outgoing[ends[0]], incoming[ends[1]])
            )
            for ends, step in sorted(bare.items())
        }

    def _bare(self) -> Iterator[Step]:
        arrows = {
            (cause, effect): fitting
            for cause, effects in self.graph.arrows.items()
            for effect, claims in effects.items()
            if (fitting := tuple(claim for claim in claims if self.which.fits(claim)))
        }
        for (cause, effect), claims in arrows.items():
            yield make_step(cause, effect, claims, self.denials(cause, effect))
            if self.which.undirected and (effect, cause) not in arrows:
                yield make_step(effect, cause, claims, against=True)

    def denials(self, cause: str, effect: str) -> tuple[Statement, ...]:
        """Return the claims that one entity was tested and does not act on another, strongest first."""
        return tuple(filter(self.which.fits, self.graph.denials.get((cause, effect), ())))

    @cached_property
    def behind(self) -> dict[str, tuple[str, ...]]:
        """What each entity acts on."""
        return _grouped(self.steps)

    @cached_property
    def before(self) -> dict[str, tuple[str, ...]]:
        """What acts on each entity."""
        return _grouped((target, source) for source, target in self.steps)

    def step(self, source: str, target: str) -> Step:
        """Return the step between two entities; raises KeyError where they are not joined."""
        return self.steps[source, target]

    def path(self, nodes: tuple[str, ...]) -> Path:
        """Return the path along these entities; raises KeyError where two of them are not joined."""
        return make_path(tuple(self.steps[ends] for ends in pairwise(nodes)))

    @cached_property
    def network(self) -> Network:
        """The steps as arrays; `record` counts them in the order of `steps`."""
        from kg.engine.building import make_network, number_names

        numbers = number_names([self.graph.entities, *self.steps])
        return make_network(
            list(numbers),
            [numbers[source] for source, _ in self.steps],
            [numbers[target] for _, target in self.steps],
            signs=[_SIGNS.get(step.sign, 0) for step in self.steps.values()],
        )

    @cached_property
    def ways(self) -> Ways:
        """How to walk the network; the cost of a step is −log2 of its factors."""
        import numpy as np

        from kg.engine.frontier import ways
        from kg.engine.ranked import quantised

        costs = np.array([cost_of(step.factors) for step in self.steps.values()])
        return ways(self.network, cost=quantised(costs[self.network.record]))

    def _factors(self, step: Step, outgoing: int, incoming: int) -> tuple[Factor, ...]:
        background = step.basis == "background"
        factors = [
            Factor("length", STEP, "one step"),
            Factor("certainty", CERTAINTY[step.certainty], step.certainty),
            Factor("basis", BACKGROUND if background else 1.0, step.basis),
            documents_factor(len(step.documents)),
            self._source(step),
            hub_factor(outgoing, incoming),
        ]
        if self._is_target(step):
            factors.append(self._affinity(step))
        return tuple(factors)

    def _source(self, step: Step) -> Factor:
        why = [reason for claim in step.statements for reason in weakness(self.graph, claim)]
        weak = all(weakness(self.graph, claim) for claim in step.statements)
        return Factor("source", WEAK if weak else 1.0, why[0] if weak else "not weak")

    def _is_target(self, step: Step) -> bool:
        ends = (self.graph.entities.get(step.source), self.graph.entities.get(step.target))
        wanted = ("Drug", "Protein")
        return all(
            end is not None and self.graph.vocabulary.is_a(end.category, (kind,))
            for end, kind in zip(ends, wanted, strict=True)
        )

    def _affinity(self, step: Step) -> Factor:
        found = [
            (power, row)
            for row in self._measured.get((step.source, step.target), ())
            if (power := _power(self.graph, row)) is not None
        ]
        if not found:
            return affinity_factor(None, "not measured")
        power, row = max(found, key=lambda pair: (pair[0], pair[1].id))
        return affinity_factor(power, f"{row.parameter} {row.printed}")

    @cached_property
    def _measured(self) -> dict[tuple[str, str], list[Measurement]]:
        found: dict[tuple[str, str], list[Measurement]] = {}
        for row in self.graph.knowledge.measurements:
            if row.parameter in _AFFINITIES:
                found.setdefault((row.drug, row.target), []).append(row)
        return found


def _power(graph: Graph, row: Measurement) -> float | None:
    """Return the pX that a print allows at best: of a bound such as `>10 µM`, that of the bound."""
    unit = graph.vocabulary.unit(row.unit or "")
    ends = interval(row.quantity)
    least = ends[0] if ends and ends[0] else ends[1] if ends else None
    if unit is None or unit.to_molar is None or not least:
        return None
    return -float((Decimal(least) * unit.to_molar).log10())


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, tuple[str, ...]] = {}
    for one, other in pairs:
        grouped[one] = (*grouped.get(one, ()), other)
    return grouped


def _counted(names: Iterator[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for name in names:
        counted[name] = counted.get(name, 0) + 1
    return counted
