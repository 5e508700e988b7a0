"""The page on signs: every table is what the program does, and what a signed-node graph answers beside it."""

from __future__ import annotations

import re

import networkx as nx
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_effect import denied, effect_of
from test_paths import graph_of, statement

from kg.paths import Arrows, Which, direction_of, find_paths, signs_of_path, signs_of_step

PAGE = (ROOT / "ontology" / "signs.md").read_text("utf-8")
PREDICATES = {"+": "activates", "−": "inhibits", "?": "modulates"}


def table(heading: str) -> list[list[str]]:
    """Return the rows of the table whose first heading this is, without code marks."""
    (found,) = re.findall(rf"^\| {re.escape(heading)} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    return [
        [cell.strip().replace("`", "") for cell in row.strip("|\n").split("|")] for row in found.splitlines()
    ]


def plain(sign: str) -> str:
    return sign.replace("−", "-")


def minus(signs) -> str:
    return " ".join(sorted(signs)).replace("-", "−")


@pytest.mark.parametrize(("asserted", "refused", "walked", "sign", "could", "_why"), table("asserted"))
def test_a_step(asserted, refused, walked, sign, could, _why):
    ends = ("a", "b") if walked == "along" else ("b", "a")
    claims = [statement(ends[0], PREDICATES[s], ends[1]) for s in asserted.split()]
    claims += [denied(ends[0], PREDICATES[s], ends[1]) for s in refused.split()]
    step = Arrows(graph_of(*claims), Which(undirected=walked == "against")).step("a", "b")
    assert (step.sign, minus(signs_of_step(step))) == (plain(sign), could)


def test_a_denial_alone_makes_no_step():
    assert Arrows(graph_of(denied("a", "activates", "b"))).steps == {}


@pytest.mark.parametrize(("first", "second", "sign", "could"), table("first step"))
def test_a_path(first, second, sign, could):
    claims = [("a", PREDICATES[s], "b") for s in first.split()] + [
        ("b", PREDICATES[s], "c") for s in second.split()
    ]
    (path,) = find_paths(graph_of(*claims), "a", "c")
    assert (path.sign, minus(signs_of_path(path))) == (plain(sign), could)


@pytest.mark.parametrize(("paths", "answer"), table("what the paths could be"))
def test_an_answer(paths, answer):
    could = [set(plain(path).split()) - {"?"} for path in paths.split(",")]
    assert direction_of(could) == plain(answer)


CLAIMS = {"+": ["+"], "−": ["−"], "both": ["+", "−"], "unknown": []}


@pytest.mark.parametrize(("direct", "derived", "agreement"), table("direct"))
def test_an_agreement(direct, derived, agreement):
    claims = [("a", PREDICATES[s], "b") for s in CLAIMS[direct]]
    claims += [("a", "activates", "m")] + [("m", PREDICATES[s], "b") for s in CLAIMS[derived]]
    found = effect_of(claims)
    assert (found.direct_answer, found.derived_answer) == (plain(direct), plain(derived))
    assert found.agreement == agreement


def claims_of(text: str) -> list:
    made = []
    for claim in text.split(", "):
        source, *refused, sign, target = claim.split()
        make = denied if refused else statement
        made.append(make(source, PREDICATES[sign], target))
    return made


def signed_nodes(claims) -> nx.DiGraph:
    """Return the graph of signed nodes of asserted, signed claims: as INDRA has it, written anew."""
    network = nx.DiGraph()
    for claim in claims:
        if claim.polarity == "asserted" and claim.sign in ("+", "-"):
            turn = 1 if claim.sign == "+" else -1
            network.add_edges_from(((claim.subject, sign), (claim.object, sign * turn)) for sign in (1, -1))
    return network


def by_signed_nodes(claims, source="a", target="z") -> str:
    network = signed_nodes(claims)
    reached = nx.descendants(network, (source, 1)) if (source, 1) in network else set()
    return direction_of(
        [{"+"} if (target, 1) in reached else set(), {"-"} if (target, -1) in reached else set()]
    )


CORPUS = table("claims")


@pytest.mark.parametrize(("text", "here", "paths", "there"), CORPUS)
def test_the_corpus_beside_signed_nodes(text, here, paths, there):
    claims = claims_of(text)
    found = effect_of(claims, target="z")
    assert (found.answer, len(found.paths)) == (plain(here), int(paths))
    assert by_signed_nodes(claims) == plain(there)


def test_the_corpus_shows_agreement_and_difference():
    assert len(CORPUS) >= 12
    assert {here == there for _, here, _, there in CORPUS} == {True, False}


def test_a_signed_node_path_may_pass_an_entity_in_both_signs_and_ours_does_not():
    claims = claims_of("a + b, b − c, c + b, b + z")
    (walk,) = nx.all_simple_paths(signed_nodes(claims), ("a", 1), ("z", -1))
    assert [node for node, _ in walk] == ["a", "b", "c", "b", "z"]
    assert [path.nodes for path in find_paths(graph_of(*claims), "a", "z")] == [("a", "b", "z")]


NAMES = "abcdz"
EDGES = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(sorted(PREDICATES.values())), st.sampled_from(NAMES)
    ).filter(lambda edge: edge[0] != edge[2]),
    max_size=12,
    unique=True,
)


@given(EDGES)
def test_what_a_path_says_a_walk_says_too(edges):
    """Without denials, signed nodes miss no sign that a simple path has; what they add comes from loops."""
    claims = [statement(*edge) for edge in edges]
    here = {sign for path in find_paths(graph_of(*claims), "a", "z") for sign in signs_of_path(path)}
    there = by_signed_nodes(claims)
    assert here <= ({"+", "-"} if there == "both" else {there} - {"unknown"})


@given(EDGES)
def test_without_loops_and_denials_both_answer_the_same(edges):
    claims = [statement(*edge) for edge in edges if edge[0] < edge[2]]
    assert effect_of(claims, target="z").answer == by_signed_nodes(claims)
