"""Commands that ask: paths, query."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import EntityName, data_options, format_option, open_graph
from kg.cli.output import DIM, note, parts, print_json, print_table, say, signed

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Evidence, Statement
    from kg.paths import Path as MechanismPath
    from kg.paths import Paths, Step
    from kg.sparql import Answer, Value

_HEADS = {"+": "─▶", "-": "─⊣", "unknown": "─◇"}


@click.command(epilog="Example: kg paths igmesine cGMP --max-length 6")
@click.argument("source", type=EntityName())
@click.argument("target", type=EntityName())
@click.option("--max-length", type=click.IntRange(1, 20), default=6, show_default=True, help="Most steps.")
@click.option("-k", "count", type=click.IntRange(1), default=20, show_default=True, help="Show so many.")
@format_option("text", "json")
@data_options
def paths(source: str, target: str, max_length: int, count: int, form: str) -> None:
    """Find the mechanism paths from SOURCE to TARGET: net sign, certainty, and the source of every step."""
    from kg.formats.rows import path_row

    graph = open_graph()
    found = graph.paths(source, target, max_length=max_length)
    if form == "json":
        print_json([path_row(path) for path in found[:count]])
    else:
        ends = f"{graph.entity(source).name} to {graph.entity(target).name}"
        noun = "path" if len(found) == 1 else "paths"
        say(f"{len(found)} mechanism {noun} from {ends}, at most {max_length} steps\n", bold=True)
        print_paths(graph.graph, found[:count])
    _tell_what_is_missing(found, count)


def _tell_what_is_missing(found: Paths, count: int) -> None:
    if found.truncated:
        note(f"the search stopped after {len(found)} paths; there are more")
    if len(found) > count:
        note(f"{len(found) - count} more paths; -k {len(found)} shows them")


def print_paths(graph: Graph, found: tuple[MechanismPath, ...]) -> None:
    """Print paths with one line per claim."""
    for number, path in enumerate(found, 1):
        chain = graph.short(path.nodes[0])
        for step in path.steps:
            chain += f" {_HEADS[step.sign]} {graph.short(step.target)}"
        parts(f"{number}. {chain}")
        parts(
            "   net sign ", signed(path.sign), f"   {path.certainty}, {_basis(path)}{_withheld(graph, path)}"
        )
        for step in path.steps:
            _print_step(graph, step)
        say()


def _basis(path: MechanismPath) -> str:
    background = sum(step.basis == "background" for step in path.steps)
    return (
        f"{background} of {path.length} steps from background" if background else "every step from a document"
    )


def _withheld(graph: Graph, path: MechanismPath) -> str:
    steps = [f"{graph.short(step.source)} → {graph.short(step.target)}" for step in path.withheld_by]
    return f"; no sign because of {', '.join(steps)}" if steps else ""


def _print_step(graph: Graph, step: Step) -> None:
    for statement in step.statements:
        parts("     ", signed(statement.sign), f" {claim_line(graph, statement)}")
        for evidence in statement.evidence:
            parts("         ", (evidence_line(evidence), DIM))


def claim_line(graph: Graph, statement: Statement) -> str:
    """Return a claim in words with what limits it."""
    from kg.formats.rows import limits, read_out

    extras = [limits(graph, statement), "" if statement.certainty == "asserted" else statement.certainty]
    extras.append("background" if statement.basis == "background" else "")
    told = "; ".join(extra for extra in extras if extra)
    claim = read_out(graph, statement)
    return f"{claim} ({told})" if told else claim


def evidence_line(evidence: Evidence) -> str:
    """Return one place as document, locator, cited numbers and line of YAML."""
    cited = f" [{', '.join(map(str, evidence.references))}]" if evidence.references else ""
    return f"{evidence.document}, {evidence.locator}{cited}  {evidence.source}"


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
        _print_csv(answer.variables, rows) if form == "csv" else print_table(answer.variables, rows)


def _cell(value: Value) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _read(file: Path) -> str:
    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            return str(stream.read())
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {file}: {error}") from None


def _print_csv(header: tuple[str, ...], rows: list[list[str]]) -> None:
    import csv
    import io

    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([list(header), *rows])
    click.echo(buffer.getvalue(), nl=False)
