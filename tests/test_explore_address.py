"""The address of the explorer: what it brings back, Back and Forward, and that nothing of it is believed."""

from __future__ import annotations

import json

import pytest
from pages import opened
from test_browser import Tab
from test_explore import hostile_graph
from test_explore_page import page, pytestmark, show, whole  # noqa: F401 (fixtures)
from test_views import PAYLOADS

from kg.views.explorer import explorer

STATE = """(() => {
  const { data, state, view, drawing } = explorer, { ids } = data.picture, at = drawing.network.getViewPosition();
  return {
    chosen: state.selection && [state.selection.kind, state.selection.id],
    asked: state.asked && [ids[state.asked.from], ids[state.asked.to], state.asked.index],
    lit: [...state.onPath.arcs],
    off: Object.entries(view.facets).map(([name, facet]) => [name, [...facet.off].sort((a, b) => a - b)]),
    closed: ids.filter((_, node) => !view.present[node]),
    shown: [view.nodes.length, view.arcs.length],
    theme: document.documentElement.dataset.theme,
    at: [Math.round(at.x), Math.round(at.y), Number(drawing.network.getScale().toPrecision(3))],
  };
})()"""


def state(of: Tab) -> dict:
    return of.run(STATE)


def fragment(of: Tab) -> str:
    """Return the address when the picture has come to rest."""
    of.run("window.rested = 0, setTimeout(() => { rested = 1; }, 450)")
    of.until("rested === 1 && explorer.drawing.aim === null && explorer.address.settled()")
    return of.run("location.hash.slice(1)")


def at(name: str) -> str:
    return f"explorer.data.picture.ids.indexOf({json.dumps(name)})"


ACTS = {
    "entity": f"explorer.show({{kind: 'box', id: {at('sigma-1-receptor')}}})",
    "claim": f"explorer.show({{kind: 'edge', id: explorer.view.seen({at('sert')})[1]}})",
    "filters": "document.querySelector('[data-facet=\"basis\"] li:last-child input').click()",
    "only": "document.querySelector('[data-facet=\"document\"] li:first-child button').click()",
    "none": "document.querySelectorAll('[data-facet=\"certainty\"] .deeds button')[1].click()",
    "closed": f"explorer.toggle({at('sigma-1-receptor')})",
    "open": f"explorer.view.only({at('cgmp')})",
    "path": f"explorer.path({at('igmesine')}, {at('cgmp')})",
    "another path": f"explorer.path({at('desipramine')}, {at('gq-protein')}); document.querySelector('[data-way=\"1\"]').click()",
    "view": "explorer.state.touched = true; explorer.drawing.move(120, -80, 1.234567)",
    "theme": "document.getElementById('theme').click()",
    "all of it": f"explorer.view.only({at('cgmp')}); document.getElementById('theme').click();"
    f"explorer.path({at('igmesine')}, {at('cgmp')}); explorer.state.touched = true; explorer.drawing.move(5, 6, 0.5)",
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_the_address_brings_back_what_was_seen(page, act):  # noqa: F811
    page.run(act)
    address, seen = fragment(page), state(page)
    assert address
    again = opened(page, address)
    assert fragment(again) == address
    assert state(again) == seen


def test_an_address_written_by_hand_goes_to_its_entity_or_claim(page, graph):  # noqa: F811
    opened(page, "entity=cgmp")
    fragment(page)
    x, y, scale = state(page)["at"]
    place = page.run(f"[explorer.data.x[{at('cgmp')}], explorer.data.y[{at('cgmp')}]]")
    assert [x, y] == pytest.approx(place, abs=1)
    assert scale > 0.79
    for claim in graph.statements(subject="igmesine"):
        opened(page, f"claim={claim.id}")
        shown = page.run("document.getElementById('selection').textContent")
        assert graph.graph.label(claim.object) in shown
        if claim.polarity == "asserted":
            assert str(claim.source) in shown


def test_back_and_forward_undo_and_redo_what_was_chosen(page):  # noqa: F811
    page.call("Page.resetNavigationHistory")  # a browser keeps fifty places, and earlier tests fill them
    seen = []
    for act in ("entity", "claim", "filters", "path"):
        page.run(ACTS[act])
        seen.append((fragment(page), state(page)))
    page.run("document.getElementById('theme').click()")  # no choice to undo
    fragment(page)
    for step, (address, wanted) in (
        ("back", seen[2]),
        ("back", seen[1]),
        ("back", seen[0]),
        ("forward", seen[1]),
    ):
        page.run(f"history.{step}()")
        page.until(f"location.hash.slice(1).startsWith({json.dumps(address)})")
        fragment(page)
        assert {**state(page), "theme": "light"} == wanted


def test_a_page_around_an_entity_opens_on_it_without_an_address(show, graph, tmp_path):  # noqa: F811
    page = show(graph.explore("cGMP", hops=1).write(tmp_path / "x.html"))  # noqa: F811
    assert fragment(page) == ""
    page.press("Escape")
    address = fragment(page)
    assert address.startswith("entity=&")
    assert state(opened(page, address))["chosen"] is None
    assert state(opened(page, "entity=__proto__"))["chosen"] == ["box", page.run(at("cgmp"))]


HOSTILE_FRAGMENTS = [
    "entity=__proto__&claim=constructor&off=__proto__&off=category:nothing&none=__proto__&none=toString&on=x&theme=javascript:alert(1)",
    "entity=%3Cimg%20src=x%20onerror=document.title='OWNED'%3E&at=1e9,1e9,1e9",
    "<img src=x onerror=document.title='OWNED'>",
    "from=igmesine&to=igmesine&path=99999",
    "from=igmesine&to=%00&closed=__proto__&open=constructor&open=",
    "at=NaN,0,1&at=0,0,0&closed=",
    "at=9999999,9999999,1",
    "at=0,0,99",
    "%E0%A4%A&entity=%&=&&&path=0x1",
    "entity=" + "x" * 10_000,
    "closed=" + "&closed=".join(["sert"] * 10_000),
]  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE_FRAGMENTS, ids=range(len(HOSTILE_FRAGMENTS)))
def test_nothing_of_a_hostile_address_is_believed(page, address):  # noqa: F811
    plain = state(page)
    opened(page, address)
    assert fragment(page) == ""
    assert state(page) == plain
    assert page.run("document.title") != "OWNED"
    page.call("Page.resetNavigationHistory")
    page.run(ACTS["entity"])
    wanted = fragment(page)
    page.run(f"location.hash = {json.dumps(address)}")
    page.until("explorer.state.selection === null")
    assert fragment(page) == ""
    page.run("history.back()")
    page.until("explorer.state.selection !== null")
    assert fragment(page) == wanted


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_ids_travel_through_the_address(show, payload, tmp_path):  # noqa: F811
    page = show(explorer(hostile_graph(payload), ()).write(tmp_path / "x.html"))  # noqa: F811
    for kind, count in (("box", "nodes"), ("edge", "arcs")):
        for item in range(page.run(f"explorer.data.{count}")):
            page.run(f"explorer.show({{kind: '{kind}', id: {item}}})")
            address, seen = fragment(page), state(page)
            if len(address) < 20_000:
                assert state(opened(page, address)) == seen
    page.run(
        "explorer.view.hide(0); for (const box of document.querySelectorAll('#filters li:first-child input')) box.click()"
    )
    address, seen = fragment(page), state(page)
    if len(address) < 20_000:
        assert state(opened(page, address)) == seen
    assert page.run("document.title") != "OWNED"
    assert (page.logged, page.outside()) == ([], [])
