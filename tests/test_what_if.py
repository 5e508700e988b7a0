"""`kg what-if`: directions predicted from all paths of what is perturbed, never mixed up with claims."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_effect import CLAIMS, claims_of
from test_paths import VOCABULARY, graph_of

from kg.cli import main
from kg.graph import Graph
from kg.model import KnowledgeBase
from kg.paths import Arrows, Perturbed, signs_of_path, what_if


def predict(claims, *, max_length=6, at_most=10_000, **done):
    perturbed = Perturbed(**{how: tuple(names) for how, names in done.items()})
    return what_if(Arrows(graph_of(*claims)), perturbed, max_length=max_length, at_most=at_most, timeout=None)


def directions(found):
    return {row.entity: row.direction for row in found.rows}


CHAIN = (("a", "activates", "b"), ("b", "inhibits", "c"), ("c", "modulates", "d"), ("x", "inhibits", "c"))


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ({"activated": "a"}, {"b": "+", "c": "-", "d": "unknown"}),
        ({"inhibited": "a"}, {"b": "-", "c": "+", "d": "unknown"}),
        ({"drugs": "a"}, {"b": "+", "c": "-", "d": "unknown"}),
        ({"knocked_out": "b"}, {"c": "+", "d": "unknown"}),
        ({"knocked_out": "b", "activated": "a"}, {"c": "+", "d": "unknown"}),
        ({"inhibited": "a", "activated": "x"}, {"b": "-", "c": "both", "d": "unknown"}),
        ({"activated": "z"}, {}),
    ],
)
def test_the_predicted_directions(done, expected):
    assert directions(predict(CHAIN, **done)) == expected


def test_what_is_knocked_out_lets_nothing_pass_and_what_is_inhibited_does():
    assert directions(predict(CHAIN[:2], drugs="a", inhibited="b")) == {"c": "both"}
    assert directions(predict(CHAIN[:2], drugs="a", knocked_out="b")) == {"c": "+"}


def test_a_disputed_step_can_go_either_way_and_a_path_of_one_sign_is_shown_before_it():
    claims = [
        ("a", "activates", "b"),
        ("a", "inhibits", "b"),
        ("a", "activates", "c"),
        ("c", "activates", "b"),
    ]
    row = predict(claims, activated="a").row("b")
    assert (row.direction, row.raising, row.lowering, row.unsigned) == ("both", 2, 1, 0)
    assert (row.raised_by.nodes, row.lowered_by.nodes) == (("a", "c", "b"), ("a", "b"))


@pytest.mark.parametrize("done", [{}, {"inhibited": "a", "activated": "a"}, {"drugs": "aa"}])
def test_nothing_or_the_same_thing_twice_is_refused(done):
    with pytest.raises(ValueError, match=r"nothing is|twice"):
        predict(CHAIN, **done)


def test_a_search_that_was_cut_says_so():
    assert predict(CHAIN, activated="a", at_most=1).stopped == "count"
    assert directions(predict(CHAIN, activated="a", at_most=1)) == {"b": "+"}
    assert predict(CHAIN, activated="a").stopped is None


@settings(max_examples=150, deadline=None)
@given(CLAIMS, st.integers(1, 4), st.sampled_from(["inhibited", "activated", "knocked_out"]))
def test_the_predictions_are_those_of_walking_every_path(rows, cutoff, how):
    graph = Graph(KnowledgeBase(statements=tuple(claims_of(rows))), VOCABULARY)
    arrows = Arrows(graph)
    found = what_if(
        arrows, Perturbed(drugs=("a",), **{how: ("n",)}), max_length=cutoff, at_most=10_000, timeout=None
    )
    network = nx.DiGraph(arrows.steps.keys())
    network.add_nodes_from("abmn")
    for entity in "bm":
        reached: dict[str, list] = {"+": [], "-": [], "": []}
        for start, sign in (("a", "+"), ("n", "+" if how == "activated" else "-")):
            for nodes in nx.all_simple_paths(network, start, entity, cutoff=cutoff):
                if how == "knocked_out" and "n" in nodes[1:]:
                    continue
                path = arrows.path(tuple(nodes))
                for own in signs_of_path(path) or [""]:
                    reached[own and ("+" if own == sign else "-")].append(path)
        row = next((row for row in found.rows if row.entity == entity), None)
        if row is None:
            assert not any(reached.values())
            continue
        assert (row.raising, row.lowering, row.unsigned) == tuple(len(paths) for paths in reached.values())
        up, down = reached["+"], reached["-"]
        assert row.direction == ("both" if up and down else "+" if up else "-" if down else "unknown")
        for best, paths in zip(
            (row.raised_by, row.lowered_by, row.undirected), reached.values(), strict=True
        ):
            assert (best is None) == (not paths)
            if best:
                sure = [path for path in paths if path.sign != "unknown"] or paths
                assert best in paths
                assert best.score >= max(path.score for path in sure) * 0.99


def run(*args, code=0):
    result = CliRunner().invoke(main, ["what-if", *args], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_inhibiting_sert_is_predicted_as_a_pharmacologist_would():
    told = run("--inhibit", "SERT").stdout
    assert told.startswith("Predicted, not claimed: what if serotonin transporter is inhibited?")
    lines = {line[3:40].strip(): line for line in told.splitlines()[4:]}
    assert lines["serotonin"].startswith("↑")
    assert lines["serotonin release"].startswith("↓")  # by its autoreceptor
    assert "↓ SERT ─⊣ serotonin ─▶ 5-HT1B receptor ─⊣ serotonin release" in lines["serotonin release"]


def test_categories_json_and_refusals():
    rows = json.loads(run("--drug", "imipramine", "--category", "receptor", "--format", "json").stdout)
    assert {row["category"] for row in rows["predictions"]} == {"Receptor"}
    assert rows["perturbed"]["drugs"] == ["imipramine"]
    assert "nothing is inhibited" in run(code=2).stderr
    assert "no category" in run("--inhibit", "SERT", "--category", "wrong", code=2).stderr


def test_a_prediction_is_drawn_as_one(tmp_path, graph):
    page = tmp_path / "what-if.html"
    assert str(page) in run("--inhibit", "SERT", "--html", str(page)).stderr
    drawn = graph.draw_what_if(graph.what_if(inhibit=["SERT"]))
    scene = drawn.scene
    assert scene.title == "Prediction, not a claim: what if serotonin transporter is inhibited?"
    assert scene.main_chain == ()
    assert {"sert", "serotonin", "5-ht1b-receptor"} <= {box.id for box in scene.boxes}
    marks = {name: [mark.direction for mark in marks] for name, marks in scene.marks.items()}
    assert marks["sert"] == ["set lowered"]
    assert (marks["serotonin"], marks["serotonin-release"]) == (["predicted raised"], ["predicted lowered"])
    assert {entry.key for entry in scene.legend if entry.group == "mark"} >= {
        "set lowered",
        "predicted raised",
    }
    assert "<title>predicted lowered</title>" in drawn.svg
    (box,) = (box for box in scene.boxes if box.id == "serotonin-release")
    assert box.details[1][1].startswith(
        "with SERT lowered: SERT takes up serotonin, which is agonist of 5-HT1B"
    )


def test_where_something_is_predicted_no_mark_is_of_a_claim(graph):
    scene = graph.draw_what_if(graph.what_if(drugs=["imipramine"])).scene
    directions = {mark.direction for marks in scene.marks.values() for mark in marks}
    assert directions == {
        "set raised",
        "predicted raised",
        "predicted lowered",
        "predicted both",
        "predicted unknown",
    }
    assert {
        mark.direction
        for marks in graph.view("igmesine-nmda-mechanism").scene.marks.values()
        for mark in marks
    } <= {
        "raised",
        "lowered",
    }
