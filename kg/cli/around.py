"""Commands about what is around and between entities: neighbours, common, subgraph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.choosing import chosen_arrows, claim_options
from kg.cli.lines import HEADS, print_claim, print_step
from kg.cli.options import EntityName, data_options, format_option, open_graph
from kg.cli.output import note, parts, print_json, print_table, say, signed
from kg.rich import counted

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Statement
    from kg.paths import Common, Neighbours, Shared, Subgraph, Way
    from kg.paths import Path as MechanismPath

_HOPS = click.IntRange(1, 6)


@click.command(epilog="Example: kg neighbours sigma-1 --direction in")
@click.argument("entity", type=EntityName())
@click.option("--hops", type=_HOPS, default=1, show_default=True, help="Most steps to a neighbour.")
@click.option(
    "--direction", "way", type=click.Choice(["both", "out", "in"]), default="both", show_default=True,
    help="What it acts on (out), what acts on it (in).",
)  # fmt: skip
@claim_options
@format_option("text", "json")
@data_options
def neighbours(entity: str, hops: int, way: Way, form: str) -> None:
    """List what ENTITY acts on and what acts on it, and what else is claimed of it."""
    from kg.formats.around_rows import neighbours_row

    graph = open_graph()
    found = graph.neighbours(entity, hops=hops, way=way, arrows=chosen_arrows(graph))
    if form == "json":
        print_json(neighbours_row(found))
    else:
        _print_neighbours(graph.graph, found, way)


def _print_neighbours(graph: Graph, found: Neighbours, way: Way) -> None:
    name, far = graph.label(found.entity), f"within {found.hops} step{'s' * (found.hops > 1)}"
    if way != "in":
        _print_paths(graph, f"{name} acts on {len(found.outgoing)}, {far}", found.outgoing)
    if way != "out":
        _print_paths(graph, f"{len(found.incoming)} act on {name}, {far}", found.incoming)
    _print_claims(graph, "Related, without acting", found.related)
    _print_claims(graph, "Tested without effect, or not tested", found.denied)


def _print_paths(graph: Graph, title: str, found: tuple[MechanismPath, ...]) -> None:
    say(f"{title}\n", bold=True)
    for path in found:
        _print_path(graph, path, 0)
        say()


def _print_path(graph: Graph, path: MechanismPath, indent: int) -> None:
    chain = graph.short(path.nodes[0])
    for step in path.steps:
        chain += f" {HEADS[step.sign]} {graph.short(step.target)}"
    net = ("   net sign ", signed(path.sign)) if path.length > 1 else ()
    parts(f"{' ' * indent}{chain}", *net, f"   score {path.score:.2g}")
    for step in path.steps:
        print_step(graph, step, indent + 5)


def _print_claims(graph: Graph, title: str, found: tuple[Statement, ...]) -> None:
    if found:
        say(f"{title}\n", bold=True)
        for claim in found:
            print_claim(graph, claim)
        say()


@click.command(epilog="Example: kg common imipramine fluoxetine")
@click.argument("one", type=EntityName())
@click.argument("other", type=EntityName())
@click.option("--hops", type=_HOPS, default=1, show_default=True, help="Most steps of each side.")
@click.option("-k", "count", type=click.IntRange(1), default=20, show_default=True, help="Show so many.")
@claim_options
@click.option("--html", type=click.Path(path_type=Path), help="Draw what is shown as an interactive page.")
@format_option("text", "json")
@data_options
def common(one: str, other: str, hops: int, count: int, html: Path | None, form: str) -> None:
    """List what ONE and OTHER both act on and what acts on both, and whether they agree."""
    from msgspec.structs import replace

    from kg.formats.around_rows import common_row

    graph = open_graph()
    if graph.entity(one).id == graph.entity(other).id:
        raise click.UsageError("name two different entities")
    found = graph.common(one, other, hops=hops, arrows=chosen_arrows(graph))
    shown = replace(found, targets=found.targets[:count], causes=found.causes[:count])
    if form == "json":
        print_json(common_row(shown))
    else:
        _print_common(graph.graph, shown)
    if html is not None:
        note(f"drawn in {graph.draw(shown).write(html, 'html')}")
    most = max(len(found.targets), len(found.causes))
    if most > count:
        note(f"{_more(found, count)}; -k {most} shows all")


def _more(found: Common, count: int) -> str:
    left = {"acted on by both": len(found.targets) - count, "acting on both": len(found.causes) - count}
    return ", ".join(f"{number} more {what}" for what, number in left.items() if number > 0)


def _print_common(graph: Graph, found: Common) -> None:
    names = f"{graph.label(found.one)} and {graph.label(found.other)}"
    far = f"within {found.hops} step{'s' * (found.hops > 1)}"
    _print_shared(graph, f"{names} both act on {len(found.targets)}, {far}", found, found.targets)
    _print_shared(graph, f"{len(found.causes)} act on both {names}, {far}", found, found.causes)
    if found.related:
        say(f"Related to both, without both acting: {len(found.related)}", bold=True)
    for row in found.related:
        say(f"\n{graph.short(row.entity)}")
        for claim in (*row.one, *row.other):
            print_claim(graph, claim)


def _print_shared(graph: Graph, title: str, found: Common, rows: tuple[Shared, ...]) -> None:
    say(title, bold=True)
    say()
    if not rows:
        return
    print_table(
        ("", graph.short(found.one), graph.short(found.other), ""),
        [
            (graph.short(row.entity), signed(row.one.sign)[0], signed(row.other.sign)[0], row.agreement)
            for row in rows
        ],
    )
    for row in rows:
        say(f"\n{graph.short(row.entity)}: {row.agreement}{_why(graph, row)}")
        for path in (row.one, row.other):
            _print_path(graph, path, 3)
    say()


def _why(graph: Graph, row: Shared) -> str:
    """Return what withholds the agreement, in brackets."""
    told = [
        f"{graph.short(step.source)} → {graph.short(step.target)}: {step.reason}" for step in row.withheld_by
    ]
    return f" ({'; '.join(told)})" if told else ""


@click.command(epilog="Example: kg subgraph igmesine sigma-1 NMDA cGMP --hops 2 -o part.svg")
@click.argument("entities", type=EntityName(), nargs=-1, required=True)
@click.option("--hops", type=_HOPS, default=2, show_default=True, help="Most steps of a path between two.")
@claim_options
@click.option("--html", type=click.Path(path_type=Path), help="Draw it as an interactive page.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
    help="Draw it as the ending says: html, svg, png, pdf, sbgn, dot.",
)  # fmt: skip
@format_option("text", "json")
@data_options
def subgraph(entities: tuple[str, ...], hops: int, html: Path | None, output: Path | None, form: str) -> None:
    """Take out the claims among two or more ENTITIES and on the short paths between them."""
    from kg.formats.around_rows import subgraph_row

    graph = open_graph()
    if len({graph.entity(name).id for name in entities}) < 2:
        raise click.UsageError("name at least two different entities")
    found = graph.subgraph(*entities, hops=hops, arrows=chosen_arrows(graph))
    if form == "json":
        print_json(subgraph_row(found))
    else:
        _print_subgraph(graph.graph, found)
    for path, ending in ((html, "html"), (output, None)):
        if path is not None:
            note(f"drawn in {graph.draw(found).write(path, ending)}")
    if not found.whole:
        note("two of these have more paths than were taken in; fewer --hops leave none out")


def _print_subgraph(graph: Graph, found: Subgraph) -> None:
    claims, entities = counted(len(found.statements), "claim"), counted(len(found.nodes), "entity")
    say(f"{claims} about {entities}", bold=True)
    say(f"asked for: {', '.join(map(graph.short, found.entities))}")
    say(f"between them: {', '.join(map(graph.short, found.between)) or 'nothing'}\n")
    for claim in found.statements:
        print_claim(graph, claim, 0)
