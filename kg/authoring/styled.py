"""YAML text → a tree that remembers what the loader forgets: comments, blank lines, quotes, flow or block.

Reads sound files only (`kg.yamltext.parse` refuses the others first). A comment on a line of its own belongs
to what begins below it, or, when it is indented deeper than that, to the end of the block above it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Literal

import msgspec
import yaml

BREAKS = "\n\x85\u2028\u2029"
_COMMENT = re.compile(rf"#[^{BREAKS}]*")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Style = Literal["", "'", '"', "|", ">"]


class Comment(msgspec.Struct):
    """A comment line, and whether a blank line goes before it."""

    text: str
    blank: bool = False


class Leaf(msgspec.Struct):
    """A text, how it was written, and its span in the source."""

    text: str
    style: Style = ""
    raw: str = ""
    start: int = -1
    end: int = -1


class Branch(msgspec.Struct):
    """A mapping or a sequence; `below` are comments at its end."""

    is_map: bool
    flow: bool = False
    entries: list[Entry] = []
    below: list[Comment] = []
    start: int = -1
    end: int = -1
    column: int = 0
    owner: Entry | None = None


class Entry(msgspec.Struct):
    """A key with its value, or an item of a sequence; with the comments above it and beside it."""

    key: Leaf | None
    value: Leaf | Branch
    parent: Branch
    start: int = -1
    above: list[Comment] = []
    beside: list[str] = []
    blank: bool = False


class Styled(msgspec.Struct):
    """A file: the comments at its top, its value, and the comments at its end."""

    root: Leaf | Branch | None
    head: list[Comment]
    tail: list[Comment]
    head_blank: bool = False


def read_styled(text: str) -> Styled:
    """Return the styled tree of a sound YAML text; its line breaks must be line feeds."""
    reader = _Reader(text)
    root = reader.document()
    return _Commenter(text, root, reader.entries, reader.leaves).attach()


class _Reader:
    """Builds the tree from the event stream; entries and leaves are also listed in the order of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.leaves: list[Leaf] = []
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.reached = 0

    def document(self) -> Leaf | Branch | None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.reached = event.end_mark.index if event.end_mark else 0
                return self.node(next(self.events))
        return None

    def node(self, event: Any, owner: Entry | None = None) -> Leaf | Branch:
        if isinstance(event, yaml.ScalarEvent):
            return self.leaf(event)
        is_map = isinstance(event, yaml.MappingStartEvent)
        start = event.start_mark
        branch = Branch(is_map, bool(event.flow_style), start=start.index, column=start.column, owner=owner)
        while not isinstance(event := next(self.events), yaml.CollectionEndEvent):
            self.entry(branch, event)
        end: Any = event.end_mark
        branch.end = self.reached = end.index if branch.flow else self.reached
        return branch

    def leaf(self, event: Any) -> Leaf:
        start, end = event.start_mark.index, event.end_mark.index
        raw = self.text[start:end]
        if event.style in ("|", ">") and "+" not in raw.split("\n", 1)[0].split("#")[0]:
            raw = raw.rstrip(" \t" + BREAKS)
        found = Leaf(event.value, event.style or "", raw, start, start + len(raw))
        self.leaves.append(found)
        self.reached = max(self.reached, found.end)
        return found

    def entry(self, branch: Branch, event: Any) -> None:
        entry = Entry(None, Leaf(""), branch)
        branch.entries.append(entry)
        self.entries.append(entry)
        start = event.start_mark.index
        entry.start = start if branch.flow or branch.is_map else self.dash(start)
        if branch.is_map:
            entry.key, event = self.leaf(event), next(self.events)
        entry.value = self.node(event, entry)

    def dash(self, before: int) -> int:
        """Return where the `-` of an item is: between it and what was read last is nothing but comments."""
        gap = _COMMENT.sub(lambda found: " " * len(found[0]), self.text[self.reached : before])
        at = self.reached + gap.index("-")
        self.reached = at + 1
        return at


