"""Measure the explorer in headless Chromium: size, time until it is drawn, time of a frame, time to save it.

`python benchmarks/explorer.py` prints a table and writes `build/explorer.json`. The graphs are made up: hubs
with three claims for each entity. «drawn» is the moment the first whole picture was handed to the screen;
a frame is timed with its pixels read back, so that nothing is left to be done later. An SVG is timed at the
zoom that shows the whole graph and at two nearer ones; the slowest counts.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
COUNTS = (100, 1_000, 10_000)
RUNS = 5
TARGET_MS = {1_000: 500, 10_000: 2_000}
SAVED_MS = 1_000
FRAME = """(() => {
  const canvas = document.querySelector("#diagram canvas"), net = explorer.drawing.network, taken = [];
  explorer.state.hurried = %s;
  for (let i = 0; i < 4; i++) {
    const start = performance.now();
    net.redraw();
    canvas.getContext("2d").getImageData(0, 0, 1, 1);
    taken.push(performance.now() - start);
  }
  return Math.max(...taken);
})()"""
SAVED = """(() => {
  const net = explorer.drawing.network, whole = net.getScale(), found = { ms: 0, mb: 0 };
  for (const nearer of [1, 3, 8]) {
    net.moveTo({ scale: whole * nearer, animation: false });
    const start = performance.now(), blob = new Blob([explorer.paper.svg()]);
    found.ms = Math.max(found.ms, performance.now() - start);
    found.mb = Math.max(found.mb, blob.size / 1e6);
  }
  return found;
})()"""


def measure(entities: int, folder: Path) -> dict[str, float]:
    """Return what making and opening the page of a made-up graph took, in the median of several runs."""
    from synthetic import synthetic
    from test_browser import chromium

    from kg.views.explorer import explorer

    graph = synthetic(entities)
    start = time.perf_counter()
    page = explorer(graph, ()).write(folder / f"{entities}.html")
    made = time.perf_counter() - start
    drawn, paint, still, dragged, saved = [], [], [], [], []
    for run in range(RUNS):
        with chromium(folder / f"profile-{entities}-{run}") as tab:
            tab.open(page)
            tab.until("performance.getEntriesByName('drawn').length === 1")
            tab.until("performance.getEntriesByType('paint').length > 0")
            drawn.append(tab.run("performance.getEntriesByName('drawn')[0].startTime"))
            paint.append(tab.run("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            still.append(tab.run(FRAME % "false"))
            dragged.append(tab.run(FRAME % "true"))
            saved.append(tab.run(SAVED))
    return {
        "entities": entities,
        "made_s": round(made, 1),
        "mb": round(page.stat().st_size / 1e6, 2),
        "first_paint_ms": round(statistics.median(paint)),
        "drawn_ms": round(statistics.median(drawn)),
        "frame_ms": round(statistics.median(still)),
        "frame_while_dragged_ms": round(statistics.median(dragged)),
        "svg_ms": round(statistics.median(item["ms"] for item in saved)),
        "svg_mb": round(saved[0]["mb"], 2),
    }


def main() -> None:
    """Print one line per size; fail when a target is missed."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for entities in COUNTS:
            rows.append(measure(entities, Path(folder)))
            print(*(f"{name} {value}" for name, value in rows[-1].items()), sep="  ", flush=True)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "explorer.json").write_text(json.dumps(rows, indent=1), "utf-8")
    missed = [
        row
        for row in rows
        if row["drawn_ms"] > TARGET_MS.get(int(row["entities"]), 1e9) or row["svg_ms"] > SAVED_MS
    ]
    sys.exit(f"missed: {missed}" if missed else 0)


if __name__ == "__main__":
    main()
