"""Diagram pages by keyboard, on paper, on a phone, in other colours, and saved as files."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from xml.etree import ElementTree

import msgspec
import pytest
from pages import displayed, ink, opened, press_switch, visible
from scenes import IGMESINE, picture
from test_browser import Tab, pytestmark, show  # noqa: F401 (fixtures)
from test_views import PAYLOADS, SVG_TAGS, hostile

from kg.views.palette import LIGHT
from kg.views.text import clean

SVG = "{http://www.w3.org/2000/svg}"


def status(page: Tab) -> str:
    return page.run("document.getElementById('status').textContent")


def test_the_keyboard_walks_from_box_to_box_along_the_arcs(show):
    drawn = picture(IGMESINE)
    page = show(drawn)
    joined = {frozenset((edge.source, edge.target)) for edge in drawn.edges if edge.points}
    page.run("document.getElementById('find').focus()")
    page.run("document.getElementById('diagram').focus()")
    before = ink(page)
    page.press("ArrowDown")
    walked = [page.run("diagram.page.cursor")]
    page.until(f"document.querySelector('#diagram canvas').toDataURL() !== {json.dumps(before)}")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        page.press(key)
        walked.append(page.run("diagram.page.cursor"))
    moved = [pair for pair in pairwise(walked) if pair[0] != pair[1]]
    assert len(moved) >= 3
    assert all(frozenset(pair) in joined for pair in moved)
    assert "arrow" in status(page)
    page.press("Enter")
    assert page.run("diagram.selection()") == {"kind": "box", "id": walked[-1]}
    page.press("Escape")
    assert page.run("diagram.page.cursor") is None


def test_tab_visits_every_visible_box_and_then_leaves(show):
    page = show(picture(IGMESINE))
    press_switch(page, "reading:background")
    page.run("document.getElementById('diagram').focus()")
    page.press("ArrowDown")
    shown, seen = visible(page)[1], set()
    for _ in range(len(shown)):
        seen.add(page.run("diagram.page.cursor"))
        assert page.run("document.activeElement.id") == "diagram"
        page.press("Tab")
    assert seen == shown
    assert page.run("diagram.page.cursor") is None
    assert page.logged == []


def test_shift_and_enter_on_two_boxes_asks_for_their_paths(show):
    page = show(picture(IGMESINE))
    page.run("document.getElementById('diagram').focus()")
    for name in ("igmesine", "cgmp"):
        page.run(f"diagram.page.cursor = '{name}'")
        page.press("Enter", modifiers=8)
    assert page.run("diagram.selection().kind") == "ways"


def test_paper_has_the_picture_and_the_table_and_no_tools(show):
    page = show(picture(IGMESINE))
    page.run("document.getElementById('theme').click(); diagram.story.go(0)")
    page.call("Emulation.setEmulatedMedia", media="print")
    try:
        page.run("dispatchEvent(new Event('beforeprint'))")
        assert (
            displayed(page, "#paper canvas") and displayed(page, "#claims tbody tr") and displayed(page, "h1")
        )
        for tool in (".tools", "#stage", "#story", "#layers", "#selection", "#entities"):
            assert not displayed(page, tool), tool
        canvas = "document.querySelector('#paper canvas')"
        assert page.run(f"{canvas}.width") > 1000
        assert page.run(
            f"[...{canvas}.getContext('2d').getImageData(2, 2, 1, 1).data].every((part) => part > 200)"
        )
        page.call(
            "Emulation.setDeviceMetricsOverride", width=760, height=1000, deviceScaleFactor=1, mobile=False
        )
        assert page.run("document.documentElement.scrollWidth") <= 760
        page.call("Emulation.clearDeviceMetricsOverride")
        assert len(page.call("Page.printToPDF")["data"]) > 10_000
        page.run("dispatchEvent(new Event('afterprint'))")
    finally:
        page.call("Emulation.setEmulatedMedia", media="")
    assert page.run("document.documentElement.dataset.theme") == "dark"
    assert not page.run("document.getElementById('claims').open")
    assert page.logged == []


def test_a_phone_scrolls_only_down_with_everything_open(show, graph):
    page = show(graph.view("imipramine-monoamine-mechanism").scene)
    page.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    try:
        page.run("diagram.story.go(0); diagram.select({kind: 'edge', id: 'e1'})")
        page.run("for (const part of document.querySelectorAll('details')) part.open = true")
        assert page.run("document.documentElement.scrollWidth") <= 360
        page.run("diagram.select({kind: 'ways', source: 'imipramine', target: 'camp', index: null})")
        assert page.run("document.documentElement.scrollWidth") <= 360
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")


def test_reduced_motion_moves_at_once_and_forced_colours_show_what_is_pressed(show):
    features = [
        {"name": "prefers-reduced-motion", "value": "reduce"},
        {"name": "forced-colors", "value": "active"},
    ]
    drawn = picture(IGMESINE)
    page = show(drawn)
    page.call("Emulation.setEmulatedMedia", features=features)
    try:
        page.run("diagram.story.go(0)")
        at = page.run("diagram.network.getViewPosition()")
        edge = next(item for item in drawn.edges if item.id == drawn.main_chain[0])
        assert (at["x"], at["y"]) == pytest.approx(edge.middle, abs=1)
        look = "getComputedStyle(document.querySelector('[data-switch=\"reading:background\"]')).outlineStyle"
        assert page.run(look) == "solid"
        press_switch(page, "reading:background")
        assert page.run(look) == "none"
    finally:
        page.call("Emulation.setEmulatedMedia", features=[])
    assert page.logged == []


CONTRASTS = """(() => {
  const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    const own = element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
    return element && own.endsWith(", 0)") ? ground(element.parentElement) : own;
  };
  const words = [...document.querySelectorAll("body *")].filter((element) => element.getClientRects().length && !element.closest(":disabled, svg, canvas, script")
    && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return words.map((element) => {
    const [one, other] = [getComputedStyle(element).color, ground(element)].map(light).sort((a, b) => b - a);
    return [(one + 0.05) / (other + 0.05), element.outerHTML.slice(0, 90)];
  }).filter(([ratio]) => ratio < 4.5);
})()"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_of_the_page_has_the_contrast_of_aa(show, graph, theme):
    page = opened(show(graph.view("imipramine-monoamine-mechanism").scene), f"theme={theme}&step=1")
    page.run("for (const part of document.querySelectorAll('details')) part.open = true")
    press_switch(page, "reading:background")
    for what in ("{kind: 'edge', id: 'e1'}", "{kind: 'box', id: 'imipramine'}"):
        page.run(f"diagram.select({what})")
        assert page.run("document.documentElement.dataset.theme") == theme
        assert page.run(CONTRASTS) == []


