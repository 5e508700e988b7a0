"""Places and sources: documents, their passages, evidence, and the line of YAML that said it."""

from __future__ import annotations

from typing import Literal

import msgspec

SourceKind = Literal[
    "primary paper",
    "review",
    "textbook",
    "method protocol",
    "database",
    "encyclopaedia",
    "vendor",
    "forum",
    "self",
    "unknown",
]
PassageKind = Literal["text", "caption", "heading", "table head", "link"]
"""Only `text` and `caption` can say something; the others name or frame it."""


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value that never changes after it is made."""


class Source(Frozen, frozen=True):
    """The line of YAML that said it."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Locator(Frozen, frozen=True):
    """A place inside a document. Printed as its given parts in reading order."""

    section: str | None = None
    paragraph: int | None = None
    item: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    figure: str | None = None
    page: str | None = None

    def __str__(self) -> str:
        parts = (
            self.section and self.section != self.table and f"section “{self.section}”",
            self.paragraph and f"paragraph {self.paragraph}",
            self.item and f"item {self.item}",
            self.table and f"table “{self.table}”",
            self.row and f"row “{self.row}”",
            self.column and f"column “{self.column}”",
            self.figure and f"figure {self.figure}",
            self.page and f"page {self.page}",
        )
        return ", ".join(part for part in parts if part)


class Span(Frozen, frozen=True):
    """A stretch of a document's normalised text, from `start` up to, not including, `end`; its SHA-256."""

    start: int
    end: int
    sha256: str

    def __str__(self) -> str:
        return f"characters {self.start} to {self.end}"


class Passage(Frozen, frozen=True):
    """A paragraph, list item, table row, caption or heading of a document. Its words are not kept."""

    locator: Locator
    span: Span
    kind: PassageKind = "text"


class Text(Frozen, frozen=True):
    """Index of a document's plain text: all its passages, in reading order."""

    document: str
    sha256: str
    """Of the file's bytes."""
    characters: int
    """Length of the normalised text."""
    passages: tuple[Passage, ...]
    source: Source


class Silence(Frozen, frozen=True):
    """A part of a document that asserts nothing to be curated, and why."""

    locator: Locator
    reason: str


class Reference(Frozen, frozen=True):
    """An entry of a document's own reference list. Its title asserts nothing."""

    number: int
    title: str
    kind: SourceKind = "unknown"
    authors: str | None = None
    """As the document's text names them, like `date`; a reference list seldom does."""
    date: str | None = None
    doi: str | None = None
    pmid: str | None = None


class Document(Frozen, frozen=True):
    """A source: one of the curated guides, or a paper or textbook that a background step rests on."""

    id: str
    title: str
    kind: SourceKind
    source: Source
    publisher: str | None = None
    authors: str | None = None
    date: str | None = None
    label: str | None = None
    """Compound printed on the label, which need not be what the text is about."""
    about: tuple[str, ...] = ()
    doi: str | None = None
    pmid: str | None = None
    references: tuple[Reference, ...] = ()
    silent: tuple[Silence, ...] = ()
    note: str | None = None


class Evidence(Frozen, frozen=True):
    """Where a document says it, and whom the document cites there (numbers of its reference list)."""

    document: str
    locator: Locator
    source: Source
    references: tuple[int, ...] = ()
    misfits: tuple[int, ...] = ()
    """Those of the references that do not support what they are cited for."""
    citation: str | None = None
    """The curator's remark on how the references fit."""
    note: str | None = None
    spans: tuple[Span, ...] = ()
    """Where its passage stands in the document's text; empty when that text has no index."""
