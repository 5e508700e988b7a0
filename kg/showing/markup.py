"""The small language of what is shown: pieces of text with their HTML, tables of them, and a page of tables.

Text comes from curators' files and is untrusted: `said` is the only way in, and it escapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup, escape

from kg.views.text import clean

MOST = 20
"""Rows of a table that are shown; a frame holds all."""


class Piece(NamedTuple):
    """Something shown, as plain text and as HTML that says the same."""

    text: str
    html: Markup

    def styled(self, *classes: str) -> Piece:
        """Return the same in these styles."""
        return Piece(self.text, Markup('<span class="{}">{}</span>').format(" ".join(classes), self.html))

    def within(self, tag: str) -> Piece:
        """Return the same within an element without attributes, one of ours."""
        return Piece(self.text, _within(tag).format(self.html))


def _within(tag: str) -> Markup:
    return Markup("<{0}>{{}}</{0}>").format(tag)


Content = Piece | str | int | float | None


def said(content: Content) -> Piece:
    """Return anything as a piece: text is escaped, without control and direction-changing characters.

    >>> said("<b>5-HT</b>").html
    Markup('&lt;b&gt;5-HT&lt;/b&gt;')
    """
    if isinstance(content, Piece):
        return content
    text = "" if content is None else clean(str(content))
    return Piece(text, escape(text))


def joined(contents: Iterable[Content], between: str = " ") -> Piece:
    """Return pieces in a line, without those that are empty."""
    pieces = [piece for piece in map(said, contents) if piece.text]
    return Piece(between.join(piece.text for piece in pieces), escape(between).join(p.html for p in pieces))


def stacked(contents: Iterable[Content]) -> Piece:
    """Return pieces below each other."""
    pieces = [piece for piece in map(said, contents) if piece.text]
    return Piece("\n".join(p.text for p in pieces), Markup("<br>").join(p.html for p in pieces))


def blocks(contents: Iterable[Piece]) -> Piece:
    """Return pieces below each other, set in and apart."""
    pieces = [piece for piece in contents if piece.text]
    html = Markup("").join(Markup('<div class="kg-s">{}</div>').format(piece.html) for piece in pieces)
    return Piece("\n".join(piece.text for piece in pieces), html)


def faint(content: Content) -> Piece:
    """Return what matters less."""
    return said(content).styled("kg-f")


def folded(summary: Content, content: Piece, *, opened: bool = False) -> Piece:
    """Return a line that opens to show more; plain text shows all of it."""
    head, wide = said(summary), "\n  ".join(content.text.splitlines())
    tag = Markup("<details open>") if opened else Markup("<details>")
    body = Markup("<summary>{}</summary>{}</details>").format(head.html, content.html)
    return Piece(f"{head.text}\n  {wide}", tag + body)


_CELL = Markup('<{0} style="text-align:left">{1}</{0}>')
_NUMBER = Markup('<{0} class="kg-n" style="text-align:right">{1}</{0}>')


class Table(NamedTuple):
    """Rows under a header. `numbers` are the columns set flush right; `total` counts rows that were cut."""

    header: Sequence[str]
    lines: Sequence[Sequence[Content]]
    title: Content = None
    numbers: Sequence[str] = ()
    rest: str = ""

    @property
    def html(self) -> Markup:
        """The table in HTML; columns are aligned also where a viewer drops the style sheet."""
        rows = Markup("\n").join(self._row("td", line) for line in self.lines)
        title = Paragraph(said(self.title).within("b"), "kg-h").html if self.title is not None else Markup("")
        rest = Paragraph(faint(self.rest)).html if self.rest else Markup("")
        table = Markup('<table class="kg-t"><thead>{}</thead><tbody>{}</tbody></table>')
        return title + table.format(self._row("th", self.header), rows) + rest

    def _row(self, tag: str, line: Sequence[Content]) -> Markup:
        cells = (
            _NUMBER.format(tag, said(cell).html)
            if name in self.numbers
            else _CELL.format(tag, said(cell).html)
            for name, cell in zip(self.header, line, strict=True)
        )
        return Markup("<tr>{}</tr>").format(Markup("").join(cells))

    @property
    def text(self) -> str:
        """The table in aligned columns."""
        lines = [[said(cell).text.split("\n") for cell in line] for line in (self.header, *self.lines)]
        flat = [list(row) for line in lines for row in zip_longest(*line, fillvalue="")]
        widths = [max(map(len, column)) for column in zip(*flat, strict=True)]
        told = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in flat
        ]
        title = [said(self.title).text] if self.title is not None else []
        return "\n".join([*title, *told, *([self.rest] if self.rest else [])])


class Paragraph(NamedTuple):
    """A line or some lines of text, in a style."""

    content: Content
    style: str = "kg-p"

    @property
    def html(self) -> Markup:
        """The paragraph in HTML."""
        return Markup('<div class="{}">{}</div>').format(self.style, said(self.content).html)

    @property
    def text(self) -> str:
        """The paragraph as it is."""
        return said(self.content).text


class Page(NamedTuple):
    """What one cell of a notebook shows."""

    parts: Sequence[Table | Paragraph]

    @property
    def html(self) -> str:
        """All of it with its style, in an element of its own."""
        body = Markup("\n").join(part.html for part in self.parts)
        return str(Markup('<div class="kg-rich">{}{}</div>').format(_style(), body))

    @property
    def text(self) -> str:
        """All of it for a terminal."""
        return "\n".join(part.text for part in self.parts)


@cache
def _style() -> Markup:
    text = (Path(__file__).parent / "rich.css").read_text("utf-8")
    return Markup("<style>\n{}</style>\n").format(Markup(text))  # noqa: S704 (ours, not the graph's)


def cut(count: int, most: int = MOST, all_of: str = "`.to_frame()` holds all") -> str:
    """Return what tells that a table is not whole, nothing where it is.

    >>> cut(60)
    '… and 40 more; `.to_frame()` holds all'
    """
    return f"… and {count - most:,} more; {all_of}" if count > most else ""


def lines_of(rows: Iterable[Sequence[Content]], most: int = MOST) -> Iterator[Sequence[Content]]:
    """Yield the first rows."""
    for number, row in enumerate(rows):
        if number == most:
            return
        yield row
