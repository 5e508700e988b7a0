"""Printing: results on stdout, all else on stderr; colours that a pipe never sees; no control characters."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import click

from kg.problems import Problem

_WIDTH = 100
_MOST_PER_FILE = 200
GREEN, RED, BLUE, DIM = "green", "red", "blue", "bright_black"


def safe(text: str) -> str:
    """Return text whose control and direction-changing characters are shown, not obeyed."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf") else _shown(c) for c in text)


def _shown(character: str) -> str:
    return f"\\u{ord(character):04x}"


def say(text: str = "", **style: object) -> None:
    """Print a line of the result."""
    click.echo(click.style(safe(text), **style) if style else safe(text))  # type: ignore[arg-type]


def parts(*pieces: str | tuple[str, str]) -> None:
    """Print a line of pieces; a pair is a text and its colour."""
    styled = (safe(p) if isinstance(p, str) else click.style(safe(p[0]), fg=p[1]) for p in pieces)
    click.echo("".join(styled))


def paragraph(text: str, indent: int = 0) -> None:
    """Print running text, wrapped."""
    blank = " " * indent
    click.echo(click.wrap_text(safe(text), _WIDTH, initial_indent=blank, subsequent_indent=f"{blank}  "))


def note(text: str) -> None:
    """Print a remark that is not part of the result."""
    click.echo(safe(text), err=True)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    from kg.formats.rows import to_json

    click.echo(to_json(value))


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]], *, head: bool = True) -> None:
    """Print aligned columns; on a terminal the last one is cut at its edge, in a pipe nothing is."""
    lines = [[safe(cell).replace("\n", " ") for cell in row] for row in (header, *rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    edge = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for index, line in enumerate(lines):
        if index == 0 and not head:
            continue
        text = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        cut = text if edge is None or len(text) <= edge else f"{text[: edge - 1]}…"
        click.echo(click.style(cut, bold=True) if index == 0 else cut)


def without_empty_end(
    header: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Return a table without its last column where that says nothing."""
    if any(row[-1] for row in rows):
        return header, rows
    return header[:-1], [row[:-1] for row in rows]


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as CSV (RFC 4180, lines ended as in Unix); an absent value is empty."""
    import csv
    import io

    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([header, *rows])
    click.echo(buffer.getvalue(), nl=False)


def print_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Print problems with the line they stand in, a caret, and the hint; a file's first hundreds only."""
    counts = Counter[str]()
    for problem in problems:
        counts[problem.file] += 1
        if counts[problem.file] <= _MOST_PER_FILE:
            _print_problem(problem, err)
    for file, count in counts.items():
        if count > _MOST_PER_FILE:
            click.echo(
                f"{safe(file)}: {count - _MOST_PER_FILE} more problems; --format json lists all", err=err
            )


def _print_problem(problem: Problem, err: bool) -> None:
    place = click.style(f"{safe(problem.file)}:{problem.line}:{problem.column}", bold=True)
    colour = RED if problem.severity == "error" else "yellow"
    click.echo(
        f"{place} {problem.code} {click.style(problem.severity, fg=colour)}: {safe(problem.message)}",
        err=err,
    )
    if problem.excerpt:
        before, shown = _window(problem.excerpt, problem.column)
        click.echo(f"  | {shown}\n  | {' ' * before}{click.style('^', fg=colour)}", err=err)
    if problem.hint:
        click.echo(f"  = {safe(problem.hint)}", err=err)


def _window(line: str, column: int) -> tuple[int, str]:
    """Return the part of a line around a column, and how far into that part the column is."""
    start = 0 if column < _WIDTH else column - _WIDTH // 2
    prefix = "…" if start else ""
    shown = safe(line.replace("\t", " "))[start : start + _WIDTH + 40]
    return len(prefix) + column - 1 - start, prefix + shown


def signed(sign: str) -> tuple[str, str]:
    """Return a sign as printed, with its colour; signs differ by shape as well."""
    return {"+": ("+", GREEN), "-": ("−", RED), "0": ("0", DIM)}.get(sign, ("?", "yellow"))
