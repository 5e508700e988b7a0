"""Reading an edge list: a table of arrows with tabs between its columns, plain or gzipped, into a `Network`.

The columns go by name, in any order: `subject`, `predicate`, `object` (KGX), `source`, `metaedge`, `target`
(Hetionet) and the like; `sign` holds `+`, `-` or nothing. Without a sign column, a predicate whose sign the
caller knows has it. A node such as `Gene::9021` is of the kind before the two colons.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from kg.engine.building import make_network, number_names
from kg.problems import InvalidNetwork

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.engine.network import Network

SOURCES = ("subject", "source", "cause", "from", "x_id", "x_name")
TARGETS = ("object", "target", "effect", "to", "y_id", "y_name")
PREDICATES = ("predicate", "metaedge", "relation", "edge", "interaction")
SIGNS = {"+": 1, "-": -1, "−": -1, "1": 1, "-1": -1, "+1": 1, "0": 0, "": 0, "unsigned": 0}
_MOST = 65_000
_SHOWN = 10


class _Columns(msgspec.Struct, frozen=True):
    source: int
    target: int
    predicate: int | None
    sign: int | None
    width: int


def read_edge_list(path: Path, signs: Mapping[str, int] | None = None) -> Network:
    """Return the network of an edge list; `record` of an arrow is its line, counted from 1.

    Raises `InvalidNetwork` with the lines that are no arrows, `OSError` when the file cannot be read.
    """
    lines = _lines(path)
    columns = _header(lines[0] if lines else "", path.name)
    table = _table(lines[1:], columns.width, path.name)
    sources, targets = table[columns.source], table[columns.target]
    predicates = table[columns.predicate] if columns.predicate is not None else None
    names, relations = number_names([sources, targets]), number_names([predicates or [""]])
    kinds = number_names([map(kind_of, names)])
    _refuse_wrong(table, columns, names, path.name)
    for what, found in (("predicates", relations), ("kinds of node", kinds)):
        if len(found) > _MOST:
            raise InvalidNetwork(f"{path.name} has {len(found)} {what}; there can be {_MOST}")
    count = len(sources)
    relation = _numbered(predicates, relations, np.uint16) if predicates else np.zeros(count, np.uint16)
    return make_network(
        list(names),
        _numbered(sources, names, np.int32),
        _numbered(targets, names, np.int32),
        signs=_signs(table, columns, relations, relation, signs or {}),
        predicates=tuple(relations),
        predicate=relation,
        records=np.arange(2, count + 2, dtype=np.int32),
        kinds=tuple(kinds),
        kind=_numbered([kind_of(name) for name in names], kinds, np.uint16),
    )


def kind_of(name: str) -> str:
    """Return the kind that a node's name begins with: `Gene` of `Gene::9021`; `node` where it tells none."""
    kind, colons, _ = name.partition("::")
    return kind if colons else "node"


def _lines(path: Path) -> list[str]:
    stored = path.read_bytes()
    try:
        whole = gzip.decompress(stored) if stored[:2] == b"\x1f\x8b" else stored
        text = whole.decode("utf-8-sig")
    except (UnicodeDecodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InvalidNetwork(f"{path.name} is no text in UTF-8: {error}") from None
    lines = (text.replace("\r\n", "\n") if "\r" in text else text).split("\n")
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _header(line: str, file: str) -> _Columns:
    names = [name.strip().casefold().lstrip("#:") for name in line.split("\t")]

    def place(known: Sequence[str]) -> int | None:
        return next((names.index(name) for name in known if name in names), None)

    source, target = place(SOURCES), place(TARGETS)
    if source is None or target is None:
        wanted = "subject, predicate and object, or source and target"
        raise InvalidNetwork(f"{file}:1: the first line names no columns {wanted}, with tabs between")
    return _Columns(source, target, place(PREDICATES), place(("sign",)), len(names))


def _table(lines: list[str], width: int, file: str) -> list[list[str]]:
    """Return the columns; raises `InvalidNetwork` with the lines that have more or fewer cells."""
    tabs = [line.count("\t") for line in lines]
    if any(found != width - 1 for found in tabs):
        told = f"{{}} columns where the first line names {width}"
        raise _refused(
            file, {n: told.format(found + 1) for n, found in enumerate(tabs, 2) if found != width - 1}
        )
    cells = "\t".join(lines).split("\t") if lines else []
    return [cells[column::width] for column in range(width)]


def _refuse_wrong(table: list[list[str]], columns: _Columns, names: Mapping[str, int], file: str) -> None:
    wrong: dict[int, str] = {}
    if columns.sign is not None and not set(table[columns.sign]) <= set(SIGNS):
        told = "{!r} is no sign: + or - or nothing"
        wrong = {n: told.format(sign) for n, sign in enumerate(table[columns.sign], 2) if sign not in SIGNS}
    if "" in names:
        ends = zip(table[columns.source], table[columns.target], strict=True)
        wrong |= {n: "an end of the arrow has no name" for n, pair in enumerate(ends, 2) if "" in pair}
    if wrong:
        raise _refused(file, wrong)


def _refused(file: str, wrong: Mapping[int, str]) -> InvalidNetwork:
    told = [f"{file}:{line}: {wrong[line]}" for line in sorted(wrong)[:_SHOWN]]
    rest = len(wrong) - _SHOWN
    return InvalidNetwork("\n".join(told) + (f"\n… and {rest} more" if rest > 0 else ""))


def _signs(
    table: list[list[str]],
    columns: _Columns,
    relations: Mapping[str, int],
    relation: NDArray[np.uint16],
    known: Mapping[str, int],
) -> NDArray[np.int8]:
    if columns.sign is not None:
        return _numbered(table[columns.sign], SIGNS, np.int8)
    return np.array([known.get(name, 0) for name in relations], np.int8)[relation]


def _numbered(column: list[str], numbers: Mapping[str, int], kind: Any) -> NDArray[Any]:
    return np.fromiter(map(numbers.__getitem__, column), kind, len(column))
