"""One answer at a time, checked at once against the graph: unknown names, unfit kinds, bad numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from kg.authoring.questions import PLACE, REQUIRED, Field, Kind, fault, fields_of
from kg.curie import split
from kg.graph import Graph
from kg.model import Document
from kg.names import fold, meant
from kg.problems import KgError
from kg.quantity import parse_quantity
from kg.vocabulary import Predicate

Answer = str | int | list[int] | list[str]
Answers = dict[str, Answer]


class Refused(KgError, ValueError):
    """An answer that cannot stand; the message says why and what may have been meant."""


def accept(graph: Graph, kind: Kind, field: Field, text: str, before: Answers) -> Answer:
    """Return an answer as it is written into the file, given those `before` it.

    Raises `Refused` or `UnknownName` with what was probably meant.
    """
    text = text.strip()
    if not text:
        raise Refused(f"{field.name} is empty")
    for letter in text:
        if letter in "\ufffe\uffff" or (
            letter not in "\t\n" and unicodedata.category(letter) in ("Cc", "Cs")
        ):
            raise Refused(f"{field.name} holds the control character U+{ord(letter):04X}")
    answer = _READ[field.sort](graph, field, text)
    wrong = fault(field, answer)
    if wrong:
        raise Refused(f"{field.name} {text[:80]!r}: {wrong}")
    _fits(graph, kind, field.name, answer, before)
    return answer


def _number(_graph: Graph, field: Field, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise Refused(f"{field.name} {text[:80]!r} is not a whole number")
    return int(text)


def _choice(_graph: Graph, field: Field, text: str) -> str:
    if text not in field.choices:
        hint = meant(text, field.choices) or f"one of {', '.join(field.choices)} is wanted"
        raise Refused(f"{field.name} {text[:80]!r}: {hint}")
    return text


def _unit(graph: Graph, _field: Field, text: str) -> str:
    unit = graph.vocabulary.unit(text)
    if unit is None:
        raise Refused(
            f"no unit is written {text[:80]!r}. {meant(text, graph.vocabulary.units) or ''}".strip()
        )
    return unit.notation


def _category(graph: Graph, _field: Field, text: str) -> str:
    known = {fold(name): name for name in graph.vocabulary.categories}
    if fold(text) not in known:
        hint = (
            meant(text, graph.vocabulary.categories)
            or f"the categories are {', '.join(sorted(known.values()))}"
        )
        raise Refused(f"no category is called {text[:80]!r}; {hint}")
    return known[fold(text)]


def _items(text: str, separator: str = r";|,\s") -> list[str]:
    """Return the items of a list; a comma within a name (`N,N-dimethyltryptamine`) parts nothing."""
    return [item.strip(" ,") for item in re.split(separator, text) if item.strip(" ,")]


_READ: dict[str, Callable[[Graph, Field, str], Answer]] = {
    "text": lambda _graph, _field, text: text,
    "texts": lambda _graph, _field, text: _items(text),
    "number": _number,
    "numbers": lambda graph, field, text: [_number(graph, field, item) for item in _items(text, "[,;]")],
    "choice": _choice,
    "entity": lambda graph, _field, text: graph.entity(text).id,
    "predicate": lambda graph, _field, text: graph.predicate(text).id,
    "document": lambda graph, _field, text: graph.document(text).id,
    "parameter": lambda graph, _field, text: graph.parameter(text).id,
    "unit": _unit,
    "category": _category,
}


def _fits(graph: Graph, kind: Kind, name: str, answer: Any, before: Answers) -> None:
    """Check an answer against the graph and the answers before it."""
    if name in ("subject", "object", "than", "predicate"):
        _fits_predicate(graph, {**before, name: answer})
    elif name == "value" and parse_quantity(answer) is None:
        raise Refused(f"{answer!r} is not a number as printed, such as 79, >10,000, 39 ± 8 or 15 - 17")
    elif name == "unit" and "parameter" in before:
        _fits_parameter(graph, answer, str(before["parameter"]))
    elif name == "refs":
        _are_listed(graph.documents.get(str(before.get("document", ""))), answer)
    elif name == "xrefs":
        for xref in answer:
            _is_curie(graph, xref)
    elif name == "id" and (taken := _taken(graph, answer)):
        raise Refused(f"{answer!r} is taken by {taken}")


def allowed(predicate: Predicate, side: str) -> frozenset[str]:
    """Return the categories that may stand on a side of a predicate."""
    if side == "subject" or (side == "than" and predicate.comparator == "subject"):
        return predicate.domain
    return predicate.range


def _fits_predicate(graph: Graph, answers: Answers) -> None:
    predicate = graph.vocabulary.predicates.get(str(answers.get("predicate", "")))
    if predicate is None:
        return
    for side in ("subject", "object", "than"):
        entity = graph.entities.get(str(answers.get(side, "")))
        if entity and not graph.vocabulary.is_a(entity.category, allowed(predicate, side)):
            wanted = " or ".join(sorted(allowed(predicate, side)))
            raise Refused(
                f"{entity.id} is a {entity.category}; the {side} of {predicate.id} must be {wanted}"
            )


def _fits_parameter(graph: Graph, notation: str, name: str) -> None:
    unit, parameter = graph.vocabulary.unit(notation), graph.vocabulary.parameters[name]
    if unit and parameter.dimension not in ("none", unit.dimension):
        raise Refused(f"{notation} is a {unit.dimension}, {name} is a {parameter.dimension}")


def _are_listed(document: Document | None, numbers: Iterable[int]) -> None:
    known = [reference.number for reference in document.references] if document else []
    for number in numbers:
        if document and number not in known:
            listed = ", ".join(map(str, known)) or "none"
            raise Refused(f"[{number}] is not a reference of {document.id}; it lists {listed}")


def _is_curie(graph: Graph, xref: str) -> None:
    parts, prefixes = split(xref), graph.vocabulary.prefixes
    prefix = prefixes.find(parts[0]) if parts else None
    if parts is None:
        raise Refused(f"{xref[:80]!r} is not a CURIE such as UniProt:Q99720")
    if prefix is None:
        raise Refused(f"no prefix is called {parts[0]!r}. {meant(parts[0], prefixes.names()) or ''}".strip())
    if not prefix.accepts(parts[1]):
        raise Refused(f"{parts[1]!r} is not an identifier of {prefix.prefix} ({prefix.pattern})")


def _taken(graph: Graph, name: str) -> str | None:
    for rows in (graph.entities, graph.statements, graph.measurements, graph.documents, graph.mechanisms):
        if name in rows:
            return str(rows[name].source)
    return None


def missing(graph: Graph, kind: Kind, answers: Answers) -> tuple[str, ...]:
    """Return the fields still needed, in the order to ask for them."""
    names = list(REQUIRED[kind])
    predicate = graph.vocabulary.predicates.get(str(answers.get("predicate", "")))
    parameter = graph.vocabulary.parameters.get(str(answers.get("parameter", "")))
    quantity = parse_quantity(str(answers.get("value", "")))
    if predicate and predicate.comparator:
        names.append("than")
    if parameter and parameter.dimension != "none" and quantity and quantity.relation != "qualitative":
        names.append("unit")
    if kind != "entity":
        names.append("document")
        if not any(name in answers for name in ("section", "table", "figure", "item", "page")):
            names.append("section")
        if all(name in answers for name in names) and _taken(graph, own_id(kind, answers)):
            names.append("id")
    return tuple(name for name in names if name not in answers)


def own_id(kind: Kind, answers: Answers) -> str:
    """Return the id that a row has when none is given."""
    if kind == "measurement":
        derived = "{drug}.{target}.{parameter}".format(**answers).lower()
        return f"{answers['document']}.{derived}"
    parts = (answers.get(name) for name in ("subject", "predicate", "object", "than"))
    return ".".join(str(part) for part in parts if part)


def optional(kind: Kind, answers: Answers) -> dict[str, Field]:
    """Return the fields that may still be given."""
    return {name: field for name, field in fields_of(kind).items() if name not in answers}


def slug(name: str) -> str:
    """Return an id made from a name.

    >>> slug("σ₁ receptor (human)"), slug("Molécule")
    ('sigma1-receptor-human', 'molecule')
    """
    words = (fold(word) for word in re.split(r"[\s/_()\[\],;:-]+", name))
    found = "-".join(word for word in words if word)[:200]
    plain = unicodedata.normalize("NFKD", found).encode("ascii", "ignore").decode()
    return plain.replace("+", "").strip("-")


__all__ = [
    "PLACE",
    "Answer",
    "Answers",
    "Refused",
    "accept",
    "allowed",
    "missing",
    "optional",
    "own_id",
    "slug",
]
