"""What paths may walk and how they are ranked: signs, ways through and around, documents, scores, time."""

from __future__ import annotations

import json
from itertools import pairwise
from math import isclose, log2

import pytest
from click.testing import CliRunner
from hypothesis import given
from test_paths import EDGES, SAID, graph_of, statement, told

from kg.cli import main
from kg.engine import ranked
from kg.model import Evidence, Locator, Qualifiers, Source
from kg.paths import Arrows, Which, find_paths, read_path
from kg.paths.score import CERTAINTY

A_TO_D = (("a", "activates", "b"), ("b", "inhibits", "d"), ("a", "activates", "c"), ("c", "activates", "d"))


@pytest.mark.parametrize(
    ("sign", "expected"), [("+", ["a c d"]), ("-", ["a b d"]), ("any", ["a b d", "a c d"])]
)
def test_only_paths_of_a_sign(sign, expected):
    assert sorted(nodes for nodes, _ in told(find_paths(graph_of(*A_TO_D), "a", "d", sign=sign))) == expected


def test_ways_through_and_around_an_entity():
    graph = graph_of(*A_TO_D)
    assert told(find_paths(graph, "a", "d", via=["b"])) == [("a b d", "-")]
    assert told(find_paths(graph, "a", "d", avoid=["b"])) == [("a c d", "+")]
    assert find_paths(graph, "a", "d", via=["b", "c"]) == ()
    assert find_paths(graph, "a", "d", avoid=["a"]) == ()


@given(EDGES)
def test_through_and_around_are_filters_of_all_paths(edges):
    graph = graph_of(*edges)
    every = find_paths(graph, "a", "b")
    assert set(find_paths(graph, "a", "b", via=["c"])) == {path for path in every if "c" in path.nodes}
    assert set(find_paths(graph, "a", "b", avoid=["c"])) == {path for path in every if "c" not in path.nodes}
    for sign in ("+", "-"):
        assert set(find_paths(graph, "a", "b", sign=sign)) == {path for path in every if path.sign == sign}


def test_what_was_tested_without_effect_withholds_the_sign():
    denial = statement("a", "activates", "b", polarity="negated")
    graph = graph_of(("a", "activates", "b"), denial)
    (path,) = find_paths(graph, "a", "b")
    assert (path.sign, path.steps[0].reason, path.steps[0].denials) == ("unknown", "denied", (denial,))
    other = graph_of(("a", "activates", "b"), statement("a", "inhibits", "b", polarity="negated"))
    assert told(find_paths(other, "a", "b")) == [("a b", "+")]


def test_backwards_an_arrow_has_no_sign():
    arrows = Arrows(graph_of(("b", "activates", "a"), ("b", "activates", "c")), Which(undirected=True))
    (path,) = find_paths(arrows, "a", "c")
    assert [step.reason for step in path.steps] == ["against the arrow", None]
    assert path.sign == "unknown"


def test_the_choice_of_claims():
    background = statement("a", "activates", "b", basis="background")
    rat = statement("a", "activates", "c", qualifiers=Qualifiers(species="rat"))
    elsewhere = Evidence("other", Locator(section="Abstract"), Source("test.yaml", 1))
    other = statement("a", "inhibits", "d")
    other = type(other)(
        **{name: getattr(other, name) for name in other.__struct_fields__} | {"evidence": (elsewhere,)}
    )
    graph = graph_of(background, rat, other)

    def reached(**which):
        return {target for _, target in Arrows(graph, Which(**which)).steps}

    assert reached() == {"b", "c", "d"}
    assert reached(basis="document") == {"c", "d"}
    assert reached(species="mouse") == {"b", "d"}
    assert reached(species="rat") == {"b", "c", "d"}
    assert reached(document="other") == {"d"}
    assert reached(predicates=frozenset({"inhibits"})) == {"d"}


@given(EDGES)
def test_paths_come_by_score_and_every_score_is_the_product_of_its_factors(edges):
    paths = find_paths(graph_of(*edges), "a", "b")
    for path in paths:
        factors = [factor.value for step in path.steps for factor in step.factors]
        assert isclose(-log2(path.score), -sum(map(log2, factors)), rel_tol=1e-9)
        assert all(0 < factor <= 1 for factor in factors)
    for better, worse in pairwise(paths):
        assert log2(worse.score) - log2(better.score) < 6 / ranked.EXACT


