"""YAML as text scalars with positions: nothing is guessed, nothing is built, every fault has a place.

Read from libyaml's event stream. `NO` stays nitric oxide and `1.10` keeps its digits, because the model,
not the parser, gives types. Aliases, tags and deep nesting are refused: a curated file needs none of them.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml

from kg.catalogue import problem
from kg.problems import Problem

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 250_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

Step = str | int


class Scalar(msgspec.Struct, frozen=True):
    """A text and where it stands."""

    text: str
    line: int
    column: int


class ListNode(msgspec.Struct, frozen=True):
    """A YAML sequence."""

    items: tuple[Node, ...]
    line: int
    column: int


class MapNode(msgspec.Struct, frozen=True):
    """A YAML mapping; keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """Return the value under a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | ListNode | MapNode


class _Refused(Exception):
    def __init__(self, found: Problem) -> None:
        self.problem = found


def read(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a file, or the one problem that keeps it from being read. Never reads too much."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            holds = " and holds none" if kind == "a directory" and path.suffix == "" else ""
            return None, [problem("KG110", name, 1, 1, f"is {kind}, not a YAML file{holds}")]
        if status.st_size > MAX_BYTES:
            return None, [_too_large(name, status.st_size)]
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return None, [problem("KG110", name, 1, 1, f"cannot be read: {reason}")]
    return decode(data, name)


def _too_large(name: str, size: int) -> Problem:
    mebibytes, limit = size / 2**20, MAX_BYTES // 2**20
    return problem("KG106", name, 1, 1, f"file has {mebibytes:.0f} MiB; the limit is {limit} MiB")


def decode(data: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """Return bytes as text, or the problem with the first byte that is not UTF-8 or not printable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(data[: error.start].decode("utf-8", "replace"))
        message = f"byte 0x{data[error.start]:02x} is not valid UTF-8"
        return None, [problem("KG107", name, line, column, message)]
    control = _CONTROL.search(text)
    if control:
        line, column = _position(text[: control.start()])
        return None, [problem("KG108", name, line, column, f"control character U+{ord(control[0]):04X}")]
    return text, []


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _position(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def parse(text: str, name: str) -> tuple[Node | None, list[Problem]]:
    """Return the node tree of one YAML document, or the problem that stopped the reading.

    Duplicate keys are problems, but the rest of the file is still read. An empty file gives no node.
    """
    builder = _Builder(text, name)
    try:
        return builder.document(), builder.problems
    except _Refused as refused:
        return None, [*builder.problems, refused.problem]
    except yaml.YAMLError as error:
        return None, [*builder.problems, _syntax_problem(error, text, name)]


def _syntax_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    shown = lines[line - 1] if line <= len(lines) else ""
    if "\t" in shown[: len(shown) - len(shown.lstrip())]:
        return problem("KG102", name, line, shown.index("\t") + 1, "line is indented with a tab")
    what = getattr(error, "problem", None) or str(error)
    context = getattr(error, "context", None)
    return problem("KG101", name, line, column, f"{what} ({context})" if context else what)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Builder:
    """Turns the event stream into nodes, one recursion per nesting level, at most `MAX_DEPTH` of them."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.nodes = 0
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self.refuse("KG111", event, "a second YAML document starts here")
                root = self.node(next(self.events), 1)
        return None if isinstance(root, Scalar) and root.text == "" else root

    def refuse(self, code: str, event: yaml.Event, message: str) -> _Refused:
        return _Refused(problem(code, self.name, *_start(event), message))

    def node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse("KG104", event, f"alias `*{event.anchor}`")
        if depth > MAX_DEPTH:
            raise self.refuse("KG105", event, f"nested deeper than {MAX_DEPTH} levels")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self.refuse("KG109", event, f"tag `{tag}`")
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.refuse("KG106", event, f"more than {MAX_NODES:,} values")
        line, column = _start(event)
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"':
                self.refuse_control_characters(event)
            return Scalar(event.value, line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return ListNode(tuple(self.items(depth)), line, column)
        return MapNode(tuple(self.entries(depth)), line, column)

    def refuse_control_characters(self, event: yaml.ScalarEvent) -> None:
        """Refuse an escape in quotes that brings in what the file's own bytes may not hold."""
        hidden = _CONTROL.search(event.value)
        if hidden:
            raise self.refuse(
                "KG108", event, f"control character U+{ord(hidden[0]):04X} is written as an escape"
            )

    def items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth + 1)

    def entries(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Scalar] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                raise self.refuse("KG101", event, "a key must be plain text")
            if key.text in seen:
                self.duplicate(key, seen[key.text])
            else:
                seen[key.text] = key
                yield key, value

    def duplicate(self, key: Scalar, first: Scalar) -> None:
        message = f"key `{key.text}` was given before, in line {first.line}"
        self.problems.append(problem("KG103", self.name, key.line, key.column, message))


Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """Return a node as text, lists and dictionaries."""
    match node:
        case Scalar(text):
            return text
        case ListNode(items):
            return [plain(item) for item in items]
        case MapNode(entries):
            return {key.text: plain(value) for key, value in entries}


def find(node: Node, path: tuple[Step, ...]) -> Node | None:
    """Return the node at a path of keys and indexes, or None."""
    for step in path:
        if isinstance(node, MapNode) and isinstance(step, str) and (value := node.get(step)) is not None:
            node = value
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def locate(node: Node, path: tuple[Step, ...], *, key: bool = False) -> tuple[int, int]:
    """Return line and column of the value (or the key) at a path, or of the nearest part that exists."""
    for length in range(len(path), -1, -1):
        found = find(node, path[:length])
        if found is not None:
            break
    assert found is not None
    if key and length == len(path) and path:
        parent = find(node, path[:-1])
        if isinstance(parent, MapNode):
            found = next(name for name, _ in parent.entries if name.text == path[-1])
    return found.line, found.column


def without(node: Node, paths: set[tuple[Step, ...]]) -> Node:
    """Return the tree without the nodes at these paths."""
    keep: dict[Step, set[tuple[Step, ...]]] = {}
    for path in paths:
        keep.setdefault(path[0], set()).add(path[1:])

    def child(step: Step, value: Node) -> Node | None:
        inner = keep.get(step)
        if inner is None:
            return value
        return None if () in inner else without(value, inner)

    if isinstance(node, ListNode):
        items = (child(index, item) for index, item in enumerate(node.items))
        return ListNode(tuple(item for item in items if item is not None), node.line, node.column)
    if isinstance(node, MapNode):
        pairs = ((key, child(key.text, value)) for key, value in node.entries)
        kept = tuple((key, value) for key, value in pairs if value is not None)
        return MapNode(kept, node.line, node.column)
    return node
