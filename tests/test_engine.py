"""The compact core against brute force and NetworkX: every simple path, its sign, the cheapest, the shortest."""

from __future__ import annotations

from itertools import pairwise, permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine import frontier, meeting
from kg.engine.building import make_network, number_names
from kg.engine.frontier import NEVER, distances, ways
from kg.engine.ranked import cheapest_paths, quantised
from kg.engine.shortest import shortest_path
from kg.engine.simple import paths_from, simple_paths, walks

NODES = "abcdefghijkl"
ARROWS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([1, -1, 0])), max_size=40)
COSTS = st.lists(st.integers(0, 5), min_size=60, max_size=60)


def network_of(arrows, nodes=8):
    columns = list(zip(*arrows, strict=True)) or [(), (), ()]
    return make_network(NODES[:nodes], columns[0], columns[1], signs=columns[2])


def steps_of(arrows) -> dict[tuple[int, int], int]:
    """Return the sign of each step, put together arrow by arrow."""
    signs: dict[tuple[int, int], set[int]] = {}
    for source, target, sign in arrows:
        if source != target:
            signs.setdefault((source, target), set()).add(sign)
    return {ends: (1 in given) - (-1 in given) for ends, given in signs.items()}


def brute(steps, source, target, max_length, nodes=8):
    """Return every simple path with its sign, by trying all orders of all nodes between."""
    between = [node for node in range(nodes) if node not in (source, target)]
    found = {}
    for length in range(1, max_length + 1):
        for middle in permutations(between, length - 1):
            path = (source, *middle, target)
            joined = [steps.get(ends) for ends in pairwise(path)]
            if None not in joined:
                found[path] = int(np.prod(joined))
    return found if source != target else {}


def listed(pieces):
    return {
        tuple(int(column[row]) for column in piece.nodes): int(piece.sign[row])
        for piece in pieces
        for row in range(len(piece))
    }


@settings(deadline=None)
@given(ARROWS, st.integers(1, 5))
def test_every_simple_path_is_found_once_with_its_sign(arrows, max_length):
    pieces = list(simple_paths(0, 1, ways(network_of(arrows)), max_length=max_length))
    assert listed(pieces) == brute(steps_of(arrows), 0, 1, max_length)
    assert sum(map(len, pieces)) == len(listed(pieces))
    lengths = [len(piece.nodes) for piece in pieces]
    assert lengths == sorted(lengths)


@settings(deadline=None)
@given(ARROWS, st.integers(1, 5))
def test_either_way_an_arrow_is_walked_in_both_directions(arrows, max_length):
    both = arrows + [(target, source, sign) for source, target, sign in arrows]
    found = listed(simple_paths(0, 1, ways(network_of(arrows), undirected=True), max_length=max_length))
    assert set(found) == set(brute(steps_of(both), 0, 1, max_length))
    assert set(found.values()) <= {0}


@settings(deadline=None)
@given(ARROWS, st.integers(1, 4))
def test_the_paths_from_a_node_are_those_to_each_other_node(arrows, max_length):
    steps = steps_of(arrows)
    expected = {}
    for target in range(1, 8):
        expected |= brute(steps, 0, target, max_length)
    assert listed(paths_from(0, ways(network_of(arrows)), max_length=max_length)) == expected


@settings(deadline=None)
@given(ARROWS, COSTS, st.integers(1, 6), st.sampled_from([1, -1, None]), st.integers(1, 5))
def test_the_cheapest_are_the_first_of_all_when_sorted(arrows, costs, count, sign, max_length):
    network, steps = network_of(arrows), steps_of(arrows)
    price = dict(zip(sorted(steps), costs, strict=False))
    cost = quantised(np.array([1 + price[ends] / 7 for ends in sorted(steps)]))
    exact = dict(zip(sorted(steps), cost.tolist(), strict=True))
    paths = [path for path, found in brute(steps, 0, 1, max_length).items() if sign in (None, found)]
    paths.sort(key=lambda path: (sum(exact[e] for e in pairwise(path)), len(path), path))
    found = cheapest_paths(0, 1, ways(network, cost=cost), count=count, max_length=max_length, sign=sign)
    assert [tuple(int(column[0]) for column in row.nodes) for row in found] == paths[:count]


@settings(deadline=None)
@given(ARROWS, st.sampled_from([1, -1, None]))
def test_the_shortest_path_is_as_short_as_any_and_has_the_sign(arrows, sign):
    steps = steps_of(arrows)
    paths = {path: found for path, found in brute(steps, 0, 1, 7).items() if sign in (None, found)}
    found = shortest_path(0, 1, ways(network_of(arrows)), max_length=7, sign=sign)
    if not paths:
        assert found is None
    else:
        assert found in paths
        assert len(found) == min(map(len, paths))


