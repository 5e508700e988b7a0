"""The paths of a curated graph along a metapath, and the claims behind each of their steps."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph import Graph
from kg.metapaths.claims import claim_network
from kg.metapaths.joining import joined_paths
from kg.metapaths.metapath import Arrow, Metapath
from kg.metapaths.relations import Acting, may_meet, relations
from kg.model import Statement


def paths_along(graph: Graph, metapath: Metapath, *, causal: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield the entity ids of every simple path along a metapath, in the order of the ids.

    With `causal` each step also acts from left to right, so that `kg.paths` knows all of them: the arrow
    `<-depends_on-` does, as what is needed acts on what needs it, and `-binds->` never does.
    """
    network = claim_network(graph)
    found = relations(network, metapath, acting=causal_steps(graph) if causal else None)
    names = list(network.names)
    for columns, _ in joined_paths(found, may_meet(network, metapath), network.nodes):
        for row in zip(*(column.tolist() for column in columns), strict=True):
            yield tuple(names[node] for node in row)


def claims_along(graph: Graph, arrow: Arrow, before: str, after: str) -> tuple[Statement, ...]:
    """Return the asserted claims by which an arrow steps from one entity to another, in file order."""

    def takes(claim: Statement) -> bool:
        either = arrow.direction == "either" or graph.vocabulary.predicates[claim.predicate].symmetric
        ends = claim.subject, claim.object
        forward = ends == (before, after) and (either or arrow.direction == "forward")
        return forward or (ends == (after, before) and (either or arrow.direction == "backward"))

    wanted = (claim for claim in filter(graph.is_edge, graph.knowledge.statements) if takes(claim))
    return tuple(claim for claim in wanted if not arrow.predicates or claim.predicate in arrow.predicates)


def causal_steps(graph: Graph) -> Acting:
    """Return the predicates by which the subject acts on the object, and those by which the object does."""
    rows = graph.vocabulary.predicates.values()
    return Acting(
        frozenset(row.id for row in rows if row.causal == "forward"),
        frozenset(row.id for row in rows if row.causal == "backward"),
    )
