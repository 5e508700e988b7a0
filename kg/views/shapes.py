"""Boxes, arcs and their marks as SVG elements; every text is escaped, nothing refers to anything outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import atan2, degrees, hypot
from xml.sax.saxutils import escape, quoteattr

from kg.views.geometry import Curve, Point, sampled
from kg.views.outlines import polygon
from kg.views.palette import ARCS, BOXES, HATCHES, LIGHT
from kg.views.parts import Box, Edge
from kg.views.sentences import about, reading
from kg.views.text import fonts_for

_LENGTHS = {"open triangle": 13, "filled triangle": 12, "bar": 3, "circle": 11, "barred triangle": 13}
_LENGTHS |= {"diamond": 15, "chevrons": 20, "dot": 4}
SYMBOL = '<g role="graphics-symbol img">'
_TRIANGLE = "M-1 0L-13 -5.5L-13 5.5Z"


# ---- elements ------------------------------------------------------------------------------------------


def element(name: str, text: str, **attributes: object) -> str:
    """Return an element that holds this text and nothing else."""
    given = "".join(f" {key.replace('_', '-')}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{given}>{escape(text)}</{name}>"


def rect(x: float, y: float, width: float, height: float, **attributes: object) -> str:
    """Return a rectangle by its left upper corner."""
    return element("rect", "", x=f"{x:g}", y=f"{y:g}", width=f"{width:g}", height=f"{height:g}", **attributes)


def lines(texts: Iterable[str], x: float, y: float, step: float, **attributes: object) -> Iterator[str]:
    """Yield lines of text, each centred on its own height."""
    for index, words in enumerate(texts):
        at = {"x": f"{x:g}", "y": f"{y + index * step:g}", "dominant_baseline": "central"}
        yield element("text", words, **at, **fonts_for(words), **attributes)


# ---- boxes ---------------------------------------------------------------------------------------------


def draw_box(box: Box) -> str:
    """Return a box with its name; its title says what it is."""
    return f"{SYMBOL}{element('title', about(box))}{box_shape(box)}{''.join(_words(box))}</g>"


def box_shape(box: Box) -> str:
    """Return the outline of a box."""
    style = BOXES[box.glyph]
    pale = box.background
    fill, line = (_mixed(style.fill, 0.62), _mixed(style.line, 0.3)) if pale else (style.fill, style.line)
    look = {"fill": fill, "stroke": line, "stroke_width": 1.2 if pale else 2.1, "stroke_linejoin": "round"}
    return "".join(element("path", "", d=path, **look) for path in _outline(box, style.outline))


def _mixed(colour: str, share: float) -> str:
    parts = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


def _words(box: Box) -> Iterator[str]:
    height = 16.0 * len(box.lines) + (12.0 if box.sublabel else 0.0)
    height += 14.0 * len(box.sublines) + (3.0 if box.sublines else 0.0)
    top = box.y - height / 2 + 8.5
    ink = {"text_anchor": "middle", "fill": "#37424e" if box.background else "#141b22"}
    yield from lines(box.lines, box.x, top, 16.0, font_size=14, font_weight="bold", **ink)
    if box.sublabel:
        yield from lines([box.sublabel], box.x, top + 16.0 * len(box.lines) - 2, 12.0, font_size=11, **ink)
    yield from lines(box.sublines, box.x, top + 16.0 * len(box.lines) + 2, 14.0, font_size=11, **ink)


def _outline(box: Box, outline: str) -> Iterator[str]:
    """Return the paths of an outline, from the outermost inwards."""
    left, top = box.x - box.width / 2, box.y - box.height / 2
    radius = {"round": 13.0, "barred": 10.0, "double barred": 10.0, "double": 9.0, "pill": box.height / 2}
    if outline in ("pinched", "hexagon", "pointed", "notched", "chamfered", "octagon"):
        corners = polygon(outline, box.width, box.height)
        yield closed((box.x + x, box.y + y) for x, y in corners)
    elif outline == "stack":
        yield _round(left + 4, top, box.width - 4, box.height - 4, 4)
        yield _round(left, top + 4, box.width - 4, box.height - 4, 4)
    elif outline == "gene":
        yield _round(left, top, box.width, box.height, 0.5, 14)
    else:
        corner = min(radius.get(outline, 6.0 if outline == "soft" else 2.0), box.height / 2)
        yield _round(left, top, box.width, box.height, corner)
    yield from _inner(left, top, box.width, box.height, outline)


def _inner(left: float, top: float, width: float, height: float, outline: str) -> Iterator[str]:
    bars = {"barred": (7.0,), "double barred": (6.0, 10.0)}.get(outline, ())
    for inset in bars:
        for x in (left + inset, left + width - inset):
            yield f"M{x:g} {top + 5:g}V{top + height - 5:g}"
    if outline == "double":
        yield _round(left + 3.5, top + 3.5, width - 7, height - 7, 6)
    if outline == "pointed":
        yield f"M{left + 16:g} {top + height - 4:g}H{left + width - 16:g}"


def closed(points: Iterable[Point]) -> str:
    """Return the path along these corners and back."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _round(x: float, y: float, width: float, height: float, upper: float, lower: float | None = None) -> str:
    low = upper if lower is None else lower
    return (
        f"M{x + upper:g} {y:g}h{width - 2 * upper:g}a{upper:g} {upper:g} 0 0 1 {upper:g} {upper:g}"
        f"v{height - upper - low:g}a{low:g} {low:g} 0 0 1 {-low:g} {low:g}"
        f"h{-(width - 2 * low):g}a{low:g} {low:g} 0 0 1 {-low:g} {-low:g}"
        f"v{-(height - upper - low):g}a{upper:g} {upper:g} 0 0 1 {upper:g} {-upper:g}Z"
    )


