"""What of a document is curated: its passages, who reads them, and which nobody has read yet.

A passage is read when a claim, value or diagram names it; one declared `silent` on its document needs no
reader. Headings, table heads and links only frame the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kg.graph import Graph
from kg.locating import evidence_of
from kg.model import Document, Frozen, Locator, Mechanism, Passage, Protocol, Span, Workflow
from kg.places import Places
from kg.rich import Rows

KINDS = ("statements", "measurements", "mechanisms", "protocols", "workflows")


class PassageCoverage(Frozen, frozen=True):
    """A passage that can say something, and the ids of what names it, by kind."""

    passage: Passage
    readers: dict[str, tuple[str, ...]]
    silent: str | None = None
    """Why it asserts nothing, where a curator said so."""

    @property
    def unread(self) -> bool:
        """Tell whether nobody names it and nobody has declared it silent."""
        return not self.silent and not any(self.readers.values())


class PartCoverage(Frozen, frozen=True):
    """A section's text, or one of its tables or figures."""

    section: str | None
    part: str | None
    """«table 1», «figure 2»; None for the section's own text."""
    passages: tuple[PassageCoverage, ...]

    def count(self, kind: str) -> int:
        """Return how many different rows of a kind (see `KINDS`) name a passage of it."""
        return len({name for passage in self.passages for name in passage.readers[kind]})

    @property
    def unread(self) -> tuple[PassageCoverage, ...]:
        """The passages still to be read."""
        return tuple(passage for passage in self.passages if passage.unread)

    @property
    def silent(self) -> int:
        """How many passages are declared to assert nothing."""
        return sum(bool(passage.silent) for passage in self.passages)


class DocumentCoverage(Frozen, frozen=True):
    """The parts of a document in reading order."""

    document: str
    parts: tuple[PartCoverage, ...]

    @property
    def passages(self) -> tuple[PassageCoverage, ...]:
        """Every passage that can say something."""
        return tuple(passage for part in self.parts for passage in part.passages)

    @property
    def unread(self) -> tuple[PassageCoverage, ...]:
        """The passages still to be read."""
        return tuple(passage for passage in self.passages if passage.unread)

    @property
    def summary(self) -> str:
        """How many passages are curated, declared silent and unread, in a line."""
        total, unread, silent = len(self.passages), len(self.unread), sum(p.silent for p in self.parts)
        curated = total - unread - silent
        return f"{curated} of {total} passages curated, {silent} declared silent, {unread} unread"


class Coverage(Rows[DocumentCoverage]):
    """How far documents are read, in file order."""

    KIND = "document"


def coverage(graph: Graph) -> Coverage:
    """Return how far each document whose text has an index is read, in file order."""
    places = {text.document: Places(text) for text in graph.knowledge.texts}
    readers = _readers(graph, places)
    return Coverage(
        DocumentCoverage(name, tuple(_parts(found, graph.documents[name], readers)))
        for name, found in places.items()
    )


_Readers = dict[tuple[str, Span], dict[str, list[str]]]


def _readers(graph: Graph, places: dict[str, Places]) -> _Readers:
    found: _Readers = {}
    for kind, name, document, spans in _located(graph, places):
        for span in spans:
            names = found.setdefault((document, span), {kind: [] for kind in KINDS})[kind]
            if name not in names:
                names.append(name)
    return found


def _located(graph: Graph, places: dict[str, Places]) -> Iterator[tuple[str, str, str, tuple[Span, ...]]]:
    for statement in graph.knowledge.statements:
        for evidence in statement.evidence:
            yield "statements", statement.id, evidence.document, evidence.spans
    for measurement in graph.knowledge.measurements:
        for evidence in measurement.evidence:
            yield "measurements", measurement.id, evidence.document, evidence.spans
    for workflow in graph.knowledge.workflows:
        for evidence in (item for step in workflow.steps for item in step.evidence):
            yield "workflows", workflow.id, evidence.document, evidence.spans
    for protocol in graph.knowledge.protocols:
        for _, evidence in evidence_of(protocol):
            yield "protocols", protocol.id, evidence.document, evidence.spans
    yield from _placed(graph, places)


def _placed(graph: Graph, places: dict[str, Places]) -> Iterator[tuple[str, str, str, tuple[Span, ...]]]:
    """Yield the figures that diagrams redraw, and the paragraphs over a protocol's list of steps."""
    rows: dict[str, tuple[Mechanism | Protocol | Workflow, ...]] = {
        "mechanisms": graph.knowledge.mechanisms,
        "protocols": graph.knowledge.protocols,
        "workflows": graph.knowledge.workflows,
    }
    for kind, row in ((kind, row) for kind, found in rows.items() for row in found):
        if row.document in places and row.locator != Locator():
            found = places[row.document].find(row.locator)
            telling = (p.span for p in found if kind != "protocols" or p.locator.paragraph)
            yield kind, row.id, row.document, tuple(telling)


def _parts(places: Places, document: Document, readers: _Readers) -> Iterator[PartCoverage]:
    silent = places.silent(document)
    telling = [passage for passage in places.text.passages if _tells(passage)]
    for (section, part), group in groupby(telling, key=lambda passage: _part(passage.locator)):
        covered = tuple(
            PassageCoverage(
                passage,
                {kind: tuple(readers.get((document.id, passage.span), {}).get(kind, ())) for kind in KINDS},
                silent.get(passage.span),
            )
            for passage in group
        )
        yield PartCoverage(section, part, covered)


def _tells(passage: Passage) -> bool:
    """Tell whether a passage can say something: text and captions of figures; a table's caption cannot."""
    return passage.kind == "text" or (passage.kind == "caption" and passage.locator.figure is not None)


def _part(locator: Locator) -> tuple[str | None, str | None]:
    named = (locator.table and f"table {locator.table}") or (locator.figure and f"figure {locator.figure}")
    return locator.section, named or None
