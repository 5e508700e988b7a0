"""Which column of a table means what: mappings as YAML, the shipped ones by name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from kg.fields import Id, Record, Text
from kg.model import SourceKind
from kg.problems import InvalidMapping, UnknownName
from kg.yamltext import parse, plain

_SHIPPED = Path(__file__).parent / "mappings"
DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";"}
MORE = ("form", "endpoint", "ligand", "preparation", "species")


class Columns(Record):
    """Which columns name a drug or a target: an identifier, under a prefix of the graph, and a name."""

    id: Text
    prefix: Text | None = Field(None, description="UniProt, DRUGBANK …; without one, a name of the graph")
    name: Text | None = None
    known: dict[Text, Text] = Field(
        default={}, description="columns of other identifiers and their prefix, by which to find it"
    )


class Value(Record):
    """A column with values. What is not a column is the same for every row."""

    column: Text
    parameter: Text | None = None
    parameter_column: Text | None = None
    unit: Text | None = None
    unit_column: Text | None = None
    relation_column: Text | None = Field(None, description="holds =, >, <, >=, <= or ~ apart from the number")

    @model_validator(mode="after")
    def _complete(self) -> Value:
        if (self.parameter is None) == (self.parameter_column is None):
            raise ValueError("give either `parameter` or `parameter_column`")
        return self


class Origin(Record):
    """The document that the graph names as the source of every row that names none of its own."""

    id: Id
    title: Text
    kind: SourceKind = "database"
    note: Text | None = None


class Cited(Record):
    """A column that names the source of each row, by an identifier under PMID or DOI, or by any name."""

    column: Text
    prefix: Literal["PMID", "DOI"] | None = None
    kind: SourceKind = "unknown"


class Mapping(Record):
    """A kind of table: how it is written, its sources and its columns."""

    delimiter: Literal["comma", "tab", "semicolon"] = "comma"
    quoted: bool = Field(True, description="no, where a quote at the start of a cell is only a quote")
    empty: tuple[Text, ...] = Field((), description="words that stand in a cell where there is nothing")
    also: dict[Text, Text] = Field(default={}, description="what a column was called in earlier tables")
    document: Origin
    sources: tuple[Cited, ...] = Field((), description="columns with a row's source; the first filled counts")
    drug: Columns
    target: Columns
    values: tuple[Value, ...] = Field(min_length=1)
    more: dict[Literal["form", "endpoint", "ligand", "preparation", "species"], Text] = Field(default={})
    words: dict[Text, dict[Text, Text]] = Field(default={}, description="what the codes in a column mean")
    only: dict[Text, tuple[Text, ...]] = Field(default={}, description="cells that a row must have")
    note: tuple[Text, ...] = Field((), description="columns that are kept as a note")

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that the table must have."""
        named = [
            self.drug.id,
            self.drug.name,
            self.target.id,
            self.target.name,
            *self.more.values(),
            *self.only,
            *(source.column for source in self.sources),
            *self.drug.known,
            *self.target.known,
            *self.note,
        ]
        for value in self.values:
            named += [value.column, value.parameter_column, value.unit_column, value.relation_column]
        return tuple(dict.fromkeys(name for name in named if name))


def mapping_names() -> tuple[str, ...]:
    """Return the names of the shipped mappings.

    >>> mapping_names()
    ('bindingdb', 'bindingdb-collapsed', 'chembl', 'kg')
    """
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.yaml")))


def read_mapping(name: str | Path) -> Mapping:
    """Return a shipped mapping by name, or that of a YAML file.

    Raises `UnknownName` where there is neither, and `InvalidMapping` with the place of each fault.
    """
    path = _SHIPPED / f"{name}.yaml" if str(name) in mapping_names() else Path(name)
    if not path.is_file():
        raise UnknownName("mapping", str(name), mapping_names())
    node, problems = parse(path.read_text("utf-8"), str(path))
    if problems or node is None:
        raise InvalidMapping("\n".join(map(str, problems)) or f"{path} is empty")
    try:
        return Mapping.model_validate(plain(node))
    except ValidationError as invalid:
        faults = (f"{path}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in invalid.errors())
        raise InvalidMapping("\n".join(faults)) from None
