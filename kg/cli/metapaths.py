"""The command `metapaths`: kinds of paths, and how many paths of one kind join each pair."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.networks import NETWORK
from kg.cli.options import Number, PlaceName, data_options, format_option, open_graph
from kg.cli.output import note, print_csv, print_json, print_table, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.metapaths.asking import Metapaths
    from kg.metapaths.counting import PairCount, Totals
    from kg.metapaths.existing import FoundMetapath
    from kg.metapaths.metapath import Metapath

    Label = Callable[[str], str]

_ENGINES = ("local", "spark")
_PAIR = ("weighted", "paths", "from", "to")
_FOUND = ("paths", "pairs", "for example", "metapath")


@click.command(epilog="Example: kg metapaths Drug Process --max-length 3")
@click.argument("source", required=False, type=PlaceName())
@click.argument("target", required=False, type=PlaceName())
@click.option("--max-length", type=click.IntRange(1, 10), default=3, show_default=True, help="Most steps.")
@click.option(
    "--along", "pattern", help="Count the paths of a metapath: 'Drug -inhibits-> Transporter -> *'."
)
@click.option(
    "--weight",
    type=Number(0),
    default=0.4,
    show_default=True,
    help="Damping of a path by the degrees on it; 0: plain numbers.",
)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Show so many.")
@click.option(
    "--network",
    "edges",
    type=NETWORK,
    help="Ask an edge list, or what `kg network` built of one, in place of the graph.",
)
@click.option(
    "--engine",
    type=click.Choice(_ENGINES),
    default="local",
    show_default=True,
    help="Count --along on this machine's matrices, or as joins on Spark (extra «spark», Java 17).",
)
@click.option("--master", default="local[*]", show_default=True, help="Where Spark runs: its master address.")
@format_option("text", "json", "csv")
@data_options  # fmt: skip
def metapaths(
    source: str | None,
    target: str | None,
    max_length: int,
    pattern: str | None,
    weight: float,
    top: int,
    edges: Path | None,
    engine: str,
    master: str,
    form: str,
) -> None:
    """List the kinds of paths from SOURCE to TARGET (categories or entities), or count those --along one.

    An arrow is -name->, <-name-, -name- or -[one|other]->, between spaces; ->, <- and -- have any predicate.
    A category includes its kinds, =Protein is without them, and * is anything.
    """
    if (source is None) == (pattern is None) or (source is None) != (target is None):
        raise click.UsageError("give either SOURCE and TARGET, or --along a metapath")
    if engine == "spark":
        if pattern is None:
            raise click.UsageError("Spark counts --along a metapath; it lists none")
        _print_spark(pattern, edges, weight, top, form, master)
        return
    from kg.metapaths.counting import Totals

    asked, label = _asked(edges)
    label = label if form == "text" else str
    if pattern is not None:
        along = asked.read(pattern)
        pairs = asked.counts(along, damping=weight)
        totals = Totals(sum(pair.paths for pair in pairs), len(pairs))
        _print_pairs(along, pairs[:top], totals, form, label)
    elif source is not None and target is not None:
        _print_found(asked.between(source, target, max_length=max_length), top, form, label)


def _asked(edges: Path | None) -> tuple[Metapaths, Label]:
    """Return what is asked about, the graph or an edge list, and what its nodes are called in a table."""
    from kg.metapaths.asking import Metapaths

    if edges is None:
        graph = open_graph().graph
        return Metapaths.of_graph(graph), graph.short
    from kg.edge_networks import open_edges

    return Metapaths.of_network(open_edges(edges).arrows.network), str


def _print_spark(pattern: str, edges: Path | None, weight: float, top: int, form: str, master: str) -> None:
    """Count on Spark, which reads an edge list itself; only the pairs that are shown come back from it."""
    from kg.metapaths.naming import read_metapath
    from kg.metapaths.spark import arrows_of, best_pairs, count_on_spark, make_session
    from kg.metapaths.spark_files import SparkNames, read_arrows

    asked, label = _asked(None) if edges is None else (None, str)
    with make_session(master) as session:
        arrows = read_arrows(session, str(edges)) if asked is None else arrows_of(session, asked.network)
        along = read_metapath(pattern, asked.known if asked else SparkNames(arrows))
        totals, pairs = best_pairs(count_on_spark(arrows, along, damping=weight), top)
    _print_pairs(along, pairs, totals, form, label if form == "text" else str)


def _print_found(found: tuple[FoundMetapath, ...], top: int, form: str, label: Label) -> None:
    if form == "json":
        print_json([_found_row(row) for row in found[:top]])
    else:
        rows = [
            (str(row.paths), str(row.pairs), " → ".join(map(label, row.example)), str(row.metapath))
            for row in found[:top]
        ]
        _print_rows(_FOUND, rows, form)
    _tell_rest(len(found), top, "metapaths")


def _found_row(row: FoundMetapath) -> dict[str, Any]:
    return {
        "metapath": str(row.metapath),
        "length": len(row.metapath.arrows),
        "paths": row.paths,
        "pairs": row.pairs,
        "example": list(row.example),
    }


def _print_pairs(
    along: Metapath, pairs: tuple[PairCount, ...], totals: Totals, form: str, label: Label
) -> None:
    if form == "json":
        print_json({"metapath": str(along), "pairs": pairs})
    else:
        if form == "text":
            say(f"{along}: {totals.paths:,} paths join {totals.pairs:,} pairs\n", bold=True)
        digits = ".4g" if form == "text" else ".17g"
        rows = [
            (format(pair.weighted, digits), str(pair.paths), label(pair.source), label(pair.target))
            for pair in pairs
        ]
        _print_rows(_PAIR, rows, form)
    _tell_rest(totals.pairs, len(pairs), "pairs")


def _print_rows(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], form: str) -> None:
    print_csv(header, rows) if form == "csv" else print_table(header, rows)


def _tell_rest(count: int, top: int, noun: str) -> None:
    if count > top:
        note(f"{count - top} more {noun}; --top {count} shows them")
