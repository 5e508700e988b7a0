"""Rules about names: everything that is named exists, once, and is of the right kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from kg.curie import split
from kg.loading import Row
from kg.model import Measurement, Protocol, Statement, Workflow
from kg.names import meant
from kg.rules.context import Context, Finding
from kg.yamltext import Step

_RESERVED = re.compile(r"\.(ref|evidence|material)\.\d+(\.|$)|\.step\.|^(background|ontology|shapes)$")
_Use = tuple[Row[Any], tuple[Step, ...], str]


def duplicate_ids(context: Context) -> Iterator[Finding]:
    """KG301. A repeated claim within one document is left to `repeated_claims`."""
    draft = context.draft
    groups = (draft.documents, draft.entities, draft.statements, draft.measurements, draft.mechanisms,
              draft.conflicts, draft.protocols, draft.workflows)  # fmt: skip
    first: dict[str, Row[Any]] = {}
    for row in (row for group in groups for row in group):
        if _RESERVED.search(row.value.id):
            message = f"`{row.value.id}` is a name that the graph makes itself"
            yield Finding(row, row.problem("KG301", ("id",), message, "give it another `id`"))
        other = first.setdefault(row.value.id, row)
        if other is not row and not _same_claim_in_one_document(other, row):
            message = f"`{row.value.id}` is taken by {other.file}:{other.node.line}"
            yield Finding(row, row.problem("KG301", ("id",), message, _how_to_tell_apart(row)))


def _same_claim_in_one_document(one: Row[Any], other: Row[Any]) -> bool:
    if not (isinstance(one.value, Statement) and isinstance(other.value, Statement)):
        return False
    return claim_key(one.value) == claim_key(other.value) and not set(one.value.documents).isdisjoint(
        other.value.documents
    )


def claim_key(statement: Statement) -> tuple[object, ...]:
    """Return what makes two statements the same claim: everything but id, evidence, note and place."""
    return (
        statement.subject, statement.predicate, statement.object, statement.than, statement.sign,
        statement.polarity, statement.certainty, statement.basis, statement.qualifiers,
    )  # fmt: skip


def _how_to_tell_apart(row: Row[Any]) -> str | None:
    if isinstance(row.value, Statement):
        return "further evidence of that claim goes under `repeats`; another claim needs an `id` of its own"
    if isinstance(row.value, Measurement):
        return "give one of the two an `id` of its own"
    return None


def _entity_uses(context: Context) -> Iterator[_Use]:
    draft = context.draft
    for statement in draft.statements:
        for field in ("subject", "object", "than"):
            yield statement, (field,), getattr(statement.value, field)
    for measurement in draft.measurements:
        for field in ("drug", "form", "target", "ligand"):
            yield measurement, (field,), getattr(measurement.value, field)
    for row in context.sourced():
        for field in ("species", "stimulus", "compartment"):
            yield row, (field,), getattr(row.value.qualifiers, field)
    for mechanism in draft.mechanisms:
        for i, placement in enumerate(mechanism.value.compartments):
            yield mechanism, ("compartments", i, "compartment"), placement.compartment
            yield mechanism, ("compartments", i, "within"), placement.within or ""
            for j, entity in enumerate(placement.entities):
                yield mechanism, ("compartments", i, "entities", j), entity
    for document in draft.documents:
        for i, entity in enumerate(document.value.about):
            yield document, ("about", i), entity
    for protocol in draft.protocols:
        yield from _bench_uses(protocol)


def _bench_uses(protocol: Row[Protocol]) -> Iterator[_Use]:
    yield protocol, ("assay",), protocol.value.assay or ""
    for field in ("drugs", "targets", "species"):
        for i, entity in enumerate(getattr(protocol.value, field)):
            yield protocol, (field, i), entity
    for i, material in enumerate(protocol.value.materials):
        yield protocol, ("materials", i, "entity"), material.entity or ""


def unknown_entities(context: Context) -> Iterator[Finding]:
    """KG302."""
    for row, path, name in _entity_uses(context):
        if name and context.lacks(name, context.entities):
            yield _unknown("KG302", row, path, name, context.entities)


def _unknown(code: str, row: Row[Any], path: tuple[Step, ...], name: str, known: Iterable[str]) -> Finding:
    return Finding(row, row.problem(code, path, f"`{name[:80]}`", meant(name, known)))


def unknown_predicates(context: Context) -> Iterator[Finding]:
    """KG303."""
    known = context.vocabulary.predicates
    for row in context.draft.statements:
        if row.value.predicate not in known:
            yield _unknown("KG303", row, ("predicate",), row.value.predicate, known)


def unknown_documents(context: Context) -> Iterator[Finding]:
    """KG305."""
    for row, path, evidence in context.evidence:
        if evidence.document == "":
            hint = "name a `document`, or declare the file's own at its top"
            yield Finding(row, row.problem("KG305", path, "the evidence names none", hint))
        elif context.lacks(evidence.document, context.documents):
            yield _unknown("KG305", row, (*path, "document"), evidence.document, context.documents)
    draft = context.draft
    pictured: tuple[Row[Any], ...] = (*draft.mechanisms, *draft.protocols, *draft.workflows)
    for row in pictured:
        name = row.value.document
        if name and context.lacks(name, context.documents):
            yield _unknown("KG305", row, ("document",), name, context.documents)
    for protocol in context.draft.protocols:
        if not protocol.value.document:
            hint = "name a `document`, or declare the file's own at its top"
            yield Finding(protocol, protocol.problem("KG305", ("id",), "the protocol names none", hint))
    for row, path, evidence in context.bench_evidence():
        if isinstance(row.value, Workflow) and context.lacks(evidence.document, context.documents):
            yield _unknown("KG305", row, path, evidence.document, context.documents)


def unknown_references(context: Context) -> Iterator[Finding]:
    """KG310."""
    for row, path, evidence in chain(context.evidence, context.bench_evidence()):
        document = context.documents.get(evidence.document)
        known = {reference.number for reference in document.value.references} if document else set()
        for number in evidence.references:
            if document and number not in known:
                at: tuple[Step, ...] = ("refs",) if path == ("at",) else (*path, "refs")
                listed = ", ".join(map(str, sorted(known))) or "none"
                hint = f"{evidence.document} lists {listed}"
                yield Finding(row, row.problem("KG310", at, f"[{number}] of {evidence.document}", hint))


def misfits_not_cited(context: Context) -> Iterator[Finding]:
    """KG312."""
    for row, path, evidence in context.evidence:
        for number in sorted(set(evidence.misfits) - set(evidence.references)):
            at: tuple[Step, ...] = ("misfits",) if path == ("at",) else (*path, "misfits")
            cited = ", ".join(map(str, evidence.references)) or "none"
            yield Finding(row, row.problem("KG312", at, f"[{number}]", f"cited there: {cited}"))


def unknown_protocol_references(context: Context) -> Iterator[Finding]:
    """KG310 for what a protocol as a whole cites."""
    for row in context.draft.protocols:
        document = context.documents.get(row.value.document)
        known = {reference.number for reference in document.value.references} if document else set()
        for number in row.value.references:
            if document and number not in known:
                message = f"[{number}] of {row.value.document}"
                yield Finding(row, row.problem("KG310", ("refs",), message))


def unknown_units(context: Context) -> Iterator[Finding]:
    """KG306."""
    for row in context.draft.measurements:
        unit = row.value.unit
        if unit and not context.vocabulary.unit(unit):
            yield _unknown("KG306", row, ("unit",), unit, context.vocabulary.units)


def unknown_categories(context: Context) -> Iterator[Finding]:
    """KG307."""
    known = context.vocabulary.categories
    for row in context.draft.entities:
        if row.value.category not in known:
            yield _unknown("KG307", row, ("category",), row.value.category, known)


def unknown_parameters(context: Context) -> Iterator[Finding]:
    """KG311."""
    known = context.vocabulary.parameters
    for row in context.draft.measurements:
        if row.value.parameter not in known:
            yield _unknown("KG311", row, ("parameter",), row.value.parameter, known)
    for protocol in context.draft.protocols:
        for index, name in enumerate(protocol.value.determines):
            if name not in known:
                yield _unknown("KG311", protocol, ("determines", index), name, known)


def unknown_statements(context: Context) -> Iterator[Finding]:
    """KG308."""
    for mechanism in context.draft.mechanisms:
        for field in ("statements", "main_chain"):
            known = context.statements if field == "statements" else mechanism.value.statements
            for index, name in enumerate(getattr(mechanism.value, field)):
                if context.lacks(name, known):
                    yield _unknown("KG308", mechanism, (field, index), name, known)
    for repeat in context.draft.repeats:
        if context.lacks(repeat.value.claim, context.statements):
            yield _unknown("KG308", repeat, ("claim",), repeat.value.claim, context.statements)
    for row in context.draft.measurements:
        other = row.value.same_as
        if other is not None and context.lacks(other, context.measurements):
            yield _unknown("KG308", row, ("same_as",), other, context.measurements)
    for conflict in context.draft.conflicts:
        for index, name in enumerate(conflict.value.sides):
            if context.lacks(name, context.sides):
                yield _unknown("KG308", conflict, ("sides", index), name, context.claims)


def unsound_xrefs(context: Context) -> Iterator[Finding]:
    """KG205 and KG304."""
    prefixes = context.vocabulary.prefixes
    for row in context.draft.entities:
        for index, xref in enumerate(row.value.xrefs):
            parts = split(xref)
            prefix = prefixes.find(parts[0]) if parts else None
            if parts is None:
                yield Finding(row, row.problem("KG205", ("xrefs", index), f"`{xref[:80]}`"))
            elif prefix is None:
                yield _unknown("KG304", row, ("xrefs", index), parts[0], prefixes.names())
            elif not prefix.accepts(parts[1]):
                message = f"`{parts[1]}` is not an identifier of {prefix.prefix} ({prefix.pattern})"
                yield Finding(row, row.problem("KG205", ("xrefs", index), message))


def circular_compartments(context: Context) -> Iterator[Finding]:
    """KG309. A compartment cannot lie within itself, however many others are between."""
    for row in context.draft.mechanisms:
        around = {placement.compartment: placement.within for placement in row.value.compartments}
        for index, placement in enumerate(row.value.compartments):
            seen, outer = {placement.compartment}, placement.within
            while outer and outer not in seen:
                seen.add(outer)
                outer = around.get(outer)
            if outer == placement.compartment:
                path: tuple[Step, ...] = ("compartments", index, "within")
                yield Finding(row, row.problem("KG309", path, f"`{outer}` would lie within itself"))


def not_compartments(context: Context) -> Iterator[Finding]:
    """KG309."""
    for row in context.draft.mechanisms:
        for index, placement in enumerate(row.value.compartments):
            for field in ("compartment", "within"):
                name = getattr(placement, field)
                category = context.category(name) if name else None
                if category and not context.vocabulary.is_a(category, ("Compartment",)):
                    path: tuple[Step, ...] = ("compartments", index, field)
                    yield Finding(row, row.problem("KG309", path, f"`{name}` is a {category}"))
