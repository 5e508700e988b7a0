"""A scene as one self-contained HTML file, made by pyvis with our own template; it asks no network.

Pyvis holds the nodes, edges and options and renders the page; vis-network's script is read from pyvis' own
installed files. Everything drawn from the graph travels as escaped JSON or through Jinja's autoescape, and a
content security policy of hashes lets no other script or style run and no request leave.
"""

from __future__ import annotations

import msgspec

from kg.views.page import DRAWING, page_network
from kg.views.scene import Scene
from kg.views.svg import to_svg

SCRIPTS = (
    *DRAWING,
    "elements.js",
    "vector.js",
    "claims.js",
    "page.js",
    "picture.js",
    "plot.js",
    "panel.js",
    "filters.js",
    "finding.js",
    "legend.js",
    "story.js",
    "trace.js",
    "ways.js",
    "walk.js",
    "diagram_walk.js",
    "address.js",
    "diagram_address.js",
    "paper.js",
    "diagram_paper.js",
    "diagram.js",
)
"""Our scripts in the order in which they run: each may use what those before it make."""
STYLES = ("diagram.css",)
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "nodes": {"fixed": True, "shape": "custom", "chosen": False},
    "edges": {"hidden": True, "smooth": False, "chosen": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "selectable": False,
        "keyboard": False,
        "navigationButtons": False,
        "zoomSpeed": 0.6,
    },
}


def to_html(scene: Scene) -> str:
    """Return the page: interactive diagram, panel, legend and a table of every claim."""
    network = page_network(
        scene.title,
        "diagram.html.j2",
        scripts=SCRIPTS,
        styles=STYLES,
        scene=scene,
        svg=to_svg(scene),
    )
    for number, box in enumerate(scene.boxes):
        network.add_node(number, label=" ", shape="custom", x=box.x, y=box.y)
    numbers = {box.id: number for number, box in enumerate(scene.boxes)}
    for edge in scene.edges:
        if edge.source in numbers and edge.target in numbers:
            network.add_edge(numbers[edge.source], numbers[edge.target], id=edge.id, hidden=True)
    network.set_options(msgspec.json.encode(OPTIONS).decode())
    return str(network.generate_html())
