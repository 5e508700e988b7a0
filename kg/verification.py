"""The graph against the documents' own text: is each passage where its evidence says, word for word.

A passage is known by position and digest only. One that is not at its place is searched in the whole text; so
is a file that was renamed. Where the words are at hand, what was taken from them is compared as well: the
printed numbers, and the references cited there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from kg.coverage import coverage
from kg.graph import Graph
from kg.model import Evidence, Frozen, Locator, Passage, Protocol, Quantity, Setting, Span, Text
from kg.passages import Normalised, digest

State = Literal["same", "renewed", "absent"]
_MARK = re.compile(r"\[\\?\[?(\d+)\\?\]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SPELLED = {
    "1": ("one ", "single", "individually"),
    "2": ("two ", "twice", "duplicate"),
    "3": ("three ", "triplicate"),
    "4": ("four ", "quadruplicate"),
    "5": ("five ",),
    "6": ("six ",),
}
_LARGEST = 16 * 1024 * 1024


class Moved(Frozen, frozen=True):
    """A passage found again at another position."""

    locator: Locator
    was: Span
    now: Span


class Difference(Frozen, frozen=True):
    """Something that evidence says of a passage and that is not in its words."""

    row: str
    """Id of the statement or measurement, or of the protocol and its part."""
    evidence: Evidence
    text: str


class Verified(Frozen, frozen=True):
    """What comparing one document with its text gave."""

    document: str
    file: str | None
    state: State
    """`same`: the very bytes that were curated; `renewed`: other bytes; `absent`: not among the files."""
    passages: int = 0
    moved: tuple[Moved, ...] = ()
    changed: tuple[Passage, ...] = ()
    """Passages whose words are nowhere in the text any more."""
    unlocated: tuple[Evidence, ...] = ()
    """Evidence whose place is not in the index."""
    differences: tuple[Difference, ...] = ()
    unread: tuple[Passage, ...] = ()
    evidence: int = 0

    @property
    def clean(self) -> bool:
        """Tell whether every passage was found unchanged at its place, and read."""
        found = self.state != "absent" and not (self.moved or self.changed)
        return found and not (self.unlocated or self.differences or self.unread)


def verify(graph: Graph, folder: Path) -> tuple[Verified, ...]:
    """Compare every document whose text has an index with the text files of a folder.

    Raises `OSError` when the folder cannot be read.
    """
    files = dict(_texts(folder))
    unread = {item.document: tuple(p.passage for p in item.unread) for item in coverage(graph)}
    return tuple(
        _verified(graph, text, _file_of(text, files), files, unread[text.document])
        for text in graph.knowledge.texts
    )


def _texts(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(".") and path.stat().st_size <= _LARGEST:
            yield path, path.read_bytes()


def _file_of(text: Text, files: dict[Path, bytes]) -> Path | None:
    """Return the file with the curated bytes, or else the one that holds most of the passages, if any."""
    for path, data in files.items():
        if hashlib.sha256(data).hexdigest() == text.sha256:
            return path
    held = {path: _held(text, normalised(data)) for path, data in files.items()}
    best = max(held, key=lambda path: held[path], default=None)
    return best if best is not None and held[best] else None


def _held(text: Text, found: Normalised) -> int:
    return sum(_is_at(found.text, passage.span) for passage in text.passages) or sum(
        _search(found.text, passage.span) is not None for passage in text.passages[:40]
    )


def normalised(data: bytes) -> Normalised:
    """Return a file's bytes as normalised text; bytes that are not UTF-8 are replaced."""
    return Normalised(data.decode("utf-8", "replace"))


def _is_at(text: str, span: Span) -> bool:
    return digest(text[span.start : span.end]) == span.sha256


def _search(text: str, span: Span) -> Span | None:
    """Return where the words of a passage are now: it begins where a word does, and has its old length."""
    length = span.end - span.start
    for match in re.finditer(r"(?:^|(?<= ))\S", text):
        end = match.start() + length
        at_end_of_word = end == len(text) or text[end : end + 1] == " "
        if at_end_of_word and digest(text[match.start() : end]) == span.sha256:
            return Span(match.start(), end, span.sha256)
    return None


