"""Drawings that need no browser: ours, and what Graphviz makes of the same boxes and arcs."""

from __future__ import annotations

from kg.views.geometry import Point, box, sampled
from kg.views.scene import Scene
from kg.views.text import width_of

from .faults import Drawing

LABEL = 11.0


def ours(scene: Scene) -> Drawing:
    """Return our own drawing."""
    return Drawing(
        {item.id: box((item.x, item.y), item.width, item.height) for item in scene.boxes},
        [(edge.source, edge.target, sampled(edge.points)) for edge in scene.edges if edge.points],
        [box(edge.label_at, width_of(edge.label, LABEL), 12) for edge in scene.edges if edge.label_at],
    )


def graphviz(scene: Scene) -> Drawing:
    """Return what `dot` makes of the same boxes and arcs, free of compartments and rows."""
    from pygraphviz import AGraph

    graph = AGraph(directed=True, strict=False)
    graph.node_attr.update(shape="box", label="", fixedsize="true")
    for item in scene.boxes:
        graph.add_node(item.id, width=item.width / 72, height=item.height / 72)
    drawn = [edge for edge in scene.edges if edge.points and edge.source != edge.target]
    for edge in drawn:
        graph.add_edge(edge.source, edge.target, key=edge.id, dir="none")
    graph.layout("dot")
    boxes = {
        item.id: box(_point(graph.get_node(item.id).attr["pos"]), item.width, item.height)
        for item in scene.boxes
    }
    lines = []
    for edge in drawn:
        pos = graph.get_edge(edge.source, edge.target, key=edge.id).attr["pos"] or ""
        if curve := tuple(_point(text) for text in pos.split() if "," in text):
            lines.append((edge.source, edge.target, sampled(curve)))
    return Drawing(boxes, lines, [])


def held(scene: Scene) -> Drawing:
    """Return what `dot` makes of the same boxes and arcs in our rows and compartments, as it routes them."""
    from kg.views.dot import drawn_by_dot
    from kg.views.plan import Link, Place, Spot, roots_of
    from kg.views.rows import rows_of

    spots = [Spot(item.id, item.width, item.height, item.compartment) for item in scene.boxes]
    places = [Place(item.id, item.kind, item.within or None) for item in scene.regions]
    drawn = [edge for edge in scene.edges if edge.points and edge.source != edge.target]
    links = [Link(edge.id, edge.source, edge.target) for edge in drawn]
    roots = roots_of(places)
    bands = [place for place in places if roots[place.id] == place.id]
    made = drawn_by_dot(spots, places, links, rows_of(spots, bands, roots, links))
    boxes = {item.id: box(made.centres[item.id], item.width, item.height) for item in scene.boxes}
    curves = [(edge, made.curves.get(edge.id, ())) for edge in drawn]
    lines = [(edge.source, edge.target, sampled(curve)) for edge, curve in curves if len(curve) > 3]
    return Drawing(boxes, lines, [])


def _point(text: str) -> Point:
    x, y = text.split(",")[:2]
    return (float(x), -float(y))
