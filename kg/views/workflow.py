"""A workflow as a scene: one box a step, phases as bands, kinds of wells and alternatives side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kg.graph import Graph
from kg.model import Basis, Certainty, Evidence, Part, Protocol, Setting, Source, Step, Stop, Workflow
from kg.protocols import resolved
from kg.views.boxes import CAPTION_SIZE, NAME_SIZE, SYMBOL_SIZE
from kg.views.claims import Claims
from kg.views.geometry import along, rounded
from kg.views.layout import arrange
from kg.views.legend import legend_of
from kg.views.outlines import polygon
from kg.views.palette import BOXES
from kg.views.parts import Box, Edge, Region
from kg.views.plan import Link, Place, Plan, Spot
from kg.views.scene import Scene, framed
from kg.views.text import clean, width_of, wrap

PHASES = {
    "apparatus": "Preparation", "preparation": "Preparation", "storage": "Preparation",
    "administration": "Administration",
    "setup": "Assay", "pre-incubation": "Assay", "initiation": "Assay", "incubation": "Assay", "test": "Test",
    "termination": "Separation", "washing": "Separation",
    "quantification": "Readout", "scoring": "Readout",
    "analysis": "Analysis",
}  # fmt: skip
_GLYPHS = {
    "Preparation": "preparation step",
    "Separation": "separation step",
    "Readout": "readout step",
    "Analysis": "analysis step",
}
_NAMES = {
    "preparation step": "preparation",
    "assay step": "assay",
    "alternative": "side by side",
    "separation step": "separation",
    "readout step": "readout",
    "analysis step": "analysis",
    "step": "said by the document",
    "background step": "background step from the literature",
}
_WIDEST = 210.0
_MOST = 6
SUBLINE = 14.0
"""Height of a line of small print."""


class Node(NamedTuple):
    """A step before it is drawn, and the steps it follows."""

    id: str
    title: str
    lane: str
    glyph: str
    follows: tuple[str, ...]
    source: Source
    text: str = ""
    small: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    background: bool = False
    certainty: Certainty = "asserted"


def workflow_scene(graph: Graph, workflow: Workflow) -> Scene:
    """Return the laid-out picture of a workflow."""
    drawn = graph.protocols.get(workflow.protocol or "")
    nodes = nodes_of(resolved(graph, drawn)) if drawn else tuple(_own(workflow.steps))
    claims = Claims(
        entities=graph.entities, documents=graph.documents, measurements=(), conflicts=(), predicates={}
    )
    boxes = [_box(node, claims) for node in nodes]
    regions = [_region(lane) for lane in dict.fromkeys(node.lane for node in nodes)]
    edges = list(_edges(nodes))
    plan = _plan(boxes, regions, edges)
    placed = tuple(_placed(box, plan) for box in boxes)
    arcs = tuple(_routed(edge, plan) for edge in edges)
    document = graph.documents.get(workflow.document or "")
    where = (document and f"{document.title} ({document.id})", str(workflow.locator))
    return Scene(
        id=workflow.id,
        title=clean(workflow.title),
        subtitle=clean(", ".join(part for part in where if part)),
        description=clean(workflow.description or ""),
        width=plan.size[0],
        height=plan.size[1],
        boxes=placed,
        edges=arcs,
        regions=tuple(framed(region, plan) for region in regions if region.id in plan.frames),
        legend=legend_of(placed, arcs),
        main_chain=(),
        kind="workflow",
    )


# ---- steps ----------------------------------------------------------------------------------------------


def nodes_of(protocol: Protocol) -> tuple[Node, ...]:
    """Return the steps of a protocol; parts side by side stand between their step and the next.

    A step that only says that its parts are alternatives, without a value of its own, gives way to them.
    """
    found: list[Node] = []
    last: tuple[str, ...] = ()
    for step in protocol.steps:
        fresh = list(_nodes(protocol, step, last))
        last = tuple(node.id for node in fresh if node.id not in _followed(fresh))
        found += fresh
    return tuple(found)


def _followed(nodes: Iterable[Node]) -> set[str]:
    return {name for node in nodes for name in node.follows}


def _nodes(protocol: Protocol, step: Step, last: tuple[str, ...]) -> Iterator[Node]:
    lane = PHASES[step.stage]
    glyph = _GLYPHS.get(lane, "assay step")
    whole = _node(protocol, step.id, step, lane, glyph, last)
    parts = [(f"{step.id}.{part.id}", part) for part in step.parts]
    if not parts:
        yield whole
    elif step.side_by_side:
        if step.parameters:
            yield whole
            last = (step.id,)
        for name, part in parts:
            yield _node(protocol, name, part, lane, "alternative", last)
    else:
        if step.text or step.parameters:
            yield whole
            last = (step.id,)
        for name, part in parts:
            yield _node(protocol, name, part, lane, glyph, last)
            last = (name,)


def _node(protocol: Protocol, name: str, part: Part, lane: str, glyph: str, follows: tuple[str, ...]) -> Node:
    details = [(_named(protocol, setting), setting.printed) for setting in part.parameters]
    details += [
        (label, text) for label, text in (("formula", part.formula), ("print", part.normalised)) if text
    ]
    details += [("left open", text) for text in part.left_open]
    same = part.same_as if isinstance(part, Step) else None
    details += [("otherwise as", same)] if same else []
    return Node(
        id=name,
        title=part.title,
        lane=lane,
        glyph=glyph,
        follows=follows,
        source=part.source,
        text=part.text or "",
        small=(
            *([part.short] if part.short else []),
            *(_short(protocol, setting) for setting in part.parameters),
            *([part.formula] if part.formula else []),
        ),
        details=tuple(details),
        evidence=part.evidence,
    )


def _material(protocol: Protocol, role: str) -> str:
    named = [row.name for row in protocol.materials if row.role == role]
    return named[0] if len(named) == 1 and width_of(named[0], SYMBOL_SIZE) < 110 else role


def _named(protocol: Protocol, setting: Setting) -> str:
    return f"{setting.name} of {_material(protocol, setting.of)}" if setting.of else setting.name


def _short(protocol: Protocol, setting: Setting) -> str:
    """Return a value as it fits into a box: «50 µL [3H]citalopram», «25 °C», «3 replicates»."""
    of = f" {_material(protocol, setting.of)}" if setting.of else ""
    if setting.name == "volume":
        return f"{setting.printed}{of}"
    if setting.name in ("temperature", "duration", "concentration"):
        return f"{setting.printed}{of}"
    if setting.name == "protein":
        return f"{setting.printed} protein"
    if setting.name == "region":
        return f"{setting.printed} for{of}"
    if setting.name in ("replicates", "washes"):
        return f"{setting.printed} {setting.name}"
    return f"{setting.name}{of}: {setting.printed}"


def _own(stops: Sequence[Stop]) -> Iterator[Node]:
    before: tuple[str, ...] = ()
    for stop in stops:
        background = stop.basis == "background"
        details = [("basis", "background, not said by the document")] if background else []
        details += [("certainty", stop.certainty)] if stop.certainty != "asserted" else []
        yield Node(
            id=stop.id,
            title=stop.title,
            lane=stop.lane or "",
            glyph="background step" if background else "step",
            follows=before if stop.follows is None else stop.follows,
            source=stop.source,
            text=stop.detail or "",
            small=(stop.short,) if stop.short else (),
            details=tuple(details),
            evidence=stop.evidence,
            background=background,
            certainty=stop.certainty,
        )
        before = (stop.id,)


# ---- boxes, bands, arrows -------------------------------------------------------------------------------


def _box(node: Node, claims: Claims) -> Box:
    lines = wrap(node.title, NAME_SIZE, _WIDEST)
    small = tuple(_small_print(node.small))
    widest = max(
        [
            *(width_of(line, NAME_SIZE) for line in lines),
            *(width_of(line, SYMBOL_SIZE) * 0.94 for line in small),
        ]
    )
    basis: Basis = "background" if node.background else "document"
    return Box(
        id=node.id,
        label=clean(node.title),
        lines=lines,
        sublabel="",
        category=_NAMES[node.glyph],
        glyph=node.glyph,
        x=0.0,
        y=0.0,
        width=max(96.0, round(widest + 40.0)),
        height=round(16.0 * len(lines) + SUBLINE * len(small) + (3.0 if small else 0.0) + 16.0),
        compartment=node.lane,
        background=node.background,
        definition=clean(node.text),
        synonyms=(),
        xrefs=(),
        source=clean(str(node.source)),
        sublines=small,
        details=tuple((clean(name), clean(value)) for name, value in node.details),
        said=tuple(claims.evidence(item, basis) for item in node.evidence),
    )


def _small_print(texts: Sequence[str]) -> list[str]:
    """Return the values of a step in lines of small print, joined where two fit into one; at most six."""
    lines: list[str] = []
    for text in texts:
        joined = f"{lines[-1]} · {text}" if lines else text
        if lines and width_of(joined, SYMBOL_SIZE) <= _WIDEST:
            lines[-1] = joined
        else:
            lines += wrap(text, SYMBOL_SIZE, _WIDEST, most=2)
    return [*lines[: _MOST - 1], "…"] if len(lines) > _MOST else lines


def _region(lane: str) -> Region:
    return Region(id=lane, label=clean(lane), lines=wrap(lane, CAPTION_SIZE, 108.0), kind="band", within="")


def _edges(nodes: Sequence[Node]) -> Iterator[Edge]:
    known = {node.id: node for node in nodes}
    pairs = [(known[name], node) for node in nodes for name in node.follows if name in known]
    for index, (before, after) in enumerate(pairs):
        yield Edge(
            id=f"e{index}",
            source=before.id,
            target=after.id,
            label="",
            sign="0",
            arc="sequence",
            basis="background" if before.background or after.background else "document",
            certainty=after.certainty,
            polarity="asserted",
            conflict=False,
            main=False,
            n_sources=0,
            points=(),
            middle=None,
            label_at=None,
            mark_at=None,
            statements=(),
        )


def _plan(boxes: Sequence[Box], regions: Sequence[Region], edges: Sequence[Edge]) -> Plan:
    spots = [
        Spot(
            box.id,
            box.width,
            box.height,
            box.compartment,
            False,
            polygon(BOXES[box.glyph].outline, box.width, box.height),
        )
        for box in boxes
    ]
    sizes = {
        region.id: (max(width_of(line, CAPTION_SIZE) for line in region.lines), 15.0 * len(region.lines))
        for region in regions
    }
    places = [Place(region.id, "band", None, sizes[region.id]) for region in regions]
    return arrange(spots, places, [Link(edge.id, edge.source, edge.target) for edge in edges])


def _placed(box: Box, plan: Plan) -> Box:
    x, y = plan.centres[box.id]
    return replace(box, x=x, y=y)


def _routed(edge: Edge, plan: Plan) -> Edge:
    points = plan.curves.get(edge.id, ())
    return replace(edge, points=points, middle=rounded(along(points, 0.5)) if points else None)
