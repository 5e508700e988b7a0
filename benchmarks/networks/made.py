"""Writing edge lists as large as published knowledge graphs, from a seed: their counts, and made-up edges.

Every kind of edge has its published count between as many nodes as take part in it. A few nodes have most of
the edges, and what is a hub of one kind of edge tends to be one of another. `share` makes the list shorter or
longer: so many times the edges between √share times the nodes, which keeps how full each kind of edge is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from networks.published import HETIONET, PRIMEKG, Edges, Published

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["HETIONET", "PRIMEKG", "edge_list"]

SEED = 1951
"""When imipramine was first made for the clinic."""
TAIL = 0.65
"""A node's chance of an edge falls with its rank to this power."""
HEADER = "source\tpredicate\ttarget\tsign\n"
MARKS = np.array(["-", "", "+"])


def edge_list(published: Published, folder: Path, share: float = 1.0) -> Path:
    """Return the path of the edge list, after writing it unless the folder has it already."""
    told = hashlib.sha256(repr((published, share, SEED, TAIL)).encode()).hexdigest()[:8]
    path = folder / f"{published.name}-{share:g}-{told}.tsv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.write(HEADER)
            for block in _blocks(published, share):
                file.write(block)
        unfinished.rename(path)
    return path


def _blocks(published: Published, share: float) -> Iterator[str]:
    dice = np.random.default_rng(SEED)
    names = {kind: _names(kind, _scaled(count, share), dice) for kind, count in published.nodes.items()}
    for edges in published.edges:
        once = round(edges.count * share / (2 if published.both_ways else 1))
        source, target = _pairs(edges, names, share, once, dice)
        chance = dice.random(len(source))
        raising, lowering = edges.signs
        sign = np.where(chance < raising, 1, np.where(chance < raising + lowering, -1, 0))
        ends = names[edges.source][source], names[edges.target][target]
        yield _lines(*ends, edges.predicate, sign)
        if published.both_ways:
            yield _lines(*reversed(ends), edges.predicate, sign)


def _scaled(count: int, share: float) -> int:
    return max(2, round(count * sqrt(share)))


def _names(kind: str, count: int, dice: np.random.Generator) -> NDArray[Any]:
    """Return names from the greatest hub on; the numbers in them tell nothing of that."""
    return np.array([f"{kind}::{number:06}" for number in dice.permutation(count)], object)


def _pairs(
    edges: Edges, names: dict[str, NDArray[Any]], share: float, count: int, dice: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ends of so many different edges; each node that takes part has one, if they suffice."""
    source = _part(len(names[edges.source]), edges.sources and _scaled(edges.sources, share), dice)
    target = _part(len(names[edges.target]), edges.targets and _scaled(edges.targets, share), dice)
    turn = np.arange(max(len(source), len(target)))
    one = dice.permutation(source)[turn % len(source)]
    other = dice.permutation(target)[turn % len(target)]
    same = edges.source == edges.target
    while True:
        kept = _different(one, other, same)[:count]
        one, other = one[kept], other[kept]
        if len(one) == count:
            break
        wanted = 2 * (count - len(one)) + 100
        one = np.concatenate([one, _drawn(source, wanted, dice)])
        other = np.concatenate([other, _drawn(target, wanted, dice)])
    order = dice.permutation(count)
    return one[order], other[order]


def _different(one: NDArray[np.int64], other: NDArray[np.int64], same: bool) -> NDArray[np.int64]:
    """Return the first places of pairs; between nodes of the same kind, whichever way they point."""
    low, high = (np.minimum(one, other), np.maximum(one, other)) if same else (one, other)
    _, first = np.unique((low << 32) + high, return_index=True)
    first.sort()
    return first[one[first] != other[first]] if same else first


def _part(nodes: int, taking_part: int | None, dice: np.random.Generator) -> NDArray[np.int64]:
    """Return which nodes have edges of a kind, hubs first, with some luck."""
    fame = np.log1p(np.arange(nodes)) + dice.normal(0, 0.7, nodes)
    return np.argsort(fame, kind="stable")[: min(taking_part or nodes, nodes)]


def _drawn(nodes: NDArray[np.int64], count: int, dice: np.random.Generator) -> NDArray[np.int64]:
    weight = np.cumsum(np.arange(1, len(nodes) + 1) ** -TAIL)
    return nodes[np.searchsorted(weight, dice.random(count) * weight[-1])]


def _lines(source: NDArray[Any], target: NDArray[Any], predicate: str, sign: NDArray[np.int64]) -> str:
    marks = MARKS[sign + 1].tolist()
    rows = zip(source.tolist(), target.tolist(), marks, strict=True)
    return "".join(f"{one}\t{predicate}\t{other}\t{mark}\n" for one, other, mark in rows)
