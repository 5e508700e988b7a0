"""Marks of boxes and numbers of arcs in a real headless Chromium: they go with the claims behind them."""

from __future__ import annotations

import json

import msgspec
import pytest
from pages import ink, marked, press_switch, visible
from scenes import statement
from test_browser import Tab, pytestmark, show  # noqa: F401 (fixtures)
from test_marks import THINGS, cited
from test_views import drugs, small

from kg.views.changes import told_of

SAID = [
    statement("a", "antagonist_of", "r", evidence=cited("B000001", "paper-1990")),
    statement("a", "increases", "s", certainty="hedged", evidence=cited("B000001")),
    statement("b", "decreases", "s", evidence=cited("B000001")),
    statement("b", "inhibits", "all", basis="background", evidence=cited("paper-1990")),
    statement("b", "inhibits", "all", id="guide", evidence=cited("B000001")),
    statement("a", "potentiates", "b", basis="background", evidence=cited("paper-1990")),
]


def page_of(show) -> Tab:
    return show(small([*drugs("a", "b"), *THINGS], SAID))


def at_mark_of(page: Tab, box: str) -> tuple[float, float]:
    """Return where on the screen the outer half of a box's first mark is."""
    code = f"""(() => {{
        const box = diagram.page.boxes.get({json.dumps(box)}), [x, y] = box.marks_at;
        const away = Math.sign(x - box.x) * 5, point = {{ x: x + away, y: y + Math.sign(y - box.y) * 3 }};
        const at = diagram.page.marks && diagram.network.canvasToDOM(point);
        const frame = document.getElementById("diagram").getBoundingClientRect();
        return [at.x + frame.left, at.y + frame.top];
    }})()"""
    return tuple(page.run(code))


def test_the_page_marks_and_counts_as_the_scene_does(show, graph):
    for name in graph.mechanisms:
        drawn = graph.view(name).scene
        marks = {box: [told_of(mark) for mark in found] for box, found in drawn.marks.items()}
        counts = {edge.id: edge.n_sources for edge in drawn.edges if edge.count_at}
        assert marked(show(drawn)) == (marks, counts)


@pytest.mark.parametrize(
    ("key", "left"),
    [
        ("reading:hedged", {"r": "↓", "s": "↓", "all": "↓", "b": "↑"}),
        ("reading:document", {"all": "↓", "b": "↑"}),
        ("reading:background", {"r": "↓", "s": "↑↓", "all": "↓"}),
        ("arrow:stimulation", {"r": "↓", "s": "↓", "all": "↓"}),
        ("mark:lowered", {"s": "↑", "b": "↑"}),
        ("mark:raised", {"r": "↓", "s": "↓", "all": "↓"}),
        ("mark:sources", {"r": "↓", "s": "↑↓", "all": "↓", "b": "↑"}),
        ("entity:perturbing agent", {}),
    ],
)
def test_what_hides_the_claims_of_a_mark_hides_the_mark(show, key, left):
    page = page_of(show)
    press_switch(page, key)
    arrows = {"raised": "↑", "lowered": "↓"}
    found = {box: "".join(arrows[text.split()[0]] for text in told) for box, told in marked(page)[0].items()}
    assert found == left
    assert page.logged == []


def test_a_mark_is_drawn_as_the_claims_left_of_it_are_known(show):
    page = page_of(show)
    known = "diagram.page.marks.get('all').map((mark) => mark.basis)"
    assert page.run(known) == ["document"]
    assert marked(page)[0]["all"] == [
        "lowered by b (inhibits; asserted; B000001), b (inhibits; asserted; background; paper-1990)"
    ]
    press_switch(page, "reading:document")
    assert page.run(known) == ["background"]
    assert marked(page)[0]["all"] == ["lowered by b (inhibits; asserted; background; paper-1990)"]
    assert marked(page)[1] == {}


def test_claims_of_other_documents_take_their_marks_with_them(show, graph):
    drawn = msgspec.structs.replace(graph.view("igmesine-nmda-mechanism").scene, document="B157457")
    page = show(drawn)
    assert set(marked(page)[0]) == {"sigma-1-receptor", "nmda-receptor", "cgmp", "acetylcholine-release"}
    press_switch(page, "layer:other")
    assert set(marked(page)[0]) == {"sigma-1-receptor", "cgmp"}


def test_hidden_marks_are_not_drawn_and_are_counted_in_the_note(show):
    page = page_of(show)
    whole, before = visible(page), ink(page)
    press_switch(page, "mark:lowered")
    page.until(f"document.querySelector('#diagram canvas').toDataURL() !== {json.dumps(before)}")
    assert visible(page) == whole
    assert page.run("document.getElementById('hidden-note').textContent") == "Hidden: 3 marks"
    without = ink(page)
    press_switch(page, "mark:sources")
    page.until(f"document.querySelector('#diagram canvas').toDataURL() !== {json.dumps(without)}")
    assert marked(page)[1] == {}


def test_the_panel_and_the_walk_say_what_a_mark_shows(show):
    page = page_of(show)
    page.run("diagram.select({kind: 'box', id: 's'})")
    told = page.run("document.getElementById('selection').innerText")
    assert "↑ raised by a (increases; hedged; B000001)" in told
    assert "↓ lowered by b (decreases; asserted; B000001)" in told
    press_switch(page, "reading:hedged")
    assert "raised by" not in page.run("document.getElementById('selection').innerText")
    page.run("document.getElementById('diagram').focus()")
    page.press("ArrowRight")
    status = page.run("document.getElementById('status').textContent")
    assert "serotonin, neurotransmitter; lowered by b (decreases; asserted; B000001);" in status


def test_a_mark_beside_its_box_is_a_part_of_the_box(show):
    page = page_of(show)
    page.click(*at_mark_of(page, "s"))
    page.until("diagram.selection()?.id === 's'")
    page.run("diagram.select(null)")
    number = page.run(
        "(() => { const edge = [...diagram.page.arcs.values()].find((item) => item.count_at);"
        " return [edge.id, diagram.under({ x: edge.count_at[0], y: edge.count_at[1] })]; })()"
    )
    assert number[1] == {"kind": "edge", "id": number[0]}