class _Commenter:
    """Finds the comments and ties each to an entry, to the end of a block, or to the file."""

    def __init__(
        self, text: str, root: Leaf | Branch | None, entries: list[Entry], leaves: list[Leaf]
    ) -> None:
        self.text = text
        self.entries = entries
        self.starts = [entry.start for entry in entries]
        self.leaves = leaves
        self.result = Styled(root, [], [])

    def attach(self) -> Styled:
        for entry in self.entries:
            entry.blank = self.blank_before(entry.start)
        found = list(self.comments())
        root = self.result.root
        first = self.starts[0] if self.starts else root.start if root else len(self.text)
        head = self.head(found, first)
        for at, shown in found[head:]:
            self.place(at, shown)
        if head:
            after = [at for at, _ in found[head : head + 1]]
            self.result.head_blank = self.blank_before(min([first, *after]))
        return self.result

    def comments(self) -> Iterator[tuple[int, str]]:
        at = 0
        for leaf in [*self.leaves, Leaf("", start=len(self.text), end=len(self.text))]:
            gap = self.text[at : max(at, leaf.start)]
            yield from ((at + found.start(), found[0].rstrip()) for found in _COMMENT.finditer(gap))
            if leaf.style in ("|", ">"):
                header = re.match(r"[|>][-+0-9]*[ \t]*", leaf.raw)
                shown = _COMMENT.match(leaf.raw, header.end()) if header else None
                if shown:
                    yield leaf.start + shown.start(), shown[0].rstrip()
            at = max(at, leaf.end)

    def head(self, found: list[tuple[int, str]], first: int) -> int:
        """Take the comments at the top, up to a blank line or the first value; return how many they are."""
        for count, (at, shown) in enumerate(found):
            if at > first or (count and self.blank_before(at)):
                return count
            self.result.head.append(Comment(shown))
        return len(found)

    def place(self, at: int, shown: str) -> None:
        index = bisect_left(self.starts, at)
        before = self.entries[index - 1] if index else None
        after = self.entries[index] if index < len(self.entries) else None
        if before and self.text[self.line_start(at) : at].strip():
            self.beside(before, at, shown)
            return
        comment = Comment(shown, self.blank_before(at))
        if before and isinstance(before.value, Leaf) and before.value.end > at:
            before.above.append(comment)
        else:
            self.own_line(at, before, after, comment)

    def beside(self, entry: Entry, at: int, shown: str) -> None:
        while entry.parent.flow and entry.parent.end <= at:
            if entry.parent.owner is None:
                entry.parent.below.append(Comment(shown))
                return
            entry = entry.parent.owner
        entry.beside.append(shown)

    def own_line(self, at: int, before: Entry | None, after: Entry | None, comment: Comment) -> None:
        for branch in _around(before):
            if branch.flow and branch.start < at < branch.end:
                inside = after is not None and after.start < branch.end
                (after.above if after and inside else branch.below).append(comment)
                return
        column = at - self.line_start(at)
        if after and column <= after.start - self.line_start(after.start):
            after.above.append(comment)
            return
        blocks = [branch for branch in _around(before) if not branch.flow]
        block = next((block for block in blocks if block.column <= column), None)
        if after and (block is None or block in _around(after)):
            after.above.append(comment)
        elif block or blocks:
            (block or blocks[-1]).below.append(comment)
        elif isinstance(self.result.root, Branch) and self.result.root.entries:
            self.result.root.below.append(comment)
        else:
            self.result.tail.append(comment)

    def line_start(self, at: int) -> int:
        return 1 + max(self.text.rfind(mark, 0, at) for mark in BREAKS)

    def blank_before(self, at: int) -> bool:
        """Tell whether a blank line, not part of a text, goes before the line at an index."""
        start = self.line_start(at)
        if start == 0 or self.text[start:at].strip(" \t-?"):
            return False
        previous = self.line_start(start - 1)
        if self.text[previous:start].strip():
            return False
        return all(leaf.end <= previous for leaf in self.leaves_before(start))

    def leaves_before(self, at: int) -> list[Leaf]:
        index = bisect_left(self.leaves, at, key=lambda leaf: leaf.start)
        return self.leaves[max(0, index - 1) : index]


def _around(entry: Entry | None) -> Iterator[Branch]:
    """Yield the branches that an entry is in, innermost first."""
    while entry is not None:
        if isinstance(entry.value, Branch) and not entry.value.entries:
            yield entry.value
        yield entry.parent
        entry = entry.parent.owner
