"""Turns the templates of served pages into responses: values escaped, scripts and styles by their hash."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import HTMLResponse

from kg.views.page import codes, inlined, policy, template_environment
from kg.views.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_HERE = Path(__file__).parent


def page(template: str, *, script: str | None = None, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page of ours; `script` names the one in `static/` that it runs."""
    scripts = (*codes(("elements.js",), vis_network=False), _static(script)) if script else ()
    style = _static("serving.css")
    text = _environment().get_template(template).render(scripts=scripts, style=style, **values)
    allowed = policy(scripts, (style,), home="'self'")
    return HTMLResponse(text, status, {"Content-Security-Policy": f"{allowed}; frame-ancestors 'none'"})


def address(entity: str) -> str:
    """Return the address of an entity's page."""
    return f"/entity/{quote(entity, safe='')}"


@cache
def _environment() -> Environment:
    found = template_environment(_HERE / "templates")
    found.globals |= {"address": address, "clean": clean}
    return found


@cache
def _static(name: str) -> Markup:
    return inlined((files("kg.serving") / "static" / name).read_text("utf-8"))