def test_a_better_sourced_step_ranks_higher():
    twice = (*SAID, Evidence("second", Locator(section="Results"), Source("test.yaml", 2)))
    base = [("a", "activates", "x"), ("a", "activates", "y")]
    plain, other = statement("x", "activates", "z"), statement("y", "activates", "z", certainty="hedged")
    assert [path.nodes[1] for path in find_paths(graph_of(*base, plain, other), "a", "z")] == ["x", "y"]
    other = statement("y", "activates", "z", basis="background")
    assert [path.nodes[1] for path in find_paths(graph_of(*base, plain, other), "a", "z")] == ["x", "y"]
    assert len(twice) == 2
    assert list(CERTAINTY.values()) == sorted(CERTAINTY.values(), reverse=True)


def test_a_tight_affinity_ranks_before_a_loose_one(graph):
    steps = graph.arrows().steps
    power = {
        target: factor.value
        for (source, target), step in steps.items()
        for factor in step.factors
        if source == "imipramine" and factor.name == "affinity" and factor.why != "not measured"
    }
    assert power["sert"] > power["net"] > 0.9


def test_a_search_ends_in_time_or_when_interrupted(monkeypatch):
    graph = graph_of(*A_TO_D)
    assert find_paths(graph, "a", "d", timeout=1e-9).stopped == "time"

    def interrupted(*_args, **_options):
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr(ranked, "improve", interrupted)
    assert find_paths(graph, "a", "d").stopped == "interrupt"


def run(*args):
    result = CliRunner().invoke(main, ["paths", *args], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_json_has_scores_conflicts_readings_and_factors():
    (row,) = json.loads(run("igmesine", "cGMP", "--sign", "-", "--format", "json", "--explain-score").stdout)
    assert row["sign"] == "-"
    assert row["reading"] == "igmesine decreases cGMP."
    assert row["conflicts"]
    assert [factor["name"] for factor in row["steps"][0]["factors"]][:2] == ["length", "certainty"]
    assert isclose(row["score"], 0.19, abs_tol=0.01)


def test_documents_only_and_one_predicate():
    assert "every step from a document" in run("igmesine", "cGMP", "--basis", "document").stdout
    assert run("igmesine", "cGMP", "--predicate", "activates").stdout.startswith("0 mechanism paths")


def test_a_tested_no_effect_is_told_where_no_path_leads():
    assert "Tested, and no effect found" in run("igmesine", "dopamine-synthesis").stdout


def test_paths_are_drawn(tmp_path, graph):
    page = tmp_path / "paths.html"
    told = run("igmesine", "cGMP", "--html", str(page)).stderr
    assert str(page) in told
    scene = graph.draw_paths(graph.paths("igmesine", "cGMP")).scene
    assert {box.id for box in scene.boxes} >= {"igmesine", "cgmp", "nmda-receptor", "sigma-1-receptor"}
    assert scene.main_claims
    assert graph.draw_paths(()).scene.boxes == ()


def test_a_reading_says_what_follows_or_why_nothing_does(graph):
    first, second, *_ = graph.paths("igmesine", "cGMP")
    assert read_path(graph.graph, first) == "igmesine decreases cGMP."
    assert read_path(graph.graph, second).endswith(
        "which produces cGMP: by this path igmesine would raise cGMP."
    )
    unsigned = next(path for path in graph.paths("igmesine", "cGMP") if path.sign == "unknown")
    assert "direction not given" in read_path(graph.graph, unsigned)


def test_paths_along_a_pattern(graph):
    found = graph.paths_along("igmesine -> Receptor -> *")
    assert found
    for path in found:
        assert (path.nodes[0], path.length) == ("igmesine", 2)
        assert graph.entity(path.nodes[1]).category == "Receptor"
    assert [path.score for path in found] == sorted((path.score for path in found), reverse=True)
    assert {path.sign for path in graph.paths_along("igmesine -> Receptor -> *", sign="+")} <= {"+"}
    assert "along igmesine -> Receptor -> *" in run("--along", "igmesine -> Receptor -> *").stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["igmesine"], "name SOURCE and TARGET, or a pattern"),
        (["igmesine", "cGMP", "--along", "Drug -> Receptor"], "does not go with SOURCE and TARGET"),
        (["--along", "Drug -inhibts-> Transporter"], "^"),
    ],
)
def test_a_pattern_or_two_ends(args, told):
    result = CliRunner().invoke(main, ["paths", *args])
    assert result.exit_code == 2
    assert told in result.stderr
