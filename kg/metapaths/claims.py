"""The network of a curated graph that metapaths are matched on: an arrow for every asserted claim."""

from __future__ import annotations

from kg.engine.building import make_network
from kg.engine.network import Network
from kg.graph import Graph

_SIGNS = {"+": 1, "-": -1}


def claim_network(graph: Graph) -> Network:
    """Return entities joined by asserted, two-sided claims, from subject to object as written.

    Claims that carry no effect (binds, part of) are among them. A symmetric one goes both ways. `record` of
    an arrow is the place of its claim in the graph.
    """
    names = sorted(graph.entities, key=str.encode)
    number = {name: place for place, name in enumerate(names)}
    kinds = tuple(sorted({entity.category for entity in graph.entities.values()}))
    kind = [kinds.index(graph.entities[name].category) for name in names]
    predicates = tuple(sorted(graph.vocabulary.predicates))
    rows = []
    for record, claim in enumerate(graph.knowledge.statements):
        if not graph.is_edge(claim):
            continue
        ends = number[claim.subject], number[claim.object]
        rest = predicates.index(claim.predicate), _SIGNS.get(claim.sign, 0), record
        rows.append((ends[0], ends[1], *rest))
        if graph.vocabulary.predicates[claim.predicate].symmetric:
            rows.append((ends[1], ends[0], *rest))
    sources, targets, predicate, signs, records = zip(*rows, strict=True) if rows else ((),) * 5
    return make_network(
        names, sources, targets, signs=signs, predicates=predicates, predicate=predicate,
        records=records, kinds=kinds, kind=kind,
    )  # fmt: skip
