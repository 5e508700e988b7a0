"""Command that makes a page to explore many entities: explore."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import EntityName, data_options, open_graph
from kg.cli.output import note, say


@click.command(epilog="Example: kg explore --seed igmesine --hops 2 -o around-igmesine.html")
@click.option("--seed", type=EntityName(), help="Show only what is around this entity.")
@click.option(
    "--hops",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help="How far from the seed, in claims.",
)
@click.option(
    "--sparql", is_flag=True, help="Let the page answer SPARQL by itself, on the whole graph (2 MB more)."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), required=True
)
@data_options
def explore(seed: str | None, hops: int, sparql: bool, output: Path) -> None:
    """Draw the whole graph, or what is around an entity, as one interactive, offline HTML file."""
    shown = open_graph().explore(seed, hops, sparql=sparql)
    if str(output) == "-":
        click.echo(shown.html, nl=False)
        return
    written = shown.write(output)
    arcs, size = len(shown.picture.source), written.stat().st_size / 1e6
    say(str(written))
    note(f"{len(shown.picture.ids):,} entities, {arcs:,} arrows, {size:.1f} MB")
