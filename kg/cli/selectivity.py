"""The command `selectivity`: which of two targets a drug prefers, and which sources disagree about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import EntityName, data_options, format_option, open_graph
from kg.cli.output import paragraph, print_csv, print_json, print_table, say, without_empty_end

if TYPE_CHECKING:
    from kg.affinities.selectivity import Ratio, Selectivity
    from kg.graph import Graph


@click.command(epilog="Example: kg selectivity imipramine --between SERT NET")
@click.argument("drug", type=EntityName())
@click.option("--between", nargs=2, type=EntityName(), required=True, help="The two targets.")
@click.option("--parameter", "parameters", multiple=True, help="Only Ki, Kd, IC50 or EC50 (repeatable).")
@format_option("text", "json", "csv")
@data_options
def selectivity(drug: str, between: tuple[str, str], parameters: tuple[str, ...], form: str) -> None:
    """Show by how much DRUG prefers one target to another: for each document alone, and pooled.

    Only values of the same parameter, form, assay and species are compared. A ratio with a bound is a bound.
    A printed ± is no bound: it widens no ratio and decides no preference. What one error to either side would
    allow stands beside it, as `within ±`.
    """
    graph = open_graph()
    found = graph.selectivity(drug, *between, parameters=parameters)
    if form == "json":
        from kg.formats.amount_rows import selectivity_row

        print_json(selectivity_row(found))
    elif form == "csv":
        print_csv(*_table(graph.graph, found))
    else:
        _print(graph.graph, found)


def _table(graph: Graph, found: Selectivity) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    names = [graph.short(name) for name in (found.first, found.second)]
    header = ("sources", "parameter", "circumstances", *names, "fold", "prefers", "within ±")
    rows = [_row(graph, found, ratio, pooled=False) for ratio in found.alone]
    return header, rows + [_row(graph, found, ratio, pooled=True) for ratio in found.several]


def _row(graph: Graph, found: Selectivity, ratio: Ratio, *, pooled: bool) -> tuple[str, ...]:
    told = ", ".join(map(graph.label, ratio.circumstances))
    sides = (
        ", ".join(value.printed for value in sorted(side, key=lambda value: value.id))
        for side in (ratio.first, ratio.second)
    )
    fold = str(ratio.fold) if ratio.fold else f"none: {ratio.refusal}"
    preferred = found.preferred(ratio)
    prefers = graph.label(preferred) if preferred else "open"
    sources = " ".join(ratio.documents)
    broad = str(ratio.with_errors) if ratio.with_errors else ""
    return (f"pooled: {sources}" if pooled else sources, ratio.parameter, told, *sides, fold, prefers, broad)


def _print(graph: Graph, found: Selectivity) -> None:
    drug, one, other = (graph.label(name) for name in (found.drug, found.first, found.second))
    say(f"{drug}: {one} against {other}", bold=True)
    paragraph(f"fold = value at the {other} / value at the {one}; above 1: prefers the {one}")
    if found.alone or found.pooled:
        print_table(*without_empty_end(*_table(graph, found)))
    else:
        say("no two values of one document and of the same circumstances to compare")
    say()
    paragraph(found.verdict(graph.label))
    for value in found.unpaired:
        paragraph(
            f"not compared: {value.parameter} {value.printed} at {graph.label(value.target)} ({value.id})"
        )
