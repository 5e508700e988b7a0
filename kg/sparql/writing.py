"""An answer as bytes while it comes: `FORMS`, the one table of forms, and what writes them.

Forms for people and spreadsheets have CURIEs; the W3C's are written by the engine, with IRIs in full.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, cast

import msgspec
import pyoxigraph as ox

from kg.curie import PrefixMap
from kg.names import nearest
from kg.problems import UnknownName
from kg.sparql.answers import Value, rows_of
from kg.sparql.frames import Kind

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from kg.sparql.killable import Reply

_RESULTS = "application/sparql-results+json"
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class Form(msgspec.Struct, frozen=True):
    """A form of answers: its name, the ending of its files, what the engine is asked for, what it holds."""

    name: str
    extension: str
    media_type: str
    tables: bool = True
    triples: bool = True
    made_here: bool = False

    def holds(self, kind: Kind) -> bool:
        """Tell whether an answer of this kind can be written in this form."""
        return self.triples if kind == "graph" else self.tables


FORMS: tuple[Form, ...] = (
    Form("table", "txt", _RESULTS, made_here=True),
    Form("csv", "csv", _RESULTS, triples=False, made_here=True),
    Form("tsv", "tsv", _RESULTS, triples=False, made_here=True),
    Form("json", "json", _RESULTS, made_here=True),
    Form("sparql-json", "srj", _RESULTS, triples=False),
    Form("xml", "xml", "application/xml"),
    Form("turtle", "ttl", "text/turtle", tables=False),
    Form("n-triples", "nt", "application/n-triples", tables=False),
    Form("trig", "trig", "application/trig", tables=False),
    Form("json-ld", "jsonld", "application/ld+json", tables=False),
)


def form_named(name: str) -> Form:
    """Return the form with this name, or this ending with its dot; raises `UnknownName` otherwise.

    >>> form_named(".srj").name
    'sparql-json'
    """
    for form in FORMS:
        if name.lower() in (form.name, f".{form.extension}"):
            return form
    known = [f".{form.extension}" if name.startswith(".") or not name else form.name for form in FORMS]
    raise UnknownName("form of answers", name, nearest(name, known) or known)


def written(form: Form, reply: Reply, prefixes: PrefixMap) -> Iterator[bytes]:
    """Yield a reply in a form that holds its kind, part by part as it comes.

    Only a table, whose columns are as wide as their widest cell, and triples within JSON are held whole.
    """
    if not form.made_here or (form.name == "table" and reply.kind == "graph"):
        yield from reply.chunks
    elif reply.kind == "graph":
        turtle = b"".join(reply.chunks).decode()
        yield msgspec.json.format(_ENCODER.encode({"turtle": turtle}), indent=2) + b"\n"
    elif reply.kind == "boolean":
        found = _results(reply)
        yes, no = ("true", "false") if form.name == "json" else ("yes", "no")
        yield f"{yes if found else no}\n".encode()
    else:
        header, rows = solutions(reply, prefixes)
        match form.name:
            case "json":
                yield from _json(header, rows)
            case "table":
                yield from _aligned(header, rows)
            case _:
                yield from _separated(header, rows, "\t" if form.name == "tsv" else ",")


def solutions(reply: Reply, prefixes: PrefixMap) -> tuple[list[str], Iterator[tuple[Value, ...]]]:
    """Return the variables and, as they come, the rows of a reply that has solutions."""
    found = _results(reply)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return names, rows_of(found, prefixes)


def _results(reply: Reply) -> ox.QuerySolutions | ox.QueryBoolean:
    return ox.parse_query_results(cast("IO[bytes]", _Stream(reply.chunks)), ox.QueryResultsFormat.JSON)


def cell(value: Value) -> str:
    """Return a value as it is shown in a cell."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _json(header: list[str], rows: Iterator[tuple[Value, ...]]) -> Iterator[bytes]:
    before = b"["
    for row in rows:
        shown = msgspec.json.format(_ENCODER.encode(dict(zip(header, row, strict=True))), indent=2)
        yield before + b"\n  " + shown.replace(b"\n", b"\n  ")
        before = b","
    yield b"[]\n" if before == b"[" else b"\n]\n"


def _aligned(header: list[str], rows: Iterator[tuple[Value, ...]]) -> Iterator[bytes]:
    lines = [header, *([cell(value).replace("\n", " ") for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        yield ("  ".join(padded).rstrip() + "\n").encode()


def _separated(header: list[str], rows: Iterator[tuple[Value, ...]], mark: str) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=mark, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        if text.tell() > io.DEFAULT_BUFFER_SIZE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


class _Stream(io.RawIOBase):
    """Bytes that come in parts, to be read as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._held = chunks, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        if not self._held:
            self._held = memoryview(next(self._chunks, b""))
        space = memoryview(buffer).cast("B")
        size = min(len(space), len(self._held))
        space[:size], self._held = self._held[:size], self._held[size:]
        return size