@settings(deadline=None)
@given(ARROWS, st.sets(st.integers(2, 7)))
def test_only_allowed_nodes_are_passed(arrows, avoided):
    allowed = np.array([node not in avoided for node in range(8)])
    found = listed(simple_paths(0, 1, ways(network_of(arrows)), max_length=5, allowed=allowed))
    every = brute(steps_of(arrows), 0, 1, 5)
    assert found == {path: sign for path, sign in every.items() if not avoided & set(path)}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_networkx_lists_the_same_paths_on_larger_graphs(seed, max_length):
    graph = nx.gnp_random_graph(40, 0.08, seed=seed, directed=True)
    names = [f"{node:02}" for node in graph]
    network = make_network(names, *zip(*graph.edges, strict=True))
    expected = {tuple(path) for path in nx.all_simple_paths(graph, 0, 39, cutoff=max_length)}
    assert set(listed(simple_paths(0, 39, ways(network), max_length=max_length))) == expected


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_networkx_ranks_the_same_lengths(seed):
    graph = nx.gnp_random_graph(40, 0.08, seed=seed, directed=True)
    network = make_network([f"{node:02}" for node in graph], *zip(*graph.edges, strict=True))
    try:
        expected = [
            len(path)
            for path, _ in zip(nx.shortest_simple_paths(graph, 0, 39), range(15), strict=False)
            if len(path) < 8
        ]
    except nx.NetworkXNoPath:
        expected = []
    found = cheapest_paths(0, 39, ways(network), count=15, max_length=6)
    assert [len(row.nodes) for row in found] == expected


@settings(deadline=None)
@given(ARROWS)
def test_small_pieces_and_little_memory_change_nothing(arrows):
    network = network_of(arrows)
    expected = brute(steps_of(arrows), 0, 1, 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frontier, "CHUNK", 3)
        patch.setattr(meeting, "HOLD", 5)
        patch.setattr(meeting, "LOOK", 2)
        assert listed(simple_paths(0, 1, ways(network), max_length=5)) == expected
        best = cheapest_paths(0, 1, ways(network), count=4, max_length=5)
    lengths = sorted(len(path) for path in expected)[:4]
    assert [len(row.nodes) for row in best] == lengths


@settings(deadline=None)
@given(ARROWS)
def test_there_are_no_fewer_walks_than_paths(arrows):
    paths = brute(steps_of(arrows), 0, 1, 5)
    counted = walks(0, 1, ways(network_of(arrows)), max_length=5)
    for length, found in enumerate(counted, 1):
        assert found >= sum(len(path) == length + 1 for path in paths)


@settings(deadline=None)
@given(ARROWS, st.integers(0, 6), st.integers(0, 60))
def test_distances_are_lower_bounds_and_exact_where_the_search_came(arrows, limit, budget):
    graph = nx.DiGraph(steps_of(arrows).keys())
    graph.add_nodes_from(range(8))
    exact = nx.single_source_shortest_path_length(graph, 0)
    found = distances(network_of(arrows).forward, 0, limit, budget).tolist()
    for node, bound in enumerate(found):
        assert bound <= exact.get(node, NEVER)
    whole = distances(network_of(arrows).forward, 0, 10, 10**6).tolist()
    assert whole == [exact.get(node, whole[node]) for node in range(8)]
    assert all(whole[node] > 7 for node in range(8) if node not in exact)


@settings(deadline=None)
@given(ARROWS)
def test_a_network_keeps_every_arrow_under_its_step(arrows):
    network = network_of(arrows)
    kept = []
    for source in range(8):
        for target in network.forward.row(source).tolist():
            step = network.step(source, target)
            kept += [
                (int(network.record[a]), source, target, int(network.arrow_sign[a]))
                for a in network.arrows_of(step)
            ]
            assert int(network.sign[step]) == steps_of(arrows)[source, target]
    expected = [(n, s, t, sign) for n, (s, t, sign) in enumerate(arrows) if s != t]
    assert sorted(kept) == expected
    assert network.step(0, 0) is None


def test_names_are_found_and_offered():
    numbers = number_names([["σ1", "SERT"], ["cGMP", "SERT"]])
    network = make_network(list(numbers), [numbers["σ1"]], [numbers["cGMP"]])
    assert [network.names.number(name) for name in ("SERT", "cGMP", "σ1")] == [0, 1, 2]
    assert list(network.names) == ["SERT", "cGMP", "σ1"]
    assert network.names.starting("c", 5) == ("cGMP",)
    with pytest.raises(KeyError):
        network.names.number("DAT")


def test_a_network_of_nothing_answers():
    network = make_network([], [], [])
    assert (network.nodes, network.steps, network.arrows) == (0, 0, 0)
    alone = make_network(["a", "b"], [0], [0])
    assert list(simple_paths(0, 1, ways(alone), max_length=3)) == []
    assert shortest_path(0, 1, ways(alone), max_length=3) is None
    assert cheapest_paths(0, 1, ways(alone), count=1, max_length=3) == []


@pytest.mark.parametrize(
    ("names", "ends"), [(["b", "a"], [0]), (["a", "a"], [0]), (["a"], [1]), (["a"], [-1])]
)
def test_bad_numbers_and_names_are_refused(names, ends):
    with pytest.raises(ValueError, match=r"sorted|range"):
        make_network(names, ends, ends)
