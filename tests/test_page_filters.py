"""Filters, layers and the story of a diagram page in a real headless Chromium."""

from __future__ import annotations

import json

import msgspec
import pytest
from pages import ink, marked, press_switch, visible
from scenes import IGMESINE, IMIPRAMINE, picture, statement
from test_browser import Tab, at_middle_of, pytestmark, show  # noqa: F401 (fixtures)
from test_views import PAYLOADS, drugs, hostile, small


def test_every_legend_entry_is_a_switch_that_hides_what_is_drawn_so(show):
    drawn = picture(IMIPRAMINE)
    page = show(drawn)
    whole, all_marks = visible(page), marked(page)
    for entry in drawn.legend:
        key = f"{entry.group}:{entry.key}"
        assert (
            page.run(f"document.querySelector('.legend [data-switch={json.dumps(key)}]').ariaPressed")
            == "true"
        )
        press_switch(page, key)
        arcs, boxes = visible(page)
        assert ((arcs, boxes) != whole) == (entry.group != "mark")
        assert entry.group != "mark" or marked(page) != all_marks
        assert not [
            edge.id
            for edge in drawn.edges
            if edge.id in arcs and entry.group == "arrow" and edge.arc == entry.key
        ]
        assert not [
            box.id
            for box in drawn.boxes
            if box.id in boxes and entry.group == "entity" and box.glyph == entry.key
        ]
        assert page.run("document.getElementById('hidden-note').textContent").startswith("Hidden: ")
        page.run("document.getElementById('show-all').click()")
        assert (visible(page), marked(page)) == (whole, all_marks)
    assert page.run("document.getElementById('show-all').hidden")
    assert page.logged == []


def test_what_is_hidden_is_neither_drawn_nor_hit_nor_found(show):
    drawn = picture(IGMESINE)
    page = show(drawn)
    edge = next(item for item in drawn.edges if item.polarity == "negated")
    before, at = ink(page), at_middle_of(page, edge.id)
    page.click(*at)
    page.until(f"diagram.selection()?.id === {json.dumps(edge.id)}")
    press_switch(page, "reading:negated")
    assert page.run("diagram.selection()") is None
    assert page.run("document.getElementById('hidden-note').textContent") == "Hidden: 1 arrow, 1 claim"
    page.click(*at)
    assert page.run("diagram.selection()?.id") != edge.id
    page.run("diagram.select(null)")
    page.until(f"document.querySelector('#diagram canvas').toDataURL() !== {json.dumps(before)}")
    press_switch(page, "entity:small molecule")
    page.run("document.getElementById('find').value = 'glutamate'")
    page.run("document.getElementById('find').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}))")
    assert page.run("document.getElementById('status').textContent") == "nothing found"
    assert page.logged == []


def test_background_steps_take_the_boxes_that_only_they_reach_with_them(show):
    drawn = picture(IGMESINE)
    page = show(drawn)
    page.run("document.querySelector('#layers [data-switch=\"reading:background\"]').click()")
    arcs, boxes = visible(page)
    assert arcs == {edge.id for edge in drawn.edges if edge.basis == "document"}
    lined = {
        end for edge in drawn.edges if edge.points and edge.id in arcs for end in (edge.source, edge.target)
    }
    assert boxes == lined & {box.id for box in drawn.boxes}
    legend = "document.querySelector('.legend [data-switch=\"reading:background\"]').ariaPressed"
    assert page.run(legend) == "false"


def test_claims_of_other_documents_can_be_hidden(show):
    drawn = picture(IGMESINE)
    assert drawn.document == "B000001"
    page = show(drawn)
    assert not page.run("!!document.querySelector('[data-switch=\"layer:other\"]')")
    page = show(msgspec.structs.replace(drawn, document="B000002"))
    press_switch(page, "layer:other")
    assert visible(page)[0] == {edge.id for edge in drawn.edges if edge.basis == "background"}


def test_an_arc_looks_like_the_claims_that_are_left_of_it(show):
    said = [
        statement("a", "activates", "b"),
        statement("a", "increases", "b", basis="background", id="other"),
    ]
    page = show(small(drugs("a", "b"), said))
    assert page.run("[...diagram.page.arcs.values()].map((edge) => edge.basis)") == ["document"]
    press_switch(page, "reading:document")
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    assert page.run("[...diagram.page.arcs.values()].map((edge) => edge.basis)") == ["background"]
    assert "1 claim hidden" in page.run("document.getElementById('selection').textContent")


def test_the_surer_of_two_unsure_claims_is_the_same_as_in_the_scene(show):
    unsure = [
        statement("a", "activates", "b", certainty="hedged"),
        statement("a", "increases", "b", certainty="extrapolated"),
    ]
    known = [edge.certainty for edge in small(drugs("a", "b"), unsure).edges]
    behind = [
        statement("a", name, end, basis="background") for name, end in (("potentiates", "b"), ("binds", "c"))
    ]
    page = show(small(drugs("a", "b", "c"), [*unsure, *behind]))
    page.run("diagram.filters.set(['reading:background'])")
    assert page.run("[...diagram.page.arcs.values()].map((edge) => edge.statements.length)") == [2]
    assert page.run("[...diagram.page.arcs.values()].map((edge) => edge.certainty)") == known


