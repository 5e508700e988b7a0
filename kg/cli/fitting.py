"""The command `fit-binding`: a curve through counts, with confidence intervals and a picture."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.drawing import chart_options, write_chart
from kg.cli.options import Number, format_option
from kg.cli.output import print_csv, print_json, print_table, say

if TYPE_CHECKING:
    from kg.affinities.fitting import Fit, Model

_MODELS = ("four-parameter", "one-site", "saturation")


@click.command("fit-binding", epilog="Example: kg fit-binding counts.csv --model one-site --unit nM")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--model", type=click.Choice(_MODELS), default=_MODELS[0], show_default=True)
@click.option("--unit", default="nM", show_default=True, help="Unit of the concentrations.")
@click.option("--confidence", type=Number(0.5, 0.999), default=0.95, show_default=True)
@click.option("--bottom", type=float, help="Fix the lower plateau of a competition.")
@chart_options
@format_option("text", "json", "csv")
def fit_binding(
    file: Path,
    model: Model,
    unit: str,
    confidence: float,
    bottom: float | None,
    html: Path | None,
    svg: Path | None,
    output: Path | None,
    form: str,
) -> None:
    """Fit a binding curve to FILE, a CSV with the columns concentration, counts and perhaps nonspecific.

    Non-specific counts are subtracted first. Competition gives IC50, saturation Kd and Bmax. Needs SciPy.
    """
    import msgspec

    from kg import resources
    from kg.affinities.asking import read_concentration
    from kg.affinities.fitting import fit, read_points
    from kg.views.charts.fitted import fit_chart, table
    from kg.vocabulary import read_vocabulary

    one = read_concentration(f"1 {unit}", read_vocabulary(resources.folder("ontology")))
    found = fit(read_points(file), model, confidence=confidence, bottom=bottom)
    listed = table(found, one.unit)
    if form == "json":
        print_json({**msgspec.structs.asdict(found), "unit": one.unit})
    elif form == "csv":
        print_csv(listed.columns, listed.rows)
    else:
        _print(found, listed.title)
        print_table(listed.columns, listed.rows)
    title = f"{file.name}: {model} fit"
    write_chart(partial(fit_chart, found, title, one.unit, Fraction(one.to_molar)), html, svg, output)


def _print(found: Fit, title: str) -> None:
    from kg.affinities.fitting import MODELS

    say(MODELS[found.model], bold=True)
    say(f"{len(found.points)} points, standard deviation of the residuals {found.spread:.4g}")
    say(title)
