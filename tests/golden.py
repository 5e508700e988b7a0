"""Pictures of pages: taken so that the installed fonts matter little, reduced, and compared with a tolerance.

Two measures must both hold. Every point must lie between the darkest and the lightest of its neighbourhood in
the other picture: this lets edges and letters move by `REACH` pixels, and finds what is missing, added or
elsewhere. And the mean tint of every tile must be the same: this finds another colour, which letters, being
grey, hardly change.
"""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter
from test_browser import Tab

from kg.views.text import width_of

REACH = 3
CONTRAST = 32
"""Levels of 255 that a point must lie outside of its neighbourhood to count as foreign."""
WINDOW = 40
FOREIGN = 32
"""Foreign points that one window may hold: another sans leaves at most 25, the least planted fault 79."""
DENSE = 40
"""The same where names stand close together, as in the explorer."""
TILE = 10
TINT = 12
COLOURS, SURFACES = 256, 64

EVEN_LETTERS = """((widths) => {
  const pen = CanvasRenderingContext2D.prototype, { fillText, measureText } = pen;
  const size = (ctx) => Number(/([\\d.]+)px/.exec(ctx.font)[1]);
  const wide = (ctx, text) => size(ctx) * [...text].reduce((sum, letter) => sum + (widths[letter] ?? 0.65), 0);
  pen.measureText = function (text) { return { width: wide(this, text) }; };
  pen.fillText = function (text, x, y, most = Infinity) {
    this.save();
    this.translate(x, y);
    this.scale(Math.min(wide(this, text), most) / (measureText.call(this, text).width || 1), 1);
    fillText.call(this, text, 0, 0);
    this.restore();
  };
})(%s);"""
"""Draws every text as wide as Python takes it to be, in whatever font there is."""
AT_REST = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Difference(NamedTuple):
    """How far a picture is from its golden one: foreign points in the worst window, and the worst tint."""

    foreign: int
    tint: float
    map: Image.Image

    def passes(self, foreign: int = FOREIGN) -> bool:
        return self.foreign <= foreign and self.tint <= TINT


def with_even_letters(page: Tab, letters: str) -> None:
    """Make the pages that this tab opens from now on measure and draw their texts alike in every font."""
    widths = {letter: round(width_of(letter, 1.0), 3) for letter in letters}
    source = EVEN_LETTERS % json.dumps(dict(sorted(widths.items())))
    page.call("Page.addScriptToEvaluateOnNewDocument", source=source)


def taken(page: Tab, size: tuple[int, int]) -> Image.Image:
    """Return the upper left of what the tab shows once it has come to rest."""
    page.call("Runtime.evaluate", expression=AT_REST, awaitPromise=True)
    shot = page.call("Page.captureScreenshot", format="png")["data"]
    return Image.open(BytesIO(base64.b64decode(shot))).convert("RGB").crop((0, 0, *size))


def reduced(picture: Image.Image) -> Image.Image:
    """Return a picture of few colours: those of surfaces as they are, and a spread of those of thin lines."""
    points = np.asarray(picture).reshape(-1, 3)
    colours, which, counts = np.unique(points, axis=0, return_inverse=True, return_counts=True)
    ranked = colours[np.argsort(-counts, kind="stable")]
    rest = Image.fromarray(ranked[None, SURFACES:] if len(ranked) > COLOURS else ranked[None])
    spread = rest.quantize(COLOURS - SURFACES, Image.Quantize.MAXCOVERAGE, kmeans=2).getpalette()
    palette = np.array([*ranked[:SURFACES].ravel(), *spread], np.int32).reshape(-1, 3)
    apart = ((colours[:, None].astype(np.int32) - palette[None]) ** 2).sum(axis=2)
    found = Image.fromarray(apart.argmin(axis=1).astype(np.uint8)[which.reshape(picture.height, -1)])
    found.putpalette(palette.astype(np.uint8).tobytes())
    return found


def difference(golden: Image.Image, seen: Image.Image) -> Difference:
    """Compare two pictures; of other sizes nothing is alike."""
    golden, seen = golden.convert("RGB"), seen.convert("RGB")
    if golden.size != seen.size:
        return Difference(golden.width * golden.height, 255.0, seen)
    outside = np.abs(np.asarray(golden, np.int16) - np.asarray(seen, np.int16)).max(axis=2)
    if outside.max() > CONTRAST:
        outside = np.maximum(_outside(golden, seen), _outside(seen, golden))
    foreign = outside > CONTRAST
    shades = 255 - np.where(foreign, 255, outside // 2).astype(np.uint8)
    return Difference(_densest(foreign), _tint_apart(golden, seen), Image.fromarray(shades))


def _outside(one: Image.Image, other: Image.Image) -> np.ndarray:
    """Return by how much each point of one is darker or lighter than all near it in the other."""
    darkest = lightest = other
    for _ in range(REACH):
        darkest = darkest.filter(ImageFilter.MinFilter(3))
        lightest = lightest.filter(ImageFilter.MaxFilter(3))
    points, low, high = (np.asarray(image, np.int16) for image in (one, darkest, lightest))
    return np.maximum(low - points, points - high).max(axis=2).clip(0)


def _densest(points: np.ndarray) -> int:
    sums = np.pad(points, ((1, 0), (1, 0))).astype(np.int32).cumsum(0).cumsum(1)
    inside = sums[WINDOW:, WINDOW:] - sums[:-WINDOW, WINDOW:] - sums[WINDOW:, :-WINDOW]
    return int((inside + sums[:-WINDOW, :-WINDOW]).max())


def _tint_apart(one: Image.Image, other: Image.Image) -> float:
    return round(float(np.abs(_tint(one) - _tint(other)).max()), 1)


def _tint(picture: Image.Image) -> np.ndarray:
    """Return red less green and green less blue, in the mean of each tile."""
    tiles = np.asarray(picture.reduce(TILE), np.int16)
    return np.diff(tiles, axis=2)
