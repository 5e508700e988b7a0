"""Turtle (everything, as one graph) and TriG (with a named graph per document), written by Oxigraph."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from kg.graph import Graph
from kg.model import Conflict
from kg.rdf import prefixes, quads


def write_turtle(graph: Graph, found: Sequence[Conflict], canonical: bool = False) -> bytes:
    """Return the default graph, which holds everything, as Turtle."""
    whole = (
        quad.triple for quad in quads(graph, found, canonical) if isinstance(quad.graph_name, ox.DefaultGraph)
    )
    return serialized(sorted(set(whole), key=str), ox.RdfFormat.TURTLE, graph)


def write_trig(graph: Graph, found: Sequence[Conflict], canonical: bool = False) -> bytes:
    """Return all graphs as TriG."""
    ordered = sorted(set(quads(graph, found, canonical)), key=lambda quad: (str(quad.graph_name), str(quad)))
    return serialized(ordered, ox.RdfFormat.TRIG, graph)


def serialized(ordered: list[ox.Triple] | list[ox.Quad], form: ox.RdfFormat, graph: Graph) -> bytes:
    """Serialise with the prefixes in a fixed order, which the serializer itself does not keep."""
    written = ox.serialize(ordered, format=form, prefixes=prefixes(graph)) or b""
    lines = written.splitlines(keepends=True)
    head = [line for line in lines if line.startswith(b"@prefix")]
    return b"".join([*sorted(head), *lines[len(head) :]])


WRITERS = {"turtle": write_turtle, "trig": write_trig}
