"""The arrows of an edge list: walked by the same engine, shown as claims whose source is a line of a file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kg.engine.network import Network
from kg.model import Document, Entity, Evidence, KnowledgeBase, Locator, Sign, Source, Statement
from kg.paths.score import DAMPING, STEP, Factor, hub_factor
from kg.paths.steps import Path, Step, make_path, make_step
from kg.vocabulary import Category, Predicate, Vocabulary

if TYPE_CHECKING:
    from kg.engine.frontier import Ways

_SIGNS: dict[int, Sign] = {1: "+", -1: "-", 0: "unsigned"}
_ARCS: dict[frozenset[str], str] = {frozenset("+"): "stimulation", frozenset("-"): "inhibition"}


class Listed:
    """Steps of an edge list. An arrow runs as the file writes it, whatever its predicate means elsewhere.

    A step costs 1, and more through hubs (`kg.paths.score`); an edge list tells no certainty.
    """

    def __init__(self, network: Network, origin: str, vocabulary: Vocabulary) -> None:
        self.network, self.origin, self._vocabulary = network, origin, vocabulary

    @cached_property
    def ways(self) -> Ways:
        """How to walk the network; the cost of a step is −log2 of its factors."""
        import numpy as np

        from kg.engine.frontier import ways
        from kg.engine.ranked import quantised

        outgoing, incoming = np.diff(self.network.forward.starts), np.diff(self.network.backward.starts)
        targets = self.network.forward.ends
        costs = np.log2(np.repeat(outgoing, outgoing) * incoming[targets]) * DAMPING - log2(STEP)
        return ways(self.network, cost=quantised(costs))

    def path(self, nodes: tuple[str, ...]) -> Path:
        """Return the path along these names; raises KeyError where two of them are not joined."""
        return make_path(tuple(self.step(*ends) for ends in pairwise(nodes)))

    def step(self, source: str, target: str) -> Step:
        """Return the step between two names; raises KeyError where they are not joined."""
        ends = self.network.names.number(source), self.network.names.number(target)
        number = self.network.step(*ends)
        if number is None:
            raise KeyError((source, target))
        claims = sorted(
            (self._claim(arrow, source, target) for arrow in self.network.arrows_of(number)),
            key=lambda claim: (claim.sign == "unsigned", claim.source.line),
        )
        outgoing = len(self.network.forward.row(ends[0]))
        incoming = len(self.network.backward.row(ends[1]))
        factors = (Factor("length", STEP, "one step"), hub_factor(outgoing, incoming))
        return replace(make_step(source, target, tuple(claims)), factors=factors)

    def _claim(self, arrow: int, source: str, target: str) -> Statement:
        line = int(self.network.record[arrow])
        here = Source(self.origin, line)
        return Statement(
            id=f"{self.origin}:{line}",
            subject=source,
            predicate=self.network.predicates[self.network.predicate[arrow]] or "acts on",
            object=target,
            sign=_SIGNS[int(self.network.arrow_sign[arrow])],
            source=here,
            evidence=(Evidence(self.origin, Locator(row=str(line)), here),),
        )

    def knowledge(self, paths: Iterable[Path], also: Iterable[str] = ()) -> tuple[KnowledgeBase, Vocabulary]:
        """Return the entities and claims of these paths, and some nodes, and the words that they use."""
        steps = {(step.source, step.target): step for path in paths for step in path.steps}
        claims = {claim.id: claim for step in steps.values() for claim in step.statements}
        head = Source(self.origin, 1)
        found = {end: claim.source for claim in claims.values() for end in (claim.subject, claim.object)}
        entities = [self._entity(name, place) for name, place in (dict.fromkeys(also, head) | found).items()]
        document = Document(self.origin, self.origin, "database", head)
        base = KnowledgeBase((document,), tuple(entities), tuple(claims.values()))
        categories = {entity.category: self._category(entity.category) for entity in base.entities}
        words = replace(
            self._vocabulary,
            categories=self._vocabulary.categories | categories,
            predicates={name: self._predicate(name, base.statements) for name in _used(base.statements)},
        )
        return base, words

    def _entity(self, name: str, place: Source) -> Entity:
        kind = self.network.kinds[self.network.kind[self.network.names.number(name)]]
        return Entity(name, name, kind, place)

    def _category(self, kind: str) -> Category:
        """Return the category that an edge list calls so, or one of its own."""
        known = self._vocabulary.categories.get(_KINDS.get(kind.casefold(), kind))
        return replace(known, id=kind) if known else Category(kind, kind, "", frozenset([kind]), "other")

    def _predicate(self, name: str, claims: Iterable[Statement]) -> Predicate:
        """Return a predicate that reads as ours does, where we have it, and always runs forwards."""
        known = self._vocabulary.predicates.get(name)
        signs: frozenset[Sign] = frozenset(claim.sign for claim in claims if claim.predicate == name)
        return Predicate(
            id=name,
            label=known.label if known else name,
            definition=known.definition if known else "",
            domain=frozenset(),
            range=frozenset(),
            sign=min(signs) if len(signs) == 1 else "unsigned",
            aspect=known.aspect if known else "",
            arc=_ARCS.get(signs, "modulation"),
            causal="forward",
        )


_KINDS = {
    "compound": "Drug",
    "chemical": "ChemicalEntity",
    "drug": "Drug",
    "gene": "Gene",
    "protein": "Protein",
    "disease": "Disease",
    "pathway": "Pathway",
    "biological process": "BiologicalProcess",
    "side effect": "AdverseEffect",
    "symptom": "Phenotype",
    "pharmacologic class": "DrugClass",
}
"""What public edge lists call our categories."""


def _used(claims: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.predicate for claim in claims))
