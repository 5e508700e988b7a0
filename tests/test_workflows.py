"""Workflows: every step a box in its phase, branches side by side, background apart, texts inert."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.views.geometry import box as rect
from kg.views.geometry import crosses

WORKFLOWS = (
    "radioligand-binding-workflow",
    "reuptake-assay-workflow",
    "antidepressant-discovery-workflow",
    "imipramine-research-workflow",
)


@pytest.fixture(scope="module", params=WORKFLOWS)
def scene(request, graph):
    return graph.view(request.param).scene


def test_the_four_announced_workflows_are_there(graph):
    assert set(graph.workflows) == set(WORKFLOWS)
    assert {flow.document for flow in graph.workflows.values()} == {
        "B115768", "B157457", "B10784792", "B1198808",
    }  # fmt: skip


def test_boxes_keep_clear_of_each_other_and_of_foreign_arrows(scene):
    frames = {box.id: rect((box.x, box.y), box.width, box.height) for box in scene.boxes}
    assert not any(a.meets(b) for a, b in combinations(frames.values(), 2))
    for edge in scene.edges:
        assert edge.points
        foreign = [frame for name, frame in frames.items() if name not in (edge.source, edge.target)]
        assert not crosses(edge.points, foreign)


def test_work_runs_downwards_and_nothing_stands_alone(scene):
    at = {box.id: box.y for box in scene.boxes}
    assert all(at[edge.source] < at[edge.target] for edge in scene.edges)
    assert {end for edge in scene.edges for end in (edge.source, edge.target)} == set(at)


def test_every_step_says_where_it_is_said(scene):
    assert all(box.said and all(item.place for item in box.said) for box in scene.boxes)


def test_small_print_fits_its_box_and_nothing_is_cut(scene):
    assert not [box.id for box in scene.boxes if any("…" in line for line in (*box.lines, *box.sublines))]


def test_kinds_of_wells_stand_side_by_side_between_setup_and_incubation(graph):
    scene = graph.view("radioligand-binding-workflow").scene
    wells = [box for box in scene.boxes if box.glyph == "alternative"]
    assert [box.label for box in wells] == ["Total binding", "Non-specific binding", "Test compound"]
    assert len({box.y for box in wells}) == 1
    pairs = {(edge.source, edge.target) for edge in scene.edges}
    assert {("assay-setup", box.id) for box in wells} | {(box.id, "incubation") for box in wells} <= pairs
    incubation = next(box for box in scene.boxes if box.id == "incubation")
    assert ("temperature", "e.g. 25 °C") in incubation.details


def test_alternatives_without_a_value_of_their_own_take_the_place_of_their_step(graph):
    scene = graph.view("reuptake-assay-workflow").scene
    assert [box.label for box in scene.boxes][:3] == ["Synaptosomes", "Cells", "Pre-incubation"]


def test_background_steps_and_their_arrows_are_told_apart(graph):
    scene = graph.view("antidepressant-discovery-workflow").scene
    behind = {box.id for box in scene.boxes if box.background}
    assert behind == {"target", "hits", "lead", "candidate"}
    for edge in scene.edges:
        assert (edge.basis == "background") == bool({edge.source, edge.target} & behind)
    for box in scene.boxes:
        assert {item.background for item in box.said} == {box.background}
    assert {"step", "background step"} <= {entry.key for entry in scene.legend}
    assert not any(box.background for box in graph.view("imipramine-research-workflow").scene.boxes)


def test_the_page_and_the_still_picture_hold_every_step(scene, graph):
    diagram = graph.view(scene.id)
    texts = [node.text or "" for node in ElementTree.fromstring(diagram.svg).iter()]
    for box in scene.boxes:
        assert set(box.lines) | set(box.sublines) <= set(texts)
        assert re.search(rf"<bdi>{re.escape(box.label)}</bdi></th>", diagram.html)
    assert "http://" not in diagram.html.split("<script")[0]


HOSTILE = "<script>alert(1)</script>"


def test_hostile_texts_stay_texts(write):
    text = (
        "documents: [{id: example-paper, title: '%s', kind: review}]\n"
        "workflows:\n  - id: flow\n    title: '%s'\n    document: example-paper\n    at: {section: '%s'}\n"
        "    steps:\n"
        "      - {id: a, title: '%s', lane: '%s', short: '%s', evidence: [{at: {section: '%s'}}]}\n"
        "      - {id: b, title: B, evidence: [{at: {section: S}}]}\n"
    )
    view = kg.load(write(text.replace("%s", HOSTILE))).view("flow")
    assert HOSTILE not in view.html
    assert HOSTILE not in view.svg
    assert "&lt;script&gt;alert" in view.html
    ElementTree.fromstring(view.svg)


def test_a_workflow_that_leads_nowhere_is_reported(write):
    text = (
        "documents: [{id: example-paper, title: An example, kind: review}]\n"
        "workflows:\n"
        "  - {id: none, title: N, document: example-paper}\n"
        "  - {id: drawn, title: D, document: example-paper, protocol: sert-bindin}\n"
        "  - id: round\n    title: R\n    document: example-paper\n    steps:\n"
        "      - {id: a, title: A, follows: [b], evidence: [{at: {section: S}}]}\n"
        "      - {id: b, title: B, follows: [a, c], evidence: []}\n"
    )
    path = write(text)
    found = sorted(problem.code for problem in kg.check(path) if problem.file == str(path))
    assert found == ["KG321", "KG321", "KG322", "KG322", "KG403", "KG420"]


def test_an_unknown_picture_names_the_nearest():
    result = CliRunner().invoke(main, ["view", "reuptake-assay-workflo", "-o", "-"])
    assert result.exit_code == 2
    assert "reuptake-assay-workflow" in result.stderr


@pytest.mark.browser
def test_a_click_on_a_step_shows_its_values_and_places(graph, tmp_path):
    from test_browser import CHROMIUM, chromium

    if CHROMIUM is None:
        pytest.skip("no Chromium or Chrome on the PATH")
    path = graph.view("radioligand-binding-workflow").write(tmp_path / "flow.html")
    with chromium(tmp_path / "profile") as tab:
        tab.open(path)
        tab.run("window.diagram.select({kind: 'box', id: 'incubation'})")
        shown = tab.run("document.getElementById('selection').innerText")
        assert "e.g. 60-120 min" in shown
        assert "item Incubation" in shown
        tab.run("window.diagram.select({kind: 'edge', id: 'e0'})")
        assert "Membrane preparation → Assay setup" in tab.run(
            "document.getElementById('selection').innerText"
        )
        assert tab.logged == []
        assert tab.outside() == []


def test_every_protocol_can_be_drawn_in_phases(graph):
    from typing import get_args

    from kg.model import Stage, Workflow
    from kg.views.steps import PHASES
    from kg.views.workflow import workflow_scene

    assert set(PHASES) == set(get_args(Stage))
    for protocol in graph.protocols.values():
        flow = Workflow(id="flow", title=protocol.title, source=protocol.source, protocol=protocol.id)
        drawn = workflow_scene(graph.graph, flow)
        assert len(drawn.boxes) >= len(protocol.steps)
        assert {end for edge in drawn.edges for end in (edge.source, edge.target)} == {
            box.id for box in drawn.boxes
        }
