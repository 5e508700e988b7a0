"""How the records want to be written: the order of their keys, and which of them go in one line.

Read off the record classes, so that a field or a record added there is written well without a change here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from kg.bench_records import PlacedFields
from kg.fields import Record
from kg.records import ROW_LISTS, EvidenceFields, FileRecord, QualifierFields

_CIRCUMSTANCES: tuple[type[Record], ...] = (QualifierFields, EvidenceFields, PlacedFields)
"""Fields that say how and where: they follow what a record says itself, and precede its lists of rows."""


class Shape(NamedTuple):
    """What is known of a value: the records it may be, and whether it is a list of rows or of numbers."""

    records: tuple[type[BaseModel], ...] = ()
    rows: bool = False
    numbers: bool = False

    def record(self, keys: Iterable[str]) -> type[BaseModel] | None:
        """Return the record that has most of these keys."""
        given = set(keys)
        return max(self.records, key=lambda model: len(given & set(model.model_fields)), default=None)


FILE = Shape((FileRecord,))
UNKNOWN = Shape()


@cache
def key_order(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a record in the order in which they are written.

    >>> from kg.records import StatementRecord
    >>> key_order(StatementRecord)[:4], key_order(StatementRecord)[-1]
    (('id', 'subject', 'predicate', 'object'), 'note')
    """
    circumstances = [
        field for base in _CIRCUMSTANCES if issubclass(model, base) and model is not base
        for field in base.model_fields
    ]  # fmt: skip
    declared = [field for field in model.model_fields if field not in circumstances]
    if "id" in declared:
        declared.insert(0, declared.pop(declared.index("id")))
    lists = (index for index, field in enumerate(declared) if _is_list_of_records(model, field))
    cut = next(lists, len(declared)) if circumstances else len(declared)
    return (*declared[:cut], *circumstances, *declared[cut:])


@cache
def shape_of(model: type[BaseModel] | None, key: str) -> Shape:
    """Return what is known of the value under a key."""
    if model is None or key not in model.model_fields:
        return UNKNOWN
    annotation = model.model_fields[key].annotation
    records = tuple(_records_in(annotation))
    return Shape(records, bool(records) and key in ROW_LISTS, tuple[int, ...] in _parts(annotation))


@cache
def is_small(model: type[BaseModel]) -> bool:
    """Tell whether a record goes in one line where it fits: it holds texts, numbers and small records only.

    >>> from kg.records import EntityRecord, LocatorRecord
    >>> is_small(LocatorRecord), is_small(EntityRecord)
    (True, False)
    """
    for field in model.model_fields:
        shape = shape_of(model, field)
        is_list = _is_list(model.model_fields[field].annotation)
        if (is_list and not shape.numbers) or not all(is_small(inner) for inner in shape.records):
            return False
    return True


def _is_list_of_records(model: type[BaseModel], field: str) -> bool:
    return _is_list(model.model_fields[field].annotation) and bool(shape_of(model, field).records)


def _is_list(annotation: Any) -> bool:
    return any(get_origin(part) in (tuple, list) for part in _parts(annotation))


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _records_in(annotation: Any) -> Iterator[type[BaseModel]]:
    for part in _parts(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part
