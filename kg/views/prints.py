"""The still picture as PNG (resvg) and as PDF (Typst): libraries of an extra, imported where they are used.

Both read the SVG of a diagram or a chart, so every renderer shows one picture. Fonts are the machine's.
"""

from __future__ import annotations

from kg.problems import MissingExtra, TooLarge
from kg.views.palette import LIGHT
from kg.views.scene import Scene
from kg.views.svg import described, to_svg

SIDE = 16_000
"""Most pixels along a side: what is larger no viewer opens."""
_PAGE = b"""\
#set document(title: sys.inputs.title, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.alt)
"""


def to_png(scene: Scene, *, legend: bool = False, scale: float = 2.0) -> bytes:
    """Return the picture in pixels, `scale` for each unit of the scene; raises as `png_of`."""
    return png_of(to_svg(scene, legend=legend), max(scene.width, scene.height), scale=scale)


def to_pdf(scene: Scene, *, legend: bool = False) -> bytes:
    """Return the picture as one page of its own size; raises as `pdf_of`."""
    return pdf_of(to_svg(scene, legend=legend), scene.title, described(scene))


def png_of(svg: str, side: float, *, scale: float = 2.0) -> bytes:
    """Return an SVG whose longer side has so many units in pixels, `scale` for each unit.

    Raises `MissingExtra` without resvg-py, and `TooLarge` when a side had more than `SIDE` pixels.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise MissingExtra("a PNG", "resvg-py", "png") from None
    if not 0 < scale * max(side, 1.0) <= SIDE:
        raise TooLarge(f"a picture at scale {scale:g} must have between 1 and {SIDE} pixels along each side")
    return bytes(svg_to_bytes(svg_string=svg, zoom=scale, background=LIGHT.paper))


def pdf_of(svg: str, title: str, alt: str) -> bytes:
    """Return an SVG as one page of its own size: lines stay lines, words can be searched.

    Raises `MissingExtra` without typst.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtra("a PDF", "typst", "pdf") from None
    texts = {"svg": svg, "title": title, "alt": alt}
    return bytes(typst.compile(_PAGE, format="pdf", sys_inputs=texts, timestamp=0))
