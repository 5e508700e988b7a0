"""The front end of the path explorer: one module and one style sheet, put together from our own files."""

from __future__ import annotations

from pathlib import Path

from kg.views.page import HERE as VIEWS
from kg.views.palette import ARCS, DARK, LIGHT

_HERE = Path(__file__).parent / "static"
_DARK = ".kg-paths.kg-dark svg"
_PARTS = (
    VIEWS / "static" / "elements.js",
    VIEWS / "static" / "claims.js",
    _HERE / "combobox.js",
    _HERE / "wishes.js",
    _HERE / "paths.js",
    _HERE / "picture.js",
    _HERE / "told.js",
    _HERE / "explorer.js",
)
"""Our scripts in the order in which they run: each may use what those before it make."""


def _script() -> str:
    return "\n".join(part.read_text("utf-8") for part in _PARTS)


def _night() -> str:
    """Return rules that turn a picture by daylight into one by night; boxes stay as they are."""
    pairs = {(style.light, style.dark) for style in ARCS.values()}
    for by_day, by_night in zip(LIGHT, DARK, strict=True):
        if isinstance(by_day, tuple) and isinstance(by_night, tuple):
            pairs |= set(zip(by_day, by_night, strict=True))
        elif str(by_day).startswith("#"):
            pairs.add((str(by_day), str(by_night)))
    turned = [
        f'{_DARK} :not([data-box] *)[{use}="{day}"] {{ {use}: {night}; }}'
        for day, night in sorted(pairs)
        for use in ("fill", "stroke")
    ]
    on_the_mark = f'{_DARK} g[data-arc] [fill="{LIGHT.mark}"] + text[fill] {{ fill: {LIGHT.ink}; }}'
    return "\n".join([*turned, on_the_mark, ""])


SCRIPT = _script()
STYLE = (_HERE / "explorer.css").read_text("utf-8") + _night()
