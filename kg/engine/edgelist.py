"""Reading an edge list: a table of arrows with tabs between its columns, plain or gzipped, into a `Network`.

The columns go by name, in any order: `subject`, `predicate`, `object` (KGX), `source`, `metaedge`, `target`
(Hetionet) and the like; `sign` holds `+`, `-` or nothing. Without a sign column, a predicate whose sign the
caller knows has it. A node such as `Gene::9021` is of the kind before the two colons.
"""

from __future__ import annotations

import gzip
import zlib
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from kg.engine.building import make_network, number_names
from kg.engine.cells import Distinct, UnevenLines, numbered
from kg.problems import InvalidNetwork

if TYPE_CHECKING:
    from kg.engine.network import Network

SOURCES = ("subject", "source", "cause", "from", "x_id", "x_name")
TARGETS = ("object", "target", "effect", "to", "y_id", "y_name")
PREDICATES = ("predicate", "metaedge", "relation", "edge", "interaction")
SIGNS = {"+": 1, "-": -1, "−": -1, "1": 1, "-1": -1, "+1": 1, "0": 0, "": 0, "unsigned": 0}
_MOST = 65_000
_SHOWN = 10
_LINE_END = ord("\n")


class _Columns(msgspec.Struct, frozen=True):
    source: int
    target: int
    predicate: tuple[int, ...]
    """One column, or none."""
    sign: tuple[int, ...]
    width: int


def read_edge_list(path: Path, signs: Mapping[str, int] | None = None) -> Network:
    """Return the network of an edge list; `record` of an arrow is its line, counted from 1.

    Raises `InvalidNetwork` with the lines that are no arrows, `OSError` when the file cannot be read.
    """
    header, text = _header_and_lines(path)
    columns = _header(header, path.name)
    try:
        nodes, relation, sign = numbered(
            text, columns.width, [(columns.source, columns.target), columns.predicate, columns.sign]
        )
    except UnevenLines as error:
        told = f"{{}} columns where the first line names {columns.width}"
        raise _refused(path.name, {n + 2: told.format(c) for n, c in error.cells.items()}) from None
    source, target = nodes.numbers
    count = len(source)
    _refuse_wrong(nodes, sign, path.name)
    kind = [kind_of(name) for name in nodes.names]
    kinds = number_names([kind])
    for what, found in (("predicates", relation.names), ("kinds of node", kinds)):
        if len(found) > _MOST:
            raise InvalidNetwork(f"{path.name} has {len(found)} {what}; there can be {_MOST}")
    known = signs or {}
    which = relation.numbers[0] if relation.numbers else np.zeros(count, np.int32)
    return make_network(
        nodes.names,
        source,
        target,
        signs=np.array([SIGNS[mark] for mark in sign.names], np.int8)[sign.numbers[0]]
        if sign.numbers
        else np.array([known.get(name, 0) for name in relation.names or [""]], np.int8)[which],
        predicates=tuple(relation.names) or ("",),
        predicate=which.astype(np.uint16),
        records=np.arange(2, count + 2, dtype=np.int32),
        kinds=tuple(kinds),
        kind=np.array([kinds[name] for name in kind], np.uint16),
    )


def kind_of(name: str) -> str:
    """Return the kind that a node's name begins with: `Gene` of `Gene::9021`; `node` where it tells none."""
    kind, colons, _ = name.partition("::")
    return kind if colons else "node"


def _header_and_lines(path: Path) -> tuple[str, bytes]:
    """Return the first line, and the others, each with its end."""
    stored = path.read_bytes()
    try:
        text = gzip.decompress(stored) if stored[:2] == b"\x1f\x8b" else stored
        text.isascii() or text.decode()
    except (UnicodeDecodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InvalidNetwork(f"{path.name} is no text in UTF-8: {error}") from None
    text = text.removeprefix(BOM_UTF8)
    text = text.replace(b"\r\n", b"\n") if b"\r" in text else text
    header, _, _ = text[: text.find(b"\n") + 1 or None].partition(b"\n")
    low, high = len(header) + 1, len(text)
    while high > low and text[high - 1] == _LINE_END:
        high -= 1
    lines = (memoryview(text)[low:high], b"\n") if high > low else ()
    return header.decode(), b"".join(lines)


def _header(line: str, file: str) -> _Columns:
    names = [name.strip().casefold().lstrip("#:") for name in line.split("\t")]

    def place(known: Sequence[str]) -> tuple[int, ...]:
        return tuple(names.index(name) for name in known if name in names)[:1]

    source, target = place(SOURCES), place(TARGETS)
    if not source or not target:
        wanted = "subject, predicate and object, or source and target"
        raise InvalidNetwork(f"{file}:1: the first line names no columns {wanted}, with tabs between")
    return _Columns(source[0], target[0], place(PREDICATES), place(("sign",)), len(names))


def _refuse_wrong(nodes: Distinct, sign: Distinct, file: str) -> None:
    wrong: dict[int, str] = {}
    if not set(sign.names) <= set(SIGNS):
        told = "{!r} is no sign: + or - or nothing"
        wrong = {
            n: told.format(sign.names[mark])
            for n, mark in enumerate(sign.numbers[0].tolist(), 2)
            if sign.names[mark] not in SIGNS
        }
    if nodes.names and not nodes.names[0]:
        nameless = np.logical_or(*(column == 0 for column in nodes.numbers))
        wrong |= dict.fromkeys((np.flatnonzero(nameless) + 2).tolist(), "an end of the arrow has no name")
    if wrong:
        raise _refused(file, wrong)


def _refused(file: str, wrong: Mapping[int, str]) -> InvalidNetwork:
    told = [f"{file}:{line}: {wrong[line]}" for line in sorted(wrong)[:_SHOWN]]
    rest = len(wrong) - _SHOWN
    return InvalidNetwork("\n".join(told) + (f"\n… and {rest} more" if rest > 0 else ""))
