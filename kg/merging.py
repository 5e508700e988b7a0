"""Salts and other forms merged into their base drug: one pure function, knowledge base to knowledge base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import asdict, replace

from kg.model import (
    Conflict,
    Document,
    Entity,
    Evidence,
    KnowledgeBase,
    Measurement,
    Mechanism,
    Protocol,
    Qualifiers,
    Statement,
)

_NOT_THE_CLAIM = ("id", "evidence", "normalised", "note", "source")


class _Merge(NamedTuple):
    """Base drug and name by the id of a form, and what became of statements that are gone (None: dropped)."""

    base: Mapping[str, str]
    names: Mapping[str, str]
    moved: Mapping[str, str | None] = {}

    def entity(self, name: str) -> str:
        return self.base.get(name, name)

    def optional(self, name: str | None) -> str | None:
        return None if name is None else self.entity(name)

    def entities(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self.entity, names)))

    def claims(self, names: Iterable[str]) -> tuple[str, ...]:
        kept = (self.moved.get(name, name) for name in names)
        return tuple(dict.fromkeys(name for name in kept if name is not None))


def merge_salts(knowledge: KnowledgeBase) -> KnowledgeBase:
    """Return the knowledge base with every entity of category DrugForm merged into what it is a `form_of`.

    Claims and values of the form become the base's. A value keeps the form's name among its qualifiers, a
    claim in the note of its evidence; names of the form find the base; claims that become equal are one,
    with all their evidence. Identifiers of the form are left out, for they do not identify the base.
    """
    merge = _forms(knowledge)
    if not merge.base:
        return knowledge
    statements, moved = _statements(knowledge.statements, merge)
    merge = merge._replace(moved=moved)
    conflicts = (_conflict(conflict, merge) for conflict in knowledge.conflicts)
    return replace(
        knowledge,
        documents=tuple(_document(document, merge) for document in knowledge.documents),
        entities=tuple(_entities(knowledge.entities, merge)),
        statements=statements,
        measurements=tuple(_measurement(value, merge) for value in knowledge.measurements),
        mechanisms=tuple(_mechanism(mechanism, merge) for mechanism in knowledge.mechanisms),
        conflicts=tuple(conflict for conflict in conflicts if len(conflict.sides) > 1),
        protocols=tuple(_protocol(protocol, merge) for protocol in knowledge.protocols),
    )


def _forms(knowledge: KnowledgeBase) -> _Merge:
    """Return the forms to merge; one that is called a form of two drugs is left alone."""
    entities = {entity.id: entity for entity in knowledge.entities}
    bases: dict[str, set[str]] = {}
    for claim in knowledge.statements:
        form = entities.get(claim.subject)
        if _is_form_of(claim) and form and form.category == "DrugForm" and claim.object in entities:
            bases.setdefault(form.id, set()).add(claim.object)
    base = {form: next(iter(found)) for form, found in bases.items() if len(found) == 1}
    return _Merge(base, {form: entities[form].name for form in base})


def _is_form_of(claim: Statement) -> bool:
    return claim.predicate == "form_of" and claim.polarity == "asserted"


def _entities(entities: Iterable[Entity], merge: _Merge) -> Iterable[Entity]:
    entities = tuple(entities)
    names: dict[str, list[str]] = {}
    for form in entities:
        if form.id in merge.base:
            symbol = (form.symbol,) if form.symbol else ()
            names.setdefault(merge.base[form.id], []).extend((form.id, form.name, *form.synonyms, *symbol))
    for entity in entities:
        if entity.id in names:
            known = dict.fromkeys((*entity.synonyms, *names[entity.id]))
            yield replace(entity, synonyms=tuple(name for name in known if name != entity.name))
        elif entity.id not in merge.base:
            yield entity


def _statements(
    statements: Iterable[Statement], merge: _Merge
) -> tuple[tuple[Statement, ...], dict[str, str | None]]:
    """Return the statements after merging, and where each one that is gone went.

    What compares a salt with its own base says nothing any more.
    """
    kept: dict[str, Statement] = {}
    moved: dict[str, str | None] = {}
    first: dict[tuple[object, ...], tuple[str, bool]] = {}
    for old in statements:
        if _is_form_of(old) and merge.base.get(old.subject) == old.object:
            moved[old.id] = None
            continue
        new = _statement(old, merge)
        changed = new is not old
        if changed and len(set(new.ends)) < len(new.ends):
            moved[old.id] = None
            continue
        one, one_changed = first.setdefault(_claim(new), (new.id, changed))
        if one != new.id and (changed or one_changed):
            moved[new.id] = one
            kept[one] = replace(kept[one], evidence=(*kept[one].evidence, *new.evidence))
        else:
            kept[new.id] = new
    return tuple(kept.values()), moved


def _claim(statement: Statement) -> tuple[object, ...]:
    """Return what makes two statements the same claim."""
    fields = asdict(statement)
    return tuple(value for name, value in fields.items() if name not in _NOT_THE_CLAIM)


def _statement(old: Statement, merge: _Merge) -> Statement:
    qualifiers = _qualifiers(old.qualifiers, merge)
    forms = [merge.names[name] for name in (*old.ends, old.qualifiers.stimulus or "") if name in merge.base]
    if not forms:
        return old
    return replace(
        old,
        subject=merge.entity(old.subject),
        object=merge.entity(old.object),
        than=merge.optional(old.than),
        qualifiers=qualifiers,
        evidence=tuple(_said_of(evidence, ", ".join(dict.fromkeys(forms))) for evidence in old.evidence),
    )


def _said_of(evidence: Evidence, form: str) -> Evidence:
    return replace(evidence, note=" ".join(text for text in (evidence.note, f"Said of {form}.") if text))


def _qualifiers(old: Qualifiers, merge: _Merge, form: str | None = None) -> Qualifiers:
    return replace(old, stimulus=merge.optional(old.stimulus), form=form or old.form)


def _measurement(old: Measurement, merge: _Merge) -> Measurement:
    form = next((merge.names[name] for name in (old.form, old.drug) if name and name in merge.names), None)
    return replace(
        old,
        drug=merge.entity(old.drug),
        target=merge.entity(old.target),
        ligand=merge.optional(old.ligand),
        form=None if old.form in merge.base else old.form,
        qualifiers=_qualifiers(old.qualifiers, merge, form),
    )


def _document(old: Document, merge: _Merge) -> Document:
    return replace(old, about=merge.entities(old.about))


def _mechanism(old: Mechanism, merge: _Merge) -> Mechanism:
    placed = (replace(place, entities=merge.entities(place.entities)) for place in old.compartments)
    return replace(
        old,
        compartments=tuple(placed),
        statements=merge.claims(old.statements),
        main_chain=merge.claims(old.main_chain),
    )


def _protocol(old: Protocol, merge: _Merge) -> Protocol:
    used = (replace(material, entity=merge.optional(material.entity)) for material in old.materials)
    return replace(
        old,
        drugs=merge.entities(old.drugs),
        targets=merge.entities(old.targets),
        materials=tuple(used),
    )


def _conflict(old: Conflict, merge: _Merge) -> Conflict:
    return replace(old, sides=merge.entities(merge.claims(old.sides)))