def _verified(
    graph: Graph, text: Text, file: Path | None, files: dict[Path, bytes], unread: tuple[Passage, ...]
) -> Verified:
    said = [item for item in _said(graph) if item.evidence.document == text.document]
    unlocated = tuple(item.evidence for item in said if not item.evidence.spans)
    if file is None:
        return Verified(text.document, None, "absent", len(text.passages), unlocated=unlocated, unread=unread)
    found = normalised(files[file])
    lost = [passage for passage in text.passages if not _is_at(found.text, passage.span)]
    again = [(passage, _search(found.text, passage.span)) for passage in lost]
    now = {passage.span: span for passage, span in again if span}
    same = hashlib.sha256(files[file]).hexdigest() == text.sha256
    return Verified(
        document=text.document,
        file=file.name,
        state="same" if same else "renewed",
        passages=len(text.passages),
        moved=tuple(Moved(passage.locator, passage.span, span) for passage, span in again if span),
        changed=tuple(passage for passage, span in again if span is None),
        unlocated=unlocated,
        differences=tuple(_differences(said, found.text, now)),
        unread=unread,
        evidence=len(said),
    )


class _Said(NamedTuple):
    """A place, whose it is, and the numbers that were taken from it."""

    row: str
    evidence: Evidence
    quantities: tuple[Quantity, ...] = ()


def _said(graph: Graph) -> Iterator[_Said]:
    for statement in graph.knowledge.statements:
        yield from (_Said(statement.id, evidence) for evidence in statement.evidence)
    for value in graph.knowledge.measurements:
        taken = () if value.normalised else (value.quantity,)
        yield from (_Said(value.id, evidence, taken) for evidence in value.evidence)
    for protocol in graph.knowledge.protocols:
        yield from _said_by(protocol)
    for workflow in graph.knowledge.workflows:
        for stop in workflow.steps:
            yield from (_Said(f"{workflow.id}.{stop.id}", evidence) for evidence in stop.evidence)


def _said_by(protocol: Protocol) -> Iterator[_Said]:
    for material in protocol.materials:
        settings = (*material.components, *material.parameters)
        yield from _placed(f"{protocol.id}.{material.role}", material.evidence, settings)
    for step in protocol.steps:
        yield from _placed(f"{protocol.id}.{step.id}", step.evidence, step.parameters)
        for part in step.parts:
            yield from _placed(f"{protocol.id}.{step.id}.{part.id}", part.evidence, part.parameters)


def _placed(name: str, evidence: tuple[Evidence, ...], settings: tuple[Setting, ...]) -> Iterator[_Said]:
    numbers = (setting.quantity for setting in settings)
    taken = tuple(quantity for quantity in numbers if quantity.relation != "qualitative")
    return (_Said(name, item, taken) for item in evidence)


def _differences(said: list[_Said], text: str, now: dict[Span, Span]) -> Iterator[Difference]:
    for row, evidence, quantities in said:
        spans = [now.get(span, span) for span in evidence.spans]
        words = " ".join(text[span.start : span.end] for span in spans)
        cited = {int(number) for number in _MARK.findall(words)}
        for number in evidence.references:
            if spans and number not in cited:
                yield Difference(row, evidence, f"reference [{number}] is not cited there")
        for missing in (number for quantity in quantities for number in missing_numbers(quantity, words)):
            if spans:
                yield Difference(row, evidence, f"{missing!r} is not printed there")


def missing_numbers(quantity: Quantity, words: str) -> tuple[str, ...]:
    """Return the numbers of a value, or the words of a finding without one, that a passage does not print.

    Small numbers may be spelled: «three to four times», «in triplicate».
    """
    printed, plain = set(_NUMBER.findall(words)), words.casefold()
    numbers = _NUMBER.findall(quantity.text)
    if not numbers:
        return () if quantity.text.casefold() in plain else (quantity.text,)
    spelled = {number for number, names in _SPELLED.items() if any(name in plain for name in names)}
    return tuple(number for number in numbers if number not in printed | spelled)