# ---- files ------------------------------------------------------------------------------------------------


def saved(page: Tab, button: str, folder, name: str) -> bytes:
    page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    page.run(f"document.getElementById('{button}').click()")
    end = time.monotonic() + 15
    while not (folder / name).exists() or not (folder / name).stat().st_size:
        assert time.monotonic() < end, [*folder.iterdir()]
        time.sleep(0.05)
    time.sleep(0.2)
    return (folder / name).read_bytes()


def test_the_picture_is_saved_as_svg_and_as_png(show, graph, tmp_path):
    drawn = graph.view("igmesine-nmda-mechanism")
    page = show(drawn.scene)
    folder = tmp_path / "saved"
    folder.mkdir()
    assert saved(page, "save-svg", folder, "igmesine-nmda-mechanism.svg").decode() == drawn.svg
    png = saved(page, "save-png", folder, "igmesine-nmda-mechanism.png")
    assert png.startswith(b"\x89PNG\r\n")
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    assert (width, height) == pytest.approx((2 * drawn.scene.width, 2 * drawn.scene.height), abs=2)
    assert page.logged == []
    assert page.outside() == []


def test_an_svg_saved_with_filters_on_has_what_they_leave_by_daylight(show, tmp_path):
    drawn = msgspec.structs.replace(picture(IGMESINE), id="igmesine")
    page = show(drawn)
    page.run("document.getElementById('theme').click()")
    press_switch(page, "reading:background")
    page.run("diagram.select({kind: 'box', id: 'igmesine'})")
    before = ink(page)
    root = ElementTree.fromstring(saved(page, "save-svg", tmp_path, "igmesine.svg"))
    arcs, boxes = visible(page)
    assert 3 < len(boxes) < len(drawn.boxes)
    shown = [box for box in drawn.boxes if box.id in boxes]
    lined = [edge for edge in drawn.edges if edge.id in arcs and edge.points]
    titles = [element.text for element in root.iter(f"{SVG}title")]
    assert titles[0] == drawn.title
    assert sorted(titles[-len(shown) :]) == sorted(f"{box.label}, {box.category}" for box in shown)
    assert len(titles) == 1 + len(lined) + len(shown)
    words = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    for box in drawn.boxes:
        assert (" ".join(box.lines) in words) == (box.id in boxes), box.id
    assert root.find(f"{SVG}rect").get("fill") == LIGHT.paper
    assert {element.get("fill-opacity") for element in root.iter()} <= {
        None,
        "0.88",
        "0.95",
        "0.85",
    }  # nothing is dimmed
    assert root.find(f"{SVG}desc").text.endswith("claims.")
    assert page.run("document.documentElement.dataset.theme") == "dark"
    assert ink(page) == before
    assert (page.logged, page.outside()) == ([], [])


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_stay_text_in_a_filtered_svg(show, payload, tmp_path):
    page = show(msgspec.structs.replace(hostile(payload), id="hostile"))
    page.run("diagram.filters.set(['reading:negated', 'reading:no data'])")
    root = ElementTree.fromstring(saved(page, "save-svg", tmp_path, "hostile.svg"))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= SVG_TAGS
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name or name == "style"]
    assert root[0].text == (clean(payload) or None)
    assert (page.logged, page.outside()) == ([], [])


def test_a_file_is_never_named_by_a_hostile_id(show, tmp_path):
    page = show(msgspec.structs.replace(picture(IGMESINE), id="../../.x/<b>\u202e.exe"))
    assert saved(page, "save-svg", tmp_path, "-x-b-exe.svg").startswith(b"<svg ")
    assert page.logged == []


def test_a_page_stays_under_three_quarters_of_a_megabyte(graph):
    for name in (*graph.mechanisms, *graph.workflows):
        assert len(graph.view(name).html.encode()) < 750_000


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_are_inert_in_every_tool(show, payload):
    page = show(hostile(payload))
    page.run("diagram.story.go(0)")
    page.run("diagram.select({kind: 'ways', source: 'constructor', target: '__proto__', index: 0})")
    assert page.run("document.querySelectorAll('.way').length") == 1
    page.run("document.getElementById('diagram').focus()")
    for key in ("ArrowDown", "Tab", "Enter"):
        page.press(key)
    page.run("for (const toggle of document.querySelectorAll('[data-switch]')) toggle.click()")
    assert visible(page)[0] == set()
    page.run("document.getElementById('show-all').click()")
    page.run("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    assert (
        page.run("document.querySelectorAll('body :is(img, style, iframe, object, embed, link)').length") == 0
    )
    assert page.run("document.title") != "OWNED"
    assert (page.logged, page.outside()) == ([], [])
