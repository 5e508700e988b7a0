"""Networks of edge lists: the command `network`, and what `paths` walks, curated claims or an edge list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from kg.cli.choosing import chosen_arrows, given_arrow_options
from kg.cli.options import chosen, data_options, format_option, open_graph
from kg.cli.output import note, print_json, print_table, say

if TYPE_CHECKING:
    from kg.edge_networks import Counts, EdgeNetwork
    from kg.knowledge_graph import KnowledgeGraph
    from kg.paths import Path as MechanismPath
    from kg.paths import Paths, Stream

NETWORK = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(epilog="Example: kg network edges.tsv -o edges.network")
@click.argument("file", type=NETWORK)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the network here."
)
@format_option("text", "json")
@data_options
def network(file: Path, output: Path | None, form: str) -> None:
    """Count what is in an edge list FILE, or build a network of it that opens at once.

    The first line names columns, with tabs between: subject, predicate, object and sign, or the like. In
    `kg paths --network` both can be given, the list and what was built from it.
    """
    from kg.edge_networks import open_edges

    found = open_edges(file)
    counts = found.counts()
    if form == "json":
        print_json(_row(found, counts))
    else:
        _print_counts(found, counts)
    if output is not None:
        from kg.engine.storing import write_network

        write_network(found.arrows.network, output, found.origin)
        note(f"written to {output}, {output.stat().st_size:,} bytes")


def _row(found: EdgeNetwork, counts: Counts) -> dict[str, Any]:
    from msgspec.structs import asdict

    totals = {"node_count": sum(counts.nodes.values()), "arrow_count": sum(counts.arrows.values())}
    return {"file": found.origin, **totals, **asdict(counts)}


def _print_counts(found: EdgeNetwork, counts: Counts) -> None:
    nodes, arrows = sum(counts.nodes.values()), sum(counts.arrows.values())
    say(f"{found.origin}: {nodes:,} nodes, {arrows:,} arrows", bold=True)
    if arrows:
        signed, each = counts.signed / arrows, counts.size / arrows
        say(f"{signed:.0%} of the arrows are signed; {each:.0f} bytes an arrow")
    for header, rows in ((("kind of node", "nodes"), counts.nodes), (("predicate", "arrows"), counts.arrows)):
        say()
        print_table(header, [(name or "(none)", f"{count:,}") for name, count in rows.items()])


class Walked(Protocol):
    """What paths are looked for in."""

    def paths(self, source: str, target: str, **asked: Any) -> Paths:
        """Return the best paths."""

    def stream(self, source: str, target: str, **asked: Any) -> Stream:
        """Return paths as they are found."""

    def graph(self, paths: Sequence[MechanismPath], *ends: str) -> KnowledgeGraph:
        """Return a graph that holds these paths and their ends."""


class Curated:
    """The curated graph, as far as the command line chooses its claims."""

    def __init__(self) -> None:
        self._graph = open_graph()
        self.arrows = chosen_arrows(self._graph)

    def paths(self, source: str, target: str, **asked: Any) -> Paths:
        """Return the best paths."""
        return self._graph.paths(source, target, arrows=self.arrows, **asked)

    def stream(self, source: str, target: str, **asked: Any) -> Stream:
        """Return paths as they are found."""
        return self._graph.stream(source, target, arrows=self.arrows, **asked)

    def graph(self, paths: Sequence[MechanismPath] = (), *ends: str) -> KnowledgeGraph:
        """Return the graph."""
        return self._graph


class FromFile:
    """An edge list. What the options say of curated claims does not go with it."""

    def __init__(self, file: Path) -> None:
        from kg.edge_networks import open_edges

        data = chosen(click.get_current_context())
        given = ["data"] if data.data or data.alone or data.merge_salts else []
        for name in (*given_arrow_options(), *given):
            raise click.UsageError(f"--network has no curated claims to choose by --{name}")
        self._network = open_edges(file)

    def paths(self, source: str, target: str, **asked: Any) -> Paths:
        """Return the best paths."""
        return self._network.paths(source, target, **asked)

    def stream(self, source: str, target: str, **asked: Any) -> Stream:
        """Return paths as they are found."""
        return self._network.stream(source, target, **asked)

    def graph(self, paths: Sequence[MechanismPath], *ends: str) -> KnowledgeGraph:
        """Return a graph of these paths and their ends alone."""
        from kg.knowledge_graph import KnowledgeGraph

        return KnowledgeGraph(self._network.checked(paths, ends))
