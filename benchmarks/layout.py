"""Measure how clear our layouts are, against Graphviz alone and pyvis by default on the same boxes and arcs.

Every shipped diagram and 200 random ones: arcs through boxes that are not theirs, crossings, texts that cover
something, heads of arcs on one spot; size of the page and time to make it. Graphviz draws twice: free, and
held to our rows and compartments, which tells what these cost. `make bench` prints the table; nothing is
written. Pyvis places boxes in a browser: without Chromium it is left out, and the table says so.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, pairwise
from math import dist
from pathlib import Path
from typing import NamedTuple

import kg
from kg.views.geometry import Point, Rect, box, sampled
from kg.views.html import to_html
from kg.views.page import vis_network_script
from kg.views.scene import Scene
from kg.views.text import width_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

RANDOM = 200
LABEL = 11.0
HEADS = 9.0
"""Two heads at one box that are closer than this are one blot."""
DOT = 25.0
"""Radius of a node of pyvis by default."""
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)


class Drawing(NamedTuple):
    """What is measured, whoever drew it: boxes, lines with the boxes they join, and texts beside lines."""

    boxes: dict[str, Rect]
    lines: list[tuple[str, str, list[Point]]]
    texts: list[Rect]


class Faults(NamedTuple):
    """What a reader stumbles over."""

    through: int
    crossings: int
    overlaps: int
    heads: int

    def __add__(self, other: Faults) -> Faults:  # type: ignore[override]
        return Faults(*(a + b for a, b in zip(self, other, strict=True)))


NONE = Faults(0, 0, 0, 0)


def faults(drawing: Drawing) -> Faults:
    """Count the faults of a drawing."""
    return Faults(_through(drawing), _crossings(drawing), _overlaps(drawing), _heads(drawing))


def _through(drawing: Drawing) -> int:
    inner = {name: rect.grown(-0.2) for name, rect in drawing.boxes.items()}
    return sum(
        any(rect.holds(point) for point in line)
        for source, target, line in drawing.lines
        for name, rect in inner.items()
        if name not in (source, target)
    )


def _crossings(drawing: Drawing) -> int:
    """Count where two arcs cross; where both touch a box they share is none."""
    found = 0
    open_lines = [inner for _, _, line in drawing.lines if len(inner := _without_ends(line)) > 1]
    for one, other in combinations(open_lines, 2):
        if _around(one).meets(_around(other)):
            found += sum(_cross(*p, *q) for p in pairwise(one) for q in pairwise(other))
    return found


def _without_ends(line: Sequence[Point]) -> list[Point]:
    return [point for point in line if min(dist(point, line[0]), dist(point, line[-1])) > HEADS]


def _around(line: Sequence[Point]) -> Rect:
    xs, ys = zip(*line, strict=True)
    return Rect(min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _left(a, b, c) != _left(a, b, d) and _left(c, d, a) != _left(c, d, b)


def _left(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def _overlaps(drawing: Drawing) -> int:
    """Count texts that cover a text or a box, and boxes that cover a box."""
    rects = [*drawing.boxes.values(), *drawing.texts]
    return sum(a.meets(b) for a, b in combinations(rects, 2))


def _heads(drawing: Drawing) -> int:
    ends = [(target, line[-1]) for _, target, line in drawing.lines]
    return sum(a[0] == b[0] and dist(a[1], b[1]) < HEADS for a, b in combinations(ends, 2))


# ---- the three who draw ---------------------------------------------------------------------------------


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


_PAGE = """<!doctype html><meta charset=utf-8><body><div id=net style="width:1200px;height:600px"></div>
<script>%s</script><script>
const drawings = [];
for (const [nodes, edges] of %s) {
  const options = {layout: {randomSeed: 4}, edges: {smooth: {enabled: true, type: "dynamic"}, arrows: "to"}};
  const data = {nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges)};
  const network = new vis.Network(document.getElementById("net"), data, options);
  network.stabilize(1000);
  const boxes = Object.fromEntries(nodes.map((n) => [n.id, network.getBoundingBox(n.id)]));
  const lines = edges.map((e) => {
    const type = network.body.edges[e.id].edgeType;
    return Array.from({length: 33}, (_, i) => type.getPoint(i / 32)).map((p) => [p.x, p.y]);
  });
  drawings.push([boxes, lines]);
  network.destroy();
}
document.title = "done";
const out = document.createElement("pre");
out.id = "out";
out.textContent = JSON.stringify(drawings);
document.body.append(out);
</script>"""


def pyvis(scenes: Sequence[Scene]) -> list[Drawing] | None:
    """Return what pyvis' defaults make of the same boxes and arcs in a browser; nothing without one."""
    if CHROMIUM is None:
        return None
    given = json.dumps([_network(scene) for scene in scenes]).replace("<", "\\u003c")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(_PAGE % (vis_network_script().replace("</script", "<\\/script"), given), "utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command = [CHROMIUM, *flags, "--virtual-time-budget=5000", "--dump-dom", page.as_uri()]
        text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    from html import unescape

    _, mark, rest = text.rpartition('<pre id="out">')
    if not mark:
        return None
    return [
        _of_pyvis(scene, *drawn)
        for scene, drawn in zip(scenes, json.loads(unescape(rest.partition("</pre>")[0])), strict=True)
    ]


def _network(scene: Scene) -> tuple[list[object], list[object]]:
    nodes = [{"id": item.id, "label": item.label, "shape": "dot"} for item in scene.boxes]
    edges = [
        {"id": edge.id, "from": edge.source, "to": edge.target, "label": edge.label}
        for edge in scene.edges
        if edge.points
    ]
    return nodes, edges


def _cut(line: list[Point]) -> list[Point]:
    """Return a line from dot to dot instead of from middle to middle."""
    outside = [point for point in line if min(dist(point, line[0]), dist(point, line[-1])) > DOT]
    return outside if len(outside) > 1 else line


def _of_pyvis(scene: Scene, boxes: dict[str, dict[str, float]], lines: list[list[Point]]) -> Drawing:
    drawn = [edge for edge in scene.edges if edge.points]
    return Drawing(
        {
            name: Rect(*(at[side] for side in ("left", "top", "right", "bottom")))
            for name, at in boxes.items()
        },
        [(edge.source, edge.target, _cut(line)) for edge, line in zip(drawn, lines, strict=True)],
        [
            box(line[16], width_of(edge.label, 14), 14)
            for edge, line in zip(drawn, lines, strict=True)
            if edge.label
        ],
    )


# ---- what is drawn --------------------------------------------------------------------------------------


def random_scene(dice: random.Random) -> Scene:
    """Return a made-up mechanism of up to 24 things in up to five places."""
    from scenes import scene, statement

    from kg.model import Entity, Mechanism, Placement, Source

    here = Source("made-up", 1)
    words = ["x", "receptor", "a rather long name", "calcium ion", "σ1", "protein kinase"]
    kinds = [
        "Drug",
        "Receptor",
        "IonChannel",
        "Enzyme",
        "Ion",
        "Phenotype",
        "BiologicalProcess",
        "EntityGroup",
    ]
    names = [f"n{index}" for index in range(dice.randint(4, 24))]
    entities = [Entity(name, f"{dice.choice(words)} {name}", dice.choice(kinds), here) for name in names]
    predicates = ["activates", "inhibits", "modulates", "depends_on", "mediates", "increases_expression_of"]
    ends = {tuple(dice.sample(names, 2)) for _ in range(round(len(names) * dice.uniform(0.8, 1.4)))}
    said = [statement(a, dice.choice(predicates), b) for a, b in sorted(ends)]
    homes = [Entity(f"p{i}", f"place {i}", dice.choice(["Compartment", "Membrane", "Organelle"]), here)
             for i in range(dice.randint(1, 5))]  # fmt: skip
    where = {name: dice.choice(homes).id for name in names}
    placed = tuple(
        Placement(
            home.id,
            tuple(name for name in names if where[name] == home.id),
            dice.choice(homes[:index]).id if index and dice.random() < 0.3 else None,
        )
        for index, home in enumerate(homes)
    )
    mechanism = Mechanism("made-up", "Made up", here, placed, tuple(item.id for item in said))
    return scene(mechanism, [*entities, *homes], said)


def default_page(scene: Scene) -> str:
    """Return pyvis' page of the same boxes and arcs with all it needs inside."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    nodes, edges = _network(scene)
    for node in nodes:
        network.add_node(node["id"], label=node["label"])
    for edge in edges:
        network.add_edge(edge["from"], edge["to"], label=edge["label"])
    return str(network.generate_html())


def timed(action: Callable[[], object], runs: int = 5) -> float:
    """Return the median milliseconds of some runs."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)[runs // 2]


# ---- the table ------------------------------------------------------------------------------------------

HEAD = f"{'':34}{'boxes':>6}{'arcs':>5}  {'through':>13}  {'crossings':>17}  {'overlaps':>13}  {'heads':>13}"
HEAD += "   page KB   ms"


def row(name: str, counts: tuple[int, int], found: Sequence[Faults | None], more: str = "") -> str:
    """Return a line: every fault as ours and as those of our peers."""
    cells = []
    for place, width in zip(range(4), (13, 17, 13, 13), strict=True):
        shown = ("–" if faulty is None else str(faulty[place]) for faulty in found)
        cells.append(f"{'/'.join(shown):>{width}}")
    return f"{name:34}{counts[0]:6}{counts[1]:5}  {'  '.join(cells)}{more}"


def size(scenes: Iterable[Scene]) -> tuple[int, int]:
    """Return how many boxes and arcs there are."""
    found = list(scenes)
    return sum(len(s.boxes) for s in found), sum(bool(e.points) for s in found for e in s.edges)


def measured(scenes: Sequence[Scene]) -> list[tuple[Faults | None, ...]]:
    """Return the faults of all three for every scene."""
    theirs = pyvis(scenes) or [None] * len(scenes)
    return [
        (*map(faults, (ours(scene), held(scene), graphviz(scene))), faults(drawn) if drawn else None)
        for scene, drawn in zip(scenes, theirs, strict=True)
    ]


def summed(found: Sequence[tuple[Faults | None, ...]]) -> list[Faults | None]:
    """Return the faults of each over all scenes."""
    columns = zip(*found, strict=True)
    return [None if None in column else sum(column, start=NONE) for column in columns]


PEERS = ("dot in our rows", "dot free", "pyvis")


def ratios(found: Sequence[Faults | None]) -> str:
    """Say how often Graphviz and pyvis commit each fault where we do once."""
    parts = []
    for name, peer in zip(PEERS, found[1:], strict=True):
        if peer is not None and found[0] is not None:
            pairs = zip(Faults._fields, found[0], peer, strict=True)
            parts += [f"{field} {name} {b} : ours {a} = {_ratio(b, a)}" for field, a, b in pairs]
    return "\n".join(f"  {part}" for part in parts)


def _ratio(theirs: int, mine: int) -> str:
    return f"{theirs / mine:.2f} ×" if mine else "we have none" if theirs else "none at all"


def main() -> None:
    """Print the table."""
    graph = kg.load()
    names = [*graph.mechanisms, *graph.workflows]
    scenes = [graph.view(name).scene for name in names]
    print(
        "Layout. Faults: ours/dot in our rows/dot free/pyvis. Page: KB ours:pyvis. Time: ours, "
        "scene + layout + page"
    )
    if CHROMIUM is None:
        print("pyvis is left out: it places boxes in a browser, and there is no Chromium")
    print(HEAD)
    found = measured(scenes)
    for name, scene, each in zip(names, scenes, found, strict=True):
        pages = (len(to_html(scene).encode()), len(default_page(scene).encode()))
        taken = timed(lambda name=name: to_html(graph.view(name).scene))
        more = f"  {pages[0] // 1024:4}:{pages[1] // 1024:<4}{taken:4.0f}"
        print(row(name, size([scene]), each, more))
    print(row("all diagrams", size(scenes), summed(found)))
    print(ratios(summed(found)))
    dice = random.Random(4)
    made = [random_scene(dice) for _ in range(RANDOM)]
    drawn = summed(measured(made))
    print(row(f"{RANDOM} random scenes", size(made), drawn))
    print(ratios(drawn))
    missing = [e.label for s in (*scenes, *made) for e in s.edges if e.label and e.points and not e.label_at]
    cut = [b.label for s in (*scenes, *made) for b in s.boxes if any("…" in line for line in b.lines)]
    print(f"names of arcs left out for want of room: {len(missing)}; names of boxes cut: {len(cut)}")


if __name__ == "__main__":
    main()
