"""What an answer about several entities draws: its title and its claims."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph import Graph
from kg.model import Statement
from kg.paths.between import Explanation
from kg.paths.common import Common
from kg.paths.picture import claims_of
from kg.paths.subgraph import Subgraph


def drawable(graph: Graph, found: Explanation | Common | Subgraph) -> tuple[str, tuple[Statement, ...]]:
    """Return the title and the claims of a picture of an answer."""
    if isinstance(found, Explanation):
        return f"Between {listed(graph, found.entities)}", claims_of(found.steps)
    if isinstance(found, Common):
        return f"Common to {listed(graph, (found.one, found.other))}", found.statements
    return f"Around {listed(graph, found.entities)}", found.statements


def listed(graph: Graph, names: Iterable[str]) -> str:
    """Return the names of entities as running text.

    >>> import kg
    >>> listed(kg.load().graph, ["igmesine", "bdnf", "cgmp"])
    'igmesine, brain-derived neurotrophic factor and cyclic guanosine monophosphate'
    """
    *names, last = map(graph.label, names)
    return f"{', '.join(names)} and {last}" if names else last
