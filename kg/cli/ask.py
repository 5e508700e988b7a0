"""The command that asks: query, by a name of the library or in SPARQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from kg.cli.options import Number, data_options, open_graph
from kg.cli.output import note, paragraph, print_json, print_table, say

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph
    from kg.sparql.killable import Reply
    from kg.sparql.writing import Form

_FORMS = (
    "table", "csv", "tsv", "json", "sparql-json", "xml", "turtle", "n-triples", "trig", "json-ld",
)  # fmt: skip
_GIGA = 10**9


class Size(click.ParamType[int]):
    """An amount of memory such as 500M or 2G, in bytes."""

    name = "size"

    def convert(  # noqa: D102 - click's own method
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        match = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)\s*([KMG]?)B?", str(value).upper())
        if match is None:
            self.fail(f"{value!r} is no size such as 500M or 2G", param, ctx)
        return int(float(match[1]) * {"": 1, "K": 10**3, "M": 10**6, "G": _GIGA}[match[2]])


class QuestionName(click.ParamType[str]):
    """A question of the library, or a file."""

    name = "question"

    def shell_complete(  # noqa: D102 - click's own method
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from kg.resources import folder

        names = sorted(path.stem for path in (folder("ontology") / "queries").glob("*.rq"))
        hits = [CompletionItem(name) for name in names if name.startswith(incomplete)]
        return hits or [CompletionItem(incomplete, type="file")]


@click.command(
    epilog="Example: kg query targets-below --drug imipramine --ki 10nM",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("name", required=False, type=QuestionName(), metavar="[NAME | FILE]")
@click.argument("given", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]...")
@click.option("--text", help="The SPARQL itself.")
@click.option("--list", "listing", is_flag=True, help="List the questions of the library.")
@click.option("--format", "form", type=click.Choice(_FORMS), help="Table (or Turtle), or what -o says.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--timeout", type=Number(0), default=60, show_default=True, help="Seconds; 0: none.")
@click.option("--memory", type=Size(), default="2G", show_default=True, help="The most it may take; 0: all.")
@click.option("--allow-service", "services", multiple=True, metavar="URL", help="SERVICE may ask this URL.")
@click.option("--explain", is_flag=True, help="Tell what the engine gets, its algebra, and its times.")
@data_options
def query(
    name: str | None,
    given: tuple[str, ...],
    text: str | None,
    listing: bool,
    form: str | None,
    output: Path | None,
    timeout: float,
    memory: int,
    services: tuple[str, ...],
    explain: bool,
) -> None:
    """Answer a question of the library by its NAME, or the SPARQL 1.1 query in FILE (- for standard input).

    In SPARQL the project's prefixes are declared. csv, tsv and json have CURIEs; sparql-json and xml are the
    W3C's forms. CONSTRUCT and DESCRIBE give turtle, n-triples, trig, json-ld or xml.
    """
    if listing:
        _print_questions(form)
        return
    stray = name if name is not None and name != "-" and name.startswith("-") else None
    if stray is not None:
        raise click.UsageError(f"no such option: {stray}; the parameters of a question stand behind its name")
    if (name is None) == (text is None):
        raise click.UsageError(
            "give either the NAME of a question (--list shows them), a FILE (or -), or --text"
        )
    if text is not None and given:
        raise click.UsageError(f"no such option: {given[0]}")
    graph = open_graph()
    sparql = text if text is not None else _asked(graph, str(name), given)
    if explain:
        _print_explanation(graph, sparql, timeout or None, memory, services)
        return
    wanted = _form(form, output)
    with graph.worker(memory=memory, services=services) as worker:
        reply = worker.ask(sparql, wanted.media_type, timeout or None)
        for hint in reply.hints:
            note(hint)
        _put_out(graph, reply, wanted, output)


def _asked(graph: KnowledgeGraph, name: str, given: Sequence[str]) -> str:
    """Return the SPARQL that a name of the library and its values, or a file, stand for."""
    is_named = any(known.name == name for known in graph.questions())
    if not is_named and (name == "-" or "." in name or Path(name).exists()):
        if given:
            raise click.UsageError(f"no such option: {given[0]}; a file takes no parameters")
        return _read(name)
    return graph.question(name, _values(given))


def _values(given: Sequence[str]) -> dict[str, str]:
    from kg.sparql.library import given_values

    try:
        return given_values(given)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _read(file: str) -> str:
    try:
        with click.open_file(file, encoding="utf-8") as stream:
            return str(stream.read())
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {file}: {error}") from None


def _form(name: str | None, output: Path | None) -> Form:
    """Return the form that is asked for, by its name or by the ending of the file."""
    from kg.sparql.writing import form_named

    return form_named(name or ("table" if output is None else output.suffix.lower()))


def _put_out(graph: KnowledgeGraph, reply: Reply, form: Form, output: Path | None) -> None:
    from kg.resources import writing
    from kg.sparql.writing import FORMS, cell, solutions, written

    if not form.holds(reply.kind):
        what = "triples" if reply.kind == "graph" else "solutions"
        fit = ", ".join(known.name for known in FORMS if known.holds(reply.kind))
        raise click.UsageError(f"{form.name} cannot hold the {what} of this query; what can: {fit}")
    prefixes = graph.graph.vocabulary.prefixes
    if output is not None:
        with writing(output) as file:
            file.writelines(written(form, reply, prefixes))
        say(str(output))
    elif form.name == "table" and reply.kind == "solutions":
        header, rows = solutions(reply, prefixes)
        print_table(header, ([cell(value) for value in row] for row in rows))
    else:
        _echo(written(form, reply, prefixes))


def _echo(chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        click.echo(chunk, nl=False)


def _print_questions(form: str | None) -> None:
    from kg.resources import folder
    from kg.sparql.library import read_library

    library = read_library(folder("ontology") / "queries")
    if form == "json":
        print_json(library)
        return
    for known in library:
        say(known.name, bold=True)
        paragraph(known.question, 2)
        for parameter in known.parameters:
            say(f"    {parameter}")


def _print_explanation(
    graph: KnowledgeGraph, sparql: str, timeout: float | None, memory: int, services: Sequence[str]
) -> None:
    found = graph.explain(sparql, timeout=timeout, memory=memory, services=services)
    say("What the engine gets", bold=True)
    say(found.query + "\n")
    say(
        "Algebra, as rdflib reads the query; the engine shows no plan and may join in another order",
        bold=True,
    )
    say((found.algebra or "rdflib cannot read this query") + "\n")
    times = found.timings
    say("Times from its start, measured by running it once", bold=True)
    first = "no row" if times.first is None else f"{times.first * 1000:.1f} ms"
    say(f"read, planned, sorted and grouped  {times.begun * 1000:.1f} ms")
    say(f"first row                          {first}")
    say(f"all rows                           {times.last * 1000:.1f} ms")
    say(f"rows                               {times.rows}")
