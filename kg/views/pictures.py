"""`PICTURES`: one table of the formats a diagram is written in; nothing else knows an extension.

Each is a name, an extension, a media type and a function that imports its writer when it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.names import nearest
from kg.problems import UnknownName
from kg.views.scene import Scene


class Look(NamedTuple):
    """What may be asked of a picture: its legend below it (SVG, PNG, PDF), and pixels per unit (PNG)."""

    legend: bool = False
    scale: float = 2.0


class Picture(NamedTuple):
    """A format of a diagram and what writes it; the same scene gives the same bytes."""

    name: str
    extension: str
    media_type: str
    write: Callable[[Scene, Look], bytes]


def _html(scene: Scene, _look: Look) -> bytes:
    from kg.views.html import to_html

    return to_html(scene).encode()


def _svg(scene: Scene, look: Look) -> bytes:
    from kg.views.svg import to_svg

    return to_svg(scene, legend=look.legend).encode()


def _png(scene: Scene, look: Look) -> bytes:
    from kg.views.prints import to_png

    return to_png(scene, legend=look.legend, scale=look.scale)


def _pdf(scene: Scene, look: Look) -> bytes:
    from kg.views.prints import to_pdf

    return to_pdf(scene, legend=look.legend)


def _sbgn(scene: Scene, _look: Look) -> bytes:
    from kg.views.sbgn import to_sbgn

    return to_sbgn(scene).encode()


def _dot(scene: Scene, _look: Look) -> bytes:
    from kg.views.dotfile import to_dot

    return to_dot(scene).encode()


PICTURES: tuple[Picture, ...] = (
    Picture("html", "html", "text/html", _html),
    Picture("svg", "svg", "image/svg+xml", _svg),
    Picture("png", "png", "image/png", _png),
    Picture("pdf", "pdf", "application/pdf", _pdf),
    Picture("sbgn", "sbgn", "application/x-sbgn+xml", _sbgn),
    Picture("dot", "dot", "text/vnd.graphviz", _dot),
)


def picture_named(name: str) -> Picture:
    """Return the format with this name, extension or media type; raises `UnknownName` otherwise."""
    wanted = name.lower().removeprefix(".")
    for known in PICTURES:
        if wanted in (known.name, known.extension, known.media_type):
            return known
    names = [known.name for known in PICTURES]
    raise UnknownName("picture format", wanted, nearest(name, names) or tuple(names))
