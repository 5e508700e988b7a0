"""The command `paths`: chains of claims from one entity to another, best first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.choosing import arrow_options, chosen_arrows
from kg.cli.lines import claim_line, evidence_line, path_line, print_step
from kg.cli.networks import NETWORK, Curated, FromFile
from kg.cli.options import EntityName, Number, data_options, format_option, open_graph
from kg.cli.output import DIM, note, paragraph, parts, print_json, print_table, say, signed

if TYPE_CHECKING:
    from kg.cli.networks import Walked
    from kg.graph import Graph
    from kg.knowledge_graph import KnowledgeGraph
    from kg.model import Conflict
    from kg.paths import Path as MechanismPath
    from kg.paths import Paths, Wanted

_MOST = 1000
_STOPPED = {
    "count": "there are more than {0} paths; these are the best {0}",
    "time": "the time ran out; there may be better paths than these {0}",
    "interrupt": "interrupted; there may be better paths than these {0}",
}


_ENDED = {
    None: "",
    "count": "; there are more, -k says how many to show",
    "time": "; the time ran out, there may be more",
    "interrupt": "; interrupted, there may be more",
}


@click.command(epilog="Example: kg paths igmesine cGMP --sign - --basis document --explain-score")
@click.argument("source", type=EntityName(), required=False)
@click.argument("target", type=EntityName(), required=False)
@click.option("--along", help="Instead of SOURCE and TARGET: 'Drug -inhibits-> Transporter -> *'.")
@click.option("--max-length", type=click.IntRange(1, 20), default=6, show_default=True, help="Most steps.")
@click.option(
    "-k", "count", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Show so many."
)
@click.option(
    "--sign", type=click.Choice(["any", "+", "-"]), default="any", help="Only paths of this net sign."
)
@click.option("--via", type=EntityName(), multiple=True, help="Only paths through this entity (repeatable).")
@click.option("--avoid", type=EntityName(), multiple=True, help="No path through this entity (repeatable).")
@arrow_options
@click.option("--timeout", type=Number(0, min_open=True), help="Search for so many seconds.")
@click.option("--explain-score", is_flag=True, help="Show what each step's score is made of.")
@click.option("--as-sparql", is_flag=True, help="Print each path as a SPARQL query that finds its claims.")
@click.option("--as-one-sparql", is_flag=True, help="Print one query for all paths, of at most 4 steps.")
@click.option("--network", type=NETWORK, help="Walk an edge list, or what `kg network` built of one.")
@click.option("--html", type=click.Path(path_type=Path), help="Draw the paths as an interactive page.")
@format_option("text", "json", "jsonl")
@data_options  # fmt: skip
def paths(
    source: str | None,
    target: str | None,
    along: str | None,
    max_length: int,
    count: int,
    sign: Wanted,
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    timeout: float | None,
    explain_score: bool,
    as_sparql: bool,
    as_one_sparql: bool,
    network: Path | None,
    html: Path | None,
    form: str,
) -> None:
    """Find the mechanism paths from SOURCE to TARGET: net sign, certainty, and the source of every step."""
    if along is not None:
        others = {"SOURCE and TARGET": source, "--via": via, "--avoid": avoid, "--network": network,
                  "--as-one-sparql": as_one_sparql, "--timeout": timeout}  # fmt: skip
        wrong = next((name for name, given in others.items() if given), None)
        if wrong or form == "jsonl":
            raise click.UsageError(f"--along does not go with {wrong or '--format jsonl'}")
        graph = open_graph()
        every = graph.paths_along(along, at_most=max(count, _MOST), sign=sign, arrows=chosen_arrows(graph))
        _show(graph, every, count, f"along {along}", form, html, explain=explain_score, as_sparql=as_sparql)
        return
    if source is None or target is None:
        raise click.UsageError("name SOURCE and TARGET, or a pattern with --along")
    if network is not None and (as_sparql or as_one_sparql):
        raise click.UsageError("an edge list has no RDF to ask in SPARQL")
    walked = FromFile(network) if network else Curated()
    asked = {"max_length": max_length, "sign": sign, "via": via, "avoid": avoid, "timeout": timeout}
    if as_one_sparql:
        if sign != "any" or via or avoid:
            raise click.UsageError("--as-one-sparql asks for paths of any sign, through any entity")
        _print_one_query(source, target, max_length)
        return
    if form == "jsonl":
        if html is not None:
            raise click.UsageError("--format jsonl only streams; --html wants --format text or json")
        _stream(walked, source, target, count, explain_score, asked)
        return
    found = walked.paths(source, target, at_most=max(count, _MOST), **asked)
    graph = walked.graph(found[:count], source, target)
    ends = graph.entity(source), graph.entity(target)
    told = f"from {ends[0].name} to {ends[1].name}, at most {max_length} steps"
    _show(graph, found, count, told, form, html, explain=explain_score, as_sparql=as_sparql)
    if not found and form == "text":
        _print_denials(graph.graph, ends[0].id, ends[1].id)


def _show(
    graph: KnowledgeGraph,
    found: Paths,
    count: int,
    told: str,
    form: str,
    html: Path | None,
    *,
    explain: bool,
    as_sparql: bool,
) -> None:
    """Print paths in the form that was asked for, draw them, and tell what is not shown."""
    if as_sparql:
        _print_queries(graph, found[:count])
    elif form == "json":
        print_json([_row(graph, path, explain) for path in found[:count]])
    else:
        say(f"{_how_many(found)} {told}\n", bold=True)
        print_paths(graph.graph, found[:count], graph.conflicts(), explain=explain)
    if html is not None:
        note(f"drawn in {graph.draw_paths(found[:count]).write(html, 'html')}")
    _tell_what_is_missing(found, count)


def _stream(
    walked: Walked, source: str, target: str, count: int, explain: bool, asked: dict[str, Any]
) -> None:
    """Print paths as they are found, one line of JSON each, and tell why there are no more."""
    from kg.formats.rows import to_line

    stream, shown = walked.stream(source, target, **asked), 0
    try:
        for path in stream:
            if shown == count:
                stream.stopped = "count"
                break
            click.echo(to_line(_row(walked.graph([path]), path, explain)))
            shown += 1
    except KeyboardInterrupt:
        stream.stopped = "interrupt"
    note(f"{shown} paths, the shortest first{_ENDED[stream.stopped].format(shown)}")


def _print_queries(graph: KnowledgeGraph, found: tuple[MechanismPath, ...]) -> None:
    from kg.paths import as_sparql

    for path in found:
        say(as_sparql(graph.graph, path, chosen_arrows(graph).which))


def _print_one_query(source: str, target: str, most: int) -> None:
    from kg.paths import all_as_sparql

    graph = open_graph()
    which = chosen_arrows(graph).which
    ends = graph.entity(source).id, graph.entity(target).id
    try:
        say(all_as_sparql(*ends, most, which))
    except ValueError as error:
        raise click.UsageError(f"{error}; --max-length says how many") from None


def _row(graph: KnowledgeGraph, path: MechanismPath, explain: bool) -> object:
    from kg.formats.rows import path_row

    return path_row(graph.graph, path, graph.conflicts(), explain=explain)


def _how_many(found: Paths) -> str:
    if found.truncated:
        return f"{len(found)} or more mechanism paths" if found else "no mechanism path found yet"
    return f"{len(found)} mechanism {'path' if len(found) == 1 else 'paths'}"


def _print_denials(graph: Graph, source: str, target: str) -> None:
    """Print what was tested between the two without effect."""
    denied = graph.denials.get((source, target), ())
    if denied:
        say("Tested, and no effect found:")
        for claim in denied:
            say(f"  {claim_line(graph, claim)}")
            for evidence in claim.evidence:
                parts("      ", (evidence_line(evidence), DIM))


def _tell_what_is_missing(found: Paths, count: int) -> None:
    if found.stopped:
        note(_STOPPED[found.stopped].format(len(found)))
    if len(found) > count:
        note(f"{len(found) - count} more paths; -k {len(found)} shows them")


def print_paths(
    graph: Graph,
    found: tuple[MechanismPath, ...],
    conflicts: tuple[Conflict, ...] = (),
    *,
    explain: bool = False,
) -> None:
    """Print paths with one line per claim."""
    from kg.paths import conflicts_on, read_path

    for number, path in enumerate(found, 1):
        parts(f"{number}. {path_line(graph, path)}")
        told = f"   score {path.score:.2g}   {path.certainty}, {_basis(path)}"
        parts("   net sign ", signed(path.sign), told)
        if path.length > 1:
            paragraph(read_path(graph, path), indent=3)
        for step in path.steps:
            print_step(graph, step)
        for conflict in conflicts_on(path, conflicts):
            parts("     ", ("!", "yellow"), f" {conflict.topic} ({conflict.verdict})")
        if explain:
            _print_score(graph, path)
        say()


def _basis(path: MechanismPath) -> str:
    background = sum(step.basis == "background" for step in path.steps)
    return (
        f"{background} of {path.length} steps from background" if background else "every step from a document"
    )


def _print_score(graph: Graph, path: MechanismPath) -> None:
    names = [factor.name for factor in max((step.factors for step in path.steps), key=len)]
    rows = []
    for step in path.steps:
        values = {factor.name: f"{factor.value:.2f}" for factor in step.factors}
        why = next((factor.why for factor in step.factors if factor.name == "affinity"), "")
        ends = f"{graph.short(step.source)} → {graph.short(step.target)}"
        rows.append([ends, *(values.get(name, "") for name in names), why])
    print_table(("step", *names, ""), rows)
