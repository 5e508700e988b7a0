"""Commands that make files: build, view, demo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli.options import MechanismName, Number, data_options, open_graph
from kg.cli.output import note, print_table, say

F = TypeVar("F", bound=Callable[..., Any])


@click.command(epilog="Example: kg build -o out")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--canonical", is_flag=True, help="In RDF, name entities as UniProt, ChEBI and others do.")
@data_options
def build(output: Path, canonical: bool) -> None:
    """Write the graph as Turtle, TriG, JSON-LD, GraphML, and all diagrams, atlas and explorer as HTML.

    Its claims also as nanopublications and in RDF 1.2.
    """
    from kg.formats import FORMATS
    from kg.resources import write_whole
    from kg.views.explorer import MOST

    graph = open_graph()
    files = {known.file: graph.export(known.name, canonical=canonical) for known in FORMATS}
    pictured = (*graph.mechanisms, *graph.workflows)
    files |= {f"{name}.html": graph.view(name).html.encode() for name in pictured}
    files["atlas.html"] = graph.atlas().html.encode()
    if len(graph.entities) <= MOST:
        files["explorer.html"] = graph.explore().page(beside=True).encode()
    for name, content in files.items():
        write_whole(output / name, content)
        say(str(output / name))


FORMS = ("html", "svg", "png", "pdf", "sbgn", "dot")


def _form_options(command: F) -> F:
    """Add `--format`, and a flag of its own for each format."""
    for name in reversed(FORMS):
        command = click.option(f"--{name}", "form", flag_value=name, hidden=True)(command)
    text = "By default what the ending of FILE says. --svg is short for --format svg, and so on."
    return click.option("--format", "form", type=click.Choice(FORMS), default=None, help=text)(command)


@click.command(epilog="Example: kg view igmesine-nmda-mechanism -o igmesine.html")
@click.argument("mechanism", type=MechanismName(), required=False)
@click.option("--all", "every", is_flag=True, help="Every diagram in one page, with an index and tables.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), required=True
)
@_form_options
@click.option("--legend", is_flag=True, help="Put the legend below a still picture.")
@click.option("--scale", type=Number(0.1, 20), default=2.0, show_default=True, help="Pixels of a PNG a unit.")
@data_options
def view(
    mechanism: str | None, every: bool, output: Path, form: str | None, legend: bool, scale: float
) -> None:
    """Draw a MECHANISM or workflow: as one interactive page that needs no network, or as a still picture."""
    if every == (mechanism is not None):
        raise click.UsageError("name a MECHANISM or workflow, or say --all")
    if mechanism is None:
        _write_atlas(output, form)
        return
    diagram = open_graph().view(mechanism)
    if str(output) == "-":
        click.echo(diagram.drawn(form or "html", legend=legend, scale=scale), nl=False)
    else:
        say(str(diagram.write(output, form, legend=legend, scale=scale)))


def _write_atlas(output: Path, form: str | None) -> None:
    if form not in (None, "html") or output.suffix.lower() not in ("", ".html", ".htm"):
        raise click.UsageError("--all makes one HTML page; a still picture is of one diagram")
    atlas = open_graph().atlas()
    if str(output) == "-":
        click.echo(atlas.html, nl=False)
    else:
        say(str(atlas.write(output)))


_QUERY = """\
SELECT ?target ?ki WHERE {
  ?value a kgo:Measurement ; kgo:drug kg:imipramine ; kgo:parameter kgo:Ki ;
         kgo:relation "=" ; kgo:value ?ki ; kgo:target/rdfs:label ?target .
  FILTER(?ki < 10)
} ORDER BY ?ki"""


@click.command(epilog="Example: kg demo -o demo.html")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("igmesine.html"),
    show_default=True,
)
def demo(output: Path) -> None:
    """Tour the shipped graph: contents, mechanism paths, a SPARQL answer, a contradiction, a diagram."""
    from kg.cli.disputes import print_conflict
    from kg.cli.look import print_info
    from kg.cli.paths import print_paths
    from kg.knowledge_graph import load
    from kg.sparql import Table

    graph = load()
    _heading("What is in the graph")
    print_info(graph, literature=False)
    _heading("How igmesine reaches cGMP (kg paths igmesine cGMP)")
    paths = graph.paths("igmesine", "cGMP")
    print_paths(graph.graph, paths[:3])
    say(f"(the first 3 of {len(paths)})")
    _heading("Where imipramine binds below 10 nM, in SPARQL (kg query)")
    say(_QUERY + "\n")
    answer = graph.query(_QUERY)
    if isinstance(answer, Table):
        print_table(answer.variables, [[str(value) for value in row] for row in answer.rows])
    _heading("Where B1671792's table disagrees with its own text (kg conflicts)")
    for conflict in graph.conflicts():
        if conflict.kind == "comparison" and any("B1671792" in side for side in conflict.sides):
            print_conflict(graph.graph, conflict)
    _heading("A mechanism to look at (kg view)")
    written = graph.view("igmesine-nmda-mechanism").write(output).resolve()
    note("open this file in a browser; it needs no network")
    say(str(written))


def _heading(text: str) -> None:
    say(f"\n{text}", bold=True)
    say("─" * len(text))
