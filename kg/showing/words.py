"""Names, claims, signs and places in words, as pieces: of the graph that holds a row, or by ids alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from kg.graph import Graph, graphs_in_use
from kg.model import Conflict, Entity, Evidence, Measurement, Mechanism, Statement, Workflow
from kg.rich import counted
from kg.showing.markup import Piece, faint, joined, said, stacked

_SIGNS = {
    "+": ("+ raises", "kg-up"),
    "-": ("− lowers", "kg-down"),
    "0": ("· relates", "kg-bare"),
    "both": ("± raises and lowers", "kg-none"),
}
_OPEN = ("? direction not given", "kg-none")
_UNSAID = {"negated": "✗ found not to", "no data": "∅ no data"}
_PLACES = 3


def graph_of(*rows: Any) -> Graph | None:
    """Return the newest graph in use that holds one of these very rows, None where there is none."""
    for graph in graphs_in_use():
        if any(_holds(graph, row) for row in rows):
            return graph
    return None


def _holds(graph: Graph, row: Any) -> bool:
    match row:
        case Entity():
            return graph.entities.get(row.id) is row
        case Statement():
            return graph.statements.get(row.id) is row
        case Measurement():
            return graph.measurements.get(row.id) is row
        case Mechanism():
            return graph.mechanisms.get(row.id) is row
        case Workflow():
            return graph.workflows.get(row.id) is row
        case Conflict():
            return all(_knows(graph, side) for side in row.sides)  # one that was found is nobody's own
    return False


def _knows(graph: Graph, side: str) -> bool:
    rows = (graph.statements, graph.measurements, graph.documents, graph.entities)
    return any(side in known for known in rows) or graph.reference(side) is not None


class Words:
    """How rows are told: with the names of a graph, or with ids where it is not known."""

    def __init__(self, graph: Graph | None) -> None:
        self.graph = graph

    def name(self, entity: str) -> str:
        """Return the name of an entity."""
        return self.graph.label(entity) if self.graph else entity

    def short(self, entity: str) -> str:
        """Return the name of an entity, or its symbol where that is long."""
        return self.graph.short(entity) if self.graph else entity

    def verb(self, predicate: str) -> str:
        """Return a predicate as it is read."""
        known = self.graph.vocabulary.predicates.get(predicate) if self.graph else None
        return known.label if known else predicate.replace("_", " ")

    def claim(self, claim: Statement) -> Piece:
        """Return what is claimed; struck through where it was tested and not found."""
        than = f" than {self.name(claim.than)}" if claim.than else ""
        ends = said(self.name(claim.subject)).within("b"), said(self.name(claim.object) + than).within("b")
        told = joined((ends[0], self.verb(claim.predicate), ends[1]))
        if claim.polarity == "asserted":
            return told
        word = {"negated": "not", "no data": "no data"}[claim.polarity]
        shown = told.within("s") if claim.polarity == "negated" else told
        return Piece(f"{word}: {told.text}", Markup("{}: {}").format(word, shown.html))

    def mark(self, claim: Statement) -> Piece:
        """Return the sign of a claim in a frame: full where it is asserted, dashed where hedged."""
        text, colour = _SIGNS.get(claim.sign, _OPEN)
        if claim.polarity != "asserted":
            text, colour = _UNSAID[claim.polarity], "kg-none"
        elif self.graph and self.graph.vocabulary.predicates[claim.predicate].causal == "none":
            text, colour = _SIGNS["0"]
        return _unbroken(text).styled("kg-m", colour, f"kg-{claim.certainty}")

    def standing(self, claim: Statement) -> Piece:
        """Return what weakens or limits a claim: certainty, basis, circumstances."""
        sure = "" if claim.certainty == "asserted" else claim.certainty
        basis = "background" if claim.basis == "background" else ""
        return joined((sure, basis, self.limits(claim)), "; ")

    def limits(self, row: Statement | Measurement) -> str:
        """Return the circumstances of a claim or value."""
        pairs = row.qualifiers.items()
        return ", ".join(f"with {self.name(v)}" if k == "stimulus" else self.name(v) for k, v in pairs)


def sign_mark(sign: str) -> Piece:
    """Return a net sign or an answer in a frame, with its word."""
    text, colour = _SIGNS.get(sign, ("? unknown", "kg-none"))
    return _unbroken(text).styled("kg-m", colour, "kg-asserted")


def _unbroken(text: str) -> Piece:
    """Return a sign with its words in one line, where styles are left out too."""
    return Piece(text, said(text.replace(" ", "\u00a0")).html)


def places(evidence: Iterable[Evidence], *, most: int = _PLACES) -> Piece:
    """Return where it is said, a line for each place: document, place, cited numbers, line of YAML."""
    found = list(evidence)
    lines = [_place(item) for item in found[:most]]
    more = [faint(f"and {counted(len(found) - most, 'more place')}")] if len(found) > most else []
    return stacked([*lines, *more])


def _place(item: Evidence) -> Piece:
    cited = f"[{', '.join(map(str, item.references))}]" if item.references else ""
    misfit = f"({', '.join(map(str, item.misfits))} does not fit)" if item.misfits else ""
    where = f"{item.document}, {item.locator}" if str(item.locator) else item.document
    return joined((where, cited, misfit, faint(str(item.source))))
