"""Mechanism paths: simple, complete, signed only where every step is."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import Graph
from kg.model import Evidence, KnowledgeBase, Locator, Source, Statement
from kg.paths import find_paths
from kg.vocabulary import Predicate, Vocabulary

HERE = Source("test.yaml", 1)
SAID = (Evidence("doc", Locator(section="Abstract"), HERE),)


def predicate(name, sign, causal="forward"):
    return Predicate(name, name, "", frozenset(), frozenset(), sign, "activity", "stimulation", causal)


VOCABULARY = Vocabulary(
    categories={},
    predicates={
        "activates": predicate("activates", "+"),
        "inhibits": predicate("inhibits", "-"),
        "modulates": predicate("modulates", "unsigned"),
        "depends_on": predicate("depends_on", "unsigned", "backward"),
        "located_in": predicate("located_in", "0", "none"),
    },
    parameters={},
    units={},
    prefixes=None,
)


def statement(subject, name, object_, **more):
    sign = VOCABULARY.predicates[name].sign
    return Statement(f"{subject}.{name}.{object_}", subject, name, object_, sign, HERE, evidence=SAID, **more)


def graph_of(*claims):
    rows = tuple(claim if isinstance(claim, Statement) else statement(*claim) for claim in claims)
    return Graph(KnowledgeBase(statements=rows), VOCABULARY)


def told(paths):
    return [(" ".join(path.nodes), path.sign) for path in paths]


def test_signs_multiply():
    graph = graph_of(("a", "inhibits", "b"), ("b", "inhibits", "c"), ("a", "inhibits", "c"))
    assert told(find_paths(graph, "a", "c")) == [("a c", "-"), ("a b c", "+")]


@pytest.mark.parametrize("name", ["modulates", "depends_on"])
def test_a_step_without_direction_withholds_the_net_sign_and_is_named(name):
    first = ("a", "activates", "b")
    second = ("c", name, "b") if name == "depends_on" else ("b", name, "c")
    (path,) = find_paths(graph_of(first, second), "a", "c")
    assert path.sign == "unknown"
    assert [(step.source, step.target) for step in path.withheld_by] == [("b", "c")]


def test_opposite_claims_are_one_step_that_keeps_both_and_has_no_sign():
    (path,) = find_paths(graph_of(("a", "activates", "b"), ("a", "inhibits", "b")), "a", "b")
    assert path.sign == "unknown"
    assert {claim.predicate for claim in path.steps[0].statements} == {"activates", "inhibits"}


def test_a_signed_claim_beside_an_unsigned_one_gives_the_sign():
    (path,) = find_paths(graph_of(("a", "modulates", "b"), ("a", "inhibits", "b")), "a", "b")
    assert path.sign == "-"


def test_the_sign_is_as_certain_as_the_claim_that_gives_it():
    signed = statement("a", "activates", "b", certainty="hedged", basis="background")
    (path,) = find_paths(graph_of(("a", "modulates", "b"), signed), "a", "b")
    assert (path.sign, path.certainty, path.basis) == ("+", "hedged", "background")


def test_limits_below_one_are_refused_and_huge_ones_harmless():
    graph = graph_of(("a", "activates", "b"))
    assert len(find_paths(graph, "a", "b", max_length=10**9)) == 1
    assert find_paths(graph, "a", "a") == ()
    for limits in ({"max_length": 0}, {"at_most": 0}):
        with pytest.raises(ValueError, match="at least 1"):
            find_paths(graph, "a", "b", **limits)


@pytest.mark.parametrize("polarity", ["negated", "no data"])
def test_what_does_not_hold_is_not_walked(polarity):
    graph = graph_of(statement("a", "activates", "b", polarity=polarity), ("a", "located_in", "b"))
    assert find_paths(graph, "a", "b") == ()


def test_a_path_is_as_certain_as_its_weakest_step_and_tells_its_basis():
    graph = graph_of(
        statement("a", "activates", "b", certainty="hedged"),
        statement("b", "activates", "c", basis="background"),
    )
    (path,) = find_paths(graph, "a", "c")
    assert (path.certainty, path.basis) == ("hedged", "mixed")


def test_stopping_early_is_said():
    layers = [f"{layer}{i}" for layer in "bcd" for i in range(4)]
    claims = [("a", "activates", name) for name in layers[:4]]
    claims += [(x, "activates", y) for x, y in zip(layers, layers[4:], strict=False)]
    claims += [(x, "activates", "z") for x in layers]
    found = find_paths(graph_of(*claims), "a", "z", at_most=3)
    assert (len(found), found.truncated) == (3, True)
    assert not find_paths(graph_of(*claims), "a", "z", at_most=100).truncated


NODES = st.sampled_from("abcdefg")
EDGES = st.lists(
    st.tuples(NODES, st.sampled_from(sorted(VOCABULARY.predicates)), NODES), max_size=25, unique=True
)


@given(EDGES, st.integers(1, 6))
def test_the_paths_are_those_that_networkx_finds(edges, max_length):
    graph = graph_of(*edges)
    network = nx.DiGraph((a, b) for a, effects in graph.arrows.items() for b in effects)
    network.add_nodes_from("ab")
    expected = {tuple(path) for path in nx.all_simple_paths(network, "a", "b", cutoff=max_length)}
    found = find_paths(graph, "a", "b", max_length=max_length)
    assert {path.nodes for path in found} == expected
    assert len(found) == len(expected)
    assert [path.length for path in found] == sorted(path.length for path in found)


@given(EDGES)
def test_the_net_sign_is_the_product_of_the_steps(edges):
    for path in find_paths(graph_of(*edges), "a", "b"):
        signs = [step.sign for step in path.steps]
        product = "unknown" if "unknown" in signs else "-" if signs.count("-") % 2 else "+"
        assert path.sign == product
        assert len(set(path.nodes)) == len(path.nodes)
