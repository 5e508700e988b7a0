"""Paths between two boxes on a diagram page: those of the library, listed, lit and bounded."""

from __future__ import annotations

import json

import msgspec
import pytest
from pages import ink, press_switch, shortest_first, traced
from scenes import IGMESINE, picture, statement
from test_browser import Tab, pytestmark, show  # noqa: F401 (fixtures)
from test_views import drugs, small

from kg.graph import Graph
from kg.paths import Path, find_paths


def as_in_python(path: Path) -> dict:
    return {
        "nodes": list(path.nodes),
        "sign": path.sign,
        "certainty": path.certainty,
        "basis": path.basis,
        "withheld": [[step.source, step.target] for step in path.withheld_by],
        "said": [[said.id for said in step.statements] for step in path.steps],
    }


ALL_PAIRS = """((names) => names.flatMap((source) => names.map((target) => [source, target, diagram.trace.find(source, target)]))
  .filter(([,, found]) => found.paths.length)
  .map(([source, target, {paths, whole}]) => [source, target, whole, paths.map((path) => ({
    nodes: path.nodes, sign: path.sign, certainty: path.certainty, basis: path.basis,
    withheld: path.withheld.map((step) => [step.source, step.target]),
    said: path.steps.map((step) => step.said.map((said) => said.id))}))]))"""


@pytest.mark.parametrize(
    "name", ["igmesine-nmda-mechanism", "imipramine-monoamine-mechanism", "imipramine-bdnf-mechanism"]
)
def test_paths_on_the_page_are_those_of_the_library(show, graph, name):
    mechanism = graph.graph.mechanisms[name]
    said = tuple(graph.graph.statements[item] for item in mechanism.statements)
    only = Graph(msgspec.structs.replace(graph.graph.knowledge, statements=said), graph.graph.vocabulary)
    page = show(graph.view(name).scene)
    ends = sorted({end for item in said for end in (item.subject, item.object)})
    found = {
        (source, target): (whole, paths)
        for source, target, whole, paths in page.run(f"{ALL_PAIRS}({json.dumps(ends)})")
    }
    for source in ends:
        for target in ends:
            paths = find_paths(only, source, target, max_length=10, at_most=200)
            whole, shown = found.get((source, target), (True, []))
            assert whole != paths.truncated
            assert shown == [as_in_python(path) for path in sorted(paths, key=shortest_first)], (
                source,
                target,
            )
    assert any(path["sign"] == "-" for _, paths in found.values() for path in paths)
    assert any(path["withheld"] for _, paths in found.values() for path in paths)


def test_needed_disagreeing_and_unsigned_steps_withhold_the_sign_and_denied_ones_are_not_walked(show):
    said = [
        statement("a", "inhibits", "b"),
        statement("b", "inhibits", "c"),
        statement("d", "depends_on", "c"),
        statement("b", "activates", "d", polarity="negated"),
        statement("b", "increases", "e"),
        statement("b", "decreases", "e"),
        statement("a", "part_of", "d"),
    ]
    page = show(small(drugs("a", "b", "c", "d", "e"), said))
    assert [path["sign"] for path in traced(page, "a", "c")["paths"]] == ["+"]
    (needed,) = traced(page, "a", "d")["paths"]
    assert (needed["nodes"], needed["sign"]) == (["a", "b", "c", "d"], "unknown")
    assert [step["why"] for step in needed["withheld"]] == ["«depends on» gives no sign"]
    (disputed,) = traced(page, "a", "e")["paths"]
    assert [step["why"] for step in disputed["withheld"]] == ["its claims disagree"]
    press_switch(page, "arrow:inhibition")
    assert traced(page, "a", "c")["paths"] == []
    assert [path["sign"] for path in traced(page, "b", "e")["paths"]] == ["+"]


def at_box(page: Tab, name: str) -> tuple[float, float]:
    code = f"""(() => {{
      const box = diagram.page.boxes.get({json.dumps(name)}), frame = document.getElementById("diagram").getBoundingClientRect();
      const spot = diagram.network.canvasToDOM(box);
      return [frame.left + spot.x, frame.top + spot.y];
    }})()"""
    return tuple(page.run(code))


def test_shift_clicking_two_boxes_lists_the_paths_between_them(show):
    page = show(picture(IGMESINE))
    for name in ("igmesine", "calcium-ion"):
        page.click(*at_box(page, name), modifiers=8)
    page.until("diagram.selection()?.kind === 'ways'")
    paths = traced(page, "igmesine", "calcium-ion")["paths"]
    assert len(paths) > 2
    shown = "document.getElementById('selection')"
    assert page.run(f"{shown}.querySelectorAll('.way').length") == len(paths)
    assert "at most 10 steps" in page.run(f"{shown}.textContent")
    before = ink(page)
    page.run("document.getElementById('way-1').click()")
    assert page.run("document.activeElement.id") == "way-1"
    assert page.run("document.getElementById('way-1').ariaPressed") == "true"
    page.until(f"document.querySelector('#diagram canvas').toDataURL() !== {json.dumps(before)}")
    press_switch(page, "arrow:modulation")
    assert page.run("diagram.selection().index") is None
    page.press("Escape")
    assert page.run("diagram.selection()") is None
    assert page.logged == []


def test_the_panel_asks_for_paths_without_a_mouse(show):
    page = show(picture(IGMESINE))
    page.run("diagram.select({kind: 'box', id: 'igmesine'})")
    page.run("document.getElementById('ways-start').focus(); document.getElementById('ways-start').click()")
    assert page.run("document.activeElement.textContent") == "Paths start here"
    page.run("diagram.select({kind: 'box', id: 'cgmp'})")
    page.run("document.querySelectorAll('.ways-from button')[1].click()")
    assert page.run("diagram.selection()") == {
        "kind": "ways",
        "source": "igmesine",
        "target": "cgmp",
        "index": None,
    }


def test_the_search_for_paths_is_bounded_and_says_so(show):
    names = [f"n{index}" for index in range(12)]
    said = [statement(one, "activates", other) for one in names for other in names if one != other]
    page = show(small(drugs(*names), said))
    page.run("diagram.select({kind: 'ways', source: 'n0', target: 'n1', index: null})")
    found = traced(page, "n0", "n1")
    assert (len(found["paths"]), found["whole"]) == (200, False)
    assert "ended after 200 paths" in page.run("document.getElementById('selection').textContent")
