"""How claims and conflicts look: a row for each, with its mark, what limits it, and every place of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import Conflict, Statement
from kg.rich import counted
from kg.showing.markup import (
    Content,
    Page,
    Paragraph,
    Piece,
    Table,
    cut,
    faint,
    joined,
    lines_of,
    said,
    stacked,
)
from kg.showing.words import Words, graph_of, places

HEADER = ("sign", "claim", "stands", "said in")


def statements(found: Sequence[Statement], title: Content = None, most: int = 20) -> Table:
    """Return claims as a table."""
    words = Words(graph_of(*found[:1]))
    rows = lines_of((claim_line(words, claim) for claim in found), most)
    return Table(HEADER, list(rows), title or counted(len(found), "statement"), (), cut(len(found), most))


def claim_line(words: Words, claim: Statement) -> tuple[Content, ...]:
    """Return a claim as a row: mark, claim, what limits it, where it is said."""
    return words.mark(claim), words.claim(claim), words.standing(claim), places(claim.evidence)


def statement(claim: Statement) -> Page:
    """Return one claim with its id, its notes and all its places."""
    words = Words(graph_of(claim))
    line = (words.mark(claim), words.claim(claim), words.standing(claim), places(claim.evidence, most=100))
    notes = (("normalised", claim.normalised), ("note", claim.note))
    told = [Paragraph(f"{name}: {text}") for name, text in notes if text]
    return Page([Table(HEADER, [line]), *told, Paragraph(faint(claim.id))])


def conflicts(found: Sequence[Conflict]) -> Page:
    """Return conflicts as a table: question and verdict, its sides with their places, what differs."""
    words = Words(next(filter(None, map(graph_of, found)), None))
    rows = list(lines_of(_conflict_line(words, conflict) for conflict in found))
    header = ("conflict", "sides", "difference and reason")
    return Page([Table(header, rows, counted(len(found), "conflict"), (), cut(len(found)))])


def _conflict_line(words: Words, conflict: Conflict) -> tuple[Content, ...]:
    apart = f"{conflict.fold}-fold apart" if conflict.fold else ""
    judged = joined((conflict.kind, apart, f"verdict: {conflict.verdict}"), ", ")
    texts = (("difference", conflict.difference), ("reason", conflict.reason))
    told = stacked(f"{name}: {text}" for name, text in texts if text)
    sides = stacked(_side(words, side) for side in conflict.sides)
    return stacked((said(conflict.topic).within("b"), faint(judged))), sides, told


def _side(words: Words, side: str) -> Piece:
    graph = words.graph
    if graph is None:
        return said(side)
    if side in graph.statements:
        claim = graph.statements[side]
        told = joined((words.mark(claim), words.claim(claim), _within(words.standing(claim))))
        return stacked((told, faint(places(claim.evidence))))
    if side in graph.measurements:
        value = graph.measurements[side]
        ends = f"of {words.name(value.form or value.drug)} at {words.name(value.target)}:"
        printed = said(value.printed).within("b")
        told = joined((value.parameter.replace("_", " "), ends, printed, _within(said(words.limits(value)))))
        return stacked((told, faint(places(value.evidence))))
    if side in graph.documents:
        return said(f"{side}: {graph.documents[side].title}")
    reference = graph.reference(side)
    if reference:
        return said(
            f"{side.rpartition('.ref.')[0]} [{reference.number}]: {reference.title} ({reference.kind})"
        )
    return said(words.name(side))


def _within(piece: Piece) -> Piece:
    return joined(("(", piece, ")"), "") if piece.text else piece


def _all(found: Iterable[Statement]) -> Page:
    return Page([statements(tuple(found))])


SHOWN = {
    "Statement": statement,
    "Statements": _all,
    "Conflict": lambda conflict: conflicts((conflict,)),
    "Conflicts": conflicts,
}
"""What shows each class of this file."""
