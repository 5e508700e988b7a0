"""The command `import`: a table of measured values as seed files, with every row that was left out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import data_options, open_graph
from kg.cli.output import note, print_csv, say

if TYPE_CHECKING:
    from kg.importing.reading import Rejected, Row, Watch


@click.command("import", epilog="Example: kg import table.csv --mapping kg -o imported")
@click.argument("table", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--mapping", required=True, help="bindingdb, bindingdb-collapsed, chembl, kg, or a YAML file.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--format", "form", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True)
@data_options
def import_table(table: Path, mapping: str, output: Path, form: str) -> None:
    """Import a TABLE of measured values into a folder of YAML, and print every rejected line and its reason.

    The rejected lines go to standard output as CSV. Bounds stay bounds; numbers that look like lost bounds
    are imported as they are and counted (kg check tells which). Drugs and targets of the graph are found, and
    a row that names one paper keeps it as its source.
    """
    watch = _watched(table.stat().st_size)
    found = open_graph().import_table(table, mapping, output, form=form, watch=watch)
    _print_rejected(found.rejected)
    note(
        f"{found.read:,} rows read; {len(found.measurements):,} values, "
        f"{len(found.entities):,} new entities, {len(found.documents):,} sources named by rows; "
        f"{len(found.rejected):,} rejected, {len(found.suspects):,} look like lost bounds"
    )
    note(f"`kg check {output}` checks what was written")


def _print_rejected(rejected: Iterable[Rejected]) -> None:
    rows = [(item.line, item.reason) for item in rejected]
    if rows:
        print_csv(("line", "reason"), rows)
    else:
        say("no row was rejected")


def _watched(size: int) -> Watch:
    """Return what shows, on a terminal, how many rows went by."""

    def watch(rows: Iterable[tuple[int, Row]]) -> Iterable[tuple[int, Row]]:
        if not sys.stderr.isatty():
            yield from rows
            return
        with click.progressbar(length=size, label="reading", file=sys.stderr) as bar:
            for line, row in rows:
                bar.update(sum(len(cell) + 1 for cell in row.values() if isinstance(cell, str)))
                yield line, row

    return watch
