"""The command `reversal`: whether an antagonist would abolish what an agonist does, and who tested it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.choosing import arrow_options, chosen_arrows
from kg.cli.lines import path_line, print_claims
from kg.cli.options import EntityName, Number, data_options, format_option, open_graph
from kg.cli.output import note, parts, print_json, say, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph import Graph
    from kg.paths import Block, Kind, Reversal, Route

_MOST = 10
_ANSWERS = {
    "every path": "on every path",
    "some paths": "on some paths only",
    "no path": "on no path",
    "no route": "no path says how {0} acts on {2}, so none can be blocked",
}
_KINDS: dict[Kind, str] = {
    "both given": "{0} and {1} given together, {2} looked at",
    "both given, elsewhere": "{0} and {1} given together, something on the way looked at",
    "outcome": "{1} and {2}, without {0}",
    "path": "{1} and what is on the way",
    "needed": "what {2} under {0} is said to need",
}


@click.command(epilog="Example: kg reversal imipramine monoamine-depleting-agent 5-HT1B")
@click.argument("agonist", type=EntityName())
@click.argument("antagonist", type=EntityName())
@click.argument("outcome", type=EntityName())
@click.option("--max-length", type=click.IntRange(1, 20), default=6, show_default=True, help="Most steps.")
@arrow_options
@click.option("--timeout", type=Number(0, min_open=True), help="Search for so many seconds.")
@format_option("text", "json")
@data_options
def reversal(
    agonist: str, antagonist: str, outcome: str, max_length: int, timeout: float | None, form: str
) -> None:
    """Tell whether ANTAGONIST would abolish what AGONIST does to OUTCOME, where, and who tested it."""
    graph = open_graph()
    try:
        found = graph.reversal(
            agonist, antagonist, outcome,
            max_length=max_length, timeout=timeout, arrows=chosen_arrows(graph),
        )  # fmt: skip
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if form == "json":
        from kg.formats.walk_rows import reversal_row

        print_json(reversal_row(graph.graph, found, graph.conflicts()))
    else:
        print_reversal(graph.graph, found)
    if found.stopped:
        note(f"stopped early ({found.stopped}): there may be more paths, blocked or not")


def print_reversal(graph: Graph, found: Reversal) -> None:
    """Print a reversal: the answer, what is blocked where, what remains, and what was tested."""
    names = tuple(graph.label(name) for name in (found.agonist, found.antagonist, found.outcome))
    counts = f" ({len(found.blocked)} of {len(found.routes)} blocked)" if found.routes else ""
    say(f"Would {names[1]} abolish what {names[0]} does to {names[2]}?", bold=True)
    say(
        f"By the paths of 2 to {found.max_length} steps: {_ANSWERS[found.abolished].format(*names)}{counts}\n"
    )
    if found.direct:
        say("Claimed, without a route:")
        print_claims(graph, found.direct.steps[0].statements)
        say()
    _print_blocked(graph, found.blocked)
    _print_remaining(graph, found.remaining)
    _print_experiments(graph, found, names)


def _print_blocked(graph: Graph, routes: Sequence[Route]) -> None:
    at: dict[str, Block] = {block.entity: block for route in routes for block in route.blocks}
    for entity, block in at.items():
        open_one = " whose direction on the way there is open" if block.how == "direction open" else ""
        say(f"Blocked at {graph.label(entity)}{open_one}:")
        print_claims(graph, block.step.statements)
        _print_paths(graph, [r for r in routes if any(b.entity == entity for b in r.blocks)])


def _print_remaining(graph: Graph, routes: Sequence[Route]) -> None:
    if routes:
        say("Not blocked:")
        _print_paths(graph, routes)


def _print_paths(graph: Graph, routes: Sequence[Route]) -> None:
    for route in routes[:_MOST]:
        parts("  ", signed(route.path.sign), f" {path_line(graph, route.path)}")
    if len(routes) > _MOST:
        say(f"  … and {len(routes) - _MOST} more")
    say()


def _print_experiments(graph: Graph, found: Reversal, names: tuple[str, ...]) -> None:
    if not found.tested:
        say("No curated experiment tests this.", bold=True)
        say(
            f"It would be: {names[2]} measured under {names[0]}, with and without {names[1]};\n"
            f"curated as a claim of {names[1]} on {names[2]} with --stimulus {found.agonist}."
        )
    for kind, told in _KINDS.items():
        claims = [row.statement for row in found.experiments if row.kind == kind]
        if claims:
            say(f"\nCurated: {told.format(*names)}")
            print_claims(graph, claims)
    for entity in found.undirected:
        many = len(found.through(entity))
        say(
            f"\nNo claim gives the direction of {names[1]} at {graph.label(entity)}.\n"
            f"If it lowered or blocked it, {many} more of {len(found.routes)} paths would be blocked."
        )
