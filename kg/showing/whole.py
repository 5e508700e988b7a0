"""How a whole graph looks, what is in it by document, and a curated mechanism or workflow, as its picture."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from kg.affinities import conflicts
from kg.graph import Graph
from kg.model import Mechanism, Workflow
from kg.showing.markup import Page, Paragraph, Piece, Table, faint, said
from kg.showing.words import graph_of


class Whole(Protocol):
    """What is asked of a graph here."""

    @property
    def graph(self) -> Graph:
        """Its indexes."""

    def counts(self) -> dict[str, int]:
        """Return how much of each kind is in it."""


def whole(found: Whole) -> Page:
    """Return what is in a graph, and how to go on."""
    graph = found.graph
    counts = ", ".join(f"{count:,} {kind}" for kind, count in found.counts().items())
    documented = (claim for claim in graph.knowledge.statements if claim.basis == "document")
    claims = Counter(name for claim in documented for name in claim.documents)
    values = Counter(name for value in graph.knowledge.measurements for name in value.documents)
    rows = [
        (row.id, row.kind, row.title, claims[row.id], values[row.id])
        for row in graph.documents.values()
        if claims[row.id] or values[row.id]
    ]
    header = ("document", "kind", "title", "statements", "measurements")
    literature = len(graph.documents) - len(rows)
    told = f"and {literature} papers and books behind background steps" if literature else ""
    begin = "begin with graph.e. and the Tab key, graph.search(…), graph.paths(…, …), graph.explore()"
    table = Table(header, rows, None, ("statements", "measurements"), told)
    return Page([Paragraph(said(counts).within("b")), table, Paragraph(faint(begin))])


def picture(found: Mechanism | Workflow) -> dict[str, str] | Page:
    """Return the picture of a mechanism or workflow, or its title where its graph is gone."""
    from kg.views.diagram import diagram, workflow_diagram

    graph = graph_of(found)
    if graph is None:
        return Page([Paragraph(Piece(found.title, said(found.title).html))])
    if isinstance(found, Workflow):
        return workflow_diagram(graph, found)._repr_mimebundle_()
    return diagram(graph, found, conflicts(graph))._repr_mimebundle_()


SHOWN = {"KnowledgeGraph": whole, "Mechanism": picture, "Workflow": picture}
"""What shows each class of this file."""
