"""Small pieces of Markdown: tables, fences, lists of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar or a line break within a cell does not end it.

    >>> print(table(["drug", "Ki"], [["imipramine", "1.4 nM"]]))
    | drug | Ki |
    |---|---|
    | imipramine | 1.4 nM |
    """
    lines = [head, ["---"] * len(head), *rows]
    cells = ([re.sub(r"(?<!\\)\|", r"\|", cell).replace("\n", " ") for cell in line] for line in lines)
    ruled = ("| " + " | ".join(line) + " |" for line in cells)
    return "\n".join(line.replace("| --- ", "|---").replace("--- |", "---|") for line in ruled)


def verbatim(text: object) -> str:
    r"""Return text that Markdown shows as it stands, nothing for None.

    >>> print(verbatim("[3H]citalopram"))
    \[3H\]citalopram
    """
    return "" if text is None else re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", str(text))


def fence(language: str, text: str) -> str:
    """Return text as a block of code."""
    return f"```{language}\n{text.rstrip()}\n```"


def toctree(names: Iterable[str], *, hidden: bool = False) -> str:
    """Return a list of pages, to be shown and to be walked, or only to be walked."""
    options = ":hidden:" if hidden else ":maxdepth: 1"
    return fence("{toctree}", "\n".join([options, "", *names]))


def page(*parts: str) -> str:
    """Return the parts with an empty line between each two."""
    return "\n\n".join(part for part in parts if part) + "\n"
