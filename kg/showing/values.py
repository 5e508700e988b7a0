"""How measured values and affinities look: as printed, a bound as a bound, with where they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from kg.affinities.matrix import Cell, Matrix
from kg.amounts import written, written_potency
from kg.formats.amount_rows import NANO
from kg.model import Measurement
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

HEADER = ("drug", "target", "parameter", "value", "circumstances", "printed in")
NUMBERS = ("value", "nM", "occupied %")
_MOST_COLUMNS = 8


def measurements(found: Sequence[Measurement], title: Content = None, most: int = 20) -> Table:
    """Return values as a table."""
    words = Words(graph_of(*found[:1]))
    rows = list(lines_of((_line(words, value) for value in found), most))
    told = title or counted(len(found), "measurement")
    return Table(HEADER, rows, told, ("value",), cut(len(found), most))


def _line(words: Words, value: Measurement) -> tuple[Content, ...]:
    what = value.parameter.replace("_", " ") + (f" of {value.endpoint}" if value.endpoint else "")
    ligand = f"ligand {words.name(value.ligand)}" if value.ligand else ""
    error = f"± is {value.quantity.error_kind}" if value.quantity.error_kind else ""
    limits = joined((words.limits(value), ligand, error), "; ")
    names = words.name(value.form or value.drug), words.name(value.target)
    return (*names, what, said(value.printed).within("b"), limits, _printed_in(words, value))


def _printed_in(words: Words, value: Measurement) -> Piece:
    graph = words.graph
    others = graph.same_values.get(value.id, ()) if graph else ()
    same = (
        [f"the same value as in {', '.join(graph.measurements[name].documents)}" for name in others]
        if graph
        else []
    )
    return stacked((places(value.evidence), *map(faint, same)))


def measurement(value: Measurement) -> Page:
    """Return one value with its notes."""
    notes = (("normalised", value.normalised), ("note", value.note))
    told = [Paragraph(f"{name}: {text}") for name, text in notes if text]
    return Page([measurements((value,))._replace(title=None), *told, Paragraph(faint(value.id))])


def matrix(found: Matrix) -> Table:
    """Return a matrix: a column for each drug where there are several, else a line for each cell."""
    values = (
        value for cell in found.cells for value in (*cell.values, *(one.value for one in cell.left_out))
    )
    words = Words(graph_of(*values))
    title = f"{found.parameter} in nM, from the lowest to the highest source"
    if not (1 < len(found.drugs) <= _MOST_COLUMNS and len(found.targets) > 1):
        header = ("drug", "target", "nM", f"p{found.parameter}", "values", "documents", "not in common")
        rows = list(lines_of(_cell_line(words, cell) for cell in found.cells))
        return Table(header, rows, title, ("nM", f"p{found.parameter}", "values"), cut(len(found.cells)))
    cells = found.by_ends()
    drugs = tuple(map(words.short, found.drugs))
    rows = list(
        lines_of(
            (words.name(target), *(_shown(cells.get((drug, target))) for drug in found.drugs))
            for target in found.targets
        )
    )
    return Table(("target", *drugs), rows, title, drugs, cut(len(found.targets)))


def _cell_line(words: Words, cell: Cell) -> tuple[Content, ...]:
    mixed = "; ".join(
        f"{name}: {', '.join(words.name(said) if said else 'not stated' for said in told)}"
        for name, told in cell.mixed
    )
    p = written_potency(cell.span) if cell.span else ""
    documents = stacked(cell.documents)
    return words.name(cell.drug), words.name(cell.target), _shown(cell), p, len(cell.values), documents, mixed


def _shown(cell: Cell | None) -> Piece:
    if cell is None:
        return faint("not measured")
    text = written(cell.span, NANO) if cell.span else " / ".join(_words_of(cell))
    return joined((faint("! conflict") if cell.conflicts else "", said(text).within("b")))


def _words_of(cell: Cell) -> list[str]:
    return list(dict.fromkeys(item.value.printed for item in cell.left_out))


SHOWN = {
    "Measurement": measurement,
    "Measurements": lambda found: Page([measurements(found)]),
    "Matrix": lambda found: Page([matrix(found)]),
    "Matrices": lambda found: Page([matrix(one) for one in found] or [Paragraph("nothing measured")]),
}
"""What shows each class of this file."""
