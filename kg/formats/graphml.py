"""GraphML for Cytoscape, yEd and Gephi, written by NetworkX; lists become text joined by « | »."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from kg.graph import Graph
from kg.model import Conflict
from kg.networks import to_networkx


def write_graphml(graph: Graph, found: Sequence[Conflict], canonical: bool = False) -> bytes:
    """Return entities and asserted claims as GraphML. Conflicts have no place in it."""
    import networkx as nx

    network = to_networkx(graph)
    for _, attributes in network.nodes(data=True):
        _flatten(attributes)
    for _, _, attributes in network.edges(data=True):
        _flatten(attributes)
    buffer = BytesIO()
    nx.write_graphml_xml(network, buffer)
    return buffer.getvalue()


def _flatten(attributes: dict[str, Any]) -> None:
    for name, value in list(attributes.items()):
        if isinstance(value, dict):
            attributes[name] = " | ".join(f"{key}: {part}" for key, part in value.items())
        elif isinstance(value, tuple):
            attributes[name] = " | ".join(value)
        elif value is None:
            del attributes[name]


WRITERS = {"graphml": write_graphml}
