"""Conflicts as a chart shows them: numbered, with both sides, where each is said, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kg.affinities.conflicts import difference
from kg.graph import Graph
from kg.model import Conflict, Evidence, Frozen, Measurement, Statement


class Side(Frozen, frozen=True):
    """One side of a conflict in words, and the places that say it."""

    words: str
    places: tuple[str, ...]


class Dispute(Frozen, frozen=True):
    """A conflict with the number by which marks refer to it; `about` is its kind, fold and verdict."""

    number: int
    topic: str
    about: str
    sides: tuple[Side, ...]
    differences: tuple[str, ...] = ()
    reason: str = ""

    @property
    def name(self) -> str:
        """Return the fragment that leads to it."""
        return address(self.number)

    @property
    def line(self) -> str:
        """Return it in one line."""
        return f"{self.topic} ({self.about})"


def address(number: int) -> str:
    """Return the fragment that leads to a conflict with this number: no word of the graph is in it."""
    return f"conflict-{number}"


def disputes_of(graph: Graph, conflicts: Sequence[Conflict]) -> tuple[Dispute, ...]:
    """Return these conflicts numbered from 1 on."""
    return tuple(_dispute(graph, number, conflict) for number, conflict in enumerate(conflicts, 1))


def _dispute(graph: Graph, number: int, conflict: Conflict) -> Dispute:
    fold = f"{conflict.fold}-fold" if conflict.fold else ""
    about = ", ".join(part for part in (conflict.kind, fold, f"verdict: {conflict.verdict}") if part)
    sides = tuple(_side(graph, name) for name in conflict.sides)
    told = (conflict.difference,) if conflict.difference else tuple(_differences(graph, conflict))
    return Dispute(number, conflict.topic, about, sides, told, conflict.reason or "")


def _differences(graph: Graph, conflict: Conflict) -> Iterator[str]:
    """Yield what differs between each two values, where no curator says it."""
    values = [graph.measurements[name] for name in conflict.sides if name in graph.measurements]
    for one, other in combinations(values, 2):
        if (found := difference(graph, one, other)) is not None:
            yield found


def _side(graph: Graph, name: str) -> Side:
    if name in graph.measurements:
        value = graph.measurements[name]
        return Side(_value(graph, value), _places(value.evidence))
    if name in graph.statements:
        claim = graph.statements[name]
        return Side(_claim(graph, claim), _places(claim.evidence))
    if name in graph.documents:
        return Side(graph.documents[name].title, (name,))
    reference = graph.reference(name)
    return Side(reference.title if reference else graph.label(name), (name,))


def _value(graph: Graph, value: Measurement) -> str:
    limits = [graph.label(said) for _, said in value.qualifiers.items()]
    limits += [graph.label(said) for said in (value.endpoint, value.ligand) if said]
    drug, target = graph.label(value.form or value.drug), graph.label(value.target)
    return f"{value.parameter} of {drug} at {target}: {value.printed}{_bracketed(limits)}"


def _claim(graph: Graph, claim: Statement) -> str:
    verb = graph.vocabulary.predicates[claim.predicate].label
    than = f" than {graph.label(claim.than)}" if claim.than else ""
    known = "" if claim.polarity == "asserted" else f"{claim.polarity}: "
    limits = [graph.label(said) for _, said in claim.qualifiers.items()]
    return f"{known}{graph.label(claim.subject)} {verb} {graph.label(claim.object)}{than}{_bracketed(limits)}"


def _bracketed(words: Sequence[str]) -> str:
    return f" ({', '.join(words)})" if words else ""


def _places(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    told = (", ".join(part for part in (item.document, str(item.locator)) if part) for item in evidence)
    return tuple(dict.fromkeys(told))
