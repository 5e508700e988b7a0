"""What to offer for a field: only what fits the answers before it, with what tells one from another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from kg.authoring.answers import Answers, allowed
from kg.authoring.questions import PLACE, Field
from kg.graph import Graph
from kg.model import Locator

_KINDS = {"species": "Species", "compartment": "Compartment", "form": "DrugForm"}
_SIGNS = {"+": "+", "-": "−", "0": "0", "unsigned": "unsigned"}


class Offer(NamedTuple):
    """A text to take over, what to show beside it, and other names it is found by."""

    text: str
    shown: str = ""
    meta: str = ""
    names: tuple[str, ...] = ()


def offers(graph: Graph, field: Field, before: Answers) -> list[Offer]:
    """Return what may be meant for a field, given the answers before it."""
    if field.sort == "entity":
        return list(_entities(graph, field.name, before))
    if field.sort == "predicate":
        return list(_predicates(graph, before))
    if field.name in PLACE:
        return [Offer(text) for text in _places(graph, field.name, before)]
    if field.name == "refs":
        document = graph.documents.get(str(before.get("document", "")))
        listed = document.references if document else ()
        return [Offer(str(reference.number), "", reference.title) for reference in listed]
    return list(_others(graph, field, before))


def _entities(graph: Graph, name: str, before: Answers) -> Iterator[Offer]:
    predicate = graph.vocabulary.predicates.get(str(before.get("predicate", "")))
    fitting = {_KINDS[name]} if name in _KINDS else allowed(predicate, name) if predicate and name in (
        "subject", "object", "than") else None  # fmt: skip
    for entity in graph.knowledge.entities:
        if fitting is None or graph.vocabulary.is_a(entity.category, fitting):
            names = (*entity.synonyms, entity.symbol or "")
            yield Offer(entity.id, entity.name, entity.category, tuple(filter(None, names)))


def _predicates(graph: Graph, before: Answers) -> Iterator[Offer]:
    subject = graph.entities.get(str(before.get("subject", "")))
    for predicate in graph.vocabulary.predicates.values():
        if subject is None or graph.vocabulary.is_a(subject.category, predicate.domain):
            yield Offer(predicate.id, f"({_SIGNS[predicate.sign]})", predicate.definition, (predicate.label,))


def _places(graph: Graph, name: str, before: Answers) -> list[str]:
    """Return the document's sections (tables, rows, …): those of its index, then others named already."""
    found: dict[str, None] = {}
    for place in _known_places(graph, str(before.get("document", ""))):
        if getattr(place, name, None) is not None:
            known = (before.get(other) in (None, getattr(place, other, None)) for other in PLACE)
            if all(known):
                found[str(getattr(place, name))] = None
    return list(found)


def _known_places(graph: Graph, document: str) -> Iterator[Locator]:
    for text in graph.knowledge.texts:
        if text.document == document:
            yield from (passage.locator for passage in text.passages)
    claims = (evidence for statement in graph.knowledge.statements for evidence in statement.evidence)
    values = (evidence for value in graph.knowledge.measurements for evidence in value.evidence)
    yield from (evidence.locator for evidence in chain(claims, values) if evidence.document == document)


def _others(graph: Graph, field: Field, before: Answers) -> Iterator[Offer]:
    vocabulary = graph.vocabulary
    if field.sort == "choice":
        yield from map(Offer, field.choices)
    elif field.sort == "document":
        for document in graph.knowledge.documents:
            yield Offer(document.id, "", document.title, (document.label or "",))
    elif field.sort == "category":
        for category in vocabulary.categories.values():
            yield Offer(category.id, "", category.definition, (category.label,))
    elif field.sort == "parameter":
        for parameter in vocabulary.parameters.values():
            yield Offer(parameter.id, "", parameter.definition, (parameter.label,))
    elif field.sort == "unit":
        asked = vocabulary.parameters.get(str(before.get("parameter", "")))
        for unit in {unit.notation: unit for unit in vocabulary.units.values()}.values():
            if asked is None or asked.dimension in ("none", unit.dimension):
                yield Offer(unit.notation, "", unit.dimension, unit.alternatives)