def rows(page: Tab, kind: str) -> list[str]:
    """Return the ids in the rows of the table that are left, in their order."""
    return page.run(
        f"[...document.querySelectorAll('tr[data-{kind}]:not([hidden])')].map((row) => row.dataset.{kind})"
    )


def test_the_table_says_what_the_picture_shows(show):
    drawn = picture(IMIPRAMINE)
    page = show(drawn)
    everything = [said.id for edge in drawn.edges for said in edge.statements]
    assert rows(page, "claim") == everything
    for key in ("reading:background", "entity:transporter", "reading:hedged"):
        press_switch(page, key)
        left = page.run(
            "[...diagram.page.arcs.values()].flatMap((edge) => edge.statements.map((said) => said.id))"
        )
        assert rows(page, "claim") == left
        counted = page.run("document.getElementById('counted').textContent")
        gone = len(everything) - len(left)
        assert counted == f"{len(left)} of {len(everything)}; {gone} hidden by filters"
    page.run("document.getElementById('show-all').click()")
    assert rows(page, "claim") == everything
    assert page.run("document.getElementById('counted').textContent") == str(len(everything))
    assert page.logged == []


def test_the_table_of_a_workflow_leaves_out_the_steps_that_are_hidden(show, graph):
    drawn = graph.view("radioligand-binding-workflow").scene
    page = show(drawn)
    assert rows(page, "box") == [box.id for box in drawn.boxes]
    press_switch(page, "entity:analysis step")
    assert rows(page, "box") == [box.id for box in drawn.boxes if box.glyph != "analysis step"]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_every_row_of_a_hostile_table_is_known_as_its_claim(show, payload):
    drawn = hostile(payload)
    page = show(drawn)
    assert rows(page, "claim") == [said.id for edge in drawn.edges for said in edge.statements]


def story(page: Tab) -> tuple[str, str]:
    return tuple(
        page.run(f"document.getElementById('story-{part}').textContent") for part in ("place", "words")
    )


def test_the_main_chain_is_told_step_by_step(show):
    drawn = picture(IGMESINE)
    page = show(drawn)
    claims = {said.id: (edge, said) for edge in drawn.edges for said in edge.statements}
    page.run("document.getElementById('story-open').click()")
    count = len(drawn.main_claims)
    for number, name in enumerate(drawn.main_claims):
        edge, said = claims[name]
        place, words = story(page)
        assert place == f"Step {number + 1} of {count}"
        assert words.startswith(f"{said.subject} {said.predicate} {said.object} — ")
        assert said.certainty in words and said.evidence[0].title in words
        assert ("document claim" in words) == (said.basis == "document")
        assert page.run("diagram.selection().id") == edge.id
        page.run("document.getElementById('story-next').click()")
    x, y = claims[drawn.main_claims[-1]][0].middle
    page.until(
        f"Math.hypot(diagram.network.getViewPosition().x - {x}, diagram.network.getViewPosition().y - {y}) < 2"
    )
    page.run("document.getElementById('story-close').click()")
    assert page.run("document.getElementById('story').hidden")
    assert page.logged == []


def test_keys_walk_the_steps_and_hidden_ones_are_left_out(show):
    drawn = picture(IGMESINE)
    page = show(drawn)
    page.run("document.getElementById('diagram').focus()")
    for key in "nnp":
        page.press(key)
    assert story(page)[0] == f"Step 1 of {len(drawn.main_claims)}"
    press_switch(page, "reading:document")
    background = sum(
        said.basis == "background"
        for edge in drawn.edges
        for said in edge.statements
        if said.id in drawn.main_claims
    )
    assert background == 0
    assert page.run("document.getElementById('story').hidden")
    assert page.run("document.getElementById('story-open').disabled")
    page.run("diagram.filters.set(['arrow:production'])")
    page.run("document.getElementById('story-open').click()")
    hidden = sum(
        edge.arc == "production"
        for edge in drawn.edges
        for said in edge.statements
        if said.id in drawn.main_claims
    )
    assert story(page)[0] == f"Step 1 of {len(drawn.main_claims) - hidden} ({hidden} hidden)"
    page.press("Escape")
    assert page.run("document.getElementById('story').hidden")


def test_a_workflow_is_told_in_its_order(show, graph):
    drawn = graph.view("radioligand-binding-workflow").scene
    page = show(drawn)
    page.run("diagram.story.go(0)")
    for number, box in enumerate(drawn.boxes):
        assert page.run("diagram.selection().id") == box.id
        assert story(page)[0] == f"Step {number + 1} of {len(drawn.boxes)}"
        assert story(page)[1].startswith(box.label)
        page.run("diagram.story.next()")
    order = [box.id for box in drawn.boxes]
    assert all(order.index(edge.source) < order.index(edge.target) for edge in drawn.edges)
    assert page.logged == []
