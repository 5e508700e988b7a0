"""The options that draw numbers as a chart, and what writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.output import note

if TYPE_CHECKING:
    from kg.views.charts import Chart

F = TypeVar("F", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path, dir_okay=False)


def chart_options(command: F) -> F:
    """Add `--html`, `--svg` and `-o`."""
    for option in (
        click.option("-o", "--output", type=_FILE, help="Draw it as the ending says: html, svg, png, pdf."),
        click.option("--svg", type=_FILE, help="Draw it as a still picture."),
        click.option("--html", type=_FILE, help="Draw it as an offline page."),
    ):
        command = option(command)
    return command


def write_chart(draw: Callable[[], Chart], html: Path | None, svg: Path | None, output: Path | None) -> None:
    """Write the chart, drawn once, wherever it was asked for."""
    asked = [(path, form) for path, form in ((html, "html"), (svg, "svg"), (output, None)) if path]
    if asked:
        chart = draw()
        for path, form in asked:
            note(f"drawn in {chart.write(path, form)}")
