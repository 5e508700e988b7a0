"""Order within rows, x positions and curves by Graphviz's `dot`, in-process; imported only when used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.views.geometry import Point
from kg.views.plan import BOX_GAP, PADDING, ROW_GAP, STRIP, Drawn, Link, Place, Spot, chain_of, organelles_of
from kg.views.rows import Rows

if TYPE_CHECKING:
    from pygraphviz import AGraph

_HEAD = f"""digraph {{
graph [newrank=true, splines=true, ranksep={ROW_GAP / 72:.4f}, nodesep={BOX_GAP / 72:.4f}]
node [shape=box, label="", fixedsize=true]
edge [dir=none]"""


def drawn_by_dot(spots: Sequence[Spot], places: Sequence[Place], links: Sequence[Link], rows: Rows) -> Drawn:
    """Return where Graphviz puts the boxes, whose rows are given, and how it routes the arcs."""
    from pygraphviz import AGraph

    names = {spot.id: f"n{index}" for index, spot in enumerate(spots)}
    lines = [_HEAD, *_nodes(spots, _caption_room(spots, places, rows), names), *_rows(rows, names)]
    lines += _organelles(spots, places, names)
    lines += [_arc(f"e{index}", link, rows.of, names) for index, link in enumerate(links)]
    graph = AGraph("\n".join([*lines, "}"]))
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


def _nodes(spots: Sequence[Spot], room: Mapping[str, float], names: Mapping[str, str]) -> Iterator[str]:
    for spot in spots:
        width = spot.width + room.get(spot.id, 0.0)
        yield f"{names[spot.id]} [width={width / 72:.4f}, height={spot.height / 72:.4f}]"


def _rows(rows: Rows, names: Mapping[str, str]) -> Iterator[str]:
    """Hold each row at its rank by an invisible chain of anchors."""
    for row in range(_last(rows) + 1):
        members = [names[spot] for spot, own in rows.of.items() if own == row]
        yield f"a{row} [style=invis, width=0.01, height=0.01]"
        yield f"{{ rank=same; {'; '.join([f'a{row}', *members])} }}"
        if row:
            yield f"a{row - 1} -> a{row} [style=invis]"


def _organelles(spots: Sequence[Spot], places: Sequence[Place], names: Mapping[str, str]) -> Iterator[str]:
    known = {place.id: place for place in places}
    index = {place.id: number for number, place in enumerate(places)}
    for spot in spots:
        if chain := chain_of(spot.place, known):
            opened = " ".join(f"subgraph cluster{index[name]} {{ margin={PADDING + 2}" for name in chain)
            yield f"{opened}; {names[spot.id]} {'}' * len(chain)}"


def _arc(key: str, link: Link, rows: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Give Graphviz every arc downwards, so that none moves a row; short ones pull hardest."""
    drop = rows[link.target] - rows[link.source]
    if link.source == link.target:
        return ""
    ends = (link.source, link.target) if drop >= 0 else (link.target, link.source)
    weight = 4 if abs(drop) == 1 else 1
    return f"{names[ends[0]]} -> {names[ends[1]]} [key={key}, weight={weight}]"


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
