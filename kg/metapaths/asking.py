"""`Metapaths`: a network with its names, and what can be asked about its metapaths."""

from __future__ import annotations

from dataclasses import dataclass

from kg.engine.network import Network
from kg.graph import Graph
from kg.metapaths.along import causal_steps
from kg.metapaths.claims import claim_network
from kg.metapaths.counting import PairCount, count_paths
from kg.metapaths.existing import FoundMetapaths, metapaths_between
from kg.metapaths.metapath import Metapath
from kg.metapaths.naming import GraphNames, Known, NetworkNames, read_metapath
from kg.metapaths.relations import DAMPING, Acting


@dataclass(frozen=True)
class Metapaths:
    """A network, what its names mean, and which steps the metapaths between two places may take."""

    network: Network
    known: Known
    acting: Acting | None = None

    @classmethod
    def of_graph(cls, graph: Graph) -> Metapaths:
        """Return those of a curated graph; between two places they go from cause to effect."""
        return cls(claim_network(graph), GraphNames(graph), causal_steps(graph))

    @classmethod
    def of_network(cls, network: Network) -> Metapaths:
        """Return those of an edge list; between two places they go along its arrows."""
        return cls(network, NetworkNames(network))

    def read(self, pattern: str) -> Metapath:
        """Return the metapath that a text says; raises `InvalidPattern` with a caret where it goes wrong."""
        return read_metapath(pattern, self.known)

    def between(self, source: str, target: str, *, max_length: int = 3) -> FoundMetapaths:
        """Return the metapaths from one category or entity to another; see `metapaths_between`."""
        ends = self.known.place(source), self.known.place(target)
        return metapaths_between(self.network, self.known, *ends, max_length=max_length, acting=self.acting)

    def counts(self, metapath: Metapath, *, damping: float = DAMPING) -> tuple[PairCount, ...]:
        """Return both counts for all pairs, the largest weighted count first; see `count_paths`."""
        counts = count_paths(self.network, metapath, damping=damping)
        return counts.best(len(counts)).named(self.network.names)
