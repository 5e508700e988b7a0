"""Metapaths against brute force: the language, the paths along one, their counts, what a graph has."""

from __future__ import annotations

import sys
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine.building import make_network
from kg.metapaths import contracting, counting, existing
from kg.metapaths.along import causal_steps, claims_along, paths_along
from kg.metapaths.claims import claim_network
from kg.metapaths.counting import count_paths
from kg.metapaths.existing import metapaths_between
from kg.metapaths.metapath import Arrow, Metapath, Place
from kg.metapaths.naming import GraphNames, NetworkNames, read_metapath
from kg.metapaths.pattern import parse_pattern
from kg.metapaths.relations import may_meet, relations
from kg.paths import find_paths
from kg.problems import InvalidPattern, MissingExtra, TooLarge

KINDS = ("A", "B", "C")
KIND = [0, 0, 0, 1, 1, 1, 2, 2]
NODES = "abcdefgh"
PREDICATES = ("p", "q")
ARROWS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([0, 1])), min_size=8, max_size=60
)
PLACE = st.sampled_from(
    [Place("A", ("A",)), Place("B", ("B",)), Place("*"), Place("AB", ("A", "B")), Place("b", ("A",), "b")]
)
ARROW = st.builds(
    Arrow, st.sampled_from([(), ("p",), ("p", "q")]), st.sampled_from(["forward", "backward", "either"])
)


@pytest.fixture(scope="session")
def names(graph):
    return GraphNames(graph.graph)


@st.composite
def metapaths(draw, most=5):
    length = draw(st.integers(1, most))
    places = draw(st.lists(PLACE, min_size=length + 1, max_size=length + 1))
    return Metapath(tuple(places), tuple(draw(st.lists(ARROW, min_size=length, max_size=length))))


def network_of(arrows):
    columns = list(zip(*arrows, strict=True)) or [(), (), ()]
    return make_network(
        NODES, columns[0], columns[1], predicates=PREDICATES, predicate=columns[2], kinds=KINDS, kind=KIND
    )


def fits(place, node):
    return not place.categories or KINDS[KIND[node]] in place.categories


def joined(arrows, arrow, before, after):
    """Return the pairs that an arrow joins, claim by claim."""
    pairs = set()
    for source, target, predicate in arrows:
        if source != target and (not arrow.predicates or PREDICATES[predicate] in arrow.predicates):
            pairs |= {(source, target)} if arrow.direction != "backward" else set()
            pairs |= {(target, source)} if arrow.direction != "forward" else set()
    return {(one, other) for one, other in pairs if fits(before, one) and fits(after, other)}


def brute(arrows, metapath, damping):
    """Return number and weighted sum of the paths between each pair, by trying every row of nodes."""
    steps = [
        joined(arrows, arrow, *ends)
        for arrow, ends in zip(metapath.arrows, pairwise(metapath.places), strict=True)
    ]
    found: dict[tuple[int, int], tuple[int, float]] = {}
    for nodes in product(range(8), repeat=len(metapath.places)):
        named = all(p.node is None or NODES[n] == p.node for p, n in zip(metapath.places, nodes, strict=True))
        taken = all(pair in step for pair, step in zip(pairwise(nodes), steps, strict=True))
        if not (named and taken and len(set(nodes)) == len(nodes)):
            continue
        weight = 1.0
        for (one, other), step in zip(pairwise(nodes), steps, strict=True):
            degree = sum(a == one for a, _ in step) * sum(b == other for _, b in step)
            weight *= degree**-damping
        number, total = found.get((nodes[0], nodes[-1]), (0, 0.0))
        found[nodes[0], nodes[-1]] = number + 1, total + weight
    return found


def as_counts(counts):
    rows = zip(counts.source, counts.target, counts.paths, counts.weighted, strict=True)
    return {(int(s), int(t)): (int(n), pytest.approx(w, rel=1e-12)) for s, t, n, w in rows}


@settings(deadline=None, max_examples=100)
@given(ARROWS, metapaths(4), st.sampled_from([0.0, 0.4, 1.0]))
def test_counts_for_all_pairs_are_those_of_every_row_of_nodes(arrows, metapath, damping):
    counts = count_paths(network_of(arrows), metapath, damping=damping)
    assert as_counts(counts) == brute(arrows, metapath, damping)


