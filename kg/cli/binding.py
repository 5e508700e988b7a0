"""The command `cheng-prusoff`: Ki from IC50, with its interval, its equation and what that assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import EntityName, ProtocolName, data_options, format_option, open_graph
from kg.cli.output import paragraph, print_csv, print_json, say

if TYPE_CHECKING:
    from kg.affinities.binding import Converted


@click.command(
    "cheng-prusoff", epilog="Example: kg cheng-prusoff --ic50 '39 ± 8 nM' --radioligand 3nM --kd 2nM"
)
@click.option("--ic50", required=True, help="With its unit: '39 ± 8 nM', '>10 µM'.")
@click.option("--radioligand", help="Free concentration of the radioligand, with its unit.")
@click.option("--kd", help="Dissociation constant of the radioligand, with its unit.")
@click.option("--protocol", type=ProtocolName(), help="Take what the radioligand is used at from a protocol.")
@click.option("--ligand", type=EntityName(), help="Which radioligand, where a protocol has several.")
@format_option("text", "json", "csv")
@data_options
def cheng_prusoff(
    ic50: str, radioligand: str | None, kd: str | None, protocol: str | None, ligand: str | None, form: str
) -> None:
    """Calculate Ki from IC50 by the equation of Cheng and Prusoff (1973), with intervals carried through."""
    if protocol is None and (radioligand is None or kd is None):
        raise click.UsageError("give --radioligand and --kd, or --protocol")
    if protocol is not None and radioligand is not None:
        raise click.UsageError("give either --radioligand or --protocol")
    graph = open_graph()
    found = graph.cheng_prusoff(ic50, radioligand=radioligand, kd=kd, protocol=protocol, ligand=ligand)
    if form == "json":
        from kg.formats.amount_rows import converted_row

        print_json(converted_row(found))
    elif form == "csv":
        print_csv(("what", "nM", "p"), [row for row in _rows(found) if row[1]])
    else:
        _print(found)


def _rows(found: Converted) -> list[tuple[str, str, str]]:
    from kg.amounts import written, written_potency
    from kg.formats.amount_rows import NANO

    named = (("IC50", found.ic50), ("Ki", found.ki), ("Ki within the errors given", found.with_errors))
    return [(name, written(one, NANO), written_potency(one)) for name, one in named if one is not None]


def _print(found: Converted) -> None:
    from kg.affinities.binding import ASSUMPTIONS, EQUATION, SOURCE

    for name, concentration, p in _rows(found):
        say(f"{name}: {concentration} nM   p{name.split()[0]} {p}", bold=name == "Ki")
    paragraph(f"{EQUATION}, with [L]/Kd = {found.ratio} ({found.given})")
    say("Assumes:")
    for assumed in ASSUMPTIONS:
        paragraph(f"- {assumed}", indent=2)
    paragraph(f"Source: {SOURCE}")
