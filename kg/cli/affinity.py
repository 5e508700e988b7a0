"""The command `affinity`: drugs against targets, as intervals, with sources and marks of conflict."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.drawing import chart_options, write_chart
from kg.cli.options import EntityName, data_options, format_option, open_graph
from kg.cli.output import note, print_csv, print_json, print_table, say

if TYPE_CHECKING:
    from kg.affinities.matrix import Cell, Matrix
    from kg.affinities.pooling import Pool
    from kg.graph import Graph
    from kg.knowledge_graph import KnowledgeGraph

_MOST_COLUMNS = 12


@click.command(epilog="Example: kg affinity imipramine desipramine --target SERT --target NET")
@click.argument("drugs", nargs=-1, type=EntityName())
@click.option("--target", "targets", type=EntityName(), multiple=True, help="Only this target (repeatable).")
@click.option("--parameter", "parameters", multiple=True, help="Only Ki, Kd, IC50 or EC50 (repeatable).")
@click.option(
    "--pools", is_flag=True, help="Pool what may be pooled, and tell what went in and what did not."
)
@chart_options
@format_option("text", "json", "csv")
@data_options
def affinity(
    drugs: tuple[str, ...],
    targets: tuple[str, ...],
    parameters: tuple[str, ...],
    pools: bool,
    html: Path | None,
    svg: Path | None,
    output: Path | None,
    form: str,
) -> None:
    """Show how strongly DRUGS (none: all) act on targets, a matrix for each parameter, best affinity first.

    A cell is the interval from the lowest to the highest source, never a mean; `!` marks a conflict. A
    printed ± is no bound and widens no cell; charts draw it as a thin bar, pools tell the mean within it.
    """
    graph = open_graph()
    found = graph.affinities(*drugs, targets=targets, parameters=parameters)
    if pools:
        _show_pools(graph, found, form)
    else:
        _show(graph.graph, found, form)
    draw = partial(graph.draw_affinities, *drugs, targets=targets, parameters=parameters)
    write_chart(draw, html, svg, output)
    if not found:
        note("no affinity of these was measured")


def _show(graph: Graph, found: tuple[Matrix, ...], form: str) -> None:
    from kg.formats.amount_rows import CELL_COLUMNS, cell_lines, matrix_row

    if form == "json":
        print_json([matrix_row(matrix) for matrix in found])
    elif form == "csv":
        rows = [list(cell_lines(cell)) for matrix in found for cell in matrix.cells]
        print_csv(CELL_COLUMNS, rows)
    else:
        for number, matrix in enumerate(found):
            if number:
                say()
            _print_matrix(graph, matrix)


def _print_matrix(graph: Graph, matrix: Matrix) -> None:
    say(f"{matrix.parameter} in nM, lowest to highest source", bold=True)
    if 1 < len(matrix.drugs) <= _MOST_COLUMNS and len(matrix.targets) > 1:
        cells = matrix.by_ends()
        header = ("", *map(graph.short, matrix.drugs))
        rows = [
            (graph.label(target), *(_short(cells.get((drug, target))) for drug in matrix.drugs))
            for target in matrix.targets
        ]
        print_table(header, rows)
    else:
        header = ("drug", "target", "nM", f"p{matrix.parameter}", "values", "documents", "not in common")
        print_table(header, [_line(graph, cell) for cell in matrix.cells])


def _short(cell: Cell | None) -> str:
    return "–" if cell is None else shown(cell)


def shown(cell: Cell) -> str:
    """Return the interval of a cell in nM, or its words, with the mark of a conflict."""
    from kg.amounts import written
    from kg.formats.amount_rows import NANO

    words = " / ".join(dict.fromkeys(item.value.printed for item in cell.left_out))
    return (written(cell.span, NANO) if cell.span else words) + (" !" if cell.conflicts else "")


def _line(graph: Graph, cell: Cell) -> tuple[str, ...]:
    from kg.amounts import written_potency

    names = (graph.label(cell.drug), graph.label(cell.target))
    p = written_potency(cell.span) if cell.span else ""
    return (*names, shown(cell), p, str(len(cell.values)), " ".join(cell.documents), _mixed(graph, cell))


def _mixed(graph: Graph, cell: Cell) -> str:
    told = (
        f"{name}: {', '.join(graph.label(said) if said else 'not stated' for said in found)}"
        for name, found in cell.mixed
    )
    return "; ".join(told)


def _show_pools(graph: KnowledgeGraph, found: tuple[Matrix, ...], form: str) -> None:
    from kg.formats.amount_rows import pool_row

    cells = [cell for matrix in found for cell in matrix.cells]
    made = [
        pool for cell in cells for pool in graph.pools(cell.drug, cell.target, parameters=(cell.parameter,))
    ]
    if form == "json":
        print_json([pool_row(pool) for pool in made])
        return
    rows = [_pool_line(graph.graph, pool) for pool in made]
    header = ("drug", "target", "parameter", "mean in nM", "taken", "left out")
    print_csv(header, rows) if form == "csv" else print_table(header, rows)


def _pool_line(graph: Graph, pool: Pool) -> tuple[str, ...]:
    from kg.amounts import written
    from kg.formats.amount_rows import NANO

    key = pool.key
    limits = ", ".join(graph.label(said) for said in (key.endpoint, key.species) if said)
    what = f"{key.parameter} ({limits})" if limits else key.parameter
    mean = written(pool.mean, NANO) if pool.mean else f"none: {pool.refusal}"
    mean += f" (within ±: {written(pool.with_errors, NANO)})" if pool.with_errors else ""
    taken = "; ".join(f"{value.printed} ({', '.join(value.documents)})" for value in pool.taken)
    out = "; ".join(f"{item.value.printed}: {item.reason}" for item in pool.left_out)
    return (graph.label(key.form or key.drug), graph.label(key.target), what, mean, taken, out)
