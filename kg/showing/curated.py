"""How far documents are read, and in what two protocols differ."""

from __future__ import annotations

from collections.abc import Iterator

from kg.coverage import KINDS, Coverage, DocumentCoverage, PartCoverage
from kg.protocols import Comparison, Row
from kg.rich import counted
from kg.showing.markup import Content, Page, Paragraph, Table, faint, said

_COUNTS = ("passages", *KINDS, "silent", "unread")


def coverage(found: Coverage) -> Page:
    """Return a table for each document, with a line for each section, table and figure."""
    tables = [_read(one) for one in found]
    return Page(tables or [Paragraph("no document has an index of its text")])


def _read(found: DocumentCoverage) -> Table:
    rows = [(_place(part), *(count or "·" for count in _counts(part))) for part in found.parts]
    return Table(("place", *_COUNTS), rows, f"{found.document}: {found.summary}", _COUNTS)


def _place(part: PartCoverage) -> str:
    return ", ".join(name for name in (part.section, part.part) if name) or "(before the first heading)"


def _counts(part: PartCoverage) -> Iterator[int]:
    yield len(part.passages)
    yield from map(part.count, KINDS)
    yield part.silent
    yield len(part.unread)


def comparison(found: Comparison) -> Page:
    """Return what differs between two protocols side by side, and how much is alike."""
    header = ("where", "what", found.left.id, found.right.id)
    before, rows = "", []
    for row in found.rows:
        rows.append(_difference(row, named=row.where != before))
        before = row.where
    title = f"{found.left.title} beside {found.right.title}"
    told = f"{counted(len(found.rows), 'difference')}; {counted(found.alike, 'thing')} alike and not shown"
    return Page([Table(header, rows, title), Paragraph(faint(told))])


def _difference(row: Row, *, named: bool) -> tuple[Content, ...]:
    where = said(row.where).within("b") if named else ""
    return where, row.name, row.left or "–", row.right or "–"


SHOWN = {"Coverage": coverage, "Comparison": comparison}
"""What shows each class of this file."""
