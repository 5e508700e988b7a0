"""What a part of the façade holds: the graph, and what finds its conflicts when they are asked for."""

from __future__ import annotations

from collections.abc import Callable

from kg.graph import Graph
from kg.model import Conflict


class Part:
    """A part of `KnowledgeGraph`: questions of one kind, with entities named as there."""

    def __init__(self, graph: Graph, conflicts: Callable[[], tuple[Conflict, ...]]) -> None:
        self._graph = graph
        self._disputes = conflicts
