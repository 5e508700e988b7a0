"""A styled tree → lines of canonical YAML: keys in order, two spaces, 110 columns, short maps in one line."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel

from kg.authoring.order import FILE, Shape, is_small, key_order, shape_of
from kg.authoring.scalars import WIDTH, block, inline, refilled
from kg.authoring.styled import Branch, Comment, Entry, Leaf, Styled


class _Piece(NamedTuple):
    """An entry laid out: the comments above it, whether a blank line follows these, and its own lines."""

    above: list[Comment]
    blank: bool
    lines: list[str]


def file_lines(tree: Styled) -> list[str]:
    """Return the lines of a file."""
    head, root = [comment.text for comment in tree.head], tree.root
    body: list[str] = []
    apart = tree.head_blank
    if isinstance(root, Branch) and root.entries:
        pieces = _pieces(root, FILE, 0)
        apart = apart or bool(pieces[0].above)
        body = _joined(pieces, 0, apart=root.is_map) + _comments(root.below, 0)
    elif root is not None and root != Leaf("", start=root.start, end=root.end):
        body = _value(root, FILE, 2, 0)
    body += _comments(tree.tail, 0)
    return [*head, *([""] if head and body and apart else []), *body]


def block_lines(branch: Branch, shape: Shape, indent: int) -> list[str]:
    """Return a mapping or sequence in block style."""
    return _joined(_pieces(branch, shape, indent), indent) + _comments(branch.below, indent)


def _pieces(branch: Branch, shape: Shape, indent: int) -> list[_Piece]:
    record = _record(branch, shape)
    return [_piece(entry, _inner(entry, shape, record), indent) for entry in _ordered(branch, record)]


def _joined(pieces: list[_Piece], indent: int, *, apart: bool = False, first: bool = True) -> list[str]:
    """Put entries below each other; none but comments may have a blank line before the first of them."""
    lines: list[str] = []
    for index, (above, blank, own) in enumerate(pieces):
        blanks = [*(comment.blank for comment in above), blank]
        blanks[0] = (blanks[0] or apart) and not (first and index == 0)
        for comment, before in zip(above, blanks, strict=False):
            lines += [*[""] * before, f"{' ' * indent}{comment.text}"]
        lines += [*[""] * blanks[-1], *own]
    return lines


def _comments(comments: list[Comment], indent: int) -> list[str]:
    return [line for c in comments for line in (*[""] * c.blank, f"{' ' * indent}{c.text}")]


def _record(branch: Branch, shape: Shape) -> type[BaseModel] | None:
    return shape.record(entry.key.text for entry in branch.entries if entry.key) if branch.is_map else None


def _inner(entry: Entry, shape: Shape, record: type[BaseModel] | None) -> Shape:
    return shape_of(record, entry.key.text) if entry.key else shape


def _ordered(branch: Branch, record: type[BaseModel] | None) -> list[Entry]:
    """Return the entries in the record's order; what it does not know comes last, as it was."""
    if record is None:
        return branch.entries
    place = {key: index for index, key in enumerate(key_order(record))}
    return sorted(
        branch.entries, key=lambda entry: place.get(entry.key.text if entry.key else "", len(place))
    )


def _piece(entry: Entry, shape: Shape, indent: int) -> _Piece:
    start = " " * indent + (f"{inline(entry.key, key=True)}:" if entry.key else "-")
    value = entry.value
    column = len(start) + 1
    head = None if entry.key else _first(value, shape)
    opened = (
        value if isinstance(value, Branch) and _is_block(value, shape, column, item=not entry.key) else None
    )
    if opened and not entry.key:
        return _item(entry, _pieces(opened, shape, indent + 2), opened.below, indent)
    above = entry.above + [Comment(text) for text in entry.beside[:-1]] + (head.above if head else [])
    beside = f"  {entry.beside[-1]}" if entry.beside else ""
    if opened:
        return _Piece(above, entry.blank, [start + beside, *block_lines(opened, shape, indent + 2)])
    first, *rest = _value(value, shape, indent + 2, column)
    return _Piece(above, entry.blank, [f"{start} {first}".rstrip(" ") + beside, *rest])


def _first(value: Leaf | Branch, shape: Shape) -> Entry | None:
    """Return the first field of an item: comments above it go above the item, however it is written."""
    if isinstance(value, Leaf) or not value.is_map or not value.entries:
        return None
    return _ordered(value, _record(value, shape))[0]


def _item(entry: Entry, pieces: list[_Piece], below: list[Comment], indent: int) -> _Piece:
    """Write a block behind its `-`; comments that would stand between the two go above."""
    own = entry.above + [Comment(text) for text in entry.beside]
    moved, blank, (start, *rest) = pieces[0]
    if moved:
        before = entry.blank if not own else entry.blank or moved[0].blank
        moved = [Comment(moved[0].text, before), *moved[1:]]
    lines = [f"{' ' * indent}- {start.lstrip(' ')}", *rest, *_joined(pieces[1:], indent + 2, first=False)]
    return _Piece(own + moved, blank if moved else entry.blank, lines + _comments(below, indent + 2))


def _value(value: Leaf | Branch, shape: Shape, indent: int, column: int) -> list[str]:
    """Return the lines of a text, or of a mapping or sequence in one line, that begin at a column."""
    if isinstance(value, Branch):
        return [_flow(value, shape)]
    kept = block(value, indent)
    if kept:
        return kept
    if value == Leaf("", start=value.start, end=value.end):
        return [""]
    text = inline(value, alone=column == 0)
    return (refilled(value.text, indent) if column + len(text) > WIDTH else None) or [text]


def _flow(value: Leaf | Branch, shape: Shape) -> str:
    if isinstance(value, Leaf):
        return inline(value, flow=True)
    if not value.is_map:
        return f"[{', '.join(_flow(entry.value, shape) for entry in value.entries)}]"
    record = _record(value, shape)
    pairs = (
        f"{inline(entry.key, flow=True, key=True)}: {_flow(entry.value, _inner(entry, shape, record))}"
        for entry in _ordered(value, record)
        if entry.key
    )
    return f"{{{', '.join(pairs)}}}"


def _is_block(value: Branch, shape: Shape, column: int, *, item: bool) -> bool:
    """Tell whether a value goes over several lines: where it must, where its record asks, else as it was."""
    if not value.entries:
        return False
    first = _first(value, shape) if item else None
    if not _fits_flow(value, first) or column + len(_flow(value, shape)) > WIDTH:
        return True
    if not value.is_map:
        texts = all(isinstance(entry.value, Leaf) for entry in value.entries)
        if texts and (shape.numbers or shape.rows):
            return shape.rows
        return not value.flow or (bool(shape.records) and not texts)
    record = _record(value, shape)
    if record is None:
        return not value.flow
    return (item and shape.rows) or not is_small(record)


def _fits_flow(value: Leaf | Branch, first: Entry | None = None) -> bool:
    """Tell whether nothing in a value needs lines of its own: comments, block scalars, absent values.

    Comments above `first` do not: they go above the item.
    """
    if isinstance(value, Leaf):
        return value.style not in ("|", ">") and (value.text != "" or value.style != "")
    return not value.below and all(
        not (entry.above and entry is not first) and not entry.beside and _fits_flow(entry.value)
        for entry in value.entries
    )
