"""Pictures as a notebook shows them: a page in a frame of its own, above the same picture, still.

The frame may run its page, hand out downloads and open a paper's address in a window of its own; it has no
origin, so it reaches nothing of the notebook.
Where a frame is taken away, as in notebooks that are not trusted, the still picture beneath it is seen.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Collection
from html import escape
from typing import Protocol

from kg.rich import Bundle, chosen

HEIGHT = 640
"""Of the frame, in pixels."""


class Paged(Protocol):
    """Whatever has a page and a still picture."""

    @property
    def html(self) -> str:
        """The whole page."""

    @property
    def svg(self) -> str:
        """The same, still."""

    @property
    def RIGHTS(self) -> str:
        """What the frame of the page may do."""


class Pictured:
    """What has a page, `html`, and the same as a still picture, `svg`."""

    RIGHTS = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"

    @property
    def still(self: Paged) -> Still:
        """The picture alone: what stays small in a notebook that is kept."""
        return Still(repr(self), self.svg)

    def _repr_html_(self: Paged) -> str:
        return in_a_frame(self)

    def _repr_mimebundle_(
        self: Paged, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        """Return the page in its frame, the still picture and a line of text; only what is wanted is made."""
        made: dict[str, Callable[[], str]] = {
            "text/html": lambda: in_a_frame(self),
            "image/svg+xml": lambda: self.svg,
            "text/plain": lambda: repr(self),
        }
        return {form: made[form]() for form in chosen(dict.fromkeys(made, ""), include, exclude)}


class Still:
    """A picture without a page, shown as SVG."""

    def __init__(self, told: str, svg: str) -> None:
        self.told, self.svg = told, svg

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        return chosen({"image/svg+xml": self.svg, "text/plain": self.told}, include, exclude)

    def __repr__(self) -> str:
        return self.told


def in_a_frame(shown: Paged) -> str:
    """Return a page in a frame above its still picture, which is described for who cannot see it."""
    picture = f"data:image/svg+xml;base64,{b64encode(shown.svg.encode()).decode()}"
    beneath = "position:absolute;inset:0;width:100%;height:100%;object-fit:contain"
    above = "position:relative;width:100%;height:100%;box-sizing:border-box;border:1px solid #ccc"
    return (
        f'<div style="position:relative;height:{HEIGHT}px">'
        f'<img style="{beneath}" alt="{escape(repr(shown))}" src="{picture}">'
        f'<iframe sandbox="{shown.RIGHTS}" style="{above};background:#fff" srcdoc="{escape(shown.html)}">'
        "</iframe></div>"
    )
