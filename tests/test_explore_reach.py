"""The explorer by keyboard, on paper, on a phone, in other colours, and saved as files."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from pages import displayed, ink
from synthetic import synthetic
from test_browser import Tab
from test_explore import hostile_graph
from test_explore_page import number, page, pytestmark, selected, show, visible, whole  # noqa: F401 (fixtures)
from test_page_reach import CONTRASTS, SVG, saved
from test_views import PAYLOADS, SVG_TAGS

from kg.views.explorer import explorer
from kg.views.palette import LIGHT


def cursor(of: Tab) -> str:
    return of.run("explorer.data.picture.ids[explorer.state.cursor] ?? null")


def neighbours(of: Tab, name: str) -> set[str]:
    node = number(of, name)
    code = f"explorer.view.seen({node}).map((arc) => explorer.data.picture.ids[explorer.data.opposite(arc, {node})])"
    return set(of.run(code)) - {name}


def test_the_keyboard_walks_along_the_arrows_with_a_ring_and_enter_reads(page):  # noqa: F811
    page.run(f"explorer.show({{kind: 'box', id: {number(page, 'igmesine')}}})")
    page.run("document.getElementById('find').focus()")
    page.run("document.getElementById('diagram').focus()")
    page.press("ArrowRight")  # steps in where the chosen one is
    assert cursor(page) == "igmesine"
    before, walked = ink(page), ["igmesine"]
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.press(key)
        if cursor(page) != walked[-1]:
            assert cursor(page) in neighbours(page, walked[-1])
            walked.append(cursor(page))
    assert len(walked) >= 3
    assert "arrow" in page.run("document.getElementById('status').textContent")
    page.until(f"document.querySelector('#diagram canvas').toDataURL() !== {json.dumps(before)}")
    assert selected(page) == "igmesine"
    page.press("Enter")
    assert page.run("explorer.data.picture.ids[explorer.state.selection.id]") == walked[-1]
    page.press("Escape")
    assert (cursor(page), selected(page)) == (None, "")


def test_n_and_p_go_round_the_neighbours(page):  # noqa: F811
    page.run(f"explorer.show({{kind: 'box', id: {number(page, 'sigma-1-receptor')}}})")
    page.run("document.getElementById('diagram').focus()")
    page.press("n")
    assert cursor(page) == "sigma-1-receptor"
    around, seen = neighbours(page, "sigma-1-receptor"), []
    for _ in around:
        page.press("n")
        seen.append(cursor(page))
    assert set(seen) == around
    page.press("p")
    assert cursor(page) == seen[-2]


def test_enter_opens_and_closes_neighbours_and_with_shift_asks_for_the_path(page):  # noqa: F811
    page.run(f"explorer.show({{kind: 'box', id: {number(page, 'igmesine')}}})")
    page.run(f"document.getElementById('diagram').focus(); explorer.state.cursor = {number(page, 'cgmp')}")
    page.press("Enter", modifiers=8)
    assert page.run("explorer.state.asked.to") == number(page, "cgmp")
    page.press("Enter")
    before = visible(page)
    page.press("Enter")
    assert visible(page)[0] <= before[0]
    page.press("Tab")
    assert page.run("document.activeElement.id") != "diagram"


def test_paper_has_the_picture_and_the_tables_and_no_tools(page):  # noqa: F811
    page.run("document.getElementById('theme').click(); explorer.path(0, 1)")
    wide = page.run("document.getElementById('stage').clientWidth")
    page.run("dispatchEvent(new Event('beforeprint'))")  # a browser says so before it lays out for paper
    page.call("Emulation.setEmulatedMedia", media="print")
    try:
        assert page.run("document.querySelector('#paper canvas').width") == 2 * wide
        for shown in ("#paper canvas", "#claims tbody tr", "#members tbody tr", "#arrows li", "h1"):
            assert displayed(page, shown), shown
        rows = page.run("document.querySelectorAll('#claims tbody tr').length")
        assert rows == page.run("explorer.view.arcs.flatMap(explorer.view.claimsOf).length")
        for tool in (".tools", "#stage", "#filters", ".listing button"):
            assert not displayed(page, tool), tool
        pixel = "document.querySelector('#paper canvas').getContext('2d').getImageData(2, 2, 1, 1).data"
        assert page.run(f"[...{pixel}].every((part) => part > 200)")
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


def test_a_phone_scrolls_only_down_with_everything_open(page):  # noqa: F811
    page.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    try:
        page.run("for (const part of document.querySelectorAll('details')) part.open = true")
        page.until("document.querySelectorAll('#members tbody tr').length > 0")
        page.run(
            "document.getElementById('find').value = 'a'; document.getElementById('find').dispatchEvent(new Event('input'))"
        )
        for act in (
            f"explorer.show({{kind: 'box', id: {number(page, 'imipramine')}}})",
            "explorer.show({kind: 'edge', id: 3})",
            f"explorer.path({number(page, 'igmesine')}, {number(page, 'cgmp')})",
        ):
            page.run(act)
            assert page.run("document.documentElement.scrollWidth") <= 360
        over = "document.getElementById('hits').getBoundingClientRect().top >= document.getElementById('find').getBoundingClientRect().bottom"
        assert page.run(over)
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")


def test_reduced_motion_moves_at_once_and_forced_colours_show_what_is_chosen(page):  # noqa: F811
    features = [
        {"name": "prefers-reduced-motion", "value": "reduce"},
        {"name": "forced-colors", "value": "active"},
    ]
    page.call("Emulation.setEmulatedMedia", features=features)
    try:
        node = number(page, "cgmp")
        page.run(f"explorer.show({{kind: 'box', id: {node}}})")
        at = page.run("explorer.drawing.network.getViewPosition()")
        assert [at["x"], at["y"]] == pytest.approx(
            page.run(f"[explorer.data.x[{node}], explorer.data.y[{node}]]"), abs=1
        )
        page.run(
            "document.getElementById('find').value = 'sig'; document.getElementById('find').dispatchEvent(new Event('input'))"
        )
        look = "getComputedStyle(document.querySelector('#hits [aria-selected=\"true\"]')).outlineStyle"
        assert page.run(look) == "solid"
    finally:
        page.call("Emulation.setEmulatedMedia", features=[])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_of_the_page_has_the_contrast_of_aa(page, theme):  # noqa: F811
    page.run(f"location.hash = 'theme={theme}'")
    page.until(f"document.documentElement.dataset.theme === '{theme}'")
    page.run("for (const part of document.querySelectorAll('details')) part.open = true")
    page.until("document.querySelectorAll('#members tbody tr').length > 0")
    for act in (
        f"explorer.show({{kind: 'box', id: {number(page, 'imipramine')}}})",
        "explorer.show({kind: 'edge', id: 3})",
        f"explorer.path({number(page, 'igmesine')}, {number(page, 'cgmp')})",
    ):
        page.run(act)
        assert page.run(CONTRASTS) == []


# ---- files ------------------------------------------------------------------------------------------------


def test_what_is_in_sight_is_saved_as_svg_and_png_by_daylight(page, graph, tmp_path):  # noqa: F811
    page.run("document.getElementById('theme').click()")
    page.run(f"explorer.view.only({number(page, 'cgmp')}); explorer.drawing.fit(false)")
    root = ElementTree.fromstring(saved(page, "save-svg", tmp_path, "All-drug-mechanisms.svg"))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= SVG_TAGS
    nodes, arcs = visible(page)
    titles = [element.text for element in root.iter(f"{SVG}title")]
    assert titles[0] == "All drug mechanisms"
    assert len(titles) == 1 + nodes + arcs
    names = page.run("explorer.view.nodes.map((node) => explorer.data.picture.names[node])")
    assert sorted(name.rpartition(", ")[0] for name in titles[-nodes:]) == sorted(names)
    words = [element.text for element in root.iter(f"{SVG}text")]
    assert {"All drug mechanisms", "cyclic guanosine monophosphate"} <= set(words)
    assert f"{nodes} of {len(graph.entities)} entities, {arcs} arrows" in words
    assert root.find(f"{SVG}rect").get("fill") == LIGHT.paper
    png = saved(page, "save-png", tmp_path, "All-drug-mechanisms.png")
    assert png.startswith(b"\x89PNG\r\n")
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    assert (width, height) == (2 * float(root.get("width")), 2 * float(root.get("height")))
    assert page.run("document.documentElement.dataset.theme") == "dark"


def test_ten_thousand_arcs_are_saved_without_a_freeze(show, tmp_path):  # noqa: F811
    page = show(explorer(synthetic(3_000), ()).write(tmp_path / "x.html"))  # noqa: F811
    took = page.run(
        "(() => { const start = performance.now(); window.svg = explorer.paper.svg(); return performance.now() - start; })()"
    )
    assert took < 2_000  # 150 on a quiet machine
    root = ElementTree.fromstring(page.run("svg"))
    assert sum(1 for _ in root.iter(f"{SVG}g")) == 3_000
    assert page.logged == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_are_inert_in_every_tool(show, payload, tmp_path):  # noqa: F811
    page = show(explorer(hostile_graph(payload), ()).write(tmp_path / "x.html"))  # noqa: F811
    page.run("explorer.path(0, 1); document.getElementById('diagram').focus()")
    for key in ("ArrowDown", "n", "p", "Enter", "Enter", "ArrowLeft"):
        page.press(key)
    root = ElementTree.fromstring(page.run("explorer.paper.svg()"))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= SVG_TAGS
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name or name == "style"]
    page.run("document.getElementById('save-png').click(); document.getElementById('theme').click()")
    page.run("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    foreign = "body :is(img, style, iframe, object, embed, link)"
    assert page.run(f"document.querySelectorAll('{foreign}').length") == 0
    assert page.run("document.title") != "OWNED"
    assert (page.logged, page.outside()) == ([], [])
