"""The command `effect`: one answer of four to «does A raise or lower B», and what speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.choosing import arrow_options, chosen_arrows
from kg.cli.lines import path_line, print_claims
from kg.cli.options import EntityName, Number, data_options, format_option, open_graph
from kg.cli.output import note, paragraph, parts, print_json, say, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph import Graph
    from kg.model import Conflict
    from kg.paths import Agreement, Decisive, Direction, Effect
    from kg.paths import Path as MechanismPath

_CLAIMED = {"+": "to raise {1}", "-": "to lower {1}", "both": "both to raise and to lower {1}"}
_DERIVED = {"+": "raise {1}", "-": "lower {1}", "both": "both raise and lower {1}"}
_AGREE: dict[Agreement, str] = {
    "agree": "Claim and paths agree.",
    "disagree": "Claim and paths disagree; neither overrules the other.",
    "only direct": "Only what is claimed of the two themselves gives a direction; no path does.",
    "only derived": "Only paths give a direction; what is claimed of the two themselves gives none.",
    "neither": "Neither a claim on the two themselves nor a path gives a direction.",
}
_GAVE_UP = {
    "paths": "Decisive statements are not told: not all paths were found.",
    "effort": "Decisive statements are not told: there are too many ways to change the answer.",
    "size": "No small set of statements is decisive: the answer rests on too many.",
}
_STOPPED = {"count": "there are more than {0} paths", "time": "the time ran out", "interrupt": "interrupted"}


@click.command(epilog="Example: kg effect igmesine cGMP --basis document")
@click.argument("source", type=EntityName())
@click.argument("target", type=EntityName())
@click.option("--max-length", type=click.IntRange(1, 20), default=6, show_default=True, help="Most steps.")
@arrow_options
@click.option(
    "--at-most", type=click.IntRange(1), default=10_000, show_default=True, help="Look at so many paths."
)
@click.option("--timeout", type=Number(0, min_open=True), help="Search for so many seconds.")
@format_option("text", "json")
@data_options
def effect(source: str, target: str, max_length: int, at_most: int, timeout: float | None, form: str) -> None:
    """Tell whether SOURCE raises TARGET (+), lowers it (−), both, or unknown, and what decides it."""
    graph = open_graph()
    found = graph.effect(
        source, target, max_length=max_length, at_most=at_most, timeout=timeout, arrows=chosen_arrows(graph)
    )
    if form == "json":
        from kg.formats.walk_rows import effect_row

        print_json(effect_row(graph.graph, found, graph.conflicts()))
    else:
        print_effect(graph.graph, found, graph.conflicts())
    if found.stopped:
        why = _STOPPED[found.stopped].format(at_most)
        sure = "no further path can change it" if found.settled else "a lower bound: more paths may change it"
        note(f"{why}; the answer is {sure}")


def print_effect(graph: Graph, found: Effect, conflicts: Sequence[Conflict]) -> None:
    """Print an effect: the answer, the claims, the best path of each sign, and what decides."""
    bound = "" if found.settled else " (so far)"
    tested = "; a direct test found no effect, see below" if found.denials else ""
    parts(answer_mark(found.answer), f"  {_headline(graph, found)}{bound}{tested}")
    say()
    _print_direct(graph, found)
    _print_derived(graph, found)
    parts(_AGREE[found.agreement])
    say()
    _print_decisive(graph, found.decisive, found.answer)
    _print_conflicts(found, conflicts)


def _headline(graph: Graph, found: Effect) -> str:
    """Return the answer in words that keep what is claimed from what only follows."""
    ends = graph.label(found.source), graph.label(found.target)
    direct, derived = found.direct_answer, found.derived_answer
    if found.answer == "unknown":
        return f"whether {ends[0]} raises or lowers {ends[1]} is unknown"
    if direct == "unknown":
        return f"by its paths {{0}} would {_DERIVED[derived]}".format(*ends)
    claimed = f"{{0}} is claimed {_CLAIMED[direct]}".format(*ends)
    if derived == "unknown":
        return claimed
    if derived == direct:
        return f"{claimed}, and by its paths would"
    return f"{claimed}, and by its paths would {_DERIVED[derived].format('', 'it')}"


def answer_mark(answer: Direction) -> tuple[str, str]:
    """Return an answer of four as printed, with its colour."""
    return (answer, "yellow") if answer in ("both", "unknown") else signed(answer)


def _print_direct(graph: Graph, found: Effect) -> None:
    if not (found.direct or found.denials):
        say("Claimed of the two themselves: nothing\n")
        return
    step = found.direct.steps[0] if found.direct else None
    why = f" ({(step and step.reason) or 'tested, no effect'})" if found.direct_answer == "unknown" else ""
    parts("Claimed of the two themselves: ", answer_mark(found.direct_answer), why)
    print_claims(graph, (*(step.statements if step else ()), *found.denials))
    say()


def _print_derived(graph: Graph, found: Effect) -> None:
    from kg.paths import signs_of_path

    if not found.derived:
        say(f"Derived: no path of 2 to {found.max_length} steps\n")
        return
    up, down = found.with_sign("+"), found.with_sign("-")
    open_ones = [path for path in found.derived if not signs_of_path(path)]
    noun = "path" if len(found.derived) == 1 else "paths"
    parts(
        "Derived: ", answer_mark(found.derived_answer),
        f"  {len(found.derived)} {noun} of 2 to {found.max_length} steps: {len(up)} raising, "
        f"{len(down)} lowering, {len(open_ones)} without direction",
    )  # fmt: skip
    for paths in (up, down, () if up or down else open_ones):
        if paths:
            print_best(graph, paths[0])
    say()


def print_best(graph: Graph, path: MechanismPath) -> None:
    """Print a path with its reading and claims."""
    parts("  ", signed(path.sign), f" {path_line(graph, path)}   score {path.score:.2g}")
    paragraph(read(graph, path), indent=4)
    for step in path.steps:
        print_claims(graph, (*step.statements, *step.denials))


def read(graph: Graph, path: MechanismPath) -> str:
    """Return what a path says as a sentence."""
    from kg.paths import read_path

    return read_path(graph, path)


def _print_decisive(graph: Graph, found: Decisive, answer: Direction) -> None:
    if found.gave_up:
        say(_GAVE_UP[found.gave_up])
    elif not found.sets:
        say("Decisive: none; without any of the statements the answer is the same.")
    else:
        noun = "this statement" if len(found.statements) == 1 else f"these {len(found.statements)} statements"
        becomes = answer_mark(found.becomes or "unknown")
        parts(f"Decisive: without {noun} the answer is ", becomes, ", not ", answer_mark(answer))
        print_claims(graph, [graph.statements[name] for name in found.statements])
        if len(found.sets) > 1:
            others = len(found.sets) - 1
            noun = "set" if others == 1 else "sets"
            say(f"  {others} other {noun} as small would change it too; --format json lists them")


def _print_conflicts(found: Effect, conflicts: Sequence[Conflict]) -> None:
    from kg.paths import conflicts_on

    shown = [*([found.direct] if found.direct else []), *found.with_sign("+")[:1], *found.with_sign("-")[:1]]
    touched = {conflict.id: conflict for path in shown for conflict in conflicts_on(path, conflicts)}
    for conflict in touched.values():
        parts(("!", "yellow"), f" {conflict.topic} ({conflict.verdict})")
