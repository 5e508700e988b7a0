"""A workflow as a scene: one box a step, phases as bands, kinds of wells and alternatives side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.graph import Graph
from kg.model import Basis, Workflow
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
from kg.views.scene import Scene, framed, subtitle_of
from kg.views.steps import Node, nodes_of, own_nodes
from kg.views.text import clean, whole, width_of, wrap

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


def workflow_scene(graph: Graph, workflow: Workflow) -> Scene:
    """Return the laid-out picture of a workflow."""
    drawn = graph.protocols.get(workflow.protocol or "")
    nodes = nodes_of(resolved(graph, drawn)) if drawn else tuple(own_nodes(workflow.steps))
    claims = Claims(
        entities=graph.entities, documents=graph.documents, measurements=(), conflicts=(), predicates={}
    )
    boxes = [_box(node, claims) for node in nodes]
    regions = [_region(lane) for lane in dict.fromkeys(node.lane for node in nodes)]
    edges = list(_edges(nodes))
    plan = _plan(boxes, regions, edges)
    placed = tuple(_placed(box, plan) for box in boxes)
    arcs = tuple(_routed(edge, plan) for edge in edges)
    return Scene(
        id=workflow.id,
        title=clean(workflow.title),
        subtitle=subtitle_of(workflow, graph.documents),
        description=clean(workflow.description or ""),
        width=plan.size[0],
        height=plan.size[1],
        boxes=placed,
        edges=arcs,
        regions=tuple(framed(region, plan) for region in regions if region.id in plan.frames),
        legend=legend_of(placed, arcs),
        main_chain=(),
        kind="workflow",
        document=clean(workflow.document or ""),
    )


def _box(node: Node, claims: Claims) -> Box:
    lines = whole(node.title, NAME_SIZE, _WIDEST)
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
