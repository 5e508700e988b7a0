"""The smallest connected explanation: as cheap as brute force finds, of directed steps, honest about what is apart."""

from __future__ import annotations

import json
from itertools import combinations, pairwise

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_paths import EDGES, graph_of

from kg.cli import main
from kg.paths import Arrows, between, explain
from kg.paths.score import cost_of

ASKED = st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=5, unique=True)


def network_of(arrows, fewest):
    network = nx.Graph()
    for ends, step in arrows.steps.items():
        cost = 1 if fewest else cost_of(step.factors)
        if not network.has_edge(*ends) or cost < network.edges[ends]["cost"]:
            network.add_edge(*ends, cost=cost)
    return network


def cheapest(network, asked):
    """Return what the cheapest tree over these costs: the least of the spanning trees of all sets of nodes."""
    others = set(network) - set(asked)
    sets = (
        {*asked, *more} for count in range(len(others) + 1) for more in combinations(sorted(others), count)
    )
    costs = [
        nx.minimum_spanning_tree(part, weight="cost").size(weight="cost")
        for nodes in sets
        if nx.is_connected(part := network.subgraph(nodes))
    ]
    return min(costs)


@settings(deadline=None)
@given(EDGES, ASKED, st.booleans())
def test_nothing_cheaper_joins_the_entities(edges, asked, fewest):
    arrows = Arrows(graph_of(*edges))
    found = explain(arrows, asked, fewest=fewest)
    network = network_of(arrows, fewest)
    network.add_nodes_from(asked)
    tree = nx.Graph((step.source, step.target) for step in found.steps)
    tree.add_nodes_from(asked)
    assert all(arrows.steps[step.source, step.target] == step for step in found.steps)
    assert len(tree.edges) == len(found.steps)
    assert nx.is_forest(tree)
    assert {frozenset(group) for group in found.groups} == {
        frozenset(nx.node_connected_component(network, name)) & set(asked) for name in asked
    }
    for group in found.groups:
        part = tree.subgraph(nx.node_connected_component(tree, group[0]))
        cost = sum(network.edges[ends]["cost"] for ends in part.edges)
        assert cost == pytest.approx(
            cheapest(network.subgraph(nx.node_connected_component(network, group[0])), group), abs=0.01
        )


@settings(deadline=None)
@given(EDGES, ASKED)
def test_the_approximation_joins_the_same_groups_for_less_than_twice_the_cost(edges, asked):
    arrows = Arrows(graph_of(*edges))
    exact = explain(arrows, asked)
    most, between.EXACT = between.EXACT, 0
    try:
        rough = explain(arrows, asked)
    finally:
        between.EXACT = most
    assert (rough.method, exact.method) == ("approximate", "exact")
    assert rough.groups == exact.groups
    costs = [sum(cost_of(step.factors) for step in found.steps) for found in (exact, rough)]
    assert costs[0] - 0.01 <= costs[1] <= 2 * costs[0] + 0.01


def test_of_two_directions_the_better_said_step_joins():
    graph = graph_of(("a", "activates", "b"), ("c", "inhibits", "b"), ("d", "activates", "e"))
    found = explain(Arrows(graph), ["a", "c", "d"])
    assert [(step.source, step.sign, step.target) for step in found.steps] == [
        ("a", "+", "b"),
        ("c", "-", "b"),
    ]
    assert found.groups == (("a", "c"), ("d",))
    assert (found.connected, found.meetings, found.joints) == (False, ("b",), ("b",))


def test_fewer_than_two_entities_are_refused(graph):
    with pytest.raises(ValueError, match="two different"):
        graph.between("igmesine", "igmesine")


def test_the_shortest_explanation_of_two_is_their_best_path(graph):
    found = graph.between("igmesine", "cGMP")
    assert [(step.source, step.target) for step in found.steps] == list(
        pairwise(graph.paths("igmesine", "cGMP")[0].nodes)
    )


def test_an_entity_can_be_avoided(graph):
    found = graph.between("igmesine", "BDNF", "cGMP")
    assert "antidepressant-like-effect" in found.meetings
    assert (
        "antidepressant-like-effect"
        not in graph.between("igmesine", "BDNF", "cGMP", avoid=found.meetings).nodes
    )


def run(*args, code=0):
    result = CliRunner().invoke(main, ["between", *args], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_the_command_tells_tree_sources_and_method(tmp_path):
    page = tmp_path / "between.html"
    told = run("igmesine", "BDNF", "cGMP", "--html", str(page))
    assert "exact: nothing cheaper joins them" in told.stdout
    assert "└──⊣ cGMP *" in told.stdout
    assert "B115768, section" in told.stdout
    assert "by it neither acts on the other" in told.stdout
    assert page.exists()
    (row,) = [json.loads(run("igmesine", "BDNF", "cGMP", "--format", "json").stdout)]
    assert (row["method"], row["connected"]) == ("exact", True)
    assert all(step["statements"] for step in row["steps"])


def test_the_command_tells_what_is_apart_and_what_is_wrong(graph):
    lonely = next(name for name in graph.entities if not any(name in ends for ends in graph.arrows().steps))
    told = run("igmesine", "cGMP", lonely).stdout
    assert told.startswith("No claims join")
    assert "Apart are: igmesine and cGMP | " in told
    assert "two different entities" in run("igmesine", "igmesine", code=2).stderr
    assert "approximate" in run(*list(graph.arrows().network.names)[:20]).stdout
