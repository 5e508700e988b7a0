"""The address of a diagram page: what it brings back, and that nothing of it is believed."""

from __future__ import annotations

import json

import pytest
from pages import frame_in, opened, state
from scenes import IGMESINE, picture
from test_browser import Tab, pytestmark, show  # noqa: F401 (fixtures)
from test_views import PAYLOADS, hostile


def fragment(page: Tab) -> str:
    page.until("diagram.address.settled()")
    return page.run("location.hash.slice(1)")


STATES = [
    "diagram.select({kind: 'box', id: 'calcium-ion'})",
    "diagram.select({kind: 'edge', id: 'e3'})",
    "diagram.select({kind: 'ways', source: 'igmesine', target: 'calcium-ion', index: 1})",
    "diagram.filters.set(['reading:background', 'arrow:modulation'])",
    "diagram.story.go(2)",
    "document.getElementById('theme').click()",
    "diagram.filters.set(['reading:negated']); diagram.story.go(1); diagram.select({kind: 'box', id: 'cgmp'})",
]


@pytest.mark.parametrize("act", STATES)
def test_the_address_brings_back_what_was_seen(show, act):
    page = show(picture(IGMESINE))
    page.run(act)
    seen, address = state(page), fragment(page)
    assert address
    assert state(opened(page, address)) == seen
    assert fragment(page) == address
    page.run("location.hash = ''")
    page.until(
        "diagram.selection() === null && diagram.filters.off().length === 0 && diagram.story.at() === -1"
    )
    assert (page.logged, page.outside()) == ([], [])


def test_back_and_forward_undo_and_redo_what_was_chosen(show):
    page = show(picture(IGMESINE))
    page.call("Page.resetNavigationHistory")  # a browser keeps fifty places, and earlier tests fill them
    acts = [
        "diagram.select({kind: 'box', id: 'igmesine'})",
        "diagram.filters.set(['reading:background'])",
        "diagram.select({kind: 'box', id: 'cgmp'})",
        "document.getElementById('theme').click()",
    ]
    seen = []
    for act in acts:
        page.run(act)
        seen.append((state(page)[:3], fragment(page)))
    theme = "&theme=dark"  # no choice to undo: it stays with the last one
    assert seen[3] == (seen[2][0], seen[2][1] + theme)
    for step, (wanted, address) in (("back", seen[1]), ("back", seen[0]), ("forward", seen[1])):
        page.run(f"history.{step}()")
        page.until(f"location.hash.slice(1).startsWith({json.dumps(address)})")
        page.until("diagram.address.settled()")
        assert state(page)[:3] == wanted
    assert (page.logged, page.outside()) == ([], [])


def test_a_hostile_address_is_no_trap_for_the_way_back(show):
    page = show(picture(IGMESINE))
    page.call("Page.resetNavigationHistory")
    page.run("diagram.select({kind: 'box', id: 'igmesine'})")
    wanted = fragment(page)
    page.run("location.hash = 'box=__proto__&step=-1'")
    page.until("diagram.selection() === null")
    assert fragment(page) == ""
    page.run("history.back()")
    page.until("diagram.selection() !== null")
    assert fragment(page) == wanted


HOSTILE_FRAGMENTS = [
    "box=__proto__&claim=constructor&arrow=toString&off=__proto__&off=reading%3Anothing&step=1e9&theme=javascript:alert(1)",
    "box=%3Cimg%20src=x%20onerror=document.title='OWNED'%3E&step=-1&path=0",
    "from=igmesine&to=igmesine&path=99999",
    "from=igmesine&to=%00",
    "%E0%A4%A&box=%&=&&&step=0x1",
    "step=999&path=1",
    "x" * 100_000,
]


@pytest.mark.parametrize("address", HOSTILE_FRAGMENTS, ids=range(len(HOSTILE_FRAGMENTS)))
def test_nothing_of_a_hostile_address_is_believed(show, address):
    page = opened(show(picture(IGMESINE)), address)
    assert state(page) == [None, [], -1, "light"]
    assert page.run("document.title") != "OWNED"
    assert (page.logged, page.outside()) == ([], [])


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_ids_travel_through_the_address(show, payload):
    page = show(hostile(payload))
    for what in ("{kind: 'edge', id: 'e0'}", "{kind: 'box', id: '__proto__'}"):
        page.run(f"diagram.select({what})")
        seen, address = state(page), fragment(page)
        if len(address) < 20_000:
            assert state(opened(page, address)) == seen
    assert page.run("document.title") != "OWNED"
    assert (page.logged, page.outside()) == ([], [])


def test_a_frame_without_a_history_works_all_the_same(show):
    page = show(picture(IGMESINE))
    page.run("history.replaceState = () => { throw new DOMException('no history here', 'SecurityError'); }")
    page.run("diagram.select({kind: 'box', id: 'cgmp'})")
    assert fragment(page) == ""
    assert page.run("diagram.selection().id") == "cgmp"
    assert page.logged == []


def test_in_the_frame_of_a_notebook_the_page_is_silent_and_whole(show, graph, tmp_path):
    drawn = graph.view("igmesine-nmda-mechanism")
    outer = tmp_path / "notebook.html"
    ready = "<script>document.documentElement.dataset.ready = 'yes'</script>"
    outer.write_text(
        f"<!doctype html><meta charset=utf-8><title>n</title>{drawn._repr_html_()}{ready}", "utf-8"
    )
    page = show(picture(IGMESINE))
    with frame_in(page, outer) as frame:
        frame.run(
            "diagram.select({kind: 'box', id: 'igmesine'}); diagram.filters.set(['reading:background'])"
        )
        frame.until("diagram.address.settled()")
        assert frame.run("[origin, location.hash, diagram.selection().id]") == ["null", "", "igmesine"]
        folder = tmp_path / "saved"
        folder.mkdir()
        page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
        frame.run("document.getElementById('save-svg').click()")
        frame.call("Runtime.evaluate", expression="1")
        assert frame.logged == []
    assert page.logged == []
