"""Pages in a real headless Chromium: when they are drawn, and how many frames a second while dragged.

Headless Chromium draws in software, on the processor that also runs the scripts: with a graphics card all
would be faster, so what counts are the ratios; 60 frames a second are the most there are. «drawn» is the
first frame in which the canvas, laid out, holds its boxes. A drag is five strokes of 0.4 seconds; a frame
counts when the canvas was really drawn anew in it. Chromium notes no first paint of most of pyvis' pages,
which hold a canvas and no text.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

RUNS = 5
STROKE = 0.4


class Pace(NamedTuple):
    """Milliseconds to first paint and until drawn; frames a second and the longest frame while dragged."""

    paint: float
    drawn: float
    rate: float
    longest: float


class Browser:
    """A tab that measures."""

    def __init__(self, tab: Any, folder: Path) -> None:
        self._tab = tab
        self._page = folder / "page.html"
        tab.call("Network.setBlockedURLs", urls=["http://*", "https://*"])

    def result(self, html: str, seconds: float = 600) -> Any:
        """Open a page that sets `drawn`, and return this."""
        self._go(html)
        self._tab.until("window.drawn !== undefined || window.failed !== undefined", seconds)
        failed = self._tab.run("window.failed ?? null")
        if failed:
            raise SystemExit(f"a peer failed: {failed}")
        return self._tab.run("drawn")

    def pace(self, html: str, boxes: int) -> Pace:
        """Open a page several times, then drag its picture; return the medians."""
        paints, drawns = [], []
        for _ in range(RUNS):
            self._go(html)
            self._tab.until(f"probe.drawn({boxes}) !== null", 30)
            paints.append(self._tab.run("probe.paint()"))
            drawns.append(self._tab.run(f"probe.drawn({boxes})"))
        strokes = [self._stroke() for _ in range(RUNS)]
        rates, longest = zip(*strokes, strict=True)
        known = [paint for paint in paints if paint is not None] or [float("nan")]
        return Pace(*map(statistics.median, (known, drawns, rates, longest)))

    def paint_of_index(self, html: str) -> tuple[float, float]:
        """Return when the atlas painted first and when the last of its pictures was there."""
        paints, wholes = [], []
        for _ in range(RUNS):
            self._go(html)
            self._tab.until("performance.getEntriesByName('first-contentful-paint').length === 1", 30)
            self._tab.until("probe.pictures > 0", 30)
            paints.append(self._tab.run("probe.paint()"))
            wholes.append(self._tab.run("probe.pictures"))
        return statistics.median(paints), statistics.median(wholes)

    def _go(self, html: str) -> None:
        self._page.write_text(html, "utf-8")
        self._tab.call("Page.navigate", url="about:blank")
        self._tab.call("Page.navigate", url=self._page.as_uri())
        self._tab.until("location.protocol === 'file:' && document.readyState === 'complete'", 30)

    def _stroke(self) -> tuple[float, float]:
        x, y = self._tab.run("probe.empty()")
        start = self._tab.run("performance.now()")
        self._mouse("mousePressed", x, y, buttons=1)
        end, step = time.monotonic() + STROKE, 0
        while time.monotonic() < end:
            step += 1
            self._mouse("mouseMoved", x + 3 * (step % 20), y + 2 * (step % 20), buttons=1)
        self._mouse("mouseReleased", x, y, buttons=0)
        times = self._tab.run(f"probe.redrawn({start})")
        gaps = [later - earlier for earlier, later in pairwise(times)]
        return 1000 * len(gaps) / sum(gaps) if gaps else 0.0, max(gaps, default=1000 * STROKE)

    def _mouse(self, kind: str, x: float, y: float, buttons: int) -> None:
        given = {"x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1}
        self._tab.call("Input.dispatchMouseEvent", type=kind, **given)


@contextmanager
def opened() -> Iterator[Browser | None]:
    """Open a browser; nothing where there is none."""
    from test_browser import CHROMIUM, chromium

    if CHROMIUM is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder) / "profile") as tab:
        source = Path(__file__).with_name("probe.js").read_text("utf-8")
        tab.call("Page.addScriptToEvaluateOnNewDocument", source=source)
        yield Browser(tab, Path(folder))
