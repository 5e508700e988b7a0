"""Commands about what cannot both hold: conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from kg.cli.lines import evidence_line
from kg.cli.look import print_statements
from kg.cli.options import Number, data_options, format_option, open_graph
from kg.cli.output import DIM, paragraph, parts, print_json, say
from kg.model import ConflictKind, Verdict

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Conflict


@click.command(epilog="Example: kg conflicts imipramine --fold 3")
@click.argument("about", required=False)
@click.option(
    "--fold",
    type=Number(min=1),
    default=3,
    show_default=True,
    help="Least ratio of the nearest bounds of two values; `kg query values-apart` finds the same pairs.",
)
@click.option("--kind", type=click.Choice(get_args(ConflictKind)))
@click.option("--verdict", type=click.Choice(get_args(Verdict)))
@format_option("text", "json")
@data_options
def conflicts(about: str | None, fold: float, kind: str | None, verdict: str | None, form: str) -> None:
    """List claims and values that cannot both hold, both sides shown, with the curator's verdict.

    ABOUT narrows them to an entity, or to the id of a statement, measurement or document.
    """
    from decimal import Decimal

    from kg.formats.rows import conflict_row

    graph = open_graph()
    found = tuple(
        conflict
        for conflict in graph.conflicts(about, fold=Decimal(str(fold)))
        if kind in (None, conflict.kind) and verdict in (None, conflict.verdict)
    )
    if form == "json":
        print_json([conflict_row(conflict) for conflict in found])
    else:
        for conflict in found:
            print_conflict(graph.graph, conflict)


def print_conflict(graph: Graph, conflict: Conflict) -> None:
    """Print a conflict with both sides."""
    apart = f", {conflict.fold}-fold" if conflict.fold else ""
    parts((conflict.topic, "yellow"), f"  ({conflict.kind}{apart}; verdict: {conflict.verdict})")
    for side in conflict.sides:
        _print_side(graph, side)
    for label, text in (("difference", conflict.difference), ("reason", conflict.reason)):
        if text:
            paragraph(f"{label}: {text}", indent=4)
    say()


def _print_side(graph: Graph, side: str) -> None:
    if side in graph.statements:
        print_statements(graph, (graph.statements[side],))
    elif side in graph.measurements:
        _print_value(graph, side)
    elif side in graph.documents:
        document = graph.documents[side]
        labelled = f", labelled {document.label}" if document.label else ""
        parts("§ ", f"{side}: {document.title} ({document.kind}{labelled})")
    elif reference := graph.reference(side):
        who = ", ".join(text for text in (reference.kind, reference.authors, reference.date) if text)
        parts("§ ", f"{side.rpartition('.ref.')[0]} [{reference.number}]: {reference.title} ({who})")
    else:
        parts("• ", f"{graph.label(side)}  {graph.entities[side].source}")


def _print_value(graph: Graph, side: str) -> None:
    from kg.formats.rows import limits

    row = graph.measurements[side]
    drug, target = graph.label(row.form or row.drug), graph.label(row.target)
    context = limits(graph, row)
    parts(
        "= ", f"{row.parameter} of {drug} at {target}: {row.printed}" + (f" ({context})" if context else "")
    )
    for evidence in row.evidence:
        parts("    ", (evidence_line(evidence), DIM))
    others = graph.same_values.get(side, ())
    if others:
        parts("    ", (f"the same value as {', '.join(others)}", DIM))
