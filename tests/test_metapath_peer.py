"""Degree-weighted path counts beside those of hetmatpy, on the same graph (dependency group `bench`)."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from kg.engine.building import make_network
from kg.metapaths.asking import Metapaths
from kg.metapaths.counting import count_paths

ABBREVIATIONS = {"Compound": "C", "Gene": "G", "Pathway": "PW", "Disease": "D"}
NODES = {"Compound": 9, "Disease": 6, "Gene": 14, "Pathway": 5}
EDGES = {
    "binds": ("Compound", "Gene", "both", 30),
    "resembles": ("Compound", "Compound", "both", 12),
    "treats": ("Compound", "Disease", "both", 14),
    "associates": ("Disease", "Gene", "both", 25),
    "interacts": ("Gene", "Gene", "both", 30),
    "participates": ("Gene", "Pathway", "both", 24),
    "regulates": ("Gene", "Gene", "forward", 40),
}
METAPATHS = {
    "CbGaD": "Compound -binds-> Gene <-associates- Disease",
    "CrCtD": "Compound -resembles- Compound -treats-> Disease",
    "CbGiGaD": "Compound -binds-> Gene -interacts- Gene <-associates- Disease",
    "CbGpPWpGaD": "Compound -binds-> Gene -participates-> Pathway <-participates- Gene <-associates- Disease",
    "CrCbGaD": "Compound -resembles- Compound -binds-> Gene <-associates- Disease",
    "CbGr>GaD": "Compound -binds-> Gene -regulates-> Gene <-associates- Disease",
    "CbG<rGiG": "Compound -binds-> Gene <-regulates- Gene -interacts- Gene",
    "GiGiG": "Gene -interacts- Gene -interacts- Gene",
    "CbGbCtD": "Compound -binds-> Gene <-binds- Compound -treats-> Disease",
    "CtDtCtD": "Compound -treats-> Disease <-treats- Compound -treats-> Disease",
    "GiGiGiG": "Gene -interacts- Gene -interacts- Gene -interacts- Gene",
    "GbCrCbG": "Gene <-binds- Compound -resembles- Compound -binds-> Gene",
}


@pytest.fixture(scope="module")
def edges():
    dice = Random(3)
    found = {}
    for predicate, (source, target, way, count) in EDGES.items():
        pairs = {(dice.randrange(NODES[source]), dice.randrange(NODES[target])) for _ in range(count)}
        if source == target:
            pairs = {pair for pair in pairs if pair[0] != pair[1]}
            pairs = {(min(pair), max(pair)) for pair in pairs} if way == "both" else pairs
        found[predicate] = sorted(pairs)
    return found


@pytest.fixture(scope="module")
def peer(edges):
    hetnet = pytest.importorskip(
        "hetnetpy.hetnet", reason="hetmatpy is not installed: pip install --group bench"
    )
    verbs = {predicate: predicate[0] for predicate in EDGES}
    kinds = [(source, target, predicate, way) for predicate, (source, target, way, _) in EDGES.items()]
    graph = hetnet.Graph(hetnet.MetaGraph.from_edge_tuples(kinds, ABBREVIATIONS | verbs))
    for kind, count in NODES.items():
        for number in range(count):
            graph.add_node(kind, number)
    for predicate, (source, target, way, _) in EDGES.items():
        for one, other in edges[predicate]:
            graph.add_edge((source, one), (target, other), predicate, way)
    return graph


@pytest.fixture(scope="module")
def ours(edges):
    names = [f"{kind}::{number:02}" for kind, count in NODES.items() for number in range(count)]
    first = {kind: names.index(f"{kind}::00") for kind in NODES}
    rows = [
        (first[EDGES[predicate][0]] + one, first[EDGES[predicate][1]] + other, place)
        for place, predicate in enumerate(EDGES)
        for one, other in edges[predicate]
    ]
    kind = [place for place, count in enumerate(NODES.values()) for _ in range(count)]
    sources, targets, predicate = zip(*rows, strict=True)
    network = make_network(
        names, sources, targets, predicates=tuple(EDGES), predicate=predicate, kinds=tuple(NODES), kind=kind
    )
    return Metapaths.of_network(network)


@pytest.mark.parametrize("abbreviation", METAPATHS)
@pytest.mark.parametrize("damping", [0.0, 0.4])
def test_the_weighted_counts_are_hetmatpys(abbreviation, damping, peer, ours):
    from hetmatpy.degree_weight import default_dwwc_method, dwpc

    metapath = peer.metagraph.metapath_from_abbrev(abbreviation)
    rows, columns, theirs = dwpc(peer, metapath, damping=damping, dwwc_method=default_dwwc_method)
    pattern = ours.read(METAPATHS[abbreviation])
    counts = count_paths(ours.network, pattern, damping=damping)
    first = [ours.network.names.number(f"{pattern.places[end].label}::00") for end in (0, -1)]
    dense = np.zeros((len(rows), len(columns)))
    dense[counts.source - first[0], counts.target - first[1]] = counts.weighted
    theirs = np.asarray(theirs)
    if abbreviation == "GiGiGiG":  # hetmatpy 0.1.0 leaves walks that end where they began in this one
        np.fill_diagonal(theirs, 0)
    assert dense == pytest.approx(theirs, rel=1e-9, abs=1e-12)
    assert dense.any()
