"""How entities and predicates look: their names and identifiers, and what is claimed and measured of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Entity
from kg.rich import counted
from kg.showing import claims, values
from kg.showing.markup import Content, Page, Paragraph, Table, cut, faint, joined, lines_of, said
from kg.showing.words import graph_of
from kg.vocabulary import Predicate

_MOST = 8


def entity(found: Entity) -> Page:
    """Return an entity with the first of its claims and values."""
    head = joined(
        (said(found.name).within("b"), found.category, faint(found.id), faint(str(found.source))), "  "
    )
    return Page([Paragraph(head), *_described(found), *_about(found)])


def _described(found: Entity) -> Iterator[Paragraph]:
    for label, texts in (("also", found.synonyms), ("same as", found.xrefs)):
        if texts:
            yield Paragraph(f"{label}: {', '.join(texts)}")
    if found.definition:
        yield Paragraph(found.definition)


def _about(found: Entity) -> Iterator[Table]:
    graph = graph_of(found)
    if graph is None:
        return
    said_of = tuple(claim for claim in graph.knowledge.statements if found.id in claim.ends)
    measured = tuple(
        value
        for value in graph.knowledge.measurements
        if found.id in (value.drug, value.target, value.form, value.ligand)
    )
    if said_of:
        rest = cut(len(said_of), _MOST, "`graph.statements(subject=…)` and `(object=…)` give all")
        yield claims.statements(said_of, most=_MOST)._replace(rest=rest)
    if measured:
        rest = cut(len(measured), _MOST, "`graph.measurements(drug=…)` and `(target=…)` give all")
        yield values.measurements(measured, most=_MOST)._replace(rest=rest)


def entities(found: Sequence[Entity]) -> Page:
    """Return entities as a table."""
    rows = list(lines_of(_entity_line(row) for row in found))
    header = ("entity", "category", "id", "also", "same as")
    return Page([Table(header, rows, counted(len(found), "entity"), (), cut(len(found)))])


def _entity_line(row: Entity) -> tuple[Content, ...]:
    name = said(row.name).within("b")
    return name, row.category, row.id, ", ".join(row.synonyms[:4]), ", ".join(row.xrefs)


def predicate(found: Predicate) -> Page:
    """Return a predicate: what it says, what it joins, which sign it gives."""
    ends = f"from {', '.join(sorted(found.domain))} to {', '.join(sorted(found.range))}"
    sign = {"+": "+ raises", "-": "− lowers", "0": "no effect meant"}.get(found.sign, "? direction not given")
    head = joined((said(found.label).within("b"), faint(found.id), f"sign: {sign}"), "  ")
    return Page([Paragraph(head), Paragraph(found.definition), Paragraph(ends)])


SHOWN = {"Entity": entity, "Entities": entities, "Predicate": predicate}
"""What shows each class of this file."""
