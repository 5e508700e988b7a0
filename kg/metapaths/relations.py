"""Each arrow of a metapath as a relation: the pairs of nodes it joins, and how much each pair weighs.

Two nodes are joined once, however many claims or predicates of the arrow join them, as a mechanism path takes
one step there. The degree of a node is how many nodes this one relation joins it to: as hetmatpy counts per
metaedge, with the categories at both ends as its metanodes. A pair weighs (degree · degree)^−w, the damping
exponent w of Himmelstein & Baranzini 2015 (doi:10.1371/journal.pcbi.1004259). A place that names one entity
keeps the degrees of its whole category, so that its counts are a row of the category's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.engine.network import Network
from kg.metapaths.metapath import Arrow, Metapath, Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAMPING = 0.4


@dataclass(frozen=True, eq=False, slots=True)
class Relation:
    """Pairs of nodes by their numbers, sorted by source and target, each once, and their weights."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: NDArray[np.float64]
    nodes: tuple[int, int]
    """How many nodes the places at its ends have."""

    def __len__(self) -> int:
        return len(self.source)


@dataclass(frozen=True, slots=True)
class Acting:
    """Predicates that a path may take from subject to object, and those from object to subject."""

    along: Collection[str]
    against: Collection[str]


def relations(
    network: Network, metapath: Metapath, *, damping: float = DAMPING, acting: Acting | None = None
) -> tuple[Relation, ...]:
    """Return what each arrow of a metapath joins; `acting` leaves only these predicates."""
    found = []
    for number, arrow in enumerate(metapath.arrows):
        before, after = metapath.places[number : number + 2]
        source, target = joined_pairs(network, arrow, (before, after), acting)
        weight = _weights(source, damping, network.nodes) * _weights(target, damping, network.nodes)
        kept = _chosen(network, before)[source] & _chosen(network, after)[target]
        counts = int(at_place(network, before).sum()), int(at_place(network, after).sum())
        found.append(Relation(source[kept], target[kept], weight[kept], counts))
    return tuple(found)


def of_place(network: Network, place: Place) -> NDArray[np.bool_]:
    """Return which nodes are of the categories of a place."""
    if not place.categories:
        return np.ones(network.nodes, bool)
    wanted = np.array([kind in place.categories for kind in network.kinds], bool)
    return wanted[network.kind]


def at_place(network: Network, place: Place) -> NDArray[np.bool_]:
    """Return which nodes may stand at a place: those of its categories, or the one it names."""
    return of_place(network, place) & _chosen(network, place)


def may_meet(network: Network, metapath: Metapath) -> frozenset[tuple[int, int]]:
    """Return the pairs of places where one node could stand twice, which a simple path forbids.

    Neighbours are none of them: no arrow joins a node to itself.
    """
    at = [at_place(network, place) for place in metapath.places]
    places = range(len(at))
    return frozenset((i, j) for i in places for j in places[i + 2 :] if (at[i] & at[j]).any())


def _chosen(network: Network, place: Place) -> NDArray[np.bool_]:
    if place.node is None:
        return np.ones(network.nodes, bool)
    only = np.zeros(network.nodes, bool)
    only[network.names.number(place.node)] = True
    return only


def joined_pairs(
    network: Network, arrow: Arrow, ends: tuple[Place, Place], acting: Acting | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs that an arrow joins between two places, in order and each once."""
    subject = np.repeat(np.arange(network.nodes), np.diff(network.forward.starts))
    object_ = network.forward.ends.astype(np.int64)
    before, after = (of_place(network, place) for place in ends)
    keys = []
    if arrow.direction != "backward":
        taken = _steps_with(network, arrow.predicates, acting.along if acting else None)
        taken &= before[subject] & after[object_]
        keys.append(subject[taken] * network.nodes + object_[taken])
    if arrow.direction != "forward":
        taken = _steps_with(network, arrow.predicates, acting.against if acting else None)
        taken &= before[object_] & after[subject]
        keys.append(object_[taken] * network.nodes + subject[taken])
    key = _distinct(np.concatenate(keys))
    return (key // network.nodes, key % network.nodes) if network.nodes else (key, key)


def _distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each key once, in order; several times faster than `numpy.unique` where few are equal."""
    ordered = np.sort(keys)
    kept: NDArray[np.bool_] = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    return ordered[kept]


def _steps_with(
    network: Network, predicates: Collection[str], allowed: Collection[str] | None
) -> NDArray[np.bool_]:
    """Return which steps have an arrow with one of these predicates (any, when there are none)."""
    if not predicates and allowed is None:
        return np.ones(network.steps, bool)
    wanted = [
        (not predicates or name in predicates) and (allowed is None or name in allowed)
        for name in network.predicates
    ]
    if not network.steps:
        return np.zeros(0, bool)
    taken = np.array(wanted, bool)[network.predicate]
    return np.logical_or.reduceat(taken, network.first[:-1])


def _weights(ends: NDArray[np.int64], damping: float, nodes: int) -> NDArray[np.float64]:
    """Return degree^−w of the node at one end of every pair."""
    degree = np.bincount(ends, minlength=nodes)
    return np.asarray(degree[ends].astype(np.float64) ** -damping)
