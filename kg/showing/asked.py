"""How answers in SPARQL look: a table of solutions, or triples as Turtle."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from kg.rich import counted
from kg.showing.markup import Page, Paragraph, Piece, Table, cut, faint, lines_of, said
from kg.sparql.answers import Table as Solutions
from kg.sparql.answers import Triples
from kg.sparql.writing import cell

_MOST = 40
_MOST_LINES = 60


def solutions(found: Solutions) -> Page:
    """Return the solutions of a SELECT."""
    rows = list(lines_of(([cell(value) for value in row] for row in found.rows), _MOST))
    numbers = [name for at, name in enumerate(found.variables) if _is_numbers(found, at)]
    title = counted(len(found), "row")
    return Page([Table(found.variables, rows, title, numbers, cut(len(found), _MOST))])


def _is_numbers(found: Solutions, at: int) -> bool:
    given = [row[at] for row in found.rows if row[at] is not None]
    return bool(given) and all(isinstance(value, int | float | Decimal) for value in given)


def triples(found: Triples) -> Page:
    """Return the triples of a CONSTRUCT or DESCRIBE as Turtle, without the prefixes that it declares."""
    every = found.turtle.splitlines()
    lines = [line for line in every if not line.startswith("@prefix ")]
    pieces = [_line(line) for line in lines[:_MOST_LINES]]
    text = "\n".join(piece.text for piece in pieces)
    shown = Markup("<pre>{}</pre>").format(Markup("\n").join(piece.html for piece in pieces))
    more = len(lines) - _MOST_LINES
    told = [f"… and {more:,} more lines"] if more > 0 else []
    told += ["`.turtle` holds all, with its prefixes"] if len(every) > len(pieces) else []
    title = Paragraph(said(counted(found.count, "triple")).within("b"), "kg-h")
    return Page([title, Paragraph(Piece(text, shown)), Paragraph(faint("; ".join(told)))])


def _line(line: str) -> Piece:
    """Return a line of Turtle, set in as it is: by tabs, which are no text."""
    plain = line.lstrip("\t")
    return said("    " * (len(line) - len(plain)) + plain)


SHOWN = {"Table": solutions, "Triples": triples}
"""What shows each class of this file."""
