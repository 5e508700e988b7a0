"""Rows of any kind as columns, and columns as frames of pandas or polars.

What is a list, such as documents, is one text; numbers are floats, whole numbers where none is missing.
Measurements have columns of their own (`kg.formats.frames`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from kg.affinities.matrix import Matrices
from kg.affinities.occupancy import Occupancies, Occupancy
from kg.affinities.pooling import Pool, Pools
from kg.coverage import KINDS, Coverage, DocumentCoverage
from kg.formats.amount_rows import CELL_COLUMNS, cell_lines, occupancy_row, pool_row
from kg.metapaths.existing import FoundMetapath, FoundMetapaths
from kg.model import Conflict, Conflicts, Entities, Entity, Statement, Statements
from kg.paths import Path, Paths, Predicted, Predictions
from kg.problems import MissingExtra
from kg.rich import Library, Rows, is_polars
from kg.sparql.answers import Table

Line = Sequence[Any]
_MOST_WHOLE = 2**63
"""A whole number beyond would lose digits; it is a text."""


def frame_of(found: Rows[Any] | Table, library: Library = "pandas") -> Any:
    """Return a frame of rows or of an answer in SPARQL; raises `MissingExtra` without the library.

    >>> import kg
    >>> kg.load().statements(subject="igmesine", predicate="agonist_of").to_frame()["object"][0]
    'sigma-1-receptor'
    """
    header, lines = _table(found)
    columns = {name: _alike([line[at] for line in lines]) for at, name in enumerate(header)}
    try:
        if is_polars(library):
            import polars

            return polars.DataFrame(columns, schema={name: _dtype(polars, c) for name, c in columns.items()})
        import pandas
    except ImportError:
        raise MissingExtra("a frame", library, "polars" if library == "polars" else "frames") from None
    return pandas.DataFrame(
        {name: pandas.Series(cells, dtype=_kind(cells)) for name, cells in columns.items()}
    )


def _table(found: Rows[Any] | Table) -> tuple[Sequence[str], list[Line]]:
    if isinstance(found, Table):
        return found.variables, list(found.rows)
    for kind, (header, line) in _LINES.items():
        if isinstance(found, kind):
            return header, [cells for row in found for cells in line(row)]
    raise TypeError(f"{type(found).__name__} has no columns")


def _alike(cells: list[Any]) -> list[Any]:
    """Return the cells of a column as one type: numbers, truth, or texts where they differ; None stays."""
    given = [cell for cell in cells if cell is not None]
    kinds = set(map(type, given))
    if kinds == {bool}:
        return cells
    large = any(type(cell) is int and abs(cell) >= _MOST_WHOLE for cell in given)
    if kinds and kinds <= {int, float, Decimal} and not large:
        whole = kinds == {int} and len(given) == len(cells)
        return cells if whole else [None if cell is None else float(cell) for cell in cells]
    return [None if cell is None else str(cell) for cell in cells]


def _kind(cells: list[Any]) -> str:
    first = next((cell for cell in cells if cell is not None), None)
    if isinstance(first, bool):
        return "object" if None in cells else "bool"
    return {int: "int64", float: "float64"}.get(type(first), "object")


def _dtype(polars: Any, cells: list[Any]) -> Any:
    first = next((cell for cell in cells if cell is not None), None)
    known = {bool: polars.Boolean, int: polars.Int64, float: polars.Float64}
    return known.get(type(first), polars.String)


def _entity(row: Entity) -> Iterable[Line]:
    yield (
        row.id, row.name, row.category, row.symbol, _joined(row.synonyms), _joined(row.xrefs), row.definition,
        str(row.source),
    )  # fmt: skip


def _statement(row: Statement) -> Iterable[Line]:
    limits = _joined(f"{name}: {value}" for name, value in row.qualifiers.items())
    first = row.evidence[0] if row.evidence else None
    yield (
        row.id, row.subject, row.predicate, row.object, row.than, row.sign, row.polarity, row.certainty,
        row.basis, limits, _joined(row.documents), first and str(first.locator), str(row.source),
    )  # fmt: skip


def _conflict(row: Conflict) -> Iterable[Line]:
    yield (
        row.id, row.kind, row.topic, _joined(row.sides), row.fold, row.verdict, row.difference, row.reason,
        row.source and str(row.source),
    )  # fmt: skip


def _path(row: Path) -> Iterable[Line]:
    withheld = _joined(f"{step.source} → {step.target}: {step.reason}" for step in row.withheld_by)
    yield (
        " → ".join(row.nodes), row.nodes[0], row.nodes[-1], row.length, row.sign, row.score, row.certainty,
        row.basis, _joined(row.documents), withheld,
    )  # fmt: skip


def _occupancy(row: Occupancy) -> Iterable[Line]:
    told = occupancy_row(row)
    share, constant = told["share"] or {}, told["constant"] or {}
    yield (
        row.target, row.parameter, constant.get("low"), constant.get("high"), share.get("low"),
        share.get("high"), row.engaged, row.missing, _joined(told["documents"]), _joined(told["claims"]),
    )  # fmt: skip


def _pool(row: Pool) -> Iterable[Line]:
    told = pool_row(row)
    mean = told["mean"] or {}
    left_out = (f"{one['as_written']}: {one['reason']}" for one in told["left_out"])
    yield (
        *row.key, mean.get("low"), mean.get("high"), row.refusal,
        _joined(one["as_written"] for one in told["taken"]), _joined(left_out), _joined(told["documents"]),
    )  # fmt: skip


def _predicted(row: Predicted) -> Iterable[Line]:
    best = _joined(" → ".join(path.nodes) for path in row.paths)
    yield row.entity, row.direction, row.score, row.raising, row.lowering, row.unsigned, best


def _metapath(row: FoundMetapath) -> Iterable[Line]:
    yield str(row.metapath), len(row.metapath.arrows), row.paths, row.pairs, " → ".join(row.example)


def _read(row: DocumentCoverage) -> Iterable[Line]:
    for part in row.parts:
        counts = (part.count(kind) for kind in KINDS)
        yield (
            row.document,
            part.section,
            part.part,
            len(part.passages),
            *counts,
            part.silent,
            len(part.unread),
        )


def _joined(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None


_LINES: dict[type[Rows[Any]], tuple[Sequence[str], Callable[[Any], Iterable[Line]]]] = {
    Entities: (
        ("id", "name", "category", "symbol", "synonyms", "xrefs", "definition", "source"), _entity,
    ),
    Statements: (
        ("id", "subject", "predicate", "object", "than", "sign", "polarity", "certainty", "basis",
         "qualifiers", "documents", "locator", "source"), _statement,
    ),
    Conflicts: (
        ("id", "kind", "topic", "sides", "fold", "verdict", "difference", "reason", "source"), _conflict,
    ),
    Paths: (
        ("path", "from", "to", "length", "sign", "score", "certainty", "basis", "documents", "withheld_by"),
        _path,
    ),
    Predictions: (
        ("entity", "direction", "score", "raising", "lowering", "unsigned", "best_paths"), _predicted,
    ),
    FoundMetapaths: (("metapath", "length", "paths", "pairs", "example"), _metapath),
    Coverage: (("document", "section", "part", "passages", *KINDS, "silent", "unread"), _read),
    Matrices: (CELL_COLUMNS, lambda matrix: (tuple(cell_lines(cell)) for cell in matrix.cells)),
    Pools: (
        ("drug", "form", "target", "parameter", "endpoint", "species", "mean_low_nM", "mean_high_nM",
         "refusal", "taken", "left_out", "documents"), _pool,
    ),
    Occupancies: (
        ("target", "parameter", "constant_low_nM", "constant_high_nM", "share_low", "share_high", "engaged",
         "missing", "documents", "claims"), _occupancy,
    ),
}  # fmt: skip
"""The names of the columns of each kind of rows, and what yields the lines of a row."""
