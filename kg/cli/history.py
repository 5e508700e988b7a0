"""Commands about time: timeline."""

from __future__ import annotations

import click

from kg.cli.lines import claim_line, evidence_line
from kg.cli.look import mark
from kg.cli.options import EntityName, data_options, format_option, open_graph
from kg.cli.output import DIM, note, parts, print_json


@click.command(epilog="Example: kg timeline imipramine")
@click.argument("entity", required=False, type=EntityName())
@format_option("text", "json")
@data_options
def timeline(entity: str | None, form: str) -> None:
    """List the claims that carry a date, of one ENTITY or all, in order of time: as printed, who, source."""
    from kg.formats.rows import timeline_row

    graph = open_graph()
    found = graph.timeline(entity)
    if form == "json":
        print_json([timeline_row(claim) for claim in found])
        return
    width = max((len(claim.qualifiers.date or "") for claim in found), default=0)
    for claim in found:
        when = (claim.qualifiers.date or "").ljust(width)
        parts((when, "cyan"), "  ", mark(graph.graph, claim), f" {claim_line(graph.graph, claim)}")
        for evidence in claim.evidence:
            parts(" " * (width + 4), (evidence_line(evidence), DIM))
    note(f"{len(found)} dated claims")
