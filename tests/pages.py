"""What the tests of the diagram page ask of it and do to it, in words."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

from test_browser import Tab

from kg.model import CERTAINTIES
from kg.paths import Path


def press_switch(page: Tab, key: str) -> None:
    page.run(f"document.querySelector('[data-switch={json.dumps(key)}]').click()")


def visible(page: Tab) -> tuple[set[str], set[str]]:
    """Return the ids of the arcs and of the boxes that are left."""
    return set(page.run("[...diagram.page.arcs.keys()]")), set(page.run("[...diagram.page.shown.keys()]"))


def shortest_first(path: Path) -> tuple:
    """Return where a page lists a path: shorter, surer, with fewer background steps before the others."""
    background = sum(step.basis == "background" for step in path.steps)
    return path.length, CERTAINTIES.index(path.certainty), background, path.nodes


def marked(page: Tab) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Return what the marks of the boxes say, and the numbers on the arcs."""
    marks = "Object.fromEntries([...diagram.page.marks].map(([id, found]) => [id, found.map(diagram.page.moved)]))"
    counts = "[...diagram.page.arcs.values()].filter((edge) => edge.count_at).map((edge) => [edge.id, edge.n_sources])"
    return page.run(marks), dict(page.run(counts))


def ink(page: Tab) -> str:
    return page.run("document.querySelector('#diagram canvas').toDataURL()")


def traced(page: Tab, source: str, target: str) -> dict:
    return page.run(f"diagram.trace.find({json.dumps(source)}, {json.dumps(target)})")


def opened(page: Tab, fragment: str) -> Tab:
    """Open the page that is shown once more, with a fragment, from anew."""
    here = page.run("location.href.split('#')[0]")
    page.call("Page.navigate", url="about:blank")
    page.call("Page.navigate", url=f"{here}#{fragment}")
    page.until("document.documentElement?.dataset.ready === 'yes' && location.protocol === 'file:'")
    return page


def state(page: Tab) -> list:
    return page.run(
        "[diagram.selection(), diagram.filters.off(), diagram.story.at(), document.documentElement.dataset.theme]"
    )


def displayed(page: Tab, selector: str) -> bool:
    return page.run(f"document.querySelector({json.dumps(selector)}).getClientRects().length > 0")


@contextmanager
def frame_in(page: Tab, path, fragment: str = "") -> Iterator[Tab]:
    """Open a page and speak to the one frame in it, which runs in a process of its own."""
    from websocket import create_connection

    page.open(path)
    page.run(f"location.hash = {json.dumps(fragment)}")
    end = time.monotonic() + 15
    frames: list[str] = []
    while not frames:
        assert time.monotonic() < end, "the frame never came"
        found = page.call("Target.getTargets")["targetInfos"]
        frames = [info["targetId"] for info in found if info["type"] == "iframe"]
    host, port = page._socket.sock.getpeername()[:2]
    socket = create_connection(f"ws://{host}:{port}/devtools/page/{frames[0]}", timeout=30)
    try:
        frame = Tab(socket)
        frame.until("document.documentElement.dataset.ready === 'yes'")
        yield frame
    finally:
        socket.close()
