"""Order within rows, x positions and curves by Graphviz's `dot`, in-process; imported only when used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.views.geometry import Point
from kg.views.plan import BOX_GAP, PADDING, ROW_GAP, STRIP, Drawn, Link, Place, Spot, chain_of, organelles_of
from kg.views.rows import Rows

if TYPE_CHECKING:
    from pygraphviz import AGraph


def drawn_by_dot(spots: Sequence[Spot], places: Sequence[Place], links: Sequence[Link], rows: Rows) -> Drawn:
    """Return where Graphviz puts the boxes, whose rows are given, and how it routes the arcs."""
    from pygraphviz import AGraph

    graph = AGraph(directed=True, strict=False)
    graph.graph_attr.update(
        newrank="true", splines="true", ranksep=f"{ROW_GAP / 72:.4f}", nodesep=f"{BOX_GAP / 72:.4f}"
    )
    graph.node_attr.update(shape="box", label="", fixedsize="true")
    graph.edge_attr.update(dir="none")
    names = {spot.id: f"n{index}" for index, spot in enumerate(spots)}
    room = _caption_room(spots, places, rows)
    for spot in spots:
        width = spot.width + room.get(spot.id, 0.0)
        graph.add_node(names[spot.id], width=f"{width / 72:.4f}", height=f"{spot.height / 72:.4f}")
    _add_rows(graph, rows, names)
    _add_organelles(graph, spots, places, names)
    for index, link in enumerate(links):
        _add_link(graph, f"e{index}", link, rows.of, names)
    graph.layout("dot")
    return _read(graph, spots, links, rows, names)


def _caption_room(spots: Sequence[Spot], places: Sequence[Place], rows: Rows) -> dict[str, float]:
    """Return what the boxes of an organelle that is narrower than its own name must be widened by."""
    room: dict[str, float] = {}
    for place in places:
        inside = [spot for spot in spots if place.id in organelles_of(spot.place, places)]
        widths: dict[int, float] = {}
        for spot in inside:
            row = rows.of[spot.id]
            widths[row] = widths.get(row, -BOX_GAP) + spot.width + BOX_GAP
        missing = place.label[0] - max(widths.values(), default=place.label[0])
        room |= {spot.id: max(missing, room.get(spot.id, 0.0)) for spot in inside if missing > 0}
    return room


def _last(rows: Rows) -> int:
    return max(last for _, last in rows.spans.values())


def _add_rows(graph: AGraph, rows: Rows, names: Mapping[str, str]) -> None:
    """Hold each row at its rank by an invisible chain of anchors."""
    for row in range(_last(rows) + 1):
        members = [names[spot] for spot, own in rows.of.items() if own == row]
        graph.add_node(f"a{row}", style="invis", width="0.01", height="0.01")
        graph.add_subgraph([f"a{row}", *members], rank="same")
        if row:
            graph.add_edge(f"a{row - 1}", f"a{row}", key=f"a{row}", style="invis")


def _add_organelles(
    graph: AGraph, spots: Sequence[Spot], places: Sequence[Place], names: Mapping[str, str]
) -> None:
    known = {place.id: place for place in places}
    index = {place.id: number for number, place in enumerate(places)}
    for spot in spots:
        inner = graph
        for name in chain_of(spot.place, known):
            inner = inner.add_subgraph(name=f"cluster{index[name]}", margin=str(PADDING + 2))
        if inner is not graph:
            inner.add_node(names[spot.id])


def _add_link(graph: AGraph, key: str, link: Link, rows: Mapping[str, int], names: Mapping[str, str]) -> None:
    """Give Graphviz every arc downwards, so that none moves a row; short ones pull hardest."""
    drop = rows[link.target] - rows[link.source]
    if link.source != link.target:
        ends = (link.source, link.target) if drop >= 0 else (link.target, link.source)
        graph.add_edge(names[ends[0]], names[ends[1]], key=key, weight="4" if abs(drop) == 1 else "1")


def _read(
    graph: AGraph, spots: Sequence[Spot], links: Sequence[Link], rows: Rows, names: Mapping[str, str]
) -> Drawn:
    centres = {spot.id: _point(graph.get_node(names[spot.id]).attr["pos"]) for spot in spots}
    curves = {}
    for index, link in enumerate(links):
        drop = rows.of[link.target] - rows.of[link.source]
        ends = (link.source, link.target) if drop >= 0 else (link.target, link.source)
        if link.source != link.target:
            edge = graph.get_edge(names[ends[0]], names[ends[1]], key=f"e{index}")
            points = tuple(_point(text) for text in (edge.attr["pos"] or "").split() if "," in text)
            curves[link.id] = points if drop >= 0 else points[::-1]
    heights = {spot.id: spot.height for spot in spots}
    return Drawn(centres, curves, _row_edges(graph, rows, heights))


def _point(text: str) -> Point:
    x, y = text.split(",")[:2]
    return (float(x), -float(y))


def _row_edges(graph: AGraph, rows: Rows, heights: Mapping[str, float]) -> list[tuple[float, float]]:
    edges = []
    for row in range(_last(rows) + 1):
        y = _point(graph.get_node(f"a{row}").attr["pos"])[1]
        height = max((heights[spot] for spot, own in rows.of.items() if own == row), default=STRIP)
        edges.append((y - height / 2, y + height / 2))
    return edges
