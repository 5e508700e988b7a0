"""A mechanism as SBGN-ML 0.3, activity flow level 1 version 1.2, with our places and our claims.

What activity flow has no sign for is not drawn, and told in the map's notes: relations without an effect,
and above all claims that were denied or not tested. Claims travel in extensions of a namespace of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from kg.problems import KgError
from kg.views.claims import EvidenceView, StatementView
from kg.views.geometry import pieces
from kg.views.parts import Box, Edge, Region
from kg.views.scene import Scene
from kg.views.sentences import about, reading, told
from kg.views.text import clean

SBGN = "http://sbgn.org/libsbgn/0.3"
OURS = "https://w3id.org/drug-mechanisms/ontology#"
XHTML = "http://www.w3.org/1999/xhtml"
VERSION = "http://identifiers.org/combine.specifications/sbgn.af.level-1.version-1.2"
_ENTITIES = {
    "perturbing agent": "perturbation",
    "receptor": "macromolecule",
    "transporter": "macromolecule",
    "channel": "macromolecule",
    "enzyme": "macromolecule",
    "protein": "macromolecule",
    "transcription factor": "macromolecule",
    "small molecule": "simple chemical",
    "gene": "nucleic acid feature",
}
_PHENOTYPES = {"process", "phenotype", "adverse effect", "disease"}
_INFLUENCES = {"+": "positive influence", "-": "negative influence"}
_UNIT = (76.0, 12.0)


class NoActivityFlow(KgError, ValueError):
    """A workflow has steps, not activities: SBGN has no activity flow of it."""


def to_sbgn(scene: Scene) -> str:
    """Return the mechanism as SBGN-ML; raises `NoActivityFlow` for a workflow."""
    if scene.kind == "workflow":
        raise NoActivityFlow("a workflow has steps, not activities: SBGN-ML is for mechanisms only")
    for prefix, namespace in (("", SBGN), ("kgo", OURS), ("xhtml", XHTML)):
        register_namespace(prefix, namespace)
    ids = {box.id: f"g{index}" for index, box in enumerate(scene.boxes)}
    drawn = {edge.id: influence for edge in scene.edges if (influence := influence_of(edge, ids))}
    root = Element(_in(SBGN, "sbgn"))
    chart = SubElement(root, _in(SBGN, "map"), {"id": "map", "version": VERSION, "language": "activity flow"})
    left_out = [edge for edge in scene.edges if edge.id not in drawn]
    _say(chart, _told_of(scene, left_out), [view for edge in left_out for view in edge.statements])
    _bbox(chart, 0.0, 0.0, max(scene.width, 1.0), max(scene.height, 1.0))
    places = _compartments(chart, scene.regions)
    acting = {edge.source for edge in scene.edges if edge.id in drawn}
    for box in scene.boxes:
        _activity(chart, box, ids[box.id], places.get(box.compartment), box.id in acting)
    for edge in scene.edges:
        if edge.id in drawn:
            _arc(chart, edge, drawn[edge.id], ids)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def influence_of(edge: Edge, boxes: Iterable[str]) -> str:
    """Return the class of an arc in activity flow; none when it asserts no effect between two boxes."""
    ends = {edge.source, edge.target} <= set(boxes)
    if not (ends and edge.points) or edge.polarity != "asserted" or edge.arc in ("none", "sequence"):
        return ""
    if edge.arc == "necessary stimulation":
        return edge.arc
    return _INFLUENCES.get(edge.sign, "unknown influence")


def _told_of(scene: Scene, left_out: Iterable[Edge]) -> list[str]:
    words = [scene.title, scene.subtitle, scene.description]
    missing = [told(view) for edge in left_out for view in edge.statements]
    head = ["Not drawn, for want of a sign in activity flow:"] if missing else []
    return [text for text in (*words, *head, *missing) if text]


def _compartments(chart: Element, regions: Iterable[Region]) -> dict[str, str]:
    """Add the compartments, the outer before the inner; a picture without named ones has none."""
    found = list(regions)
    if not any(region.label for region in found):
        return {}
    outer = {region.id: region.within for region in found}
    places: dict[str, str] = {}
    for number, region in enumerate(sorted(found, key=lambda region: _depth(region.id, outer))):
        given = {"compartmentRef": places[region.within]} if region.within in places else {}
        glyph = _glyph(chart, f"c{number}", "compartment", **given, compartmentOrder=str(number))
        label = SubElement(glyph, _in(SBGN, "label"), {"text": clean(region.label)})
        x, y = region.label_at
        width = max(12.0, min(region.width, 120.0))
        _bbox(label, x - width / 2 if region.within else x, y - 8, width, 16.0)
        _bbox(glyph, region.x, region.y, region.width, region.height)
        places[region.id] = f"c{number}"
    return places


def _depth(name: str, outer: Mapping[str, str]) -> int:
    depth = 0
    while outer.get(name) and depth <= len(outer):
        name = outer[name]
        depth += 1
    return depth


def _activity(chart: Element, box: Box, name: str, place: str | None, acts: bool) -> None:
    """Add a box; a phenotype that acts on something is an activity, as no arc may leave a phenotype."""
    phenotype = box.glyph in _PHENOTYPES and not acts
    given = {"compartmentRef": place} if place else {}
    glyph = _glyph(chart, name, "phenotype" if phenotype else "biological activity", **given)
    extension = _say(glyph, [about(box)], ())
    SubElement(extension, _in(OURS, "entity"), {"id": clean(box.id), "category": clean(box.category)})
    SubElement(glyph, _in(SBGN, "label"), {"text": clean(box.label)})
    left, top = box.x - box.width / 2, box.y - box.height / 2
    _bbox(glyph, left, top, box.width, box.height)
    if not phenotype and box.glyph not in _PHENOTYPES:
        unit = _glyph(glyph, f"{name}.unit", "unit of information")
        SubElement(unit, _in(SBGN, "label"), {"text": clean(box.sublabel)})
        entity = _ENTITIES.get(box.glyph, "unspecified entity")
        SubElement(unit, _in(SBGN, "entity"), {"name": entity})
        _bbox(unit, left + 6, top - _UNIT[1] / 2, min(_UNIT[0], box.width - 12), _UNIT[1])


def _arc(chart: Element, edge: Edge, influence: str, ids: Mapping[str, str]) -> None:
    ends = {"source": ids[edge.source], "target": ids[edge.target]}
    arc = SubElement(chart, _in(SBGN, "arc"), {"id": f"a{edge.id}", "class": influence} | ends)
    _say(arc, [reading(edge)], edge.statements)
    SubElement(arc, _in(SBGN, "start"), _point(edge.points[0]))
    found = list(pieces(edge.points))
    for index, (_, first, second, end) in enumerate(found):
        stop = SubElement(arc, _in(SBGN, "end" if index + 1 == len(found) else "next"), _point(end))
        for control in (first, second):
            SubElement(stop, _in(SBGN, "point"), _point(control))


def _glyph(parent: Element, name: str, kind: str, **given: str) -> Element:
    return SubElement(parent, _in(SBGN, "glyph"), {"id": name, "class": kind} | given)


def _say(parent: Element, texts: Iterable[str], claims: Iterable[StatementView]) -> Element:
    """Add notes for people and the claims for programs; return the extension."""
    notes = SubElement(parent, _in(SBGN, "notes"))
    for text in texts:
        SubElement(notes, _in(XHTML, "p")).text = clean(text)
    extension = SubElement(parent, _in(SBGN, "extension"))
    for view in claims:
        _claim(extension, view)
    return extension


def _claim(extension: Element, view: StatementView) -> None:
    given = {
        "id": view.id, "subject": view.subject, "predicate": view.predicate, "object": view.object,
        "than": view.than, "sign": view.sign, "polarity": view.polarity, "certainty": view.certainty,
        "basis": view.basis, "source": view.source,
    }  # fmt: skip
    claim = SubElement(extension, _in(OURS, "claim"), _cleaned(given))
    for name, value in view.qualifiers:
        SubElement(claim, _in(OURS, "qualifier"), _cleaned({"name": name, "value": value}))
    for item in view.evidence:
        _evidence(claim, item)


def _evidence(claim: Element, item: EvidenceView) -> None:
    given = {"document": item.document, "title": item.title, "place": item.place, "kind": item.kind}
    found = SubElement(claim, _in(OURS, "evidence"), _cleaned(given))
    for work in item.cited:
        given = {"number": str(work.number), "title": work.title, "kind": work.kind}
        SubElement(found, _in(OURS, "reference"), _cleaned(given))


def _cleaned(given: Mapping[str, str]) -> dict[str, str]:
    return {name: clean(text) for name, text in given.items() if text}


def _bbox(parent: Element, x: float, y: float, width: float, height: float) -> None:
    size = {"w": f"{width:.1f}", "h": f"{height:.1f}"}
    SubElement(parent, _in(SBGN, "bbox"), _point((x, y)) | size)


def _point(point: tuple[float, float]) -> dict[str, str]:
    return {"x": f"{point[0]:.1f}", "y": f"{point[1]:.1f}"}


def _in(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"
