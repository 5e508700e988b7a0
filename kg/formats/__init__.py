"""`FORMATS`: one table of name, extension, media type and writer; nothing else knows an extension.

Writers import what they need when they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

import msgspec

from kg.graph import Graph
from kg.model import Conflict
from kg.names import nearest
from kg.problems import UnknownName

Writer = Callable[[Graph, Sequence[Conflict], bool], bytes]


class Format(msgspec.Struct, frozen=True):
    """A file format, and the module of this package that writes it; `file` is what `kg build` calls it."""

    name: str
    extension: str
    media_type: str
    module: str
    file: str

    def write(self, graph: Graph, found: Sequence[Conflict], canonical: bool = False) -> bytes:
        """Return the graph in this format; the same graph gives the same bytes.

        With `canonical`, entities have in RDF the names of other databases (`kg.canonical`).
        """
        writer: Writer = import_module(f"kg.formats.{self.module}").WRITERS[self.name]
        return writer(graph, found, canonical)


FORMATS: tuple[Format, ...] = (
    Format("turtle", "ttl", "text/turtle", "oxrdf", "graph.ttl"),
    Format("trig", "trig", "application/trig", "oxrdf", "graph.trig"),
    Format("json-ld", "jsonld", "application/ld+json", "jsonld", "graph.jsonld"),
    Format("graphml", "graphml", "application/graphml+xml", "graphml", "graph.graphml"),
    Format("nanopublications", "nanopub.trig", "application/trig", "nanopub", "nanopublications.trig"),
    Format("rdf12", "rdf12.ttl", "text/turtle", "rdf12", "statements.rdf12.ttl"),
)


def format_named(name: str) -> Format:
    """Return the format with this name, extension or media type; raises `UnknownName` otherwise."""
    wanted = name.lower().lstrip(".")
    for known in FORMATS:
        if wanted in (known.name, known.extension, known.media_type):
            return known
    names = [known.name for known in FORMATS]
    raise UnknownName("format", name, nearest(name, names) or tuple(names))
