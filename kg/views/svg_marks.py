"""Marks of a still picture: names, numbers, denials and conflicts of arcs, and what drugs do to boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.views.changes import Mark, told_of
from kg.views.geometry import Point
from kg.views.palette import HATCHES, LIGHT
from kg.views.parts import Edge
from kg.views.plan import BADGE
from kg.views.shapes import SYMBOL, closed, element, lines

_TIP = {"raised": -1, "lowered": 1}
_COLOUR = {"raised": LIGHT.raised, "lowered": LIGHT.lowered}
_SIDE = 15.0


def draw_badges(at: Point, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield the marks of a box in a row around a point, each with a title that says by which drug."""
    for index, mark in enumerate(marks):
        x = at[0] + BADGE * (index - (len(marks) - 1) / 2)
        yield f"{SYMBOL}{element('title', told_of(mark))}{badge(mark, (x, at[1]))}</g>"


def badge(mark: Mark, at: Point) -> str:
    """Return an arrow up or down in a disc: hollow and dashed unless asserted, grey when background.

    What is predicted stands in a square, which is filled when it is set by the experiment.
    """
    how, _, direction = mark.direction.rpartition(" ")
    if how:
        return _square(direction, at, filled=how == "set")
    (x, y), tip = at, _TIP[mark.direction]
    colour = LIGHT.faint if mark.basis == "background" else _COLOUR[mark.direction]
    fill, line = (colour, LIGHT.paper) if mark.certainty == "asserted" else (LIGHT.paper, colour)
    dash = " ".join(f"{part / 2:g}" for part in HATCHES[mark.certainty])
    dashes = {"stroke_dasharray": dash} if dash else {}
    disc = {"cx": f"{x:g}", "cy": f"{y:g}", "r": 7.2, "fill": fill, "stroke": line, "stroke_width": 1.4}
    return element("circle", "", **disc, **dashes) + _arrow(x, y, tip, line)


def _square(direction: str, at: Point, *, filled: bool) -> str:
    (x, y), colour = at, _COLOUR.get(direction, LIGHT.ink)
    fill, line = (colour, LIGHT.paper) if filled else (LIGHT.paper, colour)
    frame = {"x": f"{x - _SIDE / 2:g}", "y": f"{y - _SIDE / 2:g}", "width": _SIDE, "height": _SIDE, "rx": 2}
    drawn = element("rect", "", **frame, fill=fill, stroke=line, stroke_width=1.6)
    if direction == "unknown":
        return drawn + "".join(_symbol("?", x, y))
    if direction == "both":
        return drawn + _arrow(x - 3.4, y, -1, LIGHT.raised) + _arrow(x + 3.4, y, 1, LIGHT.lowered)
    return drawn + _arrow(x, y, _TIP[direction], line)


def _arrow(x: float, y: float, tip: int, line: str) -> str:
    end, wing = f"{y + 4 * tip:g}", f"{y + tip:g}"
    arrow = f"M{x:g} {y - 4 * tip:g}V{end}M{x - 3:g} {wing}L{x:g} {end}L{x + 3:g} {wing}"
    return element("path", "", d=arrow, fill="none", stroke=line, stroke_width=1.8)


def draw_marks(edge: Edge) -> Iterator[str]:
    """Yield the name of an arc, how many documents say it, its denial and its mark of a conflict."""
    if edge.label_at:
        x, y = edge.label_at
        look = {"font_size": 11, "font_style": "italic", "text_anchor": "middle", "fill": LIGHT.caption}
        halo = {"stroke": LIGHT.paper, "stroke_width": 3, "stroke_opacity": 0.88, "paint_order": "stroke"}
        yield from lines([edge.label], x, y, 0.0, **look, **halo)
    if edge.count_at:
        x, y = edge.count_at
        yield element("circle", "", cx=f"{x:g}", cy=f"{y:g}", r=7, fill=LIGHT.paper, stroke=LIGHT.caption)
        yield from _symbol(str(edge.n_sources), x, y, 10)
    if edge.middle and edge.polarity != "asserted":
        yield _denial(edge.middle, edge.polarity == "negated")
    if edge.mark_at:
        x, y = edge.mark_at
        sign = closed(((x, y - 10), (x + 10.5, y + 8), (x - 10.5, y + 8)))
        yield element("path", "", d=sign, fill=LIGHT.mark, stroke=LIGHT.ink, stroke_linejoin="round")
        yield from _symbol("!", x, y + 2.5)


def _denial(at: Point, negated: bool) -> str:
    x, y = at
    if not negated:
        disc = element("circle", "", cx=x, cy=y, r=8.5, fill=LIGHT.paper, stroke=LIGHT.faint)
        return disc + "".join(_symbol("?", x, y))
    cross = f"M{x - 6:g} {y - 6:g}l12 12m0 -12l-12 12"
    wide = element("path", "", d=cross, stroke=LIGHT.paper, stroke_width=6)
    return wide + element("path", "", d=cross, stroke=LIGHT.ink, stroke_width=2.4)


def _symbol(text: str, x: float, y: float, size: int = 12) -> Iterator[str]:
    yield from lines(
        [text], x, y, 0.0, text_anchor="middle", font_size=size, font_weight="bold", fill=LIGHT.ink
    )
