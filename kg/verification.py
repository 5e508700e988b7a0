"""The graph against the documents' own text: is each passage where its evidence says, word for word.

A passage is known by position and digest only. One that is not at its place is searched in the whole text; so
is a file that was renamed. Where the words are at hand, what was taken from them is compared as well: the
printed numbers, and the references cited there.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from kg.coverage import coverage
from kg.graph import Graph
from kg.model import Evidence, Frozen, Locator, Passage, Protocol, Quantity, Setting, Span, Text
from kg.passages import digest, normalised

State = Literal["same", "renewed", "absent"]
_MARK = re.compile(r"\[\\?\[?(\d+(?:\s*[,–-]\s*\d+)*)\\?\]")
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
_ENOUGH, _SAMPLE = 0.25, 40


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


class _File:
    """A text file: its bytes' digest, and its normalised text once that is asked for."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        self.name = path.name
        self.sha256 = hashlib.sha256(data).hexdigest()
        self._data = data

    @cached_property
    def text(self) -> str:
        return normalised(self._data).text

    @cached_property
    def words(self) -> tuple[tuple[int, ...], frozenset[int]]:
        """Where words begin, and where they end."""
        found = [match.span() for match in re.finditer(r"[^ ]+", self.text)]
        return tuple(start for start, _ in found), frozenset(end for _, end in found)


def verify(graph: Graph, folder: Path) -> tuple[Verified, ...]:
    """Compare every document whose text has an index with the text files of a folder.

    A document's file is the one with the curated bytes, or else one that holds at least a quarter of its
    passages, more than of any other document's. Raises `OSError` when the folder cannot be read.
    """
    files = _owners(graph.knowledge.texts, tuple(_texts(folder)))
    unread = {item.document: tuple(p.passage for p in item.unread) for item in coverage(graph)}
    said: dict[str, list[_Said]] = {text.document: [] for text in graph.knowledge.texts}
    for item in _said(graph):
        said.get(item.evidence.document, []).append(item)
    return tuple(
        _verified(text, files.get(text.document), said[text.document], unread[text.document])
        for text in graph.knowledge.texts
    )


def _texts(folder: Path) -> Iterator[_File]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(".") and path.stat().st_size <= _LARGEST:
            yield _File(path)


def _owners(texts: Iterable[Text], files: Sequence[_File]) -> dict[str, _File]:
    """Return the file of each document that has one; no two documents have the same."""
    same = {file.sha256: file for file in reversed(files)}
    found = {text.document: same[text.sha256] for text in texts if text.sha256 in same}
    lost = {text.document: _sample(text) for text in texts if text.document not in found}
    free = [file for file in files if file not in found.values()]
    shares = (
        (held / len(lost[document]), document, file)
        for file in (free if lost else ())
        for document, held in _held(lost, file).items()
    )
    for share, document, file in sorted(shares, key=lambda row: -row[0]):
        if share >= _ENOUGH and document not in found and file not in found.values():
            found[document] = file
    return found


def _sample(text: Text) -> list[Span]:
    """Return passages to know a document by; a heading like «Results» tells nothing."""
    telling = [passage.span for passage in text.passages if passage.kind == "text"]
    return telling[:: max(1, len(telling) // _SAMPLE)]


def _held(lost: Mapping[str, Sequence[Span]], file: _File) -> Counter[str]:
    """Return how many of each document's passages a file holds, wherever; each length is searched once."""
    wanted: dict[int, dict[str, set[str]]] = {}
    for document, spans in lost.items():
        for span in spans:
            wanted.setdefault(span.end - span.start, {}).setdefault(span.sha256, set()).add(document)
    held = Counter[str]()
    for length, digests in wanted.items():
        for sha256 in {sha256 for _, sha256 in _stretches(file, length)} & digests.keys():
            held.update(digests[sha256])
    return held


def _is_at(text: str, span: Span) -> bool:
    return digest(text[span.start : span.end]) == span.sha256


def _search(file: _File, span: Span) -> Span | None:
    """Return where the words of a passage are now: between words, and as long as they were."""
    length = span.end - span.start
    starts = (start for start, sha256 in _stretches(file, length) if sha256 == span.sha256)
    start = next(starts, None)
    return None if start is None else Span(start, start + length, span.sha256)


def _stretches(file: _File, length: int) -> Iterator[tuple[int, str]]:
    """Yield the start and the digest of every stretch of whole words of this length."""
    starts, ends = file.words
    for start in starts:
        if start + length in ends:
            yield start, digest(file.text[start : start + length])


def _verified(text: Text, file: _File | None, said: list[_Said], unread: tuple[Passage, ...]) -> Verified:
    unlocated = tuple(item.evidence for item in said if not item.evidence.spans)
    if file is None:
        return Verified(text.document, None, "absent", len(text.passages), unlocated=unlocated, unread=unread)
    lost = [passage for passage in text.passages if not _is_at(file.text, passage.span)]
    again = [(passage, _search(file, passage.span)) for passage in lost]
    now = {passage.span: span for passage, span in again if span}
    return Verified(
        document=text.document,
        file=file.name,
        state="same" if file.sha256 == text.sha256 else "renewed",
        passages=len(text.passages),
        moved=tuple(Moved(passage.locator, passage.span, span) for passage, span in again if span),
        changed=tuple(passage for passage, span in again if span is None),
        unlocated=unlocated,
        differences=tuple(_differences(said, file.text, now)),
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
        cited = {number for mark in _MARK.findall(words) for number in _numbers(mark)}
        for number in evidence.references:
            if spans and number not in cited:
                yield Difference(row, evidence, f"reference [{number}] is not cited there")
        for missing in (number for quantity in quantities for number in missing_numbers(quantity, words)):
            if spans:
                yield Difference(row, evidence, f"{missing!r} is not printed there")


def _numbers(mark: str) -> Iterator[int]:
    """Yield the references that a mark cites: `3`, `1, 2`, `4-6`.

    A span of more than a hundred is none.
    """
    for part in mark.split(","):
        first, *rest = (int(number) for number in re.split(r"[–-]", part))
        last = rest[-1] if rest else first
        yield from range(first, last + 1) if last - first <= 100 else (first, last)


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
