"""What a query gives: a table, triples, or yes or no, as plain Python values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import msgspec
import pyoxigraph as ox

from kg.curie import PrefixMap
from kg.rich import Library, Shown, counted, frame
from kg.triples import NAMESPACES

Value = str | int | float | Decimal | bool | None


class Table(Shown, msgspec.Struct, frozen=True):
    """The answer of a SELECT: variables and rows. IRIs are CURIEs where a prefix is known."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.variables, row, strict=True)) for row in self.rows)

    def to_frame(self, library: Library = "pandas") -> Any:
        """Return a frame of pandas or polars, a column for each variable; raises what `Rows` do."""
        return frame(self, library)

    def __repr__(self) -> str:
        return f"<Table: {counted(len(self), 'row')} of {', '.join(self.variables)}>"


class Triples(Shown, msgspec.Struct, frozen=True):
    """The answer of a CONSTRUCT or DESCRIBE, as Turtle."""

    turtle: str

    @property
    def count(self) -> int:
        """Return how many triples there are."""
        return sum(1 for _ in ox.parse(self.turtle.encode(), format=ox.RdfFormat.TURTLE))

    def __repr__(self) -> str:
        return f"<{counted(self.count, 'triple')} as Turtle>"


Answer = Table | Triples | bool


def answer_of(found: ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples, prefixes: PrefixMap) -> Answer:
    """Return what the engine found as plain values."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        known = {record.prefix: record.uri_prefix for record in prefixes.prefixes}
        turtle = ox.serialize(found, format=ox.RdfFormat.TURTLE, prefixes=known) or b""
        return Triples(turtle.decode())
    names = tuple(variable.value for variable in found.variables)
    return Table(names, tuple(rows_of(found, prefixes)))


def rows_of(found: ox.QuerySolutions, prefixes: PrefixMap) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of a SELECT as they come, in the order of its variables."""
    value = _values(prefixes).__getitem__
    for row in found:
        yield tuple(map(value, row))


def value_of(found: object, prefixes: PrefixMap) -> Value:
    """Return a term as a Python value: numbers and booleans typed, IRIs as CURIEs."""
    if isinstance(found, ox.Literal):
        return _read(found)
    if isinstance(found, ox.NamedNode):
        return prefixes.compress(found.value)
    if isinstance(found, ox.BlankNode):
        return f"_:{found.value}"
    return None if found is None else str(found)


def _read(found: ox.Literal) -> Value:
    """Return a literal's value; one that is none of its datatype, such as "xyz"^^xsd:integer, is a text."""
    kind, text = _KINDS.get(found.datatype.value), found.value
    if kind is None:
        return text
    try:
        return kind(text)
    except (ValueError, KeyError, InvalidOperation):
        return text


def _in_digits(text: str) -> str:
    """Return a text without letters; raises ValueError for what only Python takes for a number: `1_000`."""
    if text.strip(_DIGITS):
        raise ValueError(text)
    return text


class _Values(dict[object, Value]):
    """Values of terms, read once while they are remembered: some thousands, none of them long."""

    def __init__(self, prefixes: PrefixMap) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, term: object) -> Value:
        value = value_of(term, self._prefixes)
        if len(self) >= _REMEMBERED:
            self.clear()
        if term is None or (isinstance(term, ox.NamedNode | ox.Literal) and len(term.value) <= _LONGEST):
            self[term] = value
        return value


@lru_cache(4)
def _values(prefixes: PrefixMap) -> _Values:
    return _Values(prefixes)


_REMEMBERED, _LONGEST = 8192, 200
_XSD = NAMESPACES["xsd"]
_DIGITS = "+-.0123456789 \t\r\n"
_KINDS: dict[str, Callable[[str], Value]] = {
    f"{_XSD}integer": lambda text: int(_in_digits(text)),
    f"{_XSD}decimal": lambda text: Decimal(_in_digits(text)),
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
}
