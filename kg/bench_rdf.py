"""Protocols and workflows as RDF: materials, ordered steps and the values they set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Material, Part, Protocol, Setting, Step, Stop, Workflow
from kg.triples import Resource, Triple, place, sourced, term
from kg.vocabulary import Vocabulary


def protocol_triples(protocol: Protocol, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield a protocol as it is curated: what `same_as` inherits is linked, not repeated."""
    about = Resource(protocol.id, "Protocol")
    about.standard("dcterms:title", protocol.title)
    about.text(objective=protocol.objective, scope=protocol.scope)
    about.link("document", protocol.document)
    about.link("cites", *(f"{protocol.document}.ref.{number}" for number in protocol.references))
    about.link("assay", protocol.assay)
    about.link("drug", *protocol.drugs)
    about.link("target", *protocol.targets)
    about.link("species", *protocol.species)
    for parameter in protocol.determines:
        about.add(term("determines"), term(parameter))
    for text in protocol.left_open:
        about.text(left_open=text)
    materials = [(f"{protocol.id}.material.{n}", item) for n, item in enumerate(protocol.materials, 1)]
    steps = [(step_name(protocol.id, step.id), step) for step in protocol.steps]
    about.link("has_material", *(name for name, _ in materials))
    about.link("has_step", *(name for name, _ in steps))
    place(about, protocol.locator)
    about.source(protocol.source)
    yield from about.triples
    for name, material in materials:
        yield from _material(name, material, vocabulary)
    for position, (name, step) in enumerate(steps, 1):
        yield from _step(name, step, position, vocabulary)


def step_name(owner: str, step: str) -> str:
    """Return the name of a step as a resource."""
    return f"{owner}.step.{step}"


def _named_step(name: str) -> str:
    owner, _, step = name.rpartition(".")
    return step_name(owner, step)


def _material(name: str, material: Material, vocabulary: Vocabulary) -> Iterator[Triple]:
    about = Resource(name, "Material")
    about.standard("rdfs:label", material.name)
    about.text(role=material.role, status=material.status, normalised=material.normalised)
    about.link("material_entity", material.entity)
    for example in material.examples:
        about.text(example=example)
    about.standard("skos:note", material.note)
    about.source(material.source)
    yield from _settings(about, name, "component", material.components, vocabulary)
    yield from _settings(about, name, "setting", material.parameters, vocabulary)
    yield from sourced(about, name, material.evidence)


def _step(name: str, step: Step, position: int, vocabulary: Vocabulary) -> Iterator[Triple]:
    about = _part(name, step, position)
    about.text(stage=step.stage)
    about.link("same_as_step", step.same_as and _named_step(step.same_as))
    parts = [(f"{name}.{part.id}", part) for part in step.parts]
    about.link("has_substep", *(part for part, _ in parts))
    yield from _settings(about, name, "setting", step.parameters, vocabulary)
    yield from sourced(about, name, step.evidence)
    for number, (inner, part) in enumerate(parts, 1):
        below = _part(inner, part, number)
        yield from _settings(below, inner, "setting", part.parameters, vocabulary)
        yield from sourced(below, inner, part.evidence)


def _part(name: str, part: Part, position: int) -> Resource:
    about = Resource(name, "Step")
    about.standard("rdfs:label", part.title)
    about.text(position=position, text=part.text, formula=part.formula, normalised=part.normalised)
    for text in part.left_open:
        about.text(left_open=text)
    about.source(part.source)
    return about


def _settings(
    about: Resource, owner: str, kind: str, settings: Iterable[Setting], vocabulary: Vocabulary
) -> Iterator[Triple]:
    for number, setting in enumerate(settings, 1):
        name = f"{owner}.{kind}.{number}"
        about.link(f"has_{kind}", name)
        given = Resource(name, "Setting")
        given.standard("rdfs:label", setting.name)
        given.quantity(setting.quantity, setting.unit, vocabulary)
        given.text(status=setting.status, setting_of=setting.of)
        given.standard("skos:note", setting.note)
        yield from given.triples


def workflow_triples(workflow: Workflow) -> Iterator[Triple]:
    """Yield a workflow; the steps of a protocol that it draws are linked through the protocol."""
    about = Resource(workflow.id, "Workflow")
    about.standard("dcterms:title", workflow.title)
    about.standard("skos:definition", workflow.description)
    about.link("document", workflow.document)
    about.link("draws", workflow.protocol)
    about.link("has_step", *(step_name(workflow.id, stop.id) for stop in workflow.steps))
    place(about, workflow.locator)
    about.source(workflow.source)
    yield from about.triples
    before: tuple[str, ...] = ()
    for position, stop in enumerate(workflow.steps, 1):
        yield from _stop(workflow.id, stop, position, before)
        before = (stop.id,)


def _stop(owner: str, stop: Stop, position: int, before: tuple[str, ...]) -> Iterator[Triple]:
    name = step_name(owner, stop.id)
    about = Resource(name, "Step")
    about.standard("rdfs:label", stop.title)
    about.text(position=position, text=stop.detail, lane=stop.lane)
    about.text(certainty=stop.certainty, basis=stop.basis)
    follows = before if stop.follows is None else stop.follows
    about.link("follows", *(step_name(owner, other) for other in follows))
    about.source(stop.source)
    yield from sourced(about, name, stop.evidence)
