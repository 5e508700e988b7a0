"""What can be asked for a new row: its fields, read off the records, so that a new field is asked for too."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from kg import records as r
from kg.authoring.order import key_order, shape_of
from kg.fields import LocatorRecord, Record

Kind = Literal["statement", "entity", "measurement"]
Sort = Literal["text", "number", "numbers", "texts", "choice", "entity", "predicate", "document", "parameter",
               "unit", "category"]  # fmt: skip

RECORDS: dict[str, type[Record]] = {
    "statement": r.StatementRecord,
    "entity": r.EntityRecord,
    "measurement": r.MeasurementRecord,
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "statement": ("subject", "predicate", "object"),
    "entity": ("name", "category", "id"),
    "measurement": ("drug", "target", "parameter", "value"),
}
PLACE = tuple(LocatorRecord.model_fields)
"""Fields of a place in a document."""

SEVERAL: dict[str, str] = {"texts": "`, ` or `;` between several", "numbers": "comma between several"}
"""How more than one answer is given, by the sort of field."""

_ENTITIES = (
    "subject",
    "object",
    "than",
    "drug",
    "form",
    "target",
    "ligand",
    "species",
    "stimulus",
    "compartment",
)
_NAMED: dict[str, Sort] = {
    **dict.fromkeys(_ENTITIES, "entity"),
    "predicate": "predicate", "document": "document", "parameter": "parameter", "unit": "unit",
    "category": "category",
}  # fmt: skip


class Field(NamedTuple):
    """One thing to ask for."""

    name: str
    sort: Sort
    help: str
    choices: tuple[str, ...]
    info: FieldInfo


@cache
def fields_of(kind: Kind) -> dict[str, Field]:
    """Return the fields of a new row in the order in which they are written, a place and its document last.

    >>> list(fields_of("statement"))[1:4]
    ['subject', 'predicate', 'object']
    """
    record = RECORDS[kind]
    names = [(record, name) for name in key_order(record)]
    if kind != "entity":
        names += [(r.EvidenceRecord, "document"), *((LocatorRecord, name) for name in PLACE)]
    return {name: _field(model, name) for model, name in names if not shape_of(model, name).records}


def _field(model: type[BaseModel], name: str) -> Field:
    info = model.model_fields[name]
    parts = list(_parts(info.annotation))
    choices = tuple(choice for part in parts if get_origin(part) is Literal for choice in get_args(part))
    is_list = any(get_origin(part) is tuple for part in parts)
    if name in _NAMED:
        sort = _NAMED[name]
    elif choices:
        sort = "choice"
    elif int in parts:
        sort = "numbers" if is_list else "number"
    else:
        sort = "texts" if is_list else "text"
    return Field(name, sort, info.description or "", choices, info)


def _parts(annotation: Any) -> Any:
    yield annotation
    for part in get_args(annotation) if get_origin(annotation) is not Literal else ():
        yield from _parts(part)


def fault(field: Field, value: object) -> str | None:
    """Return what the record has against a value, or None."""
    try:
        kind: Any = field.info.annotation
        TypeAdapter(Annotated[kind, field.info]).validate_python(value)
    except ValidationError as error:
        return error.errors(include_url=False)[0]["msg"]
    return None
