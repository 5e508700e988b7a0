"""`kg reversal`: which paths an antagonist blocks, where, and which curated claims test it."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_paths import graph_of, statement

from kg.cli import main
from kg.model import Qualifiers
from kg.paths import Arrows, net_sign, reversal

NO_LIMIT = {"max_length": 6, "at_most": 1000, "timeout": None}
ROUTES = (
    ("y", "activates", "r"), ("r", "activates", "z"),
    ("y", "modulates", "o"), ("o", "activates", "z"),
    ("y", "inhibits", "s"), ("s", "inhibits", "z"),
)  # fmt: skip


def reverse(*claims):
    return reversal(Arrows(graph_of(*claims)), "y", "x", "z", **NO_LIMIT)


@pytest.mark.parametrize(
    ("claims", "abolished", "blocked"),
    [
        ([], "no path", {}),
        ([("x", "inhibits", "r")], "some paths", {"r": "opposes"}),
        ([("x", "inhibits", "o")], "some paths", {"o": "direction open"}),
        ([("x", "inhibits", "s")], "no path", {}),
        ([("x", "activates", "s")], "some paths", {"s": "opposes"}),
        ([("x", "activates", "o"), ("x", "activates", "r")], "no path", {}),
        ([("x", "inhibits", "r"), ("x", "activates", "r")], "no path", {}),
        ([("x", "modulates", "r"), ("x", "inhibits", "z")], "no path", {}),
        ([("x", "inhibits", "r"), ("x", "inhibits", "o"), ("x", "activates", "s")], "every path",
         {"r": "opposes", "o": "direction open", "s": "opposes"}),
    ],
)  # fmt: skip
def test_where_paths_are_blocked(claims, abolished, blocked):
    found = reverse(*ROUTES, *claims)
    assert found.abolished == abolished
    assert {block.entity: block.how for route in found.routes for block in route.blocks} == blocked
    assert len(found.blocked) + len(found.remaining) == len(found.routes) == 3


def test_what_is_claimed_without_a_route_cannot_be_blocked():
    found = reverse(("y", "activates", "z"), ("x", "inhibits", "z"))
    assert (found.abolished, found.routes) == ("no route", ())
    assert found.direct is not None
    assert [row.kind for row in found.experiments] == ["outcome"]


def test_a_claim_without_direction_blocks_nothing_and_what_it_could_block_is_counted():
    found = reverse(*ROUTES, ("x", "modulates", "r"), ("x", "located_in", "o"))
    assert found.abolished == "no path"
    assert found.undirected == ("o", "r")
    assert [route.path.nodes for route in found.through("r")] == [("y", "r", "z")]


def test_the_claims_that_test_a_reversal():
    claims = [
        statement("x", "inhibits", "z", qualifiers=Qualifiers(stimulus="y"), polarity="negated"),
        statement("y", "activates", "r", qualifiers=Qualifiers(stimulus="x")),
        statement("x", "modulates", "r"),
        statement("z", "depends_on", "r", qualifiers=Qualifiers(stimulus="y")),
        statement("z", "depends_on", "o"),
        statement("x", "activates", "elsewhere"),
        statement("r", "activates", "z"),
    ]
    found = reverse(*claims)
    assert {row.statement.id: row.kind for row in found.experiments} == {
        "x.inhibits.z": "both given",
        "y.activates.r": "both given, elsewhere",
        "x.modulates.r": "path",
        "z.depends_on.r": "needed",
    }
    assert found.tested
    assert not reverse(*claims[1:]).tested


def test_three_different_entities_are_needed():
    with pytest.raises(ValueError, match="three entities"):
        reversal(Arrows(graph_of(*ROUTES)), "y", "y", "z", **NO_LIMIT)


EDGES = st.lists(
    st.tuples(st.sampled_from("yxabz"), st.sampled_from(["activates", "inhibits", "modulates"]), st.sampled_from("xabz")),
    max_size=12,
    unique=True,
)  # fmt: skip


@settings(deadline=None)
@given(EDGES)
def test_the_blocks_are_those_of_looking_at_every_path(edges):
    arrows = Arrows(graph_of(*edges))
    found = reversal(arrows, "y", "x", "z", **NO_LIMIT)
    network = nx.DiGraph(arrows.steps.keys())
    network.add_nodes_from("yz")
    expected = {}
    for nodes in nx.all_simple_paths(network, "y", "z", cutoff=6):
        own = {name: arrows.steps[("x", name)].sign for name in nodes[1:-1] if ("x", name) in arrows.steps}
        steps = [arrows.steps[ends] for ends in nx.utils.pairwise(nodes)]
        before = {name: net_sign(tuple(steps[:at])) for at, name in enumerate(nodes)}
        opposed = [n for n, sign in own.items() if {sign, before[n]} == {"+", "-"}]
        silenced = [n for n, sign in own.items() if sign == "-" and before[n] == "unknown"]
        if len(nodes) > 2:
            expected[tuple(nodes)] = {*opposed, *silenced}
    assert {r.path.nodes: {block.entity for block in r.blocks} for r in found.routes} == expected


def run(*args, code=0):
    result = CliRunner().invoke(main, ["reversal", *args], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_haloperidol_is_not_known_to_reverse_igmesine_and_the_experiment_is_named():
    told = run("igmesine", "haloperidol", "cGMP").stdout
    assert "on no path (0 of 7 blocked)" in told
    assert "No curated experiment tests this." in told
    assert "haloperidol binds sigma-1 receptor" in told
    assert "No claim gives the direction of haloperidol at sigma-1 receptor." in told


def test_depleting_serotonin_blocks_what_imipramine_does_to_its_receptor():
    told = run("imipramine", "monoamine-depleting-agent", "5-HT1B").stdout
    assert "on every path (5 of 5 blocked)" in told
    assert "Blocked at serotonin:" in told
    assert "given together, something on the way looked at" in told


def test_json_of_a_reversal_and_a_refusal():
    row = json.loads(run("igmesine", "haloperidol", "cGMP", "--format", "json").stdout)
    assert (row["abolished"], row["tested"], row["undirected"].keys()) == (
        "no path",
        False,
        {"sigma-1-receptor"},
    )
    assert row["experiments"][0]["kind"] == "path"
    assert "three entities" in run("igmesine", "igmesine", "cGMP", code=2).stderr
