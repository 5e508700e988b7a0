"""A scene as one standalone SVG file: the picture of the HTML page without its interaction.

Every text is escaped; there is no script, style sheet or address in it; the same scene gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from kg.views.palette import LIGHT
from kg.views.scene import Region, Scene
from kg.views.shapes import draw_arc, draw_box, element, lines, rect
from kg.views.svg_legend import draw_legend
from kg.views.svg_marks import draw_badges, draw_marks
from kg.views.text import FONT

_SIDE = 24.0
"""Least width and height of a picture in which nothing stands."""


def to_svg(scene: Scene, *, legend: bool = False, keyed: bool = False) -> str:
    """Return the picture by daylight, with its legend below it on request.

    Arcs and boxes carry their claims and definitions as titles, which a screen reader reads and a browser
    shows under the mouse. With `keyed`, what is drawn of an arc or a box stands in a group that names it
    (`data-arc`, `data-box`), for a page that answers clicks.
    """
    width, height = max(scene.width, _SIDE), max(scene.height, _SIDE)
    key, depth = draw_legend(scene.legend, width, height) if legend else ("", 0.0)
    parts = [*_head(scene, width, height + depth), *_regions(scene.regions)]
    drawn = [edge for edge in scene.edges if edge.points]
    grouped = _named if keyed else _bare
    backmost = sorted(drawn, key=lambda edge: edge.basis != "background")
    parts += [part for edge in backmost for part in grouped("arc", edge.id, (draw_arc(edge),))]
    parts += [_caption(region) for region in scene.regions]
    parts += [part for box in scene.boxes for part in grouped("box", box.id, (draw_box(box),))]
    marks = scene.marks
    at = {box.id: box.marks_at for box in scene.boxes if box.marks_at}
    parts += [part for name in marks for part in grouped("box", name, draw_badges(at[name], marks[name]))]
    parts += [part for edge in drawn for part in grouped("arc", edge.id, draw_marks(edge))]
    return "\n".join([*parts, *([key] if key else []), "</svg>", ""])


def _head(scene: Scene, width: float, height: float) -> Iterator[str]:
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    role = 'role="graphics-document document" aria-labelledby="title" aria-describedby="about"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="en" {role} font-family="{FONT}">'
    yield element("title", scene.title, id="title")
    yield element("desc", described(scene), id="about")
    yield rect(0, 0, width, height, fill=LIGHT.paper)


def _bare(_kind: str, _name: str, drawn: Iterable[str]) -> Iterable[str]:
    return drawn


def _named(kind: str, name: str, drawn: Iterable[str]) -> Iterator[str]:
    inner = "".join(drawn)
    if inner:
        yield f"<g data-{kind}={quoteattr(name)}>{inner}</g>"


def described(scene: Scene) -> str:
    """Return what a picture shows, in words."""
    kinds = ("steps", "arrows") if scene.kind == "workflow" else ("entities", "arrows")
    arrows = sum(bool(edge.points) for edge in scene.edges)
    counted = f"{len(scene.boxes)} {kinds[0]}, {arrows} {kinds[1]}"
    said = (scene.subtitle, scene.description, counted)
    return ". ".join(part.rstrip(".") for part in said if part) + "."


def _regions(regions: Iterable[Region]) -> Iterator[str]:
    found = list(regions)
    bands = [region for region in found if not region.within and region.kind != "membrane"]
    for index, region in enumerate(bands):
        fill = LIGHT.bands[index % len(LIGHT.bands)]
        yield rect(region.x, region.y, region.width, region.height, fill=fill)
    for region in found:
        if region.kind == "membrane":
            yield _bilayer(region)
        elif region.kind == "organelle":
            yield from _organelle(region, 0.0 if region.within else 4.0)


def _bilayer(region: Region) -> str:
    """Return a strip with a row of heads along each side, drawn as round dots of a dashed line."""
    radius, step = 3.4, 8.6
    parts = [rect(region.x, region.y + radius, region.width, region.height - 2 * radius, fill=LIGHT.core)]
    for y in (region.y + radius, region.y + region.height - radius):
        heads = f"M{region.x + step / 2:g} {y:g}H{region.x + region.width:g}"
        dots = {"stroke_width": 2 * radius, "stroke_linecap": "round", "stroke_dasharray": f"0 {step}"}
        parts.append(element("path", "", d=heads, stroke=LIGHT.lipid, **dots))
    return "".join(parts)


def _organelle(region: Region, inset: float) -> Iterator[str]:
    radius = min(22.0, region.height / 2)
    for extra, fill, width in ((0.0, LIGHT.organelle, 2.4), (5.0, "none", 1.1)):
        by = inset + extra
        frame = (
            region.x + by,
            region.y + by,
            max(0.0, region.width - 2 * by),
            max(0.0, region.height - 2 * by),
        )
        yield rect(*frame, rx=f"{radius - extra:g}", fill=fill, stroke=LIGHT.border, stroke_width=width)


def _caption(region: Region) -> str:
    x, y = region.label_at
    inner = region.kind == "organelle"
    look = {"font_size": 12, "font_weight": "bold", "fill": LIGHT.organelle_text if inner else LIGHT.caption}
    halo = (
        {"stroke": LIGHT.paper, "stroke_width": 4, "paint_order": "stroke"}
        if region.kind == "membrane"
        else {}
    )
    anchor = "middle" if region.within else "start"
    top = y - 15.0 * (len(region.lines) - 1) / 2
    return "".join(lines(region.lines, x, top, 15.0, text_anchor=anchor, **look, **halo))
