"""The command that asks in SPARQL: query."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import data_options, format_option, open_graph
from kg.cli.output import print_csv, print_json, print_table, say

if TYPE_CHECKING:
    from kg.sparql import Answer, Value


@click.command(epilog="Example: kg query --text 'SELECT ?drug ?target { ?drug kgo:agonist_of ?target }'")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--text", help="The query itself.")
@format_option("table", "json", "csv")
@data_options
def query(file: Path | None, text: str | None, form: str) -> None:
    """Answer the SPARQL 1.1 query in FILE (- for standard input) or --text. Prefixes are declared."""
    if file is not None and text is None:
        text = _read(file)
    elif file is not None or text is None:
        raise click.UsageError("give either a FILE (or -) or --text")
    graph = open_graph()
    with _interruptible():
        answer = graph.query(text)
    _print_answer(answer, form)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the process at once: the engine does not return before it is done."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _print_answer(answer: Answer, form: str) -> None:
    from kg.sparql import Triples

    if isinstance(answer, bool):
        print_json(answer) if form == "json" else say("yes" if answer else "no")
    elif isinstance(answer, Triples):
        print_json({"turtle": answer.turtle}) if form == "json" else click.echo(answer.turtle, nl=False)
    elif form == "json":
        print_json(list(answer))
    else:
        rows = [[_cell(value) for value in row] for row in answer.rows]
        print_csv(answer.variables, rows) if form == "csv" else print_table(answer.variables, rows)


def _cell(value: Value) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _read(file: Path) -> str:
    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            return str(stream.read())
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {file}: {error}") from None