@settings(deadline=None, max_examples=60)
@given(ARROWS, metapaths(6))
def test_listing_the_paths_gives_the_same_counts_as_products(arrows, metapath):
    network = network_of(arrows)
    parts = relations(network, metapath), may_meet(network, metapath), network.nodes
    listed = counting._listed(*parts)
    try:
        multiplied = counting._multiplied(*parts)
    except contracting.TooTangledError:
        return
    assert as_counts(multiplied) == as_counts(listed)


@settings(deadline=None)
@given(ARROWS, st.integers(1, 4))
def test_the_metapaths_between_two_categories_have_every_path_once(arrows, max_length):
    network = network_of(arrows)
    known = NetworkNames(network)
    found = metapaths_between(network, known, known.place("a"), known.place("B"), max_length=max_length)
    steps = joined(arrows, Arrow(), Place("*"), Place("*"))
    expected: dict[tuple[str, ...], list[tuple[int, ...]]] = {}
    for length in range(1, max_length + 1):
        for nodes in product(range(8), repeat=length + 1):
            simple = len(set(nodes)) == len(nodes) and steps.issuperset(pairwise(nodes))
            if simple and KIND[nodes[0]] == 0 and KIND[nodes[-1]] == 1:
                expected.setdefault(tuple(KINDS[KIND[node]] for node in nodes), []).append(nodes)
    assert len(found) == len(expected)
    for row in found:
        paths = expected[tuple(place.label for place in row.metapath.places)]
        assert (row.paths, row.pairs) == (len(paths), len({(path[0], path[-1]) for path in paths}))
        assert row.example == tuple(NODES[node] for node in min(paths))
        assert count_paths(network, row.metapath).paths.sum() == row.paths


def test_a_metapath_reads_back_as_it_is_printed(names):
    for text in (
        "Drug -inhibits-> Transporter -transports-> Neurotransmitter",
        "Drug -> Receptor <- * -- igmesine",
        "Gene <-[activates|inhibits]- =Protein -interacts_with- Gene",
        "drug -increases expression of-> bdnf",
    ):
        metapath = read_metapath(text, names)
        assert read_metapath(str(metapath), names) == metapath
    assert str(read_metapath("drug->RECEPTOR", names)) == "Drug -> Receptor"
    assert str(read_metapath('"σ1 receptor" -any-> *', names)) == "sigma-1-receptor -> *"


def test_a_category_stands_for_its_kinds_and_with_an_equals_sign_for_itself(names):
    assert "Receptor" in names.place("Protein").categories
    assert names.place("=protein").categories == ("Protein",)
    assert names.place("Process").label == "BiologicalProcess"
    assert str(names.itself("Receptor")) == "Receptor"


@pytest.mark.parametrize(
    ("text", "told", "column"),
    [
        ("Drug -inhibts-> Transporter", "no predicate is called 'inhibts'. Did you mean inhibits?", 6),
        ("Drgu -> Receptor", "no category or entity is called 'Drgu'. Did you mean Drug?", 0),
        ("Drug -[inhibits|activtes]-> *", "Did you mean activates?", 16),
        ("Drug -> effect", "names more than one category: AdverseEffect, TherapeuticEffect", 8),
        ("Drug -> ", "a category, an entity or * is missing here", 8),
        ("-> Drug", "a category, an entity or * is missing here", 0),
        ("Drug", "there is no arrow here", 4),
        ("Drug -[activates|inhibits-> Receptor", "an arrow is written", 5),
        ("Drug -[activates||inhibits]-> Receptor", "the name of a predicate is missing", 17),
        ("Drug <-activates-> Receptor", "an arrow has one head", 5),
        (" -> ".join("*" * 12), "a metapath has at most 10 arrows", 50),
    ],
)
def test_what_is_wrong_in_a_metapath_is_pointed_at(text, told, column, names):
    with pytest.raises(InvalidPattern) as caught:
        read_metapath(text, names)
    message, shown, caret = str(caught.value).split("\n")
    assert told in message
    assert (shown, caret) == (f"  {text}", f"  {' ' * column}^")


