"""A scene as a `.dot` file: names, clusters, rows and styles for Graphviz and what reads its language.

The rows are those of our layout, so Graphviz draws nearly the same picture. Ids and texts are quoted, with
everything in them that Graphviz would interpret escaped; there is no address in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.views.palette import ARCS, BOXES, HATCHES, LIGHT
from kg.views.parts import Box, Edge, Region
from kg.views.scene import Scene
from kg.views.sentences import about, reading
from kg.views.text import clean

_SHAPES = {
    "pinched": "cds",
    "hexagon": "hexagon",
    "pointed": "hexagon",
    "notched": "parallelogram",
    "octagon": "octagon",
    "chamfered": "octagon",
    "double": "box",
    "barred": "box3d",
    "double barred": "box3d",
    "stack": "folder",
    "pill": "oval",
}
_ROUNDED = {"round", "soft", "double"}
_HEADS = {
    "open triangle": "empty",
    "filled triangle": "normal",
    "bar": "tee",
    "circle": "odot",
    "barred triangle": "emptytee",
    "diamond": "odiamond",
    "chevrons": "normalnormal",
    "dot": "dot",
}
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,200}")
_LONGEST = 3000
"""Graphviz reads no string of more than 16,384 bytes, and an escape takes up to five."""


def to_dot(scene: Scene) -> str:
    """Return the diagram in Graphviz's language, one line for each box and arc."""
    ids = {box.id: _id(box.id, index) for index, box in enumerate(scene.boxes)}
    return "\n".join([f"digraph {_quoted(scene.id)} {{", *_body(scene, ids), "}", ""])


def _body(scene: Scene, ids: Mapping[str, str]) -> Iterator[str]:
    yield f"  label={_quoted(scene.title)} labelloc=t newrank=true nodesep=0.36 ranksep=0.4"
    yield '  fontname="Helvetica" fontsize=16'
    yield '  node [fontname="Helvetica" fontsize=14 style=filled]'
    yield '  edge [fontname="Helvetica" fontsize=11]'
    inner: dict[str, list[Region]] = {}
    for region in scene.regions:
        inner.setdefault(region.within, []).append(region)
    boxes: dict[str, list[Box]] = {}
    for box in scene.boxes:
        boxes.setdefault(box.compartment, []).append(box)
    numbers = {region.id: index for index, region in enumerate(scene.regions)}
    for region in inner.get("", ()):
        yield from _cluster(region, inner, boxes, ids, numbers, "  ")
    yield from (f"  {_node(box, ids)}" for box in scene.boxes if box.compartment not in numbers)
    yield from _rows(scene.boxes, ids)
    heights = {box.id: box.y for box in scene.boxes}
    yield from (f"  {_arrow(edge, ids, heights)}" for edge in scene.edges if edge.points)


def _cluster(
    region: Region,
    inner: Mapping[str, Iterable[Region]],
    boxes: Mapping[str, Iterable[Box]],
    ids: Mapping[str, str],
    numbers: Mapping[str, int],
    indent: str,
) -> Iterator[str]:
    yield f'{indent}subgraph "cluster_{numbers[region.id]}" {{'
    within = indent + "  "
    fill = LIGHT.organelle if region.within or region.kind == "organelle" else LIGHT.bands[2]
    fill = LIGHT.core if region.kind == "membrane" else fill
    yield f"{within}label={_quoted(region.label)} style=filled{_pairs(fillcolor=fill, color=LIGHT.border)}"
    yield from (f"{within}{_node(box, ids)}" for box in boxes.get(region.id, ()))
    for part in inner.get(region.id, ()):
        yield from _cluster(part, inner, boxes, ids, numbers, within)
    yield f"{indent}}}"


def _node(box: Box, ids: Mapping[str, str]) -> str:
    style = BOXES[box.glyph]
    words = "\n".join([*box.lines, *([box.sublabel] if box.sublabel else []), *box.sublines])
    given = {
        "label": words,
        "shape": _SHAPES.get(style.outline, "box"),
        "style": "filled,rounded" if style.outline in _ROUNDED else "filled",
        "fillcolor": LIGHT.paper if box.background else style.fill,
        "color": style.line,
        "width": f"{box.width / 72:.2f}",
        "height": f"{box.height / 72:.2f}",
        "tooltip": about(box),
    }
    more = {"peripheries": "2"} if style.outline == "double" else {}
    return f"{ids[box.id]} [{_pairs(**given, **more).strip()}]"


def _rows(boxes: Iterable[Box], ids: Mapping[str, str]) -> Iterator[str]:
    """Yield the rows, each held at one rank, and what keeps them in order."""
    rows: dict[float, list[str]] = {}
    for box in boxes:
        rows.setdefault(box.y, []).append(ids[box.id])
    ordered = [rows[y] for y in sorted(rows)]
    yield from (f"  {{ rank=same; {'; '.join(row)} }}" for row in ordered)
    if len(ordered) > 1:
        yield f"  {' -> '.join(row[0] for row in ordered)} [style=invis weight=0]"


def _arrow(edge: Edge, ids: Mapping[str, str], heights: Mapping[str, float]) -> str:
    """Return an arc; one that leads upwards or along its row must not move a row."""
    style = ARCS.get(edge.arc, ARCS["none"])
    faint = edge.basis == "background" or edge.polarity != "asserted"
    marks = {"negated": "not", "no data": "?"}.get(edge.polarity, "")
    label = " ".join(part for part in (marks, edge.label, "(!)" if edge.conflict else "") if part)
    dashed = {"hedged": "dashed", "extrapolated": "dotted"}.get(edge.certainty, "solid")
    given = {
        "arrowhead": _HEADS[style.head],
        "color": (LIGHT.faint_stop if edge.arc == "inhibition" else LIGHT.faint) if faint else style.light,
        "style": "dotted" if edge.polarity == "no data" else dashed if HATCHES[edge.certainty] else "solid",
        "penwidth": "2.4" if edge.main else "1.2" if faint else "1.7",
        "tooltip": reading(edge),
    }
    named = {"label": label} if label else {}
    falls = heights[edge.source] < heights[edge.target]
    upwards = {} if falls else {"constraint": "false"}
    return f"{ids[edge.source]} -> {ids[edge.target]} [{_pairs(**named, **given, **upwards).strip()}]"


def _id(name: str, index: int) -> str:
    """Return the id of the entity where it is plain, and one that no plain id equals where it is not."""
    return f'"{name}"' if _PLAIN.fullmatch(name) else f'"#{index}"'


def _pairs(**attributes: str) -> str:
    return "".join(f" {name}={_quoted(text)}" for name, text in attributes.items())


def _quoted(text: str) -> str:
    """Return a text as Graphviz shows it: without escapes, entities or HTML of its own."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    lines = (clean(line) for line in shown.split("\n"))
    plain = (line.replace("\\", "\\\\").replace("&", "&amp;").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(plain) + '"'
