"""The explorer as one standalone SVG: every entity and arc in its place, with the names of the largest.

What a notebook shows of it where no script may run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.views.columns import SIGNS
from kg.views.geometry import Rect, box
from kg.views.palette import BOXES, LIGHT
from kg.views.shapes import element, lines, rect
from kg.views.text import FONT, clean, width_of, wrap

if TYPE_CHECKING:
    from kg.views.explorer import Explorer

_MARGIN = 110.0
_NAMED = 80
"""Entities that have their name on them, at most: those with the most arcs."""
_SMALLEST = 13.0
_WIDEST = 24
"""Of a name, in heights of a letter."""
_ACROSS = 90
"""Letters' heights in the width of a picture: a large one has larger names."""


def explorer_svg(shown: Explorer) -> str:
    """Return the picture by daylight; each entity's title is its name."""
    across = [(x, width) for (x, _), (width, _) in zip(shown.places, shown.sizes, strict=True)] or [(0, 0)]
    down = [(y, height) for (_, y), (_, height) in zip(shown.places, shown.sizes, strict=True)] or [(0, 0)]
    left, top = (min(at - size / 2 for at, size in ends) - _MARGIN for ends in (across, down))
    right, bottom = (max(at + size / 2 for at, size in ends) + _MARGIN for ends in (across, down))
    width, height = right - left, bottom - top
    size = max(_SMALLEST, width / _ACROSS)
    view = f'viewBox="{left:g} {top:g} {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {view} lang="en" role="img" font-family="{FONT}">'
    title = element("title", f"{shown.title}: {shown.subtitle}")
    paper = rect(left, top, width, height, fill=LIGHT.paper)
    return "\n".join(
        [head, title, paper, *_arcs(shown), *_entities(shown), *_names(shown, size), "</svg>", ""]
    )


def _arcs(shown: Explorer) -> Iterator[str]:
    picture = shown.picture
    for source, target, sign in zip(picture.source, picture.target, picture.sign, strict=True):
        (x1, y1), (x2, y2) = shown.places[source], shown.places[target]
        ends = {"x1": f"{x1:g}", "y1": f"{y1:g}", "x2": f"{x2:g}", "y2": f"{y2:g}"}
        colour = LIGHT.faint_stop if SIGNS[sign] == "-" else LIGHT.faint
        yield element("line", "", **ends, stroke=colour, stroke_width=1.2, stroke_opacity=0.6)


def _entities(shown: Explorer) -> Iterator[str]:
    picture = shown.picture
    for number, ((x, y), (width, height)) in enumerate(zip(shown.places, shown.sizes, strict=True)):
        style = BOXES[picture.categories[picture.category[number]][1]]
        at = {"cx": f"{x:g}", "cy": f"{y:g}", "rx": f"{width / 2:g}", "ry": f"{height / 2:g}"}
        drawn = element("ellipse", "", **at, fill=style.fill, stroke=style.line, stroke_width=1.6)
        yield f"<g>{element('title', clean(picture.names[number]))}{drawn}</g>"


def _names(shown: Explorer, size: float) -> Iterator[str]:
    """Yield names in the middle of their entities, those with the most arcs first; none over another."""
    halo = {"stroke": LIGHT.paper, "stroke_width": 4, "paint_order": "stroke"}
    taken: list[Rect] = []
    for number in sorted(range(len(shown.sizes)), key=lambda at: (-shown.sizes[at][0], at)):
        at, name = shown.places[number], wrap(clean(shown.picture.names[number]), size, _WIDEST * size, 1)[0]
        frame = box(at, width_of(name, size), size * 1.3)
        if len(taken) == _NAMED or any(frame.meets(other) for other in taken):
            continue
        taken.append(frame)
        look = {"text_anchor": "middle", "font_size": f"{size:.1f}", "fill": LIGHT.ink, **halo}
        yield "".join(lines((name,), at[0], at[1], 0.0, **look))
