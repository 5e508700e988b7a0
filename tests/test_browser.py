"""Diagram pages in a real headless Chromium: silent, offline, inert against hostile texts, and usable."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from scenes import IGMESINE, IMIPRAMINE, picture
from test_views import PAYLOADS, hostile

from kg.views.html import to_html

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --remote-debugging-port=0 --remote-allow-origins=*"
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on the PATH"),
]


class Tab:
    """One page, spoken to over the DevTools protocol; keeps what it logged and what it asked for."""

    def __init__(self, socket) -> None:
        self._socket = socket
        self._last = 0
        self.logged: list[str] = []
        self.asked: list[str] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters):
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == self._last:
                assert "error" not in message, message
                return message["result"]
            self._note(message.get("method", ""), message.get("params", {}))

    def _note(self, method: str, event: dict) -> None:
        if method == "Network.requestWillBeSent":
            self.asked.append(event["request"]["url"])
        elif method == "Log.entryAdded":
            self.logged.append(f"{event['entry']['level']}: {event['entry']['text']}")
        elif method == "Runtime.exceptionThrown":
            self.logged.append(json.dumps(event["exceptionDetails"])[:500])
        elif method == "Runtime.consoleAPICalled":
            self.logged.append(f"{event['type']}: {event['args']}")

    def open(self, path: Path) -> None:
        self.call("Page.navigate", url=path.as_uri())
        here = json.dumps(path.as_uri())
        self.until(f"location.href === {here} && document.documentElement?.dataset.ready === 'yes'")

    def run(self, code: str):
        result = self.call("Runtime.evaluate", expression=code, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def until(self, code: str, seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while not self.run(code):
            assert time.monotonic() < end, f"never true: {code}; {self.logged}"
            time.sleep(0.05)

    def click(self, x: float, y: float, modifiers: int = 0) -> None:
        given = {"x": x, "y": y, "button": "left", "clickCount": 1, "modifiers": modifiers}
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, **given)

    def press(self, key: str, modifiers: int = 0) -> None:
        for kind in ("keyDown", "keyUp"):
            text = {"text": key} if len(key) == 1 and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, modifiers=modifiers, **text)

    def outside(self) -> list[str]:
        """Return the addresses asked for other than files and embedded data."""
        return [address for address in self.asked if not address.startswith(("file:", "data:", "blob:"))]


def assert_fits_a_phone(page: Tab) -> None:
    """The panel stands below the picture, and nothing makes the page scroll sideways."""
    page.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
    try:
        page.until(
            "document.getElementById('panel').getBoundingClientRect().top"
            " >= document.getElementById('stage').getBoundingClientRect().bottom"
        )
        assert page.run("document.documentElement.scrollWidth") <= 390
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")


@contextmanager
def chromium(profile: Path, size: str = "1400,900") -> Iterator[Tab]:
    from websocket import create_connection

    command = [CHROMIUM, *FLAGS.split(), f"--user-data-dir={profile}", f"--window-size={size}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with first_page_of(profile, create_connection) as socket:
            yield Tab(socket)
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def first_page_of(profile: Path, connect):
    """Connect to the first page of the browser that wrote its port into this profile."""
    from urllib.request import urlopen

    ready = profile / "DevToolsActivePort"
    end = time.monotonic() + 30
    while not (ready.exists() and len(ready.read_text().splitlines()) == 2):
        assert time.monotonic() < end, "Chromium did not start"
        time.sleep(0.05)
    port = ready.read_text().splitlines()[0]
    with urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
        pages = [page for page in json.load(answer) if page["type"] == "page"]
    socket = connect(pages[0]["webSocketDebuggerUrl"], timeout=30)
    try:
        yield socket
    finally:
        socket.close()


@pytest.fixture
def show(tab, tmp_path):
    """Return a function that opens a scene and forgets what earlier pages did."""

    def open_scene(drawn):
        path = tmp_path / "page.html"
        path.write_text(to_html(drawn), "utf-8")
        tab.logged.clear()
        tab.asked.clear()
        tab.open(path)
        return tab

    return open_scene


def at_middle_of(page: Tab, edge: str) -> tuple[float, float]:
    code = f"""(() => {{
      const scene = JSON.parse(document.getElementById("data").textContent).scene;
      const edge = scene.edges.find((item) => item.id === {json.dumps(edge)});
      const frame = document.getElementById("diagram").getBoundingClientRect();
      const spot = diagram.network.canvasToDOM({{x: edge.middle[0], y: edge.middle[1]}});
      return [frame.left + spot.x, frame.top + spot.y];
    }})()"""
    return tuple(page.run(code))


@pytest.mark.parametrize("notation", [IGMESINE, IMIPRAMINE], ids=["igmesine", "imipramine"])
def test_a_page_is_silent_and_asks_nothing(show, notation):
    page = show(picture(notation))
    assert page.logged == []
    assert page.outside() == []
    assert page.run("document.querySelectorAll('#legend-entity canvas').length") > 5
    assert page.run("document.querySelector('#diagram canvas').width") > 500


def test_every_shipped_diagram_is_silent_and_asks_nothing(show, graph):
    for name in graph.mechanisms:
        page = show(graph.view(name).scene)
        assert page.logged == []
        assert page.outside() == []
        assert page.run("document.querySelectorAll('#claims tbody tr').length") > 20


def test_something_is_drawn_where_the_boxes_are(show):
    page = show(picture(IGMESINE))
    code = """(() => {
      const canvas = document.querySelector("#diagram canvas"), ratio = canvas.width / canvas.clientWidth;
      const scene = JSON.parse(document.getElementById("data").textContent).scene;
      return scene.boxes.filter((box) => {
        const spot = diagram.network.canvasToDOM({x: box.x - box.width / 2 + 16, y: box.y});
        const [r, g, b] = canvas.getContext("2d").getImageData(spot.x * ratio, spot.y * ratio, 1, 1).data;
        return r === 255 && g === 255 && b === 255;
      }).map((box) => box.id);
    })()"""
    assert page.run(code) == []


def test_clicking_an_arc_shows_its_claims_with_their_places(show):
    drawn = picture(IGMESINE)
    page = show(drawn)
    edge = next(item for item in drawn.edges if item.statements[0].predicate == "agonist of")
    page.click(*at_middle_of(page, edge.id))
    page.until("document.querySelector('#selection article') !== null")
    shown = page.run("document.getElementById('selection').textContent")
    said = edge.statements[0]
    place = said.evidence[0].place
    for text in (said.subject, said.object, said.polarity, said.source, place, "A primary paper"):
        assert text in shown
    assert page.run("document.querySelector('#selection a').href") == "https://doi.org/10.1000/xyz"
    page.press("Escape")
    page.until("document.querySelector('#selection article') === null")
    assert page.logged == []


def test_clicking_a_box_lists_its_arcs(show):
    page = show(picture(IGMESINE))
    page.run("diagram.select({kind: 'box', id: 'igmesine'})")
    page.run("[...document.querySelectorAll('#selection button')][0].click()")
    assert page.run("document.querySelectorAll('#selection article').length") == 1


def test_find_moves_to_its_hit(show):
    page = show(picture(IMIPRAMINE))
    page.press("/")
    for letter in "desip":
        page.press(letter)
    page.press("Enter")
    page.run("document.getElementById('find').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}))")
    page.until("diagram.selection() !== null")
    assert page.run("diagram.selection().id") == "desipramine"


def test_the_wheel_scrolls_the_page_until_the_diagram_has_the_focus(show):
    page = show(picture(IGMESINE))
    before = page.run("diagram.network.getScale()")
    page.call("Input.dispatchMouseEvent", type="mouseWheel", x=500, y=400, deltaX=0, deltaY=-240)
    time.sleep(0.2)
    assert page.run("diagram.network.getScale()") == before
    page.run("document.getElementById('diagram').focus()")
    page.call("Input.dispatchMouseEvent", type="mouseWheel", x=500, y=400, deltaX=0, deltaY=-240)
    page.until(f"diagram.network.getScale() > {before}")


def test_dark_and_light_are_switched(show):
    page = show(picture(IGMESINE))
    assert page.run("document.documentElement.dataset.theme") == "light"
    page.run("document.getElementById('theme').click()")
    assert page.run("document.documentElement.dataset.theme") == "dark"
    assert page.logged == []


def test_a_phone_has_the_panel_below_and_no_sideways_scrolling(show):
    page = show(picture(IGMESINE))
    assert_fits_a_phone(page)


def test_the_policy_stops_foreign_code_and_requests(show):
    page = show(picture(IGMESINE))
    page.run(
        "const script = document.createElement('script'); script.textContent = 'document.title = 1';"
        "const image = new Image(); image.src = 'https://example.org/x.png';"
        "document.body.append(script, image);"
    )
    page.until("document.images.length === 1")
    page.call("Runtime.evaluate", expression="1")
    assert page.run("document.title") != "1"
    assert len(page.logged) >= 2
    assert all("Content Security Policy" in text for text in page.logged)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_hostile_page_runs_nothing_and_asks_nothing(show, payload):
    drawn = hostile(payload)
    page = show(drawn)
    for edge in drawn.edges:
        page.run(f"diagram.select({{kind: 'edge', id: '{edge.id}'}})")
    for item in drawn.boxes:
        page.run(f"diagram.select({{kind: 'box', id: {json.dumps(item.id)}}})")
        assert page.run("document.getElementById('selection').children.length") > 1
    assert page.run("document.title") != "OWNED"
    assert page.run("document.querySelectorAll('#selection :is(img, script, svg, style)').length") == 0
    addresses = page.run("[...document.querySelectorAll('a')].map((anchor) => anchor.protocol)")
    assert set(addresses) <= {"https:"}
    assert page.logged == []
    assert page.outside() == []