@settings(deadline=None)
@given(st.text(st.sampled_from('aD*-<>[]| "='), max_size=30))
def test_no_text_breaks_the_reader(text):
    try:
        pattern = parse_pattern(text)
    except InvalidPattern as error:
        assert 0 <= error.column <= len(text)
    else:
        assert len(pattern.places) == len(pattern.arrows) + 1


def test_the_found_metapaths_of_the_graph_have_as_many_paths_along_them(graph, names):
    network = claim_network(graph.graph)
    ends = names.place("Drug"), names.place("Process")
    found = metapaths_between(network, names, *ends, acting=causal_steps(graph.graph))
    assert len(found) > 10
    for row in found:
        paths = list(paths_along(graph.graph, row.metapath, causal=True))
        assert (len(paths), paths[0]) == (row.paths, row.example)
        assert len({(path[0], path[-1]) for path in paths}) == row.pairs
        assert read_metapath(str(row.metapath), names) == row.metapath
        for path in paths:
            assert all(after in graph.graph.arrows[before] for before, after in pairwise(path))
            for arrow, ends_ in zip(row.metapath.arrows, pairwise(path), strict=True):
                claims = claims_along(graph.graph, arrow, *ends_)
                assert claims
                assert all(claim.predicate in arrow.predicates for claim in claims)


def test_all_metapaths_together_are_all_mechanism_paths(graph, names):
    network = claim_network(graph.graph)
    ends = names.place("igmesine"), names.place("cGMP")
    found = metapaths_between(network, names, *ends, max_length=4, acting=causal_steps(graph.graph))
    walked = find_paths(graph.graph, "igmesine", "cgmp", max_length=4)
    assert sum(row.paths for row in found) == len(walked) > 1


def test_an_entity_has_the_row_of_its_category(graph, names):
    network = claim_network(graph.graph)
    whole = as_counts(count_paths(network, read_metapath("Drug -> Receptor -> *", names)))
    one = as_counts(count_paths(network, read_metapath("igmesine -> Receptor -> *", names)))
    number = network.names.number("igmesine")
    assert one == {pair: counts for pair, counts in whole.items() if pair[0] == number}
    assert 0 < len(one) < len(whole)


def test_a_negated_claim_is_no_arrow_and_a_symmetric_one_goes_both_ways(graph, names):
    paths = set(paths_along(graph.graph, read_metapath("* -> *", names)))
    negated = [claim for claim in graph.graph.knowledge.statements if claim.polarity == "negated"]
    asserted = {(c.subject, c.object) for c in graph.graph.knowledge.statements if graph.graph.is_edge(c)}
    assert any((claim.subject, claim.object) not in asserted for claim in negated)
    assert paths & {(claim.subject, claim.object) for claim in negated} <= asserted
    both = set(paths_along(graph.graph, read_metapath("* -interacts_with-> *", names)))
    assert both == {(two, one) for one, two in both}


def test_a_search_for_too_many_paths_ends_with_advice(monkeypatch, graph, names):
    monkeypatch.setattr(existing, "_MOST", 10)
    with pytest.raises(TooLarge, match="ask for shorter ones"):
        metapaths_between(claim_network(graph.graph), names, names.place("*"), names.place("*"))


def test_a_tangled_metapath_is_counted_by_listing():
    """Eight places of one category leave factors that no product of two takes apart."""
    arrows = [(one, other, 0) for one in range(6) for other in range(6) if (one + other) % 3]
    metapath = Metapath((Place("*"),) * 8, (Arrow(),) * 7)
    network = network_of(arrows)
    parts = relations(network, metapath), may_meet(network, metapath), network.nodes
    with pytest.raises(contracting.TooTangledError):
        counting._multiplied(*parts)
    assert as_counts(count_paths(network, metapath)) == as_counts(counting._listed(*parts))


def test_without_scipy_the_extra_is_named(monkeypatch, graph, names):
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.delitem(sys.modules, "kg.metapaths.products", raising=False)
    with pytest.raises(MissingExtra, match=r"extra matrix"):
        count_paths(claim_network(graph.graph), read_metapath("Drug -> Receptor", names))
