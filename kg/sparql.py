"""SPARQL 1.1 on the graph, answered by Oxigraph with plain Python values and errors that show the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import msgspec
import pyoxigraph as ox

from kg.graph import Graph
from kg.model import Conflict
from kg.names import meant
from kg.problems import InvalidQuery
from kg.rdf import prefixes, quads
from kg.triples import NAMESPACES

Value = str | int | float | Decimal | bool | None


class Table(msgspec.Struct, frozen=True):
    """The answer of a SELECT: variables and rows. IRIs are CURIEs where a prefix is known."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.variables, row, strict=True)) for row in self.rows)


class Triples(msgspec.Struct, frozen=True):
    """The answer of a CONSTRUCT or DESCRIBE, as Turtle."""

    turtle: str


Answer = Table | Triples | bool


def make_store(graph: Graph, found: Iterable[Conflict], ontology: Path) -> ox.Store:
    """Return an in-memory Oxigraph store of the graph together with the ontology."""
    store = ox.Store()
    store.bulk_extend(quads(graph, found))
    store.bulk_load(path=str(ontology / "mechanisms.ttl"), format=ox.RdfFormat.TURTLE)
    return store


def query(store: ox.Store, graph: Graph, sparql: str) -> Answer:
    """Answer a SPARQL 1.1 query; raises `InvalidQuery` with line, column and caret when it cannot be read.

    `SERVICE` is refused: nothing here asks the network.
    """
    known = prefixes(graph)
    guarded = _guarded(sparql)
    try:
        answer = store.query(guarded, prefixes=known)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            turtle = ox.serialize(answer, format=ox.RdfFormat.TURTLE, prefixes=known) or b""
            return Triples(turtle.decode())
        names = tuple(variable.value for variable in answer.variables)
        rows = (tuple(_value(graph, row[name]) for name in names) for row in answer)
        return Table(names, tuple(rows))
    except SyntaxError as error:
        raise InvalidQuery(_explain(str(error), sparql, known)) from None
    except (RuntimeError, OSError, ValueError) as error:
        raise InvalidQuery(f"the query failed: {error}") from None


def _value(graph: Graph, found: object) -> Value:
    """Return a term as a Python value: numbers and booleans typed, IRIs as CURIEs."""
    if isinstance(found, ox.NamedNode):
        return graph.vocabulary.prefixes.compress(found.value)
    if isinstance(found, ox.BlankNode):
        return f"_:{found.value}"
    if not isinstance(found, ox.Literal):
        return None if found is None else str(found)
    match found.datatype.value.removeprefix(NAMESPACES["xsd"]):
        case "integer":
            return int(found.value)
        case "decimal":
            return Decimal(found.value)
        case "double" | "float":
            return float(found.value)
        case "boolean":
            return found.value == "true"
        case _:
            return found.value


_TOKEN = re.compile(
    r"""
    \"{3} (?: [^"\\] | \\. | "(?!"") )* "{3}  # long text
  | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
  | " (?: [^"\\\n] | \\. )* "                # text
  | ' (?: [^'\\\n] | \\. )* '
  | < [^<>\s]* >                              # address
  | \# [^\n]*                                 # comment
  | [?$] \w+                                  # variable
  | (?P<name> (?:[A-Za-z][\w-]*)? : (?: [\w%-]+ (?: \. [\w%-]+ )* )? )
  | (?P<word> [A-Za-z]+ )
  | (?P<open> [({\[] ) | (?P<close> [)}\]] )
    """,
    re.DOTALL | re.VERBOSE,
)
_DEEPEST = 64


def _guarded(sparql: str) -> str:
    """Return the query as the engine can take it; raises `InvalidQuery` for what it must not be given.

    `SERVICE` would send a request to any address, and deep nesting overflows the parser's stack. The dots
    of names such as `kg:B115768.ref.1` are escaped: SPARQL allows them, but Oxigraph's parser stops at the
    second one.
    """
    depth = 0
    for match in _TOKEN.finditer(sparql):
        depth += (match["open"] is not None) - (match["close"] is not None)
        if depth > _DEEPEST:
            raise InvalidQuery(_shown(sparql, match.start(), f"nested deeper than {_DEEPEST} brackets"))
        if (match["word"] or "").upper() == "SERVICE":
            raise InvalidQuery(_shown(sparql, match.start(), "SERVICE is not allowed: it asks the network"))
    return _escape_dots(sparql)


def _escape_dots(sparql: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        name = match["name"]
        return name.replace(".", "\\.") if name and name.count(".") > 1 else match[0]

    return _TOKEN.sub(escaped, sparql)


def _shown(sparql: str, offset: int, reason: str) -> str:
    """Return a reason with the line and column of an offset, and a caret under it."""
    number = sparql.count("\n", 0, offset) + 1
    column = offset - (sparql.rfind("\n", 0, offset) + 1) + 1
    return _caret(_line(sparql, number), number, column, reason)


def _caret(line: str, number: int, column: int, reason: str) -> str:
    return f"line {number}, column {column}: {reason}\n  {line}\n  {' ' * (column - 1)}^"


def _explain(message: str, sparql: str, known: dict[str, str]) -> str:
    """Return a syntax error with the line it is in and a caret under the place."""
    place = re.search(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not place:
        return message
    number = int(place[1])
    line = _line(sparql, number)
    column = _column_as_written(line, _line(_escape_dots(sparql), number)[: int(place[2]) - 1])
    reason = place[3].splitlines()[0][:200] if sparql.strip() else "the query is empty"
    if "Prefix not found" in message:
        column, reason = _unknown_prefix(line, column, known)
    return _caret(line, number, column, reason)


def _line(text: str, number: int) -> str:
    lines = text.splitlines() or [""]
    return lines[min(number, len(lines)) - 1]


def _column_as_written(line: str, before: str) -> int:
    """Return the column behind `before`, the start of the line as the engine saw it, with dots escaped."""
    place = 0
    for character in before:
        place += line[place : place + 1] == character
    return place + 1


def _unknown_prefix(line: str, column: int, known: dict[str, str]) -> tuple[int, str]:
    """Return where the undeclared prefix before a column begins, and what was probably meant."""
    used = list(re.finditer(r"([A-Za-z][\w.-]*)?:", line[: column + 1]))
    name = (used[-1][1] or "") if used else ""
    near = meant(name, known) or f"known are {', '.join(sorted(known))}"
    return (used[-1].start() + 1 if used else column), f"prefix `{name}:` is not declared; {near}"
