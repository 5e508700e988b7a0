"""The edge lists that the path core is measured on: published counts, different edges, the same bytes again."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from kg.engine.edgelist import kind_of, read_edge_list

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

made = pytest.importorskip("networks.made", reason="a source distribution has no benchmarks")
HETIONET, PRIMEKG, edge_list = made.HETIONET, made.PRIMEKG, made.edge_list


@pytest.mark.parametrize(
    ("published", "nodes", "kinds", "edges", "predicates"),
    [(HETIONET, 47_031 - 1_873, 11, 2_250_197, 24), (PRIMEKG, 129_375, 10, 8_100_498, 30)],
    ids=["Hetionet", "PrimeKG"],
)
def test_the_kinds_add_up_to_the_published_sums(published, nodes, kinds, edges, predicates):
    assert (sum(published.nodes.values()), len(published.nodes)) == (nodes, kinds)
    assert (sum(kind.count for kind in published.edges), len(published.edges)) == (edges, predicates)


@pytest.mark.parametrize("published", [HETIONET, PRIMEKG], ids=["Hetionet", "PrimeKG"])
def test_a_short_list_has_its_share_of_each_kind_and_no_edge_twice(published, tmp_path):
    share = 0.01
    lines = edge_list(published, tmp_path, share).read_text("utf-8").splitlines()[1:]
    edges = [tuple(line.split("\t")[:3]) for line in lines]
    assert len(set(edges)) == len(edges)
    assert all(source != target for source, _, target in edges)
    found = Counter((kind_of(source), predicate, kind_of(target)) for source, predicate, target in edges)
    for kind in published.edges:
        written = found[kind.source, kind.predicate, kind.target]
        if published.both_ways and kind.source != kind.target:
            assert written == found[kind.target, kind.predicate, kind.source]
            written *= 2
        assert written == pytest.approx(kind.count * share, abs=1)
    degrees = Counter(node for source, _, target in edges for node in (source, target))
    tenth = sorted(degrees.values(), reverse=True)[: len(degrees) // 10]
    assert sum(tenth) > 0.3 * sum(degrees.values())


def test_the_same_list_is_written_again_and_read(tmp_path):
    one, other = (edge_list(HETIONET, tmp_path / folder, 0.002) for folder in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
    network = read_edge_list(one)
    assert network.arrows == len(one.read_bytes().splitlines()) - 1
    assert set(network.kinds) == set(HETIONET.nodes)
    assert set(network.arrow_sign.tolist()) == {-1, 0, 1}
