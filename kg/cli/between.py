"""The command `between`: the smallest connected explanation of several entities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.choosing import chosen_arrows, claim_options
from kg.cli.lines import HEADS, TAILS, print_step
from kg.cli.options import EntityName, data_options, format_option, open_graph
from kg.cli.output import note, print_json, say

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.paths import Explanation, Step

_METHODS = {
    "exact": "exact: nothing cheaper joins them",
    "approximate": "approximate: costs less than twice the cheapest",
}


@click.command(epilog="Example: kg between igmesine BDNF cGMP --html between.html")
@click.argument("entities", type=EntityName(), nargs=-1, required=True)
@click.option("--fewest", is_flag=True, help="Want few steps rather than well-sourced ones.")
@click.option("--avoid", type=EntityName(), multiple=True, help="Not by way of this entity (repeatable).")
@claim_options
@click.option("--html", type=click.Path(path_type=Path), help="Draw the explanation as an interactive page.")
@format_option("text", "json")
@data_options
def between(
    entities: tuple[str, ...], fewest: bool, avoid: tuple[str, ...], html: Path | None, form: str
) -> None:
    """Find the smallest connected explanation of two or more ENTITIES: steps that join all of them."""
    from kg.formats.around_rows import explanation_row

    graph = open_graph()
    if len({graph.entity(name).id for name in entities}) < 2:
        raise click.UsageError("name at least two different entities")
    found = graph.between(*entities, fewest=fewest, avoid=avoid, arrows=chosen_arrows(graph))
    if form == "json":
        print_json(explanation_row(found))
    else:
        _print_explanation(graph.graph, found)
    if html is not None:
        note(f"drawn in {graph.draw(found).write(html, 'html')}")


def _print_explanation(graph: Graph, found: Explanation) -> None:
    named = _listed([graph.label(name) for name in found.entities])
    if not found.connected:
        apart = " | ".join(_listed([graph.short(name) for name in group]) for group in found.groups)
        say(f"No claims join {named}. Apart are: {apart}", bold=True)
    if found.steps:
        count = f"{len(found.steps)} step{'s' * (len(found.steps) != 1)}"
        say(f"{count} between {named}" if found.connected else count, bold=True)
        say(f"{_METHODS[found.method]}; score {found.score:.2g}")
    for group in found.groups:
        if len(group) > 1:
            say()
            _print_tree(graph, found, group[0])
    for name in found.meetings:
        causes = _listed([graph.short(step.source) for step in found.steps if step.target == name])
        say(f"! {causes} meet in what they act on, {graph.short(name)}: by it neither acts on the other")
    for step in found.steps:
        say(f"\n{graph.short(step.source)} {HEADS[step.sign]} {graph.short(step.target)}")
        print_step(graph, step)


def _print_tree(graph: Graph, found: Explanation, root: str) -> None:
    """Print a tree from its first entity; those that were asked for carry a star."""

    def named(name: str) -> str:
        return f"{graph.short(name)}{' *' if name in found.entities else ''}"

    def branches(node: str, came: Step | None, before: str) -> None:
        steps = [step for step in found.steps if node in (step.source, step.target) and step is not came]
        for step in steps:
            last = step is steps[-1]
            arrow, other = (
                (HEADS[step.sign], step.target) if step.source == node else (TAILS[step.sign], step.source)
            )
            say(f"{before}{'└' if last else '├'}─{arrow} {named(other)}")
            branches(other, step, f"{before}{' ' if last else '│'}   ")

    say(named(root))
    branches(root, None, "")


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
