"""The command `occupancy`: how much of each target a concentration of a drug occupies."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.drawing import chart_options, write_chart
from kg.cli.options import EntityName, Number, data_options, format_option, open_graph
from kg.cli.output import paragraph, print_csv, print_json, print_table, say, without_empty_end

if TYPE_CHECKING:
    from kg.affinities.occupancy import Occupancy
    from kg.graph import Graph


@click.command(epilog="Example: kg occupancy imipramine --concentration 100nM --target SERT --target DAT")
@click.argument("drug", type=EntityName())
@click.option(
    "--concentration", required=True, help="Free concentration with its unit: 100nM, '50 - 200 nM'."
)
@click.option("--target", "targets", type=EntityName(), multiple=True, help="Only this target (repeatable).")
@click.option(
    "--threshold", type=Number(0, 1, min_open=True), default=0.5, show_default=True,
    help="Share of a target from which on it counts as engaged.",
)  # fmt: skip
@chart_options
@format_option("text", "json", "csv")
@data_options
def occupancy(
    drug: str,
    concentration: str,
    targets: tuple[str, ...],
    threshold: float,
    html: Path | None,
    svg: Path | None,
    output: Path | None,
    form: str,
) -> None:
    """Show the share of each target that DRUG occupies at a concentration, as an interval from Kd or Ki.

    Hill slope 1, at equilibrium. What was measured otherwise, or not at all, stays unknown. A printed ± is no
    bound: it widens no share and engages nothing; what one error to either side would allow stands beside it.
    """
    graph = open_graph()
    found = graph.occupancy(drug, concentration, targets=targets, threshold=threshold)
    if form == "json":
        from kg.formats.amount_rows import occupancy_row

        print_json([occupancy_row(one) for one in found])
    elif form == "csv":
        print_csv(_HEADER, [_row(graph.graph, one) for one in found])
    else:
        _print(graph.graph, graph.entity(drug).name, concentration, found)
    draw = partial(graph.draw_occupancy, drug, concentration, targets=targets, threshold=threshold)
    write_chart(draw, html, svg, output)


_HEADER = ("target", "constant", "nM", "occupied %", "engaged", "documents", "claims", "within ± %")


def _row(graph: Graph, one: Occupancy) -> tuple[str, ...]:
    from kg.amounts import written
    from kg.formats.amount_rows import NANO

    constant = written(one.cell.span, NANO) if one.cell and one.cell.span else ""
    marked = f"{constant} !" if one.cell and one.cell.conflicts else constant
    share = written(one.share.times(100)) if one.share else f"unknown: {one.missing}"
    documents = " ".join(one.cell.documents) if one.cell else ""
    verbs = (graph.vocabulary.predicates[claim.predicate].label for claim in one.claims)
    said = ", ".join(dict.fromkeys(verbs))
    broad = written(one.with_errors.times(100)) if one.with_errors else ""
    return (graph.label(one.target), one.parameter or "", marked, share, one.engaged, documents, said, broad)


def _print(graph: Graph, drug: str, concentration: str, found: tuple[Occupancy, ...]) -> None:
    from kg.affinities.occupancy import ASSUMES

    say(f"{drug} at {concentration}", bold=True)
    paragraph(f"occupied = C / (C + K): {ASSUMES}")
    print_table(*without_empty_end(_HEADER, [_row(graph, one) for one in found]))
    engaged = dict.fromkeys(name for one in found if one.engaged == "yes" for name in one.mechanisms)
    maybe = dict.fromkeys(name for one in found if one.engaged == "open" for name in one.mechanisms)
    say()
    for what, names in (("engaged", engaged), ("perhaps engaged", [n for n in maybe if n not in engaged])):
        for name in names:
            paragraph(f"{what}: {graph.mechanisms[name].title} ({name})")
