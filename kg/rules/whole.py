"""Rules about the whole graph: no two things for one, nothing left over, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kg.loading import Row
from kg.model import Entity, Statement
from kg.names import fold
from kg.rules.context import Context, Finding
from kg.rules.naming import claim_key
from kg.yamltext import Step


def shared_names(context: Context) -> Iterator[Finding]:
    """KG501 and KG502. Preferred names are taken first, so that a synonym is never blamed on a name."""
    taken: dict[str, Row[Entity]] = {}
    for row in context.entities.values():
        yield from _claim_name(taken, row, "KG501", ("name",), row.value.name)
    for row in context.entities.values():
        for index, synonym in enumerate(row.value.synonyms):
            yield from _claim_name(taken, row, "KG502", ("synonyms", index), synonym)


def _claim_name(
    taken: dict[str, Row[Entity]], row: Row[Entity], code: str, path: tuple[Step, ...], name: str
) -> Iterator[Finding]:
    other = taken.setdefault(fold(name) or name, row)
    if other is not row:
        message = f"`{name[:80]}` also names `{other.value.id}` ({other.file}:{other.node.line})"
        yield Finding(row, row.problem(code, path, message))


def shared_xrefs(context: Context) -> Iterator[Finding]:
    """KG503."""
    taken: dict[str, Row[Entity]] = {}
    for row in context.entities.values():
        for index, xref in enumerate(row.value.xrefs):
            other = taken.setdefault(xref.casefold(), row)
            if other is not row:
                message = f"`{xref}` is also `{other.value.id}` ({other.file}:{other.node.line})"
                yield Finding(row, row.problem("KG503", ("xrefs", index), message))


def repeated_claims(context: Context) -> Iterator[Finding]:
    """KG505."""
    first: dict[tuple[object, ...], Row[Statement]] = {}
    for row in context.draft.statements:
        for document in row.value.documents:
            other = first.setdefault((document, claim_key(row.value)), row)
            if other is not row:
                message = f"{document} says so already in {other.file}:{other.node.line}"
                yield Finding(row, row.problem("KG505", (), message))


def orphan_entities(context: Context) -> Iterator[Finding]:
    """KG504."""
    draft = context.draft
    statements = (row.value for row in draft.statements)
    used = set(chain.from_iterable((s.subject, s.object, s.than) for s in statements))
    for measurement in (row.value for row in draft.measurements):
        used |= {measurement.drug, measurement.form, measurement.target, measurement.ligand}
    for qualifiers in (row.value.qualifiers for row in context.sourced()):
        used |= {qualifiers.species, qualifiers.stimulus, qualifiers.compartment}
    for placement in chain.from_iterable(row.value.compartments for row in draft.mechanisms):
        used |= {placement.compartment, placement.within, *placement.entities}
    for document in (row.value for row in draft.documents):
        used |= set(document.about)
    for protocol in (row.value for row in draft.protocols):
        used |= {protocol.assay, *protocol.drugs, *protocol.targets, *protocol.species}
        used |= {material.entity for material in protocol.materials}
    for row in context.entities.values():
        if row.value.id not in used:
            yield Finding(row, row.problem("KG504", ("id",), f"nothing is said about `{row.value.id}`"))


def unplaced_entities(context: Context) -> Iterator[Finding]:
    """KG506. A diagram without compartments places nothing and needs nothing placed."""
    for row in context.draft.mechanisms:
        placed = {entity for placement in row.value.compartments for entity in placement.entities}
        for index, name in enumerate(row.value.statements):
            statement = context.statements.get(name)
            ends = (statement.value.subject, statement.value.object) if statement else ()
            for entity in ends:
                if placed and entity not in placed:
                    placed.add(entity)
                    yield Finding(row, row.problem("KG506", ("statements", index), f"`{entity}`"))
