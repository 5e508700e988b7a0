"""Values that people give to a question, as RDF terms: entities and the like by name, numbers exactly."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Literal

import pyoxigraph as ox

from kg.graph import Graph
from kg.problems import UnknownName
from kg.triples import Object, iri, literal, term

ValueKind = Literal[
    "entity", "document", "predicate", "category", "concentration", "number", "integer", "text"
]
OPEN = "any"
_NANO = Decimal(10) ** 9
_MOST_DIGITS = 18
"""What Oxigraph's decimals hold behind the point, and about as much before it."""


def term_of(graph: Graph, kind: ValueKind, value: str) -> Object | None:
    """Return a value of a kind as a term, or None for `any`; a concentration is a decimal in nmol/L.

    Raises `UnknownName` with the nearest, and ValueError where a number cannot be read.

    >>> import kg
    >>> graph = kg.load().graph
    >>> term_of(graph, "concentration", "0.25 µM").value
    '250'
    """
    if value.strip() == OPEN and kind != "text":
        return None
    match kind:
        case "entity":
            return iri(graph.entity(value).id)
        case "document":
            return iri(graph.document(value).id)
        case "predicate":
            return term(graph.predicate(value).id)
        case "category":
            return term(graph.category(value).id)
        case "concentration":
            return _decimal(_nanomolar(graph, value))
        case "number":
            return _decimal(_number(value))
        case "integer":
            return ox.Literal(int(_whole(value)))
        case "text":
            return literal(value)


def _nanomolar(graph: Graph, value: str) -> Decimal:
    match = re.fullmatch(r"\s*([-+\d.,]+(?:[eE][-+]?\d+)?)\s*([^-+\d.,\s]\S*)\s*", value)
    molar = {name: unit for name, unit in graph.vocabulary.units.items() if unit.to_molar is not None}
    if match is None:
        raise ValueError(f"{value!r} is no concentration such as 10 nM")
    unit = molar.get(match[2])
    if unit is None or unit.to_molar is None:
        units = dict.fromkeys(known.notation for known in molar.values())
        raise UnknownName("unit of concentration", match[2], units)
    found = _number(match[1]) * unit.to_molar * _NANO
    if found < 0:
        raise ValueError(f"{value!r} is negative")
    return found


def _number(value: str) -> Decimal:
    try:
        found = Decimal(value.strip())
    except InvalidOperation:
        raise ValueError(f"{value!r} is no number") from None
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"{value!r} is no number that can be compared with")
    return found


def _decimal(value: Decimal) -> ox.Literal:
    digits = value.normalize()
    if len(digits.as_tuple().digits) > _MOST_DIGITS or abs(digits.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"{value} has more than {_MOST_DIGITS} digits")
    return literal(digits)


def _whole(value: str) -> str:
    if not re.fullmatch(r"[-+]?\d{1,18}", value.strip()):
        raise ValueError(f"{value!r} is no whole number")
    return value.strip()
