"""Measurements as a table: rows for CSV, frames of pandas or polars, Parquet.

Relation, low and high have columns of their own: a bound has one end, a range two, a number twice the same.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from kg.affinities.conflicts import molar_interval
from kg.graph import Graph
from kg.model import Measurement
from kg.problems import MissingExtra
from kg.quantity import interval
from kg.rich import Library, Rows, is_polars

COLUMNS = (
    "id", "drug", "form", "target", "parameter", "endpoint", "relation", "low", "high", "error", "error_kind",
    "unit", "as_written", "low_molar", "high_molar", "species", "preparation", "ligand", "document",
    "locator", "source",
)  # fmt: skip
_NUMBERS = frozenset(("low", "high", "error", "low_molar", "high_molar"))


class Measurements(Rows[Measurement]):
    """Measurements in the order of their files, with the graph that they are of."""

    KIND = "measurement"
    graph: Graph

    @classmethod
    def of(cls, graph: Graph, values: tuple[Measurement, ...]) -> Measurements:
        """Return these measurements of a graph."""
        found = cls(values)
        found.graph = graph
        return found

    def rows(self) -> list[dict[str, Any]]:
        """Return a dictionary for each, numbers as exact decimals; None where nothing is known."""
        return [_row(self.graph, value) for value in self]

    def to_frame(self, library: Library = "pandas") -> Any:
        """Return a frame of pandas or polars, numbers as floats; raises `MissingExtra` without the library.

        >>> import kg
        >>> frame = kg.load().measurements(drug="desipramine", target="DAT").to_frame()
        >>> frame["relation"][0], float(frame["low"][0]), frame["unit"][0]
        ('>', 10000.0, 'nM')
        """
        columns = {name: [_plain(name, row[name]) for row in self.rows()] for name in COLUMNS}
        try:
            if is_polars(library):
                import polars

                return polars.DataFrame(columns, schema={name: _dtype(polars, name) for name in COLUMNS})
            import pandas
        except ImportError:
            raise MissingExtra("a frame", library, "polars" if library == "polars" else "frames") from None
        kinds = {name: "float64" if name in _NUMBERS else "object" for name in COLUMNS}
        return pandas.DataFrame(columns).astype(kinds)

    def to_parquet(self) -> bytes:
        """Return a Parquet file: numbers as floats, and what was printed as text beside them."""
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise MissingExtra("a Parquet table", "pyarrow", "frames") from None
        fields = [(name, pyarrow.float64() if name in _NUMBERS else pyarrow.string()) for name in COLUMNS]
        rows = [{name: _plain(name, cell) for name, cell in row.items()} for row in self.rows()]
        buffer = BytesIO()
        parquet.write_table(pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(fields)), buffer)
        return buffer.getvalue()


def _dtype(polars: Any, name: str) -> Any:
    return polars.Float64 if name in _NUMBERS else polars.String


def _plain(name: str, cell: Any) -> Any:
    return float(cell) if name in _NUMBERS and cell is not None else cell


def _row(graph: Graph, value: Measurement) -> dict[str, Any]:
    quantity, limits = value.quantity, value.qualifiers
    low, high = interval(quantity) or (None, None)
    least, most = molar_interval(graph, value) or (None, None)
    unbounded = quantity.relation in ("<", "<=")
    place = value.evidence[0] if value.evidence else None
    cells = (
        value.id, value.drug, value.form, value.target, value.parameter, value.endpoint, quantity.relation,
        None if unbounded else low, high, quantity.error, quantity.error_kind, value.unit, quantity.text,
        None if unbounded else least, most, limits.species, limits.preparation, value.ligand,
        place and place.document, place and str(place.locator), str(value.source),
    )  # fmt: skip
    return dict(zip(COLUMNS, cells, strict=True))
