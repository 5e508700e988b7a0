"""The command that writes the graph to a triple store: publish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import data_options, open_graph
from kg.cli.output import note, say

if TYPE_CHECKING:
    from kg.endpoint.publishing import Published
    from kg.knowledge_graph import KnowledgeGraph


@click.command(epilog="Example: kg publish --bulk files/")
@click.argument("address", metavar="[URL]", required=False)
@click.option("--graph-store", metavar="URL", help="Where the Graph Store Protocol is spoken, if elsewhere.")
@click.option("--bulk", type=click.Path(path_type=Path, file_okay=False), help="Write files to this folder.")
@click.option("--replace", is_flag=True, help="Write over graphs that are there.")
@click.option("--chunk", type=click.IntRange(1), default=50_000, show_default=True, help="Triples a request.")
@data_options
def publish(
    address: str | None, graph_store: str | None, bulk: Path | None, replace: bool, chunk: int
) -> None:
    """Write the graph, its documents' graphs and the ontology to the endpoint at URL, or as files.

    URL is where queries are put, with default-graph-uri=… for a store (Virtuoso) whose default graph is all
    graphs. A store that is not empty is left as it is, unless --replace is given. Name and password come from
    KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or from .netrc.
    """
    if (address is None) == (bulk is None):
        raise click.UsageError("give either the URL of an endpoint or --bulk FOLDER")
    graph = open_graph()
    if bulk is not None:
        from kg.endpoint.publishing import write_bulk

        for written in write_bulk(graph.store, bulk):
            say(str(written))
        return
    _publish(graph, str(address), graph_store, replace, chunk)


def _publish(graph: KnowledgeGraph, address: str, store: str | None, replace: bool, chunk: int) -> None:
    from kg.endpoint import Connection, Endpoint
    from kg.endpoint.publishing import graph_store
    from kg.endpoint.publishing import publish as put

    home = store or graph_store(address)
    if home is None:
        raise click.UsageError("name the address of the graph store with --graph-store")

    def told(done: Published) -> None:
        say(f"{done.triples:>9,}  {done.graph or 'default graph'}")

    endpoint = Endpoint(Connection(address), graph.graph.vocabulary.prefixes)
    done = put(graph.store, endpoint, Connection(home), replace=replace, chunk=chunk, told=told)
    note(f"{sum(one.triples for one in done):,} triples in {len(done)} graphs")
