"""Commands for the bench: `kg protocol list`, `show` and `compare`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.options import ProtocolName, data_options, format_option, open_graph
from kg.cli.output import DIM, paragraph, parts, print_json, print_table, say

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Evidence, Material, Part, Protocol, Setting, Step


_NOTHING = "–"
_SHORT = 28
"""A longer name of a material gives way to the part it plays."""


@click.group(epilog="Example: kg protocol compare sert-binding net-binding")
def protocol() -> None:
    """Show how experiments are done according to the documents, and what differs between two protocols."""


@protocol.command("list", epilog="Example: kg protocol list --format json")
@format_option("text", "json")
@data_options
def list_(form: str) -> None:
    """List the protocols with their assay, what they determine, and their document."""
    graph = open_graph()
    found = graph.protocols.values()
    if form == "json":
        from kg.formats.bench_rows import summary_row

        print_json([summary_row(row) for row in found])
        return
    header = ("id", "assay", "determines", "steps", "document", "title")
    print_table(header, [_list_row(graph.graph, row) for row in found])


def _list_row(graph: Graph, row: Protocol) -> tuple[str, ...]:
    assay = graph.label(row.assay) if row.assay else ""
    return (row.id, assay, ", ".join(row.determines), str(len(row.steps)), row.document, row.title)


@protocol.command(epilog="Example: kg protocol show net-binding")
@click.argument("name", metavar="PROTOCOL", type=ProtocolName())
@format_option("text", "json")
@data_options
def show(name: str, form: str) -> None:
    """Show one PROTOCOL as the bench wants it: materials, numbered steps, analysis, what is left open."""
    graph = open_graph()
    found = graph.protocol(name)
    if form == "json":
        from kg.formats.bench_rows import protocol_row

        print_json(protocol_row(found))
    else:
        print_protocol(graph.graph, found)


@protocol.command(epilog="Example: kg protocol compare sert-binding net-binding")
@click.argument("left", metavar="PROTOCOL", type=ProtocolName())
@click.argument("right", metavar="PROTOCOL", type=ProtocolName())
@format_option("text", "json")
@data_options
def compare(left: str, right: str, form: str) -> None:
    """Print two protocols side by side, and of them only what differs; what is alike is counted."""
    compared = open_graph().compare_protocols(left, right)
    if form == "json":
        from kg.formats.bench_rows import comparison_row

        print_json(comparison_row(compared))
        return
    rows, before = [], ""
    for row in compared.rows:
        rows.append(
            ("" if row.where == before else row.where, row.name, row.left or _NOTHING, row.right or _NOTHING)
        )
        before = row.where
    if rows:
        print_table(("", "", compared.left.id, compared.right.id), rows)
    say(f"{len(rows)} differences; {compared.alike} things are alike and not shown")


# ---- one protocol ---------------------------------------------------------------------------------------


def print_protocol(graph: Graph, found: Protocol) -> None:
    """Print a protocol whose steps are resolved."""
    parts((found.title, "cyan"), f"  {found.id}  {found.source}")
    paragraph(f"Objective: {found.objective}")
    if found.scope:
        paragraph(f"Scope: {found.scope}")
    for label, names in _about(found):
        if names:
            say(f"{label}: {', '.join(graph.label(name) for name in names)}")
    if found.materials:
        _heading("Materials")
        print_table(("", ""), [(f"  {row.role}", _material(row)) for row in found.materials], head=False)
    numbered = list(enumerate(found.steps, 1))
    for title, analysis in (("Steps", False), ("Analysis", True)):
        chosen = [(number, step) for number, step in numbered if (step.stage == "analysis") == analysis]
        if chosen:
            _heading(title)
        for number, step in chosen:
            _print_step(found, number, step)
    _print_list("Left open by the document", _left_open(found))
    _print_list("Repaired print", _repairs(found))
    _print_list("Sources", _sources(graph, found))


def _about(found: Protocol) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Assay", (found.assay,) if found.assay else ()
    yield "Drugs", found.drugs
    yield "Targets", found.targets
    yield "Species", found.species
    yield "Determines", found.determines


def _heading(text: str) -> None:
    say()
    say(text, bold=True)


def _material(row: Material) -> str:
    mark = "e.g. " if row.status == "example" else ""
    examples = f" (e.g. {', '.join(row.examples)})" if row.examples else ""
    made_of = ", ".join(f"{item.name} {item.printed}" for item in row.components)
    given = ", ".join(f"{item.name} {item.printed}" for item in row.parameters)
    detail = "; ".join(text for text in (made_of, given) if text)
    note = f". {row.note}" if row.note else ""
    return f"{mark}{row.name}{examples}{f': {detail}' if detail else ''}{note}"


def _print_step(protocol: Protocol, number: int, step: Step) -> None:
    taken = f"  (otherwise as {step.same_as})" if step.same_as else ""
    stage = "" if step.title.casefold() == step.stage else f"  ({step.stage})"
    parts(f"{number:>2}. ", (step.title, "cyan"), (stage + taken, DIM))
    if step.text:
        paragraph(step.text, indent=4)
    for setting in step.parameters:
        say(f"    · {_setting(protocol, setting)}")
    for index, part in enumerate(step.parts):
        _print_part(protocol, "–" if step.side_by_side else f"{_letter(index)}.", part)


def _letter(index: int) -> str:
    """Return a, b and so on, behind z aa and ab, for 0, 1 and so on."""
    before, last = divmod(index, 26)
    return (_letter(before - 1) if before else "") + chr(97 + last)


def _print_part(protocol: Protocol, mark: str, part: Part) -> None:
    said = " ".join(text for text in (part.text, part.formula) if text)
    given = ", ".join(_setting(protocol, setting) for setting in part.parameters)
    text = " ".join(text for text in (said, f"{given}." if given else "") if text)
    paragraph(f"{mark} {part.title}: {text}" if text else f"{mark} {part.title}", indent=4)


def _setting(protocol: Protocol, setting: Setting) -> str:
    """Return a value in words; a material goes by its name where it is short and only one can be meant."""
    named = [row.name for row in protocol.materials if row.role == setting.of]
    what = named[0] if len(named) == 1 and len(named[0]) <= _SHORT else setting.of
    note = f" ({setting.note})" if setting.note else ""
    if what and setting.name == "volume":
        return f"{setting.printed} of {what}{note}"
    if what and setting.name == "region":
        return f"{setting.printed} for {what}{note}"
    return f"{setting.name}{f' of {what}' if what else ''}: {setting.printed}{note}"


def _left_open(found: Protocol) -> Iterator[str]:
    yield from found.left_open
    for number, step in enumerate(found.steps, 1):
        yield from (f"step {number}: {text}" for text in step.left_open)
        for part in step.parts:
            yield from (f"step {number}, {part.title}: {text}" for text in part.left_open)


def _repairs(found: Protocol) -> Iterator[str]:
    yield from (f"{row.name}: {row.normalised}" for row in found.materials if row.normalised)
    for number, step in enumerate(found.steps, 1):
        for part in (step, *step.parts):
            if part.normalised:
                yield f"step {number}, {part.title}: {part.normalised}"


def _sources(graph: Graph, found: Protocol) -> Iterator[str]:
    """Yield the section, then every place that cites something, with what is cited and how it fits."""
    from kg.locating import evidence_of

    document = graph.documents.get(found.document)
    title = f"{document.title} ({found.document})" if document else found.document
    where = ", ".join(text for text in (title, str(found.locator)) if text)
    yield f"{where}{_numbers(found.references)}"
    groups: dict[tuple[tuple[int, ...], str], dict[str, None]] = {}
    for _, evidence in evidence_of(found):
        if evidence.references:
            key = (evidence.references, evidence.citation or "")
            groups.setdefault(key, {})[_within(found, evidence)] = None
    for (references, note), items in groups.items():
        yield f"{_listed(items)}:{_numbers(references)}{f'. {note}' if note else ''}"
    cited = {number for references, _ in groups for number in references} | set(found.references)
    for reference in document.references if document else ():
        if reference.number in cited:
            yield f"[{reference.number}] {reference.title} ({reference.kind})"


def _listed(places: Iterable[str]) -> str:
    """Return places in a row, list items as `items A, B`."""
    shown = list(places)
    if len(shown) > 1 and all(place.startswith("item ") for place in shown):
        shown = [f"items {shown[0][5:]}", *(place[5:] for place in shown[1:])]
    return ", ".join(shown)


def _within(found: Protocol, evidence: Evidence) -> str:
    """Return a place without the section where that is the protocol's own."""
    from msgspec.structs import replace

    place = evidence.locator
    inner = replace(place, section=None) if place.section == found.locator.section else place
    return str(inner) or str(place)


def _numbers(references: Iterable[int]) -> str:
    shown = ", ".join(map(str, references))
    return f" [{shown}]" if shown else ""


def _print_list(title: str, texts: Iterable[str]) -> None:
    found = list(dict.fromkeys(texts))
    if found:
        _heading(title)
    for text in found:
        paragraph(f"· {text}", indent=2)
