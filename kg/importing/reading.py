"""The rows of a table as measurements, each with its line; what cannot be one is rejected with the reason."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kg.graph import Graph
from kg.importing.mapping import DELIMITERS, Columns, Mapping, Value
from kg.importing.naming import Entities
from kg.importing.sources import Sources
from kg.model import Frozen
from kg.names import meant
from kg.problems import InvalidTable, MissingExtra
from kg.quantity import interval, looks_flattened, parse_quantity
from kg.quantity import meant as number_meant
from kg.rich import counted

Row = dict[str, str]
Watch = Callable[[Iterable[tuple[int, Row]]], Iterable[tuple[int, Row]]]
_RELATIONS = frozenset(("", "=", ">", "<", ">=", "<=", "~"))


class Rejected(Frozen, frozen=True):
    """A row, or one value of it, that was left out."""

    line: int
    reason: str


class Imported(Frozen, frozen=True):
    """What a table gave: measurements as a seed file has them, new documents and entities, what was left out.

    `suspects` are the lines whose number looks like a bound that lost its sign; they are imported as is.
    """

    mapping: Mapping
    read: int
    measurements: tuple[Row, ...]
    documents: tuple[Row, ...]
    entities: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    suspects: tuple[int, ...]

    def __repr__(self) -> str:
        return (
            f"<{counted(self.read, 'row')}: {counted(len(self.measurements), 'value')}, "
            f"{len(self.rejected)} rejected, {counted(len(self.entities), 'new entity')}>"
        )


def import_table(
    graph: Graph, path: Path, mapping: Mapping, *, form: str = "csv", watch: Watch | None = None
) -> Imported:
    """Read a CSV or Parquet table; `watch` sees every row go by.

    Raises `InvalidTable` when the table has not the mapping's columns or cannot be read at all.
    """
    rows = _parquet(path, mapping) if form == "parquet" else _csv(path, mapping)
    entities, sources = Entities(graph), Sources(mapping, graph.vocabulary)
    kept: list[Row] = []
    rejected: list[Rejected] = []
    suspects: list[int] = []
    read = 0
    for line, cells in watch(rows) if watch else rows:
        read += 1
        row = _cells(mapping, cells)
        for found in _measurements(graph, entities, mapping, row, line):
            if isinstance(found, Rejected):
                rejected.append(found)
            else:
                kept.append(found | {"document": sources.of(row)})
                quantity = parse_quantity(found["value"])
                if quantity is not None and looks_flattened(quantity):
                    suspects.append(line)
    made = sources.made, entities.made
    return Imported(mapping, read, tuple(kept), *made, tuple(rejected), tuple(suspects))


def _csv(path: Path, mapping: Mapping) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(2**24)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(
                file,
                delimiter=DELIMITERS[mapping.delimiter],
                restkey="",
                restval=None,
                quoting=csv.QUOTE_MINIMAL if mapping.quoted else csv.QUOTE_NONE,
            )
            reader.fieldnames = _named(mapping, reader.fieldnames or ())
            _has_columns(path, mapping, reader.fieldnames)
            for row in reader:
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidTable(f"{path} cannot be read: {error}") from None


def _parquet(path: Path, mapping: Mapping) -> Iterator[tuple[int, Row]]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise MissingExtra("a Parquet table", "pyarrow", "frames") from None
    try:
        table = parquet.read_table(path)
    except (OSError, ArrowException) as error:
        raise InvalidTable(f"{path} cannot be read: {error}") from None
    table = table.rename_columns(_named(mapping, table.column_names))
    _has_columns(path, mapping, table.column_names)
    for line, row in enumerate(table.to_pylist(), 2):
        yield line, {name: "" if cell is None else str(cell) for name, cell in row.items()}


def _named(mapping: Mapping, columns: Sequence[str]) -> list[str]:
    """Return the columns as the mapping calls them, also those that have an earlier name."""
    now = {old: name for name, old in mapping.also.items() if name not in columns}
    return [now.get(name, name) for name in columns]


def _cells(mapping: Mapping, row: Row) -> Row:
    """Return a row without the words for nothing, and with words for codes."""
    if mapping.empty:
        row = {name: "" if cell in mapping.empty else cell for name, cell in row.items()}
    if not mapping.words:
        return row
    return row | {
        name: words.get(row[name], row[name]) for name, words in mapping.words.items() if row.get(name)
    }


def _has_columns(path: Path, mapping: Mapping, columns: Iterable[str]) -> None:
    known = list(columns)
    missing = [name for name in mapping.columns if name not in known]
    if missing:
        told = (f"`{name}`" + (f" ({hint})" if (hint := meant(name, known)) else "") for name in missing)
        raise InvalidTable(f"{path} has no column {', '.join(told)}")


def _measurements(
    graph: Graph, entities: Entities, mapping: Mapping, row: Row, line: int
) -> Iterator[Row | Rejected]:
    """Yield the values of a row: more than one where the table has a column for each parameter."""
    needed = row if mapping.quoted else mapping.columns
    if any(row.get(name) is None for name in needed):
        yield Rejected(line, "the row has fewer cells than the table has columns")
        return
    if "" in row:
        yield Rejected(line, "the row has more cells than the table has columns")
        return
    for name, allowed in mapping.only.items():
        if row[name].strip() not in allowed:
            yield Rejected(line, f"{name} is `{row[name].strip()[:40]}`, not {' or '.join(allowed)}")
            return
    given = [value for value in mapping.values if row[value.column].strip()]
    if not given:
        yield Rejected(line, f"no value in {', '.join(value.column for value in mapping.values)}")
    for value in given:
        try:
            yield _measurement(graph, entities, mapping, row, line, value)
        except ValueError as reason:
            yield Rejected(line, str(reason))


def _measurement(
    graph: Graph, entities: Entities, mapping: Mapping, row: Row, line: int, value: Value
) -> Row:
    parameter = _parameter(graph, value.parameter or row[value.parameter_column or ""])
    printed = _printed(value, row)
    named = value.unit or (row[value.unit_column].strip() if value.unit_column else "")
    unit = _unit(graph, parameter, named, any(map(str.isdigit, printed)))
    made = {
        "id": f"{mapping.document.id}.{line}.{parameter.lower()}",
        "drug": _entity(entities, mapping.drug, row, "Drug"),
        "target": _entity(entities, mapping.target, row, "Protein"),
        "parameter": parameter,
        "value": printed,
        "unit": unit,
    }
    made |= {name: cell for name, column in mapping.more.items() if (cell := row[column].strip())}
    for name, category in (("species", "Species"), ("form", "DrugForm"), ("ligand", "Radioligand")):
        if name in made:
            made[name] = entities.called(made[name], category)
    note = "; ".join(f"{name} {row[name].strip()}" for name in mapping.note if row[name].strip())
    return {key: text for key, text in (made | {"note": note, "row": f"line {line}"}).items() if text}


def _parameter(graph: Graph, name: str) -> str:
    known = graph.vocabulary.parameters
    found = {other.casefold(): other for other in known}.get(name.strip().casefold())
    if found is None:
        raise ValueError(f"unknown parameter `{name.strip()[:80]}`")
    return found


def _printed(value: Value, row: Row) -> str:
    """Return the value with its relation, after everything about it was looked at."""
    text = row[value.column].strip()
    relation = row[value.relation_column].strip().strip("'\"") if value.relation_column else ""
    if relation not in _RELATIONS:
        raise ValueError(f"unknown relation `{relation[:20]}`")
    printed = text if relation in ("", "=") else f"{relation}{text}"
    quantity = parse_quantity(printed)
    if quantity is None:
        probably = number_meant(printed[:80])
        hint = f": was it `{probably}`?" if probably else ""
        raise ValueError(f"`{printed[:80]}` is not a number as printed{hint}")
    ends = interval(quantity)
    numbers = [end for end in ends if end is not None] if ends else []
    if any(end < 0 for end in numbers) or (numbers and quantity.value == 0):
        raise ValueError(f"`{printed[:80]}` is not above zero")
    if len(numbers) == 2 and numbers[0] > numbers[1]:
        raise ValueError(f"`{printed[:80]}` is an inverted range")
    return printed


def _unit(graph: Graph, parameter: str, name: str, number: bool) -> str:
    """Return the unit as the graph writes it; a finding in words needs none."""
    wanted = graph.vocabulary.parameters[parameter].dimension
    if not name:
        if wanted != "none" and number:
            raise ValueError("no unit")
        return ""
    unit = graph.vocabulary.unit(name)
    if unit is None:
        hint = meant(name, graph.vocabulary.units)
        raise ValueError(f"unknown unit `{name[:40]}`" + (f": {hint}" if hint else ""))
    if wanted not in ("none", unit.dimension):
        raise ValueError(f"{unit.notation} is a {unit.dimension}, {parameter} is a {wanted}")
    return unit.notation


def _entity(entities: Entities, columns: Columns, row: Row, category: str) -> str:
    name = row[columns.name].strip() if columns.name else ""
    identifier = row[columns.id].strip()
    if not identifier:
        raise ValueError(f"no `{columns.id}`")
    known = ((prefix, row[column].strip()) for column, prefix in columns.known.items())
    others = [f"{prefix}:{other}" for prefix, other in known if other]
    return entities.identified(identifier, columns.prefix, name, category, others)
