"""What is around entities: neighbours, what two have in common, and the part of the graph between several."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_paths import EDGES, graph_of, statement

from kg.cli import main
from kg.paths import Arrows, common, find_paths, neighbours, subgraph
from kg.paths.around import reached


@settings(deadline=None)
@given(EDGES, st.integers(1, 4))
def test_to_each_neighbour_leads_its_best_path(edges, hops):
    arrows = Arrows(graph_of(*edges))
    forward, backward = reached(arrows, "a", hops), reached(arrows, "a", hops, backwards=True)
    for other in "bcdefg":
        for ends, found in ((("a", other), forward), ((other, "a"), backward)):
            paths = find_paths(arrows, *ends, max_length=hops)
            assert (other in found) == bool(paths)
            if paths:
                assert (found[other].nodes[0], found[other].nodes[-1]) == ends
                assert found[other].score == pytest.approx(max(path.score for path in paths), rel=0.01)


@settings(deadline=None)
@given(EDGES, st.integers(1, 3))
def test_common_is_what_the_paths_of_both_reach_without_the_other(edges, hops):
    arrows = Arrows(graph_of(*edges))
    found = common(arrows, "a", "b", hops=hops)

    def ends(one, other, way):
        pairs = ((one, name) if way == "out" else (name, one) for name in "cdefg")
        return {
            next(iter(set(pair) - {one}))
            for pair in pairs
            if find_paths(arrows, *pair, max_length=hops, avoid=[other])
        }

    assert {row.entity for row in found.targets} == ends("a", "b", "out") & ends("b", "a", "out")
    assert {row.entity for row in found.causes} == ends("a", "b", "in") & ends("b", "a", "in")
    for row in (*found.targets, *found.causes):
        signs = row.one.sign + row.other.sign
        told = {"++": "both raise", "--": "both lower", "+-": "opposite", "-+": "opposite"}
        assert row.agreement == told.get(signs, "not known")
        assert bool(row.withheld_by) == ("unknown" in signs)


@settings(deadline=None)
@given(EDGES, st.integers(1, 3))
def test_a_subgraph_has_every_short_path_and_no_other_arrow(edges, hops):
    graph = graph_of(*edges)
    found = subgraph(Arrows(graph), "abc", hops=hops)
    paths = [path for pair in permutations("abc", 2) for path in find_paths(graph, *pair, max_length=hops)]
    walked = {claim.id for path in paths for step in path.steps for claim in step.statements}
    assert {claim.id for claim in found.statements if graph.arrow(claim)} == walked
    assert set(found.nodes) == {*"abc"} | {node for path in paths for node in path.nodes}
    assert found.whole


def test_claims_that_are_no_arrows_stand_in_their_own_groups():
    denied = statement("a", "activates", "d", polarity="negated")
    graph = graph_of(("a", "activates", "b"), ("c", "inhibits", "a"), ("a", "located_in", "e"), denied)
    found = neighbours(Arrows(graph), "a")
    assert [path.nodes for path in found.outgoing] == [("a", "b")]
    assert [(path.nodes, path.sign) for path in found.incoming] == [(("c", "a"), "-")]
    assert [claim.object for claim in found.related] == ["e"]
    assert found.denied == (denied,)
    assert neighbours(Arrows(graph), "a", way="in").outgoing == ()
    part = subgraph(Arrows(graph), "ade")
    assert {claim.object for claim in part.statements} == {"d", "e"}


def test_what_both_bind_is_related_to_both():
    graph = graph_of(
        ("a", "located_in", "x"), ("b", "inhibits", "x"), ("a", "activates", "y"), ("b", "activates", "y")
    )
    found = common(Arrows(graph), "a", "b")
    assert [row.entity for row in found.targets] == ["y"]
    assert [(row.entity, row.one[0].predicate, row.other[0].predicate) for row in found.related] == [
        ("x", "located_in", "inhibits")
    ]
    assert len(found.statements) == 4


def test_what_cannot_be_asked_is_refused(graph):
    for ask in (
        lambda: graph.common("igmesine", "igmesine"),
        lambda: graph.subgraph("igmesine"),
        lambda: graph.neighbours("igmesine", hops=0),
        lambda: graph.neighbours("igmesine", way="up"),
    ):
        with pytest.raises((ValueError, LookupError)):
            ask()


def run(*args, code=0):
    result = CliRunner().invoke(main, args, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_neighbours_are_told_with_their_claims():
    told = run("neighbours", "cGMP", "--direction", "in").stdout
    assert "igmesine ─⊣ cGMP" in told
    assert "B115768, section" in told
    assert "acts on" not in told.splitlines()[0]
    row = json.loads(run("neighbours", "igmesine", "--hops", "2", "--format", "json").stdout)
    assert {len(found["steps"]) for found in row["out"]} == {1, 2}
    assert {claim["predicate"] for claim in row["related"]} >= {"binds"}
    assert all(claim["polarity"] != "asserted" for claim in row["denied"])
    assert row["denied"]


def test_common_tells_agreement_and_what_withholds_it(tmp_path):
    page = tmp_path / "common.html"
    told = run("common", "imipramine", "igmesine", "-k", "3", "--html", str(page))
    assert "NE reuptake: both lower" in told.stdout
    assert "antidepressant effect: not known (igmesine → antidepressant effect: denied)" in told.stdout
    assert "more acted on by both" in told.stderr
    assert page.exists()
    row = json.loads(run("common", "imipramine", "fluoxetine", "--format", "json").stdout)
    assert {"sert": "both lower"}.items() <= {r["entity"]: r["agreement"] for r in row["both_act_on"]}.items()
    assert "haloperidol binds sigma-1 receptor" in run("common", "igmesine", "haloperidol").stdout
    assert "two different entities" in run("common", "sigma-1", "σ1", code=2).stderr


@pytest.mark.parametrize("ending", ["svg", "html", "sbgn"])
def test_a_subgraph_is_listed_and_drawn_as_the_ending_says(tmp_path, ending, graph):
    file = tmp_path / f"part.{ending}"
    told = run("subgraph", "igmesine", "cGMP", "nitric oxide", "-o", str(file))
    assert "between them: " in told.stdout
    assert "igmesine decreases cyclic guanosine monophosphate" in told.stdout
    assert str(file) in told.stderr
    assert "cGMP" in file.read_text("utf-8")
    row = json.loads(run("subgraph", "igmesine", "cGMP", "nitric oxide", "--format", "json").stdout)
    found = graph.subgraph("igmesine", "cGMP", "nitric oxide")
    assert [claim["id"] for claim in row["statements"]] == [claim.id for claim in found.statements]
    assert {edge.id for edge in graph.draw(found).scene.edges}
