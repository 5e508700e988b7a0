"""What every chart is drawn with: a canvas that collects SVG elements, and a logarithmic axis with ticks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, floor, log10
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from kg.amounts import Amount
from kg.views.palette import LIGHT
from kg.views.shapes import closed, element, lines, rect
from kg.views.text import FONT, clean, width_of

INK = "#0072b2"
"""Colour of what was measured; everything it says is said by shape too."""
_PREFIXES = ((0, "M"), (-3, "mM"), (-6, "µM"), (-9, "nM"), (-12, "pM"), (-15, "fM"))
_CUT = 300


class Canvas:
    """Collects elements from the back to the front; texts are cleaned and escaped, numbers rounded."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []
        self._open: list[str] = []

    def text(self, words: str, x: float, y: float, size: float = 12, **look: object) -> None:
        """Write one line, centred on its height; it starts at x unless `text_anchor` says otherwise."""
        given = {"fill": LIGHT.ink, **look}
        self._parts += lines([clean(words)], round(x, 1), round(y, 1), 0.0, font_size=f"{size:g}", **given)

    def line(self, x: float, y: float, x2: float, y2: float, **look: object) -> None:
        """Draw a straight line."""
        path = f"M{x:.1f} {y:.1f}L{x2:.1f} {y2:.1f}"
        self._parts.append(element("path", "", d=path, **{"stroke": LIGHT.ink, "stroke_width": 1.4, **look}))

    def path(self, points: Iterable[tuple[float, float]], **look: object) -> None:
        """Draw a line through points."""
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        self._parts.append(element("path", "", d=path, **{"fill": "none", "stroke_width": 2, **look}))

    def shape(self, points: Iterable[tuple[float, float]], **look: object) -> None:
        """Fill a closed shape."""
        self._parts.append(
            element("path", "", d=closed([(round(x, 1), round(y, 1)) for x, y in points]), **look)
        )

    def rect(self, x: float, y: float, width: float, height: float, **look: object) -> None:
        """Draw a rectangle."""
        self._parts.append(rect(round(x, 1), round(y, 1), round(width, 1), round(height, 1), **look))

    def dot(self, x: float, y: float, radius: float = 4, **look: object) -> None:
        """Draw a disc."""
        given = {"fill": INK, "stroke": INK, "stroke_width": 1.5, **look}
        self._parts.append(element("circle", "", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:g}", **given))

    def warning(self, x: float, y: float, size: float = 6) -> None:
        """Draw the mark of a conflict: a triangle with an exclamation mark, as in the diagrams."""
        corners = ((x, y - size), (x + size * 1.05, y + size * 0.8), (x - size * 1.05, y + size * 0.8))
        self.shape(corners, fill=LIGHT.mark, stroke=LIGHT.ink, stroke_linejoin="round")
        self.text("!", x, y + size * 0.2, size * 1.35, text_anchor="middle", font_weight="bold")

    def start(self, title: str, *, to: str | None = None, name: str | None = None) -> None:
        """Begin a group whose title a screen reader reads and a browser shows under the mouse.

        `to` is the fragment of the same file that it leads to, `name` the one that leads to it: words of
        ours, never of the graph.
        """
        anchor = f" id={quoteattr(name)}" if name else ""
        role = "" if to or name else ' role="graphics-symbol img"'
        self._parts.append(f"<a href={quoteattr(f'#{to}')}>" if to else f"<g{role}{anchor}>")
        self._open.append("</a>" if to else "</g>")
        self._parts.append(element("title", clean(title)))

    def end(self) -> None:
        """End the group."""
        self._parts.append(self._open.pop())

    def place(self, other: Canvas, x: float, y: float) -> None:
        """Put another canvas on this one."""
        self._parts += [f'<g transform="translate({x:g} {y:g})">', *other._parts, "</g>"]
        self.width, self.height = max(self.width, x + other.width), max(self.height, y + other.height)

    def svg(self, title: str, about: str) -> str:
        """Return the picture as a file of its own: no script, no style sheet, no address."""
        width, height = ceil(self.width), ceil(self.height)
        size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        role = 'role="graphics-document document" aria-labelledby="title" aria-describedby="about"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="en" {role} font-family="{FONT}">'
        named = (element("title", clean(title), id="title"), element("desc", clean(about), id="about"))
        paper = rect(0, 0, width, height, fill=LIGHT.paper)
        return "\n".join([head, *named, paper, *self._parts, "</svg>", ""])


def cut(words: str, size: float, widest: float) -> str:
    """Return a text cut with «…» where it is wider than this."""
    words = clean(words)[:_CUT]
    if width_of(words, size) <= widest:
        return words
    while words and width_of(f"{words}…", size) > widest:
        words = words[:-1]
    return f"{words.rstrip()}…"


class Axis(NamedTuple):
    """Decades of concentration (powers of ten in mol/L) from left to right."""

    least: int
    greatest: int
    left: float
    right: float

    def x(self, molar: float) -> float:
        """Return where a concentration stands; what is beyond an end stands at it."""
        share = (log10(molar) - self.least) / (self.greatest - self.least)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where the decades stand and what they are called; an empty name where there is no room."""
        every = ceil((self.greatest - self.least) * 46 / (self.right - self.left))
        for power in range(self.least, self.greatest + 1):
            yield self.x(10.0**power), "" if (power - self.least) % every else decade(power)


def axis_of(amounts: Iterable[Amount], left: float, right: float) -> Axis:
    """Return the axis on which all these concentrations (mol/L) have a place, at least a decade long."""
    shown = list(amounts)
    ends = [float(end) for one in shown for end in (one.low, one.high) if end]
    beyond = [float(one.low) * 2 for one in shown if one.high is None]
    before = [float(one.high) / 2 for one in shown if not one.low and one.high]
    least = max(floor(log10(min(*ends, *before, max(ends))) + 1e-9), -18)
    greatest = max(ceil(log10(max(*ends, *beyond, min(ends))) - 1e-9), least + 1)
    return Axis(least, greatest, left, right)


def decade(power: int) -> str:
    """Return a power of ten in mol/L as it is spoken of.

    >>> decade(-8)
    '10 nM'
    """
    known = next(((base, unit) for base, unit in _PREFIXES if power >= base), None)
    if known is None or power > 3:
        return f"1e{power} M"
    return f"{10 ** (power - known[0])} {known[1]}"
