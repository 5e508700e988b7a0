"""Rows of numbers in the place of views: every text, document, work, place and value is kept once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from kg.views.claims import EvidenceView, MeasurementView, StatementView, View

T = TypeVar("T")
Row = tuple[object, ...]
Numbers = tuple[int, ...]


class Pool(Generic[T]):
    """Distinct values in the order first met; a value is named by its number."""

    def __init__(self, *first: T) -> None:
        self._numbers: dict[T, int] = {value: number for number, value in enumerate(first)}

    def number(self, value: T) -> int:
        """Return the number of a value, a new one if it was never met."""
        return self._numbers.setdefault(value, len(self._numbers))

    def __iter__(self) -> Iterator[T]:
        yield from self._numbers


class Details(View, frozen=True):
    """What is read when the reader asks: rows that name texts, places, works and values by number."""

    texts: tuple[str, ...]
    documents: tuple[Row, ...]
    works: tuple[Row, ...]
    places: tuple[Row, ...]
    values: tuple[Row, ...]
    claims: tuple[Row, ...]
    entities: tuple[Row, ...]
    diagrams: tuple[Row, ...]


class Packer:
    """Turns views into short rows; equal texts, places, works and values share a number."""

    def __init__(self) -> None:
        self._texts = Pool[str]("")
        self._documents = Pool[Row]()
        self._works = Pool[Row]()
        self._places = Pool[Row]()
        self._values = Pool[Row]()

    def text(self, text: str) -> int:
        """Return the number of a text; that of no text is 0."""
        return self._texts.number(text)

    def source(self, source: str) -> tuple[int, int]:
        """Return file and line of `file:line`; line 0 where there is none."""
        file, _, line = source.rpartition(":")
        return (self.text(file), int(line)) if line.isascii() and line.isdigit() else (self.text(source), 0)

    def claim(self, view: StatementView, plain: str) -> Row:
        """Return a claim without what its arc and the columns say; `plain` is the id made of its parts."""
        return (
            self._pairs(view.qualifiers),
            tuple(self._place(item) for item in view.evidence),
            tuple(map(self.text, view.conflicts)),
            tuple(self.value(item) for item in view.measurements),
            self.text(view.note),
            self.text(view.than),
            *self.source(view.source),
            self._id(view.id, plain),
        )

    def _id(self, name: str, plain: str) -> int:
        """Return the number of «», of «+» and what follows the plain id, or of «=» and another id."""
        if name == plain:
            return self.text("")
        return self.text(f"+{name[len(plain) :]}" if name.startswith(plain) else f"={name}")

    def value(self, view: MeasurementView, ends: str = "") -> int:
        """Return the number of a value; `ends` says of what at what, where its claim does not."""
        row = (
            self.text(view.parameter),
            self.text(view.value),
            self._pairs(view.context),
            tuple(map(self.text, view.places)),
            tuple(map(self.text, view.conflicts)),
            *self.source(view.source),
            self.text(ends),
        )
        return self._values.number(row)

    def details(
        self, claims: tuple[Row, ...], entities: tuple[Row, ...], diagrams: tuple[Row, ...]
    ) -> Details:
        """Return everything that was packed."""
        return Details(
            texts=tuple(self._texts),
            documents=tuple(self._documents),
            works=tuple(self._works),
            places=tuple(self._places),
            values=tuple(self._values),
            claims=claims,
            entities=entities,
            diagrams=diagrams,
        )

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> Numbers:
        return tuple(number for pair in pairs for number in map(self.text, pair))

    def _place(self, view: EvidenceView) -> int:
        document = self._documents.number(
            (
                self.text(view.document),
                self.text(view.title),
                self.text(view.kind),
                self.text(view.link or ""),
            )
        )
        works = tuple(
            self._works.number((work.number, *map(self.text, (work.title, work.kind, work.link or ""))))
            for work in view.cited
        )
        row = (document, self.text(view.place), int(view.background), works, self.text(view.note))
        return self._places.number(row)
