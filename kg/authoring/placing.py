"""Answers → a row and its place in a file, and the check of the whole graph before anything is written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from kg import resources
from kg.authoring.answers import Answers
from kg.authoring.inserting import Value, row_lines, with_row
from kg.authoring.order import key_order
from kg.authoring.questions import PLACE, RECORDS, Kind
from kg.checking import check
from kg.problems import Problem
from kg.resources import DataFile
from kg.yamltext import ListNode, MapNode, Node, Scalar, Step, find, parse, plain

_LISTS = {"statement": "statements", "entity": "entities", "measurement": "measurements"}


class Placed(NamedTuple):
    """A file's new text, the new row as it stands there, its line, and a word on where that is."""

    text: str
    block: str
    line: int
    where: str
    inherits: tuple[str, ...]


def own_document(text: str) -> str | None:
    """Return the id of the document that a file is about, if it is about one."""
    node, _ = parse(text, "text")
    found = find(node, ("document", "id")) if node else None
    return found.text if isinstance(found, Scalar) else None


def placed(text: str, kind: Kind, answers: Answers) -> Placed:
    """Put a new row into a file's text: into the passage of its place, into a new one, or into a list.

    Raises `kg.authoring.inserting.NoPlace` when that needs more than inserting lines.
    """
    node, _ = parse(text, "text")
    record = RECORDS[kind]
    fields = {name: answers[name] for name in key_order(record) if name in answers}
    rows = _LISTS[kind]
    path: tuple[Step, ...] = (rows,)
    row: dict[str, Value] = dict(fields)
    inherits: tuple[str, ...] = ()
    if kind != "entity":
        at = {name: answers[name] for name in PLACE if name in answers}
        if answers["document"] == own_document(text):
            passage = _passage(node, at)
            if passage is None:
                path, row = ("passages",), {"at": at, rows: [fields]}
            else:
                path = ("passages", passage, rows)
                row, inherits = _within(find(node, path[:2]) if node else None, fields)
        else:
            row = _with_evidence(fields, answers, at)
    new, line = with_row(text, path, row)
    return Placed(new, "\n".join(row_lines(path, row, 0)), line, _where(path), inherits)


def _passage(node: Node | None, at: dict[str, Any]) -> int | None:
    """Return the index of the passage with this very place."""
    passages = find(node, ("passages",)) if node else None
    wanted = {name: str(value) for name, value in at.items()}
    for index, passage in enumerate(passages.items if isinstance(passages, ListNode) else ()):
        place = find(passage, ("at",))
        if place is not None and plain(place) == wanted:
            return index
    return None


def _within(passage: Node | None, fields: Answers) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Return a row without what its passage says already, and what the passage adds to it."""
    said: dict[str, Any] = {}
    for key, node in passage.entries if isinstance(passage, MapNode) else ():
        value: Any = plain(node)
        said |= value if key.text == "measured" and isinstance(value, dict) else {key.text: value}
    row: dict[str, Value] = {name: value for name, value in fields.items() if said.get(name) != _texts(value)}
    adds = [name for name, value in said.items() if name not in fields and not _is_rows(value)]
    return row, tuple(f"{name} {_shown(said[name])}" for name in adds if name != "at")


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _texts(value: Any) -> Any:
    return [str(item) for item in value] if isinstance(value, list) else str(value)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) or not item.isdigit() for item in value)


def _with_evidence(fields: Answers, answers: Answers, at: dict[str, Any]) -> dict[str, Value]:
    evidence: dict[str, Value] = {"document": answers["document"], "at": at}
    if "refs" in fields:
        evidence["refs"] = fields["refs"]
    kept: dict[str, Value] = {
        name: value for name, value in fields.items() if name not in ("refs", "citation")
    }
    if "citation" in fields:
        evidence["note"] = fields["citation"]
    return kept | {"evidence": [evidence]}


def _where(path: tuple[Step, ...]) -> str:
    if path == ("passages",):
        return "a new passage"
    return "the passage of this place" if path[0] == "passages" else f"`{path[0]}`"


def head_of(file: Path) -> str:
    """Return the first line of a new file, which tells editors where the schema is."""
    home = resources.folder("ontology").resolve()
    inside = file.resolve().is_relative_to(home.parent) and home.parent.name != "_data"
    schema = (
        os.path.relpath(home / "seed.schema.json", file.resolve().parent) if inside else "seed.schema.json"
    )
    return f"# yaml-language-server: $schema={schema}\n"


def problems_with(files: Iterable[DataFile], file: Path, text: str) -> tuple[Problem, ...]:
    """Return every problem of the graph as it would be if `file` held `text`; nothing is written there."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.yaml"
        draft.write_text(text, "utf-8")
        place = file.resolve()
        shown = [DataFile(draft, one.name) if one.path.resolve() == place else one for one in files]
        if all(one.path != draft for one in shown):
            shown.append(DataFile(draft, str(file)))
        return check(shown, resources.folder("ontology")).problems
