"""A file's tree against the records: what has their shape is kept, every fault of the rest becomes a problem.

Rows stand or fall alone, so that one bad row does not hide the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from kg import records as r
from kg.catalogue import RULE, problem
from kg.names import meant
from kg.problems import Problem
from kg.yamltext import ListNode, MapNode, Node, Scalar, Step, find, locate, plain, without


def validate(node: Node, name: str, cut: set[str]) -> tuple[r.FileRecord, Node, list[Problem]]:
    """Return a file's record, the part of the tree it was made from, and the problems of the rest.

    Rows with problems are cut out of the tree and the rest is read again, until what is left is sound. The
    ids of the rows cut are added to `cut`.
    """
    problems: list[Problem] = []
    while True:
        try:
            return r.FileRecord.model_validate(plain(node)), node, problems
        except ValidationError as invalid:
            faults = invalid.errors(include_url=False)
        problems += [_shape_problem(fault, node, name) for fault in faults]
        if not isinstance(node, MapNode) or any(not fault["loc"] for fault in faults):
            return r.FileRecord(), MapNode((), 1, 1), problems
        paths = {_row_path(node, fault["loc"]) for fault in faults}
        cut |= {id_ for path in paths for id_ in _declared(find(node, path))}
        node = without(node, paths)


def _declared(node: Node | None) -> Iterator[str]:
    """Yield the ids that a row, and the rows in it, would have had."""
    if isinstance(node, ListNode):
        for item in node.items:
            yield from _declared(item)
    if isinstance(node, MapNode):
        fields = {key.text: value.text for key, value in node.entries if isinstance(value, Scalar)}
        claim = [fields[key] for key in ("subject", "predicate", "object", "than") if key in fields]
        yield fields.get("id") or ".".join(claim)
        for _, value in node.entries:
            yield from _declared(value)


def _row_path(node: Node, path: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the path of the innermost row (or, without one, of the top-level key) that holds a fault."""
    for length in range(len(path), 1, -1):
        if (
            isinstance(path[length - 1], int)
            and path[length - 2] in r.ROW_LISTS
            and find(node, path[:length])
        ):
            return path[:length]
    return path[:1]


def _shape_problem(fault: Any, node: Node, name: str) -> Problem:
    path, kind = tuple(fault["loc"]), fault["type"]
    field = _field_name(path)
    if kind == "extra_forbidden":
        line, column = locate(node, path, key=True)
        model = _record_at(path[:-1])
        message = f"`{field}` is not a field of {_record_name(model)}"
        hint = meant(field, model.model_fields) or f"the fields are {', '.join(model.model_fields)}"
        return problem("KG201", name, line, column, message, hint)
    line, column = locate(node, path)
    if kind == "missing":
        return problem("KG203", name, line, column, f"{_record_name(_record_at(path[:-1]))} needs `{field}`")
    if kind == "string_too_short":
        return problem("KG203", name, line, column, f"`{field}` is empty", "fill it or delete it")
    if kind == "string_pattern_mismatch" and field == "sha256":
        given = f"`{fault['input'][:80]}` is no SHA-256"
        return problem("KG202", name, line, column, given, "64 hexadecimal digits, as `kg index` writes them")
    if kind == "string_pattern_mismatch":
        return problem("KG204", name, line, column, f"`{fault['input'][:80]}` cannot be an id")
    return _type_problem(fault, field, (name, line, column))


def _field_name(path: tuple[Step, ...]) -> str:
    """Return the field a path ends at; the item of a list is named with its list."""
    if len(path) > 1 and isinstance(path[-1], int):
        return f"{path[-2]}[{path[-1]}]"
    return str(path[-1]) if path else "the file"


def _type_problem(fault: Any, field: str, place: tuple[str, int, int]) -> Problem:
    given = fault["input"] if isinstance(fault["input"], str) else _shape_name(fault["input"])
    wanted = {"tuple_type": "a list", "int_parsing": "a whole number", "string_type": "text"}
    message = f"`{field}` is {given[:80]!r}"
    if fault["type"] == "literal_error":
        hint = meant(given, r.CHOICES.get(field, ())) or f"one of {fault['ctx']['expected']} is wanted"
        return problem("KG202", *place, message, hint)
    want = wanted.get(fault["type"]) or fault["msg"].replace("Input should be ", "")
    want = "a block of fields" if fault["type"].startswith("model") else want
    return problem("KG202", *place, message, f"{want} is wanted; {RULE['KG202'].fix}")


def _shape_name(value: object) -> str:
    return "a block of fields" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"


def _record_at(path: tuple[Step, ...]) -> type[BaseModel]:
    model: type[BaseModel] = r.FileRecord
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models_in(model.model_fields[step].annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _record_name(model: type[BaseModel]) -> str:
    name = model.__name__.removesuffix("Record").lower()
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
