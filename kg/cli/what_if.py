"""The command `what-if`: the predicted direction of everything within reach of a perturbation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.choosing import arrow_options, chosen_arrows
from kg.cli.lines import path_line
from kg.cli.options import EntityName, Number, data_options, format_option, open_graph
from kg.cli.output import note, print_json, print_table, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph
    from kg.paths import Direction, Predicted, WhatIf
    from kg.paths import Path as MechanismPath

_MARKS: dict[Direction, str] = {"+": "↑", "-": "↓", "both": "⇅", "unknown": "?"}


@click.command("what-if", epilog="Example: kg what-if --inhibit SERT --category Receptor --html what-if.html")
@click.option("--inhibit", type=EntityName(), multiple=True, help="Lower this entity (repeatable).")
@click.option("--activate", type=EntityName(), multiple=True, help="Raise this entity (repeatable).")
@click.option(
    "--knock-out",
    type=EntityName(),
    multiple=True,
    help="Take this entity away; no other path passes it (repeatable).",
)
@click.option(
    "--drug",
    "drugs",
    type=EntityName(),
    multiple=True,
    help="Give this drug, which acts by its own claims (repeatable).",
)
@click.option(
    "--category",
    "categories",
    multiple=True,
    help="Show only entities of this category or a kind of it (repeatable).",
)
@click.option("--max-length", type=click.IntRange(1, 20), default=6, show_default=True, help="Most steps.")
@arrow_options
@click.option("--timeout", type=Number(0, min_open=True), help="Search for so many seconds.")
@click.option("--html", type=click.Path(path_type=Path), help="Draw the prediction as an interactive page.")
@format_option("text", "json")
@data_options  # fmt: skip
def what_if(
    inhibit: tuple[str, ...],
    activate: tuple[str, ...],
    knock_out: tuple[str, ...],
    drugs: tuple[str, ...],
    categories: tuple[str, ...],
    max_length: int,
    timeout: float | None,
    html: Path | None,
    form: str,
) -> None:
    """Predict which way entities move when some are inhibited, activated, knocked out, or drugs are given.

    A prediction from the paths of the graph, not a claim of any document.
    """
    graph = open_graph()
    try:
        found = graph.what_if(
            inhibit=inhibit, activate=activate, knock_out=knock_out, drugs=drugs,
            max_length=max_length, timeout=timeout, arrows=chosen_arrows(graph),
        )  # fmt: skip
    except ValueError as error:
        raise click.UsageError(f"{error}; use --inhibit, --activate, --knock-out or --drug") from None
    rows = graph.predicted(found, categories)
    if form == "json":
        from kg.formats.walk_rows import what_if_row

        print_json(what_if_row(graph.graph, found, rows, graph.conflicts()))
    else:
        _print(graph.graph, found, rows)
    if html is not None:
        note(f"drawn in {graph.draw_what_if(found, rows).write(html, 'html')}")
    if found.stopped:
        note(f"stopped early ({found.stopped}): more paths may turn + or − into both, and ? into any")


def _print(graph: Graph, found: WhatIf, rows: tuple[Predicted, ...]) -> None:
    from kg.paths import perturbed_words

    say(f"Predicted, not claimed: what if {perturbed_words(graph, found.perturbed)}?", bold=True)
    say(f"{len(rows)} entities within {found.max_length} steps\n")
    if rows:
        lines = [line for row in rows for line in _lines(graph, row, found.perturbed.signs)]
        print_table(("", "entity", "category", "score", "↑", "↓", "?", "best path"), lines)


def _lines(graph: Graph, row: Predicted, signs: dict[str, int]) -> Iterator[list[str]]:
    """Yield a line for each best path of a prediction; the first tells the rest."""
    entity = graph.entities.get(row.entity)
    counts = [str(count) for count in (row.raising, row.lowering, row.unsigned)]
    told = [_MARKS[row.direction], graph.label(row.entity), entity.category if entity else ""]
    for path in row.paths:
        yield [*told, f"{path.score:.2g}", *counts, _path(graph, path, signs)]
        told, counts = ["", "", ""], ["", "", ""]


def _path(graph: Graph, path: MechanismPath, signs: dict[str, int]) -> str:
    return f"{'↓' if signs[path.nodes[0]] < 0 else '↑'} {path_line(graph, path)}"
