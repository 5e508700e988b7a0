"""The graph as a NetworkX `MultiDiGraph`: one edge per asserted claim, with typed attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph import Graph

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def to_networkx(graph: Graph) -> MultiDiGraph[str]:
    """Return entities as nodes and asserted, two-sided claims as edges keyed by statement id.

    Negated and no-data claims and comparisons are no edges: an algorithm would walk them as if they held.
    Edges run from subject to object; `causal` tells whether the effect runs that way.
    """
    import networkx as nx

    network: MultiDiGraph[str] = nx.MultiDiGraph(name="drug mechanisms")
    for entity in graph.knowledge.entities:
        network.add_node(
            entity.id,
            label=entity.name,
            category=entity.category,
            symbol=entity.symbol,
            synonyms=entity.synonyms,
            xrefs=entity.xrefs,
        )
    for statement in filter(graph.is_edge, graph.knowledge.statements):
        network.add_edge(
            statement.subject,
            statement.object,
            key=statement.id,
            predicate=statement.predicate,
            sign=None if statement.sign == "unsigned" else statement.sign,
            causal=graph.vocabulary.predicates[statement.predicate].causal,
            polarity=statement.polarity,
            certainty=statement.certainty,
            basis=statement.basis,
            documents=statement.documents,
            qualifiers=dict(statement.qualifiers.items()),
            source=str(statement.source),
        )
    return network
