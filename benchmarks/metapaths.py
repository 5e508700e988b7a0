"""Measure degree-weighted path counts for all compound–disease pairs beside hetmatpy, at Hetionet's counts.

Both count the same made-up edges in one run: as many as Hetionet 1.0 has, between as many nodes. hetmatpy
reads them from its own matrices on disk, kept sparse, which is its fastest way here; ours starts from the
compact network, and counts the plain paths as well. Reading the edges in is left out of both. Counts that
differ by more than 1e-9 end the run.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from kg.engine.building import make_network
from kg.metapaths.asking import Metapaths
from kg.metapaths.counting import count_paths

ROOT = Path(__file__).parents[1]
RUNS = 5
DAMPING = 0.4
NODES = {"Compound": 1552, "Disease": 137, "Gene": 20945, "Pathway": 1822}
EDGES = {
    "binds": ("Compound", "Gene", 11571),
    "associates": ("Disease", "Gene", 12623),
    "interacts": ("Gene", "Gene", 147164),
    "participates": ("Gene", "Pathway", 84372),
}
ABBREVIATIONS = {"Compound": "C", "Disease": "D", "Gene": "G", "Pathway": "PW"}
METAPATHS = {
    "CbGaD": "Compound -binds-> Gene <-associates- Disease",
    "CbGpPWpGaD": "Compound -binds-> Gene -participates-> Pathway <-participates- Gene <-associates- Disease",
    "CbGiGaD": "Compound -binds-> Gene -interacts- Gene <-associates- Disease",
    "CbGiGiGaD": "Compound -binds-> Gene -interacts- Gene -interacts- Gene <-associates- Disease",
}
Edges = dict[str, tuple[Any, Any]]


def made_edges(seed: int = 1) -> Edges:
    """Return distinct pairs for each kind of edge; the chance of a node falls with a power of its rank."""
    dice = np.random.default_rng(seed)
    weight = {kind: dice.permutation(np.arange(1.0, count + 1) ** -0.65) for kind, count in NODES.items()}
    chance = {kind: weights / weights.sum() for kind, weights in weight.items()}
    found = {}
    for predicate, (source, target, count) in EDGES.items():
        keys = np.zeros(0, np.int64)
        while len(keys) < count:
            one, other = (
                dice.choice(NODES[kind], count, p=chance[kind] / chance[kind].sum())
                for kind in (source, target)
            )
            if source == target:
                one, other = np.minimum(one, other), np.maximum(one, other)
                one, other = one[one != other], other[one != other]
            keys = np.unique(np.concatenate([keys, one * NODES[target] + other]))
        keys = np.sort(dice.permutation(keys)[:count])
        found[predicate] = keys // NODES[target], keys % NODES[target]
    return found


def our_network(edges: Edges) -> Metapaths:
    """Return the edges as a compact network; nodes of one kind are numbered one after the other."""
    names = [f"{kind}::{number:06}" for kind, count in NODES.items() for number in range(count)]
    first = first_numbers()
    columns = [
        [first[EDGES[predicate][end]] + edges[predicate][end] for predicate in EDGES] for end in (0, 1)
    ]
    predicate = np.repeat(np.arange(len(EDGES)), [count for *_, count in EDGES.values()])
    kind = np.repeat(np.arange(len(NODES)), list(NODES.values()))
    network = make_network(
        names, *map(np.concatenate, columns), predicates=tuple(EDGES), predicate=predicate,
        kinds=tuple(NODES), kind=kind,
    )  # fmt: skip
    return Metapaths.of_network(network)


def first_numbers() -> dict[str, int]:
    """Return the number of the first node of each kind."""
    ends = np.cumsum(list(NODES.values()))
    return {kind: int(end) - count for (kind, count), end in zip(NODES.items(), ends, strict=True)}


def their_matrices(edges: Edges, folder: Path) -> Any:
    """Return the edges as hetmatpy keeps them: a folder of sparse matrices."""
    from hetmatpy.hetmat import HetMat
    from hetnetpy.hetnet import MetaGraph
    from scipy import sparse

    kinds = [(source, target, predicate, "both") for predicate, (source, target, _) in EDGES.items()]
    abbreviations = ABBREVIATIONS | {predicate: predicate[0] for predicate in EDGES}
    kept = HetMat(folder, initialize=True)
    kept.metagraph = MetaGraph.from_edge_tuples(kinds, abbreviations)
    for kind, count in NODES.items():
        path = kept.get_nodes_path(kind, file_format="tsv")
        path.write_text("position\tidentifier\tname\n" + "".join(f"{n}\t{n}\t{n}\n" for n in range(count)))
    for predicate, (source, target, _) in EDGES.items():
        one, other = edges[predicate]
        if source == target:
            one, other = np.concatenate([one, other]), np.concatenate([other, one])
        shape = NODES[source], NODES[target]
        matrix = sparse.csc_matrix((np.ones(len(one), bool), (one, other)), shape=shape)
        metaedge = kept.metagraph.get_metaedge((source, target, predicate, "both"))
        sparse.save_npz(kept.get_edges_path(metaedge, file_format="sparse.npz"), matrix)
    return kept


def in_turn(*actions: Callable[[], Any]) -> tuple[list[float], list[Any]]:
    """Return the median seconds and the answer of each of several actions, run in turn."""
    taken: list[list[float]] = [[] for _ in actions]
    answers = [action() for action in actions]
    for _ in range(RUNS):
        for times, action in zip(taken, actions, strict=True):
            start = time.perf_counter()
            action()
            times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken], answers


def compared(asked: Metapaths, kept: Any, abbreviation: str) -> tuple[float, float, float]:
    """Return both times for one metapath and the largest relative difference between the counts."""
    from hetmatpy.degree_weight import default_dwwc_method, dwpc

    pattern = asked.read(METAPATHS[abbreviation])
    metapath = kept.metagraph.metapath_from_abbrev(abbreviation)

    def theirs() -> Any:
        return dwpc(kept, metapath, damping=DAMPING, dense_threshold=1, dwwc_method=default_dwwc_method)[2]

    (our_time, their_time), (counts, matrix) = in_turn(
        lambda: count_paths(asked.network, pattern, damping=DAMPING), theirs
    )
    first = first_numbers()
    dense = np.zeros(matrix.shape)
    dense[counts.source - first["Compound"], counts.target - first["Disease"]] = counts.weighted
    expected = matrix.toarray()
    scale = np.where(expected > 0, expected, 1)
    return our_time, their_time, float((np.abs(dense - expected) / scale).max())


def main() -> None:
    """Print the table and write it as JSON; fail where a count differs."""
    edges = made_edges()
    asked, rows = our_network(edges), []
    with tempfile.TemporaryDirectory() as folder:
        kept = their_matrices(edges, Path(folder) / "hetmat")
        print(
            f"{'all compound–disease pairs':28} {'ours':>9} {'hetmatpy':>9} {'ratio':>7} {'difference':>11}"
        )
        for abbreviation in METAPATHS:
            ours, theirs, difference = compared(asked, kept, abbreviation)
            print(f"{abbreviation:28} {ours:8.3f}s {theirs:8.3f}s {ours / theirs:7.3f} {difference:11.1e}")
            rows.append(
                {"metapath": abbreviation, "ours": ours, "hetmatpy": theirs, "difference": difference}
            )
            if difference > 1e-9:
                raise SystemExit(f"the counts along {abbreviation} differ")
    path = ROOT / "build" / "metapaths.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
