"""Text of a YAML file → its canonical text. Every comment stays, and what the file says stays."""

from __future__ import annotations

from kg.authoring.layout import file_lines
from kg.authoring.styled import Branch, Leaf, Styled, read_styled
from kg.problems import KgError, Problem
from kg.yamltext import Node, parse, plain


class Unfaithful(KgError):
    """The new text would not say what the old one says; a fault of this program, so nothing is written."""


def format_text(text: str, name: str = "text") -> tuple[str | None, list[Problem]]:
    """Return the canonical form of a file, or None and the problems that keep it from being read.

    Keys stand in the order of the records, comments with what they are about; texts keep their spelling
    (`1e-9`, `010`, `NO`). Formatting what was formatted changes nothing. Raises `Unfaithful` rather than
    return a text with another meaning.

    >>> print(format_text("entities: [{category: Drug, id: 'igmesine', name: igmesine}] # one")[0], end="")
    entities:  # one
      - id: igmesine
        name: igmesine
        category: Drug
    """
    text = "".join("\n" if c == "\r" else c for c in text.replace("\r\n", "\n"))
    node, problems = parse(text, name)
    if problems:
        return None, problems
    lines = file_lines(before := read_styled(text))
    written = "".join(f"{line}\n" for line in lines)
    again, found = parse(written, name)
    if found or _told(node) != _told(again) or _comments(before) != _comments(read_styled(written)):
        raise Unfaithful(f"{name} cannot be formatted without changing what it says; it is left as it is")
    return written, []


def _told(node: Node | None) -> object:
    return None if node is None else plain(node)


def _comments(tree: Styled) -> list[str]:
    """Return every comment of a file, sorted."""
    found = [comment.text for comment in (*tree.head, *tree.tail)]
    todo: list[Leaf | Branch] = [tree.root] if tree.root is not None else []
    while todo:
        value = todo.pop()
        if isinstance(value, Branch):
            found += [comment.text for comment in value.below]
            for entry in value.entries:
                found += [*(comment.text for comment in entry.above), *entry.beside]
                todo.append(entry.value)
    return sorted(found)
