"""Commands about the documents' own text: index, verify, coverage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import DataPath, data_options, format_option, open_graph
from kg.cli.output import DIM, GREEN, RED, note, parts, print_json, print_problems, print_table, say

if TYPE_CHECKING:
    from kg.coverage import DocumentCoverage, PartCoverage
    from kg.model import Passage
    from kg.verification import Verified

_SHOWN = 40
_NO_INDEX = "there is no index of the text; `kg index` makes one"


@click.command(epilog="Example: kg index my-paper.txt --document my-paper -o my-paper.index.yaml")
@click.argument("file", type=DataPath())
@click.option("--document", "name", required=True, help="Id of the document whose text this is.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Else printed.")
@data_options
def index(file: Path, name: str, output: Path | None) -> None:
    """Index the plain text in FILE: place, position and digest of every passage, and no word of it.

    Places that an index of this document already has are kept for passages with the same words.
    """
    from kg.authoring.formatting import format_text
    from kg.indexing import index_of, to_yaml
    from kg.resources import write_whole
    from kg.yamltext import decode

    texts = {text.document: text for text in open_graph(strict=False).graph.knowledge.texts}
    try:
        data = file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"cannot read {file}: {error.strerror}") from None
    text, problems = decode(data, str(file))
    if text is None or not text.strip():
        print_problems(problems, err=True)
        raise click.ClickException(f"{file} is not plain text" if problems else f"{file} holds no text")
    made = format_text(to_yaml(index_of(data, name, texts.get(name))))[0]
    assert made is not None
    if output is None:
        click.echo(made, nl=False)
    else:
        write_whole(output, made.encode())
        say(str(output))


@click.command(epilog="Example: kg verify --documents papers/")
@click.option("--documents", type=DataPath(), required=True, help="Folder with the documents as plain text.")
@format_option("text", "json")
@data_options
def verify(documents: Path, form: str) -> None:
    """Find every curated passage again in the documents' text; tell what moved, changed or is unread.

    Exit code 1 when anything is not as it was curated. Files are known by their content, not their names.
    """
    from kg.formats.rows import verified_row

    try:
        found = open_graph().verify(documents)
    except OSError as error:
        raise click.UsageError(f"cannot read {documents}: {error.strerror}") from None
    if form == "json":
        print_json([verified_row(item) for item in found])
    else:
        for item in found:
            _print_verified(item)
    if not found:
        note(_NO_INDEX)
    if any(not item.clean for item in found):
        raise click.exceptions.Exit(1)


def _print_verified(item: Verified) -> None:
    state = {"same": "unchanged", "renewed": "other bytes than were curated", "absent": "not found"}
    mark = ("✓ ", GREEN) if item.clean else ("✗ ", RED)
    where = f" in {item.file}" if item.file else ""
    parts(mark, f"{item.document}{where}: {state[item.state]}")
    if item.file:
        same = item.passages - len(item.moved) - len(item.changed)
        located = item.evidence - len(item.unlocated)
        say(f"    {same} of {item.passages} passages at their place, word for word")
        say(f"    {located} of {item.evidence} pieces of evidence located")
    for moved in item.moved[:_SHOWN]:
        say(f"    moved: {moved.locator}, from {moved.was} to {moved.now}")
    for passage in item.changed[:_SHOWN]:
        say(f"    changed: {passage.locator}")
    for evidence in item.unlocated[:_SHOWN]:
        say(f"    no such passage: {evidence.locator}  {evidence.source}")
    for difference in item.differences[:_SHOWN]:
        say(f"    {difference.row}: {difference.text} ({difference.evidence.locator})")
        parts((f"        {difference.evidence.source}", DIM))
    for passage in item.unread[:_SHOWN]:
        say(f"    unread: {passage.locator}")
    _tell_more(item)


def _tell_more(item: Verified) -> None:
    for kind in ("moved", "changed", "unlocated", "differences", "unread"):
        more = len(getattr(item, kind)) - _SHOWN
        if more > 0:
            note(f"{item.document}: {more} more {kind}; --format json lists all")


@click.command(epilog="Example: kg coverage B115768")
@click.argument("document", required=False)
@format_option("table", "json")
@data_options
def coverage(document: str | None, form: str) -> None:
    """Tell how far the documents are read: by section, table and figure, and which passages are unread."""
    from kg.formats.rows import coverage_row

    found = open_graph().coverage(document)
    if form == "json":
        print_json([coverage_row(item) for item in found])
        return
    for item in found:
        _print_coverage(item)
    if not found:
        note(_NO_INDEX)


def _print_coverage(item: DocumentCoverage) -> None:
    say(f"{item.document}: {item.summary}", bold=True)
    header = (
        "place", "passages", "statements", "measurements", "protocols", "diagrams", "silent", "unread",
    )  # fmt: skip
    print_table(header, [_coverage_cells(part) for part in item.parts])
    for passage in item.unread:
        _print_unread(passage.passage)
    say()


def _coverage_cells(part: PartCoverage) -> tuple[str, ...]:
    place = "  ".join(name for name in (part.section, part.part) if name) or "(before the first heading)"
    counts = (part.count(kind) for kind in ("statements", "measurements", "protocols"))
    diagrams = part.count("mechanisms") + part.count("workflows")
    numbers = (len(part.passages), *counts, diagrams, part.silent, len(part.unread))
    shown = place if len(place) <= 70 else f"{place[:69]}…"
    return (shown, *(str(number) if number else "·" for number in numbers))


def _print_unread(passage: Passage) -> None:
    parts(("  unread: ", RED), f"{passage.locator} ({passage.span})")
