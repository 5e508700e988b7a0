"""A scene as one self-contained HTML file, made by pyvis with our own template; it asks no network.

Pyvis holds the nodes, edges and options and renders the page; vis-network's script is read from pyvis' own
installed files. Everything drawn from the graph travels as escaped JSON or through Jinja's autoescape, and a
content security policy of hashes lets no other script or style run and no request leave.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg.views.palette import ARCS, BOXES, DARK, HATCHES, LIGHT
from kg.views.scene import Scene
from kg.views.svg import to_svg

if TYPE_CHECKING:
    from markupsafe import Markup
    from pyvis.network import Network

HERE = Path(__file__).parent
SCRIPTS = (
    "draw.js",
    "elements.js",
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
    "address.js",
    "paper.js",
    "diagram.js",
)
"""Our scripts in the order in which they run: each may use what those before it make."""
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
    network = _network(scene)
    for number, box in enumerate(scene.boxes):
        network.add_node(number, label=" ", shape="custom", x=box.x, y=box.y)
    numbers = {box.id: number for number, box in enumerate(scene.boxes)}
    for edge in scene.edges:
        if edge.source in numbers and edge.target in numbers:
            network.add_edge(numbers[edge.source], numbers[edge.target], id=edge.id, hidden=True)
    network.set_options(msgspec.json.encode(OPTIONS).decode())
    return str(network.generate_html())


def _network(scene: Scene) -> Network:
    """Return an empty pyvis network whose page is our template with this scene in it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from pyvis.network import Network

    class Diagram(Network):  # type: ignore[misc]
        """A network drawn by our template, with every value escaped."""

        def set_template_dir(self, template_directory: str, template_file: str = "template.html") -> None:
            super().set_template_dir(template_directory, template_file)
            loader = FileSystemLoader(template_directory)
            self.templateEnv = Environment(
                loader=loader,
                autoescape=True,
                undefined=StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
            )

    network = Diagram(directed=True, heading=scene.title)
    network.set_template_dir(str(HERE / "templates"), "diagram.html.j2")
    scripts = tuple(_inline(script) for script in (_vis_network(), *map(_static, SCRIPTS)))
    style = _inline(_static("diagram.css"))
    network.templateEnv.globals |= {
        "scene": scene,
        "scripts": scripts,
        "style": style,
        "policy": policy(scripts, (style,)),
        "embedded": embedded,
        "svg": to_svg(scene),
        "palette": {
            "boxes": _named(BOXES),
            "arcs": _named(ARCS),
            "hatches": HATCHES,
            "themes": _named({"light": LIGHT, "dark": DARK}),
        },
    }
    return network


def _named(styles: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {name: style._asdict() for name, style in styles.items()}


def policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """Return a content security policy that runs exactly these texts and allows no request."""
    allowed = " ".join(map(_hash, scripts)), " ".join(map(_hash, styles))
    return (
        f"default-src 'none'; script-src {allowed[0]}; style-src {allowed[1]}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def embedded(value: object) -> Markup:
    """Return a value as JSON that no HTML parser can leave: it holds no `<`, `>` or `&`."""
    from markupsafe import Markup

    text = msgspec.json.encode(value).decode()
    return Markup(text.translate(_ESCAPES))  # noqa: S704 (escaped right here)


def _inline(text: str) -> Markup:
    """Return our own or vis-network's code so that it cannot end its element early; newlines as parsed."""
    from markupsafe import Markup

    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for end in ("</script", "</style", "<!--"):
        plain = plain.replace(end, f"<\\{end[1:]}")
    return Markup(plain)  # noqa: S704 (code of ours and vis-network's, not of the graph)


@cache
def _static(name: str) -> str:
    return (HERE / "static" / name).read_text("utf-8")


@cache
def _vis_network() -> str:
    """Return vis-network's script from pyvis' installed files, the newest when there are several."""
    folder = files("pyvis") / "templates" / "lib"
    found = [item for item in folder.iterdir() if item.name.startswith("vis-")]
    newest = max(found, key=lambda item: [int(part) for part in item.name[4:].split(".") if part.isdigit()])
    return (newest / "vis-network.min.js").read_text("utf-8")
