"""Those who draw in a browser: pyvis in two ways, Cytoscape.js with two layouts; their pages and drawings.

Boxes of pyvis are its dots; Cytoscape.js gets boxes of our sizes. None of them is told of compartments, which
makes their work easier. Cytoscape.js comes from pinned npm packages, installed into the ignored `build/`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from math import dist
from pathlib import Path
from typing import Any, NamedTuple

from kg.views.geometry import Point, Rect, box
from kg.views.page import inlined, vis_network_script
from kg.views.scene import Scene
from kg.views.text import width_of

from .browser import Browser
from .faults import Drawing
from .still import LABEL

INSTALLED = Path(__file__).parents[2] / "build" / "peers"
PACKAGES = ("cytoscape@3.34.4", "cytoscape-elk@2.3.0", "cytoscape-fcose@2.2.0", "elkjs@0.9.3")
CORE = "cytoscape/dist/cytoscape.min.js"
SCRIPTS = {
    "elk": (CORE, "elkjs/lib/elk.bundled.js", "cytoscape-elk/dist/cytoscape-elk.js"),
    "fcose": (
        CORE,
        "layout-base/layout-base.js",
        "cose-base/cose-base.js",
        "cytoscape-fcose/cytoscape-fcose.js",
    ),
}
"""By layout: what a page needs, in the order in which it runs."""
DOT = 25.0
"""Radius of a node of pyvis by default."""


class Peer(NamedTuple):
    """A library with options: pyvis' by `set_options`, Cytoscape's those of its layout."""

    name: str
    kind: str
    options: dict[str, Any]


PYVIS = (
    Peer("pyvis", "pyvis", {}),
    Peer("pyvis hier.", "pyvis", {"layout": {"hierarchical": {"enabled": True, "direction": "UD"}}}),
)
LAYERED = {"algorithm": "layered", "elk.direction": "DOWN"}
CYTOSCAPE = (
    Peer("Cytoscape ELK", "cytoscape", {"name": "elk", "elk": LAYERED}),
    Peer("Cytoscape fcose", "cytoscape", {"name": "fcose", "animate": False}),
)


def peers() -> tuple[Peer, ...]:
    """Return who can take part here: Cytoscape.js needs npm and its packages."""
    return (*PYVIS, *CYTOSCAPE) if _installed() else PYVIS


def _installed() -> bool:
    modules = INSTALLED / "node_modules"
    if not all((modules / script).exists() for scripts in SCRIPTS.values() for script in scripts):
        npm = shutil.which("npm")
        if npm is None:
            return False
        INSTALLED.mkdir(parents=True, exist_ok=True)
        quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--silent")
        done = subprocess.run([npm, "install", "--prefix", str(INSTALLED), *quiet, *PACKAGES], check=False)
        return done.returncode == 0
    return True


# ---- their pages ------------------------------------------------------------------------------------------


def page_of(peer: Peer, scene: Scene) -> str:
    """Return the page a user of this library would get, with all it needs inside."""
    if peer.kind == "pyvis":
        return str(_network(peer, scene).generate_html())
    call = f'peers.cytoscape(document.getElementById("net"), {_json(_given(scene))}, {_json(peer.options)});'
    return _page(_scripts(peer), call)


def _network(peer: Peer, scene: Scene) -> Any:
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    given = _given(scene)
    for item in given["boxes"]:
        network.add_node(item["id"], label=item["label"])
    for arc in given["arcs"]:
        network.add_edge(arc["source"], arc["target"], label=arc["label"])
    if peer.options:
        network.set_options(json.dumps(peer.options))
    return network


def _page(scripts: Sequence[str], call: str) -> str:
    inside = "".join(f"<script>{inlined(text)}</script>\n" for text in scripts)
    frame = '<div id="net" style="width:100%;height:600px"></div>'
    return f"<!doctype html><meta charset=utf-8><body>{frame}\n{inside}<script>{call}</script>"


def _scripts(peer: Peer) -> list[str]:
    ours = Path(__file__).with_name("peers.js").read_text("utf-8")
    if peer.kind == "pyvis":
        return [vis_network_script(), ours]
    theirs = (INSTALLED / "node_modules" / script for script in SCRIPTS[peer.options["name"]])
    return [*(script.read_text("utf-8") for script in theirs), ours]


def _given(scene: Scene) -> dict[str, list[dict[str, Any]]]:
    return {
        "boxes": [
            {"id": item.id, "label": item.label, "width": item.width, "height": item.height}
            for item in scene.boxes
        ],
        "arcs": [
            {"id": edge.id, "source": edge.source, "target": edge.target, "label": edge.label}
            for edge in scene.edges
            if edge.points
        ],
    }


def _json(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")


# ---- their drawings ---------------------------------------------------------------------------------------


def drawings(peer: Peer, scenes: Sequence[Scene], browser: Browser) -> list[Drawing]:
    """Return what a peer makes of the scenes, one after the other in one page."""
    options = _options(peer)
    call = (
        f"placeAll({_json(peer.kind)}, {_json([_given(scene) for scene in scenes])}, {_json(options)})"
        ".then((drawn) => { window.drawn = drawn; }, (error) => { window.failed = String(error); });"
    )
    found = browser.result(_page(_scripts(peer), call))
    return [_drawing(peer, scene, **drawn) for scene, drawn in zip(scenes, found, strict=True)]


def _options(peer: Peer) -> Any:
    """Return what the library is told: pyvis' own defaults where there are no options."""
    from pyvis.network import Network

    if peer.kind != "pyvis" or peer.options:
        return peer.options
    made = json.loads(Network(directed=True).options.to_json())
    return {key: made[key] for key in ("edges", "interaction", "physics")} | {
        "edges": made["edges"] | {"arrows": "to"}
    }


def _drawing(
    peer: Peer, scene: Scene, boxes: dict[str, dict[str, float]], lines: list[list[Point]]
) -> Drawing:
    drawn = [edge for edge in scene.edges if edge.points]
    dots = peer.kind == "pyvis"
    size = 14.0 if dots else LABEL
    return Drawing(
        {
            name: Rect(*(at[side] for side in ("left", "top", "right", "bottom")))
            for name, at in boxes.items()
        },
        [
            (edge.source, edge.target, _cut(line) if dots else line)
            for edge, line in zip(drawn, lines, strict=True)
        ],
        [
            box(line[len(line) // 2], width_of(edge.label, size), size)
            for edge, line in zip(drawn, lines, strict=True)
            if edge.label
        ],
    )


def _cut(line: list[Point]) -> list[Point]:
    """Return a line from dot to dot instead of from middle to middle."""
    outside = [point for point in line if min(dist(point, line[0]), dist(point, line[-1])) > DOT]
    return outside if len(outside) > 1 else line