# ---- arcs ----------------------------------------------------------------------------------------------


def draw_arc(edge: Edge) -> str:
    """Return an arc with its head; its title says every claim behind it."""
    return f"{SYMBOL}{element('title', reading(edge))}{arc_shape(edge)}</g>"


def arc_shape(edge: Edge) -> str:
    """Return the line and head of an arc."""
    style = ARCS.get(edge.arc, ARCS["none"])
    colour = style.light
    if edge.basis == "background" or edge.polarity != "asserted":
        colour = LIGHT.faint_stop if edge.arc == "inhibition" else LIGHT.faint
    width = 2.6 if edge.main else 1.3 if edge.basis == "background" or edge.arc == "none" else 1.9
    dash = (1.0, 5.0) if edge.polarity == "no data" else HATCHES[edge.certainty]
    dashes = {"stroke_dasharray": " ".join(f"{part:g}" for part in dash)} if dash else {}
    line, angle = _shortened(edge.points, _LENGTHS[style.head])
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
    stroke = element("path", "", d=path, fill="none", stroke=colour, stroke_width=width, **dashes)
    x, y = edge.points[-1]
    turn = f"translate({x:g} {y:g}) rotate({angle:.1f})"
    head = _head(style.head, colour, min(width, 2.2))
    return f'{stroke}<g transform="{turn}">{head}</g>'


def _shortened(curve: Curve, by: float) -> tuple[list[Point], float]:
    """Return a curve without its last stretch, which the head takes, and the direction of that stretch."""
    points = sampled(curve)
    x, y = points[-1]
    while len(points) > 2 and hypot(x - points[-2][0], y - points[-2][1]) < by:
        points.pop()
    (ax, ay), (bx, by_) = points[-2], points[-1]
    share = _share_at(points[-2], points[-1], (x, y), by)
    end = (ax + (bx - ax) * share, ay + (by_ - ay) * share)
    return [*points[:-1], end], degrees(atan2(y - end[1], x - end[0]))


def _share_at(a: Point, b: Point, tip: Point, by: float) -> float:
    """Return how far along a stretch the distance to the tip falls to `by`."""
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        x, y = a[0] + (b[0] - a[0]) * middle, a[1] + (b[1] - a[1]) * middle
        low, high = (middle, high) if hypot(tip[0] - x, tip[1] - y) > by else (low, middle)
    return low


def _head(head: str, colour: str, width: float) -> str:
    line = {"stroke": colour, "stroke_width": width}
    hollow = {"fill": LIGHT.paper, **line}
    solid = {"fill": colour}
    parts: dict[str, tuple[str, ...]] = {
        "open triangle": (element("path", "", d=_TRIANGLE, **hollow),),
        "filled triangle": (element("path", "", d=_TRIANGLE, **solid),),
        "bar": (element("path", "", d="M-3 -8V8", stroke=colour, stroke_width=max(width, 2) + 0.8),),
        "circle": (element("circle", "", cx=-6, cy=0, r=5, **hollow),),
        "barred triangle": (
            element("path", "", d=_TRIANGLE, **hollow),
            element("path", "", d="M-17 -6.5V6.5", **line),
        ),
        "diamond": (element("path", "", d="M-1 0L-8 -5.5L-15 0L-8 5.5Z", **hollow),),
        "chevrons": (element("path", "", d=f"{_TRIANGLE}M-9 0L-21 -5.5L-21 5.5Z", **solid),),
        "dot": (element("circle", "", cx=-4, cy=0, r=3, **solid),),
    }
    return "".join(parts[head])
