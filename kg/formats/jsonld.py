"""JSON-LD in the shipped context, written by rdflib and put into a fixed order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg import resources
from kg.graph import Graph
from kg.model import Conflict
from kg.rdf import to_rdflib


def write_jsonld(graph: Graph, found: Sequence[Conflict], canonical: bool = False) -> bytes:
    """Return the default graph, which holds everything, as compact JSON-LD."""
    context = json.loads((resources.folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
    whole = to_rdflib(graph, found, canonical).default_graph
    text = whole.serialize(format="json-ld", context=context, auto_compact=True)
    document: dict[str, Any] = json.loads(text)
    document["@graph"] = sorted((_ordered(node) for node in document.get("@graph", [])), key=_name)
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _name(node: Any) -> str:
    return (
        json.dumps(node, ensure_ascii=False, sort_keys=True)
        if not isinstance(node, dict)
        else (str(node.get("@id", node.get("id", ""))))
    )


def _ordered(node: Any) -> Any:
    """Return a node with sorted keys and value sets, since a graph has no order of its own."""
    if isinstance(node, dict):
        return {key: _ordered(node[key]) for key in sorted(node)}
    if isinstance(node, list):
        return sorted((_ordered(item) for item in node), key=_name)
    return node


WRITERS = {"json-ld": write_jsonld}
