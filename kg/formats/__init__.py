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

Writer = Callable[[Graph, Sequence[Conflict]], bytes]


class Format(msgspec.Struct, frozen=True):
    """A file format and the module of this package whose `write` makes it."""

    name: str
    extension: str
    media_type: str
    module: str

    def write(self, graph: Graph, found: Sequence[Conflict]) -> bytes:
        """Return the graph in this format; the same graph gives the same bytes."""
        writer: Writer = import_module(f"kg.formats.{self.module}").WRITERS[self.name]
        return writer(graph, found)


FORMATS: tuple[Format, ...] = (
    Format("turtle", "ttl", "text/turtle", "oxrdf"),
    Format("trig", "trig", "application/trig", "oxrdf"),
    Format("json-ld", "jsonld", "application/ld+json", "jsonld"),
    Format("graphml", "graphml", "application/graphml+xml", "graphml"),
)


def format_named(name: str) -> Format:
    """Return the format with this name, extension or media type; raises `UnknownName` otherwise."""
    wanted = name.lower().lstrip(".")
    for known in FORMATS:
        if wanted in (known.name, known.extension, known.media_type):
            return known
    names = [known.name for known in FORMATS]
    raise UnknownName("format", name, nearest(name, names) or tuple(names))
