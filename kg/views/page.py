"""What every page shares: pyvis with a template of ours, embedded JSON, inlined code and a policy of hashes.

Everything drawn from the graph travels as escaped JSON or through Jinja's autoescape; the content security
policy lets no script or style run but the inlined ones, and no request leave.
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

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup
    from pyvis.network import Network

_NONE = "'none'"
HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
DRAWING = ("draw.js", "draw_arcs.js", "draw_marks.js", "draw_boxes.js", "draw_places.js")
"""Our scripts that draw on a canvas, in the order in which they run."""


def page_network(
    title: str,
    template: str,
    *,
    scripts: tuple[str, ...],
    styles: tuple[str, ...],
    wasm: bool = False,
    **values: object,
) -> Network:
    """Return an empty pyvis network whose page is this template of ours, with vis-network and our code in it.

    `scripts` and `styles` are names in `static/`; `values` and what the templates share are its variables.
    With `wasm` the page may compile WASM and start workers from its own bytes.
    """
    from pyvis.network import Network

    class Page(Network):  # type: ignore[misc]
        """A network drawn by our template, with every value escaped."""

        def set_template_dir(self, template_directory: str, template_file: str = "template.html") -> None:
            super().set_template_dir(template_directory, template_file)
            self.templateEnv = template_environment()

    network = Page(directed=True, heading=title)
    network.set_template_dir(str(TEMPLATES), template)
    code, style = codes(scripts, vis_network=True), styled(styles)
    network.templateEnv.globals |= {
        "scripts": code,
        "style": style,
        "policy": policy(code, (style,), wasm=wasm),
        "palette": {
            "boxes": _named(BOXES),
            "arcs": _named(ARCS),
            "hatches": HATCHES,
            "themes": _named({"light": LIGHT, "dark": DARK}),
        },
        **values,
    }
    return network


def template_environment(folder: Path = TEMPLATES) -> Environment:
    """Return a Jinja environment of templates that escapes every value; `embedded` makes JSON in it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["embedded"] = embedded
    return found


@cache
def codes(names: tuple[str, ...], *, vis_network: bool) -> tuple[Markup, ...]:
    """Return these scripts of ours as they stand in a page, after vis-network's where it is wanted."""
    first = (vis_network_script(),) if vis_network else ()
    return tuple(inlined(script) for script in (*first, *map(_static, names)))


@cache
def styled(names: tuple[str, ...]) -> Markup:
    """Return these style sheets of ours as one, as it stands in a page."""
    return inlined("\n".join(map(_static, names)))


def _named(styles: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {name: style._asdict() for name, style in styles.items()}


def policy(
    scripts: tuple[str, ...], styles: tuple[str, ...], *, home: str = _NONE, wasm: bool = False
) -> str:
    """Return a content security policy that runs exactly these texts and allows no request.

    `home` is where requests and forms may go all the same: a page that is served asks its own server. With
    `wasm`, also WASM, which unlike `eval` runs no text, and workers made of the page's own bytes; a worker
    has the policy of its page, so that it cannot ask the network either.
    """
    allowed = " ".join(map(_hash, scripts)), " ".join(map(_hash, styles))
    asking = "" if home == _NONE else f" connect-src {home};"
    more = (" 'wasm-unsafe-eval'", " worker-src blob:;") if wasm else ("", "")
    return (
        f"default-src 'none'; script-src {allowed[0] or _NONE}{more[0]};{more[1]} style-src {allowed[1]};"
        f"{asking} img-src data: blob:; base-uri 'none'; form-action {home}"
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


def inlined(text: str) -> Markup:
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
def vis_network_script() -> str:
    """Return vis-network's script from pyvis' installed files, the newest when there are several."""
    folder = files("pyvis") / "templates" / "lib"
    found = [item for item in folder.iterdir() if item.name.startswith("vis-")]
    newest = max(found, key=lambda item: [int(part) for part in item.name[4:].split(".") if part.isdigit()])
    return (newest / "vis-network.min.js").read_text("utf-8")
