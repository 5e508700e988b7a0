"""A new row put into the text of a YAML file where it belongs; nothing else of the text changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.authoring.layout import block_lines
from kg.authoring.order import FILE, Shape, key_order, shape_of
from kg.authoring.styled import Branch, Entry, Leaf, Styled, read_styled
from kg.problems import KgError
from kg.yamltext import Plain, Step, parse, plain

Value = str | int | Sequence["Value"] | Mapping[str, "Value"]
_PRINTED = frozenset({"value", "date"})
"""Fields whose text is a number as printed, which is written without quotes."""


class NoPlace(KgError):
    """The file's style leaves no place to insert a row as text; formatting the file first makes one."""


def with_row(text: str, path: tuple[Step, ...], row: Mapping[str, Value]) -> tuple[str, int]:
    r"""Return a file's text with a row at the end of the list at a path, and the line the row begins in.

    What is missing of the path is made. Raises `NoPlace` where only rewriting the file would do.

    >>> text = "entities:\n  - id: one # first\n    name: one\n    category: Drug\n"
    >>> new, line = with_row(text, ("entities",), {"id": "two", "name": "NO: x", "category": "Drug"})
    >>> print(new.removeprefix(text), end="")
    <BLANKLINE>
      - id: two
        name: "NO: x"
        category: Drug
    >>> line
    6
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    old = text.replace("\r\n", "\n")
    tree = _tree(old)
    old = _without_empty(old, path)
    at, added = _insertion(read_styled(old), old, path, row)
    wanted = _expected(tree, path, _told(row))
    before = old[:at] + ("" if at == 0 or old[at - 1] == "\n" else "\n")
    after = old[at:] if old[at:].strip() else ""
    for lines in (added, [line for line in added if line]):
        new = before + "".join(f"{line}\n" for line in lines) + after
        if _tree(new) == wanted:
            first = next(index for index, line in enumerate(lines) if line.lstrip().startswith("- "))
            return new.replace("\n", ends), before.count("\n") + first + 1
    raise NoPlace("the row cannot be inserted into the text as it is; run `kg format` on the file first")


def _without_empty(text: str, path: tuple[Step, ...]) -> str:
    """Return the text without the `[]` of a list that gets its first row."""
    value: Leaf | Branch | None = read_styled(text).root
    for step in path:
        if not isinstance(value, Branch) or value.flow:
            return text
        entry = _child(value, step)
        value = entry.value if entry else None
    if (
        isinstance(value, Branch)
        and value.flow
        and not value.entries
        and "#" not in text[value.start : value.end]
    ):
        return text[: value.start].rstrip(" ") + text[value.end :]
    return text


def row_lines(path: tuple[Step, ...], row: Mapping[str, Value], column: int) -> list[str]:
    """Return the lines of a row of the list at a path, with its `-` at a column."""
    item = Branch(is_map=False)
    item.entries.append(Entry(None, _styled(row), item))
    return block_lines(item, _shape(path), column)


def _shape(path: tuple[Step, ...]) -> Shape:
    shape = FILE
    for step in path:
        if isinstance(step, str):
            shape = shape_of(shape.record([step]), step)
    return shape


def _styled(value: Value, key: str = "") -> Leaf | Branch:
    if isinstance(value, int):
        return Leaf(str(value))
    if isinstance(value, str):
        return Leaf(value, "" if key in _PRINTED else '"')
    branch = Branch(is_map=isinstance(value, Mapping), flow=True)
    pairs = value.items() if isinstance(value, Mapping) else ((None, item) for item in value)
    branch.entries = [
        Entry(Leaf(name) if name else None, _styled(inner, name or ""), branch) for name, inner in pairs
    ]
    return branch


def _insertion(
    tree: Styled, text: str, path: tuple[Step, ...], row: Mapping[str, Value]
) -> tuple[int, list[str]]:
    """Return where in the text to insert, and the lines."""
    if tree.root is None or (isinstance(tree.root, Leaf) and not tree.root.text):
        return len(text), [f"{path[0]}:", *row_lines(path, row, 2)]
    parent, value = tree.root, None
    for index, step in enumerate(path):
        if not isinstance(parent, Branch) or parent.flow:
            raise NoPlace("the place is written in one line, in braces; run `kg format` on the file first")
        entry = _child(parent, step)
        if entry is None:
            return _new_key(parent, text, path[: index + 1], row)
        parent, value = entry.value, entry
    assert value is not None
    return _new_item(value, text, path, row)


def _child(branch: Branch, step: Step) -> Entry | None:
    if isinstance(step, int):
        return branch.entries[step]
    return next((entry for entry in branch.entries if entry.key and entry.key.text == step), None)


def _new_key(
    parent: Branch, text: str, path: tuple[Step, ...], row: Mapping[str, Value]
) -> tuple[int, list[str]]:
    """Make a list behind the last of the keys that the record puts before it, or before all keys."""
    key, column = str(path[-1]), parent.column
    record = (_shape(path[:-1]) if len(path) > 1 else FILE).record([key])
    order = key_order(record) if record else ()
    earlier = [entry for entry in parent.entries if entry.key and entry.key.text in order[: order.index(key)]]
    blank = [""] if column == 0 else []
    lines = [f"{' ' * column}{key}:", *row_lines(path, row, column + 2)]
    if not earlier and column == 0:
        return _start_with_comments(text, parent.entries[0]), [*lines, *blank]
    return _line_end(text, _end((earlier or parent.entries)[-1])), [*blank, *lines]


def _start_with_comments(text: str, entry: Entry) -> int:
    """Return the start of the line where the comments above an entry begin."""
    at, above = text.rfind("\n", 0, entry.start) + 1, len(entry.above)
    while above:
        at = text.rfind("\n", 0, at - 1) + 1
        above -= text[at:].lstrip(" \t").startswith("#")
    return at


def _new_item(
    entry: Entry, text: str, path: tuple[Step, ...], row: Mapping[str, Value]
) -> tuple[int, list[str]]:
    rows, column = entry.value, entry.parent.column
    if isinstance(rows, Branch) and rows.entries and not rows.flow:
        last = rows.entries[-1]
        apart = last.blank or (len(rows.entries) == 1 and path[-1] in ("entities", "passages"))
        return _line_end(text, _end(last)), [*[""] * apart, *row_lines(path, row, rows.column)]
    if isinstance(rows, Leaf) and not rows.text:
        return _line_end(text, _end(entry)), row_lines(path, row, column + 2)
    raise NoPlace(f"`{path[-1]}` is written in brackets; run `kg format` on the file first")


def _end(entry: Entry) -> int:
    """Return where the text of an entry ends."""
    value = entry.value
    if isinstance(value, Branch) and value.entries and not value.flow:
        return _end(value.entries[-1])
    return max(value.end, entry.key.end + 1 if entry.key else entry.start + 1)


def _line_end(text: str, at: int) -> int:
    """Return the start of the line after an index."""
    if at and text[at - 1] == "\n":
        return at
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _tree(text: str) -> Plain:
    node, problems = parse(text, "text")
    return {} if node is None or problems else plain(node)


def _told(value: Value) -> Any:
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _told(inner) for key, inner in value.items()}
    return [_told(item) for item in value]


def _expected(tree: Any, path: tuple[Step, ...], row: Any) -> Any:
    """Return the tree with the row added."""
    here = tree
    for index, step in enumerate(path):
        empty: Any = [] if index == len(path) - 1 else {}
        if isinstance(here, dict) and here.get(step) in (None, ""):
            here[step] = empty
        here = here[step]
    here.append(row)
    return tree
