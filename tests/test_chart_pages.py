"""Chart pages in a real headless Chromium: silent, offline, whole, and no wider than a phone."""

from __future__ import annotations

import json

import pytest
from test_browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on the PATH"),
]


@pytest.fixture(params=["affinities", "occupancy"])
def page(request, tab, graph, tmp_path):
    affinities = request.param == "affinities"
    drawn = graph.draw_affinities() if affinities else graph.draw_occupancy("imipramine", "100 nM")
    address = drawn.write(tmp_path / "chart.html").as_uri()
    tab.call("Page.navigate", url="about:blank")
    tab.logged.clear()
    tab.asked.clear()
    tab.call("Page.navigate", url=address)
    tab.until(f"location.href === {json.dumps(address)} && document.readyState === 'complete'")
    yield tab
    assert tab.logged == []
    assert tab.outside() == []


def test_the_picture_and_its_tables_are_there_without_any_script(page):
    told = page.run("""({pictures: document.querySelectorAll('figure svg').length, scripts: document.scripts.length,
      rows: document.querySelectorAll('tbody tr').length, marks: document.querySelectorAll('svg circle').length})""")
    assert (told["pictures"], told["scripts"]) == (1, 0)
    assert told["rows"] > 10
    assert told["marks"] > 10


def test_no_word_of_the_picture_is_cut_at_its_edge(page):
    beyond = page.run("""(() => { const frame = document.querySelector('figure svg').getBoundingClientRect();
      return [...document.querySelectorAll('figure svg text')].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
      }).map((text) => text.textContent); })()""")
    assert beyond == []


def test_a_mark_leads_to_its_conflict(page):
    if not page.run("document.querySelectorAll('svg a').length"):
        pytest.skip("no conflict is drawn here")
    told = page.run("""[...document.querySelectorAll('svg a, td a')].map((link) => {
      link.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
      const found = document.querySelector(':target');
      return [link.getAttribute('href'), found && '#' + found.id, found && found.tagName]; })""")
    assert len(told) > 8
    assert all(href == found and tag == "LI" for href, found, tag in told)


def test_a_phone_scrolls_within_the_picture_and_not_the_page(page):
    page.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
    try:
        assert page.run("document.documentElement.scrollWidth") <= 390
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")


def test_a_page_that_is_a_little_too_narrow_shows_the_whole_picture(page):
    own = page.run("document.querySelector('figure svg').viewBox.baseVal.width")
    page.call("Emulation.setDeviceMetricsOverride", width=int(0.9 * own) + 60, height=800, deviceScaleFactor=1, mobile=False)  # fmt: skip
    try:
        figure = "document.querySelector('figure')"
        assert page.run(f"{figure}.scrollWidth <= {figure}.clientWidth")
        shown = page.run("document.querySelector('figure svg').getBoundingClientRect().width")
        assert 0.8 * own <= shown < own
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")
