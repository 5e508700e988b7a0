"""Every table and picture of a notebook in a real headless Chromium, by day and by night, without scripts too."""

from __future__ import annotations

import re

import pytest
from test_browser import CHROMIUM
from test_rich import PICTURES, SHOWN, bundle, everything, hostile
from test_views import PAYLOADS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on the PATH"),
]
READY = "<script>document.documentElement.dataset.ready = 'yes'</script>"
THEMES = {"light": ("#fff", "#111"), "dark": ("#111", "#e6e6e6")}
CONTRAST = """
(() => {
  const paper = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const mixed = (colours) => {
    for (const colour of colours) { paper.fillStyle = colour; paper.fillRect(0, 0, 1, 1); }
    return [...paper.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = getComputedStyle(document.body).backgroundColor;
  return Math.min(...[...document.querySelectorAll('.kg-rich :is(td, th, .kg-m)')].map((item) => {
    const look = getComputedStyle(item), below = [ground, look.backgroundColor];
    const [a, b] = [light(mixed(below)), light(mixed([...below, look.color]))].sort();
    return (b + .05) / (a + .05);
  }));
})()
"""


@pytest.fixture
def show(tab, tmp_path):
    """Return a function that opens outputs one below the other, as a notebook of a theme has them."""

    def opened(outputs, theme="light"):
        ground, ink = THEMES[theme]
        body = "\n".join(outputs)
        path = tmp_path / "notebook.html"
        head = f"<!doctype html><meta charset=utf-8><title>n</title><body style='background:{ground};color:{ink}'>"
        path.write_text(f"{head}{body}{READY}", "utf-8")
        tab.logged.clear()
        tab.asked.clear()
        tab.open(path)
        return tab

    return opened


@pytest.mark.parametrize("theme", THEMES)
def test_tables_are_read_by_day_and_by_night(show, graph, theme):
    tables = [make(graph) for kind, (make, _) in SHOWN.items() if kind not in PICTURES]
    page = show([bundle(table)["text/html"] for table in tables], theme)
    assert page.run("document.querySelectorAll('.kg-rich').length") == len(tables)
    assert page.run(CONTRAST) >= 4.5
    assert page.logged == []
    assert page.outside() == []


def test_the_places_of_a_path_open_without_a_script(show, graph):
    page = show([bundle(graph.paths("igmesine", "cGMP"))["text/html"]])
    closed = "document.querySelectorAll('details:not([open])').length"
    assert page.run(closed) == 5
    page.run("document.querySelector('details:not([open]) summary').click()")
    assert page.run(closed) == 4


def test_a_still_picture_is_seen_where_the_frame_is_taken_away(show, graph):
    shown = [bundle(SHOWN[kind][0](graph))["text/html"] for kind in PICTURES]
    page = show([re.sub("<iframe.*?</iframe>", "", html, flags=re.DOTALL) for html in shown])
    page.until("[...document.images].every((image) => image.complete)")
    assert page.run("[...document.images].every((image) => image.naturalWidth > 100)")
    assert page.run("document.images.length") == len(PICTURES)


def test_the_frame_lies_above_its_still_picture(show, graph):
    page = show([bundle(graph.explore("cGMP", hops=1))["text/html"]])
    assert page.run("document.elementFromPoint(300, 300).tagName") == "IFRAME"
    assert page.run("document.querySelector('iframe').contentDocument") is None


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_run_nothing_and_ask_nothing(show, payload):
    made = hostile(payload)
    things = [*everything(made, payload), made.explore()]
    page = show([bundle(thing)["text/html"] for thing in things])
    page.call("Runtime.evaluate", expression="1")
    assert page.run("document.title") == "n"
    assert page.run("document.querySelectorAll('.kg-rich :is(img, script, svg, a, iframe)').length") == 0
    assert page.run("document.querySelectorAll('.kg-rich').length") == len(things) - 1
    assert page.logged == []
    assert page.outside() == []
