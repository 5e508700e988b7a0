"""Measure our drawings beside Graphviz, pyvis and Cytoscape.js, on the same boxes and arcs, in one run.

Every shipped diagram: arcs through boxes that are not theirs, crossings, texts that cover something, heads
of arcs on one spot; size of the page, time until it is drawn, frames a second while it is dragged. The faults
also on 200 random mechanisms. Graphviz draws twice: free, and held to our rows and compartments, which tells
what these cost. `make bench` prints the tables; nothing is written. Without Chromium only Graphviz takes
part, without npm Cytoscape.js does not, and the table says so.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from statistics import median

import kg
from kg.views.scene import Scene

from .browser import Browser, Pace, opened
from .faults import NONE, Drawing, Faults, faults
from .made_up import random_scene
from .peers import CYTOSCAPE, PYVIS, Peer, drawings, page_of, peers
from .still import graphviz, held, ours

RANDOM = 200
STILL = {"ours": ours, "dot in our rows": held, "dot free": graphviz}
Pages = dict[str, tuple[int, Pace]]


def measured(
    scenes: Sequence[Scene], who: Sequence[Peer], browser: Browser | None
) -> dict[str, list[Faults]]:
    """Return the faults of each who draws, scene by scene."""
    drawn: dict[str, list[Drawing]] = {
        name: [draw(scene) for scene in scenes] for name, draw in STILL.items()
    }
    if browser is not None:
        drawn |= {peer.name: drawings(peer, scenes, browser) for peer in who}
    return {name: [faults(drawing) for drawing in made] for name, made in drawn.items()}


def print_faults(title: str, names: Sequence[str], found: dict[str, list[Faults]]) -> None:
    """Print a line for each diagram, the sums, and how often the others err where we do once."""
    print(f"\n{title}: arcs through foreign boxes / crossings / overlaps / heads on one spot")
    print(f"{'':34}" + "".join(f"{name:>18}" for name in found))
    for number, name in enumerate(names):
        print(f"{name:34}" + "".join(f"{_cell(each[number]):>18}" for each in found.values()))
    sums = {name: sum(each, start=NONE) for name, each in found.items()}
    print(f"{'all':34}" + "".join(f"{_cell(each):>18}" for each in sums.values()))
    mine = sums["ours"]
    for field in Faults._fields:
        cells = (_ratio(getattr(each, field), getattr(mine, field)) for each in sums.values())
        print(f"{'  ' + field + ' : ours':34}" + "".join(f"{cell:>18}" for cell in cells))


def _cell(found: Faults) -> str:
    return "/".join(map(str, found))


def _ratio(theirs: float, mine: float) -> str:
    return f"{theirs / mine:.2f} ×" if mine else "we have none" if theirs else "none at all"


def paces(
    names: Sequence[str], graph: kg.KnowledgeGraph, who: Sequence[Peer], browser: Browser
) -> list[Pages]:
    """Return size and pace of every page of everyone."""
    found = []
    for name in names:
        diagram = graph.view(name)
        pages = {"ours": diagram.html} | {peer.name: page_of(peer, diagram.scene) for peer in who}
        count = len(diagram.scene.boxes)
        found.append({key: (len(page.encode()), browser.pace(page, count)) for key, page in pages.items()})
    return found


COLUMNS = ("page KB", "first paint ms", "drawn ms", "frames a second", "longest frame ms")


def print_paces(names: Sequence[str], found: Sequence[Pages]) -> None:
    """Print a table for each measure: a line for each diagram, the medians, and their ratios to ours."""
    for column, title in enumerate(COLUMNS):
        print(f"\n{title}\n{'':34}" + "".join(f"{name:>18}" for name in found[0]))
        table = [
            {key: (size / 1024, *pace)[column] for key, (size, pace) in pages.items()} for pages in found
        ]
        for name, values in zip(names, table, strict=True):
            print(f"{name:34}" + "".join(f"{_number(value):>18}" for value in values.values()))
        middle = {key: median(values[key] for values in table) for key in table[0]}
        print(f"{'median':34}" + "".join(f"{_number(value):>18}" for value in middle.values()))
        ratios = (_ratio(value, middle["ours"]) for value in middle.values())
        print(f"{'  : ours':34}" + "".join(f"{_without_nan(text):>18}" for text in ratios))


def _number(value: float) -> str:
    return _without_nan(f"{value:.0f}")


def _without_nan(text: str) -> str:
    return "–" if "nan" in text else text


def print_atlas(graph: kg.KnowledgeGraph, browser: Browser) -> None:
    """Print how large the atlas is and when its index is there; its diagrams are the pages above."""
    html = graph.atlas().html
    paint, whole = browser.paint_of_index(html)
    print(
        f"\natlas: {len(html.encode()) // 1024} KB, first paint {paint:.0f} ms, all pictures {whole:.0f} ms"
    )


def print_blemishes(scenes: Sequence[Scene]) -> None:
    """Print what we left out or cut for want of room."""
    missing = sum(bool(e.label and e.points and not e.label_at) for s in scenes for e in s.edges)
    cut = sum(any("…" in line for line in b.lines) for s in scenes for b in s.boxes)
    print(f"\nnames of arcs left out for want of room: {missing}; names of boxes cut: {cut}")


def main() -> None:
    """Print the tables."""
    graph = kg.load()
    names = [*graph.mechanisms, *graph.workflows]
    scenes = [graph.view(name).scene for name in names]
    dice = random.Random(4)
    made = [random_scene(dice) for _ in range(RANDOM)]
    who = peers()
    if missing := [peer.name for peer in (*PYVIS, *CYTOSCAPE) if peer not in who]:
        print(f"left out, for there is no npm or its packages: {', '.join(missing)}")
    with opened() as browser:
        if browser is None:
            print("only Graphviz takes part: the others draw in a browser, and there is no Chromium")
        print_faults("shipped diagrams", names, measured(scenes, who, browser))
        print_faults(f"{RANDOM} random mechanisms", (), measured(made, who, browser))
        print_blemishes([*scenes, *made])
        sys.stdout.flush()
        if browser is not None:
            print_paces(names, paces(names, graph, who, browser))
            print_atlas(graph, browser)


if __name__ == "__main__":
    main()
