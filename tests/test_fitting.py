"""Curves through counts: published examples, known truth, honest intervals, refusals that say why."""

from __future__ import annotations

import json
import random
from math import exp
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from kg.affinities.fitting import Point, fit, read_points
from kg.cli import main
from kg.problems import InvalidTable, NoAmount

pytest.importorskip("scipy")

PUROMYCIN = [(0.02, 76), (0.02, 47), (0.06, 97), (0.06, 107), (0.11, 123), (0.11, 139), (0.22, 159), (0.22, 152),
             (0.56, 191), (0.56, 201), (1.10, 207), (1.10, 200)]  # fmt: skip
"""Treated cells of Treloar (1974), in Bates and Watts (1988), Nonlinear Regression Analysis, table A1.3."""
DNASE = [(0.04882812, 0.017), (0.04882812, 0.018), (0.1953125, 0.121), (0.1953125, 0.124), (0.390625, 0.206),
         (0.390625, 0.215), (0.78125, 0.377), (0.78125, 0.374), (1.5625, 0.614), (1.5625, 0.609), (3.125, 1.019),
         (3.125, 1.001), (6.25, 1.334), (6.25, 1.364), (12.5, 1.730), (12.5, 1.710)]  # fmt: skip
"""Run 1 of the ELISA of DNase in Davidian and Giltinan (1995), as in R's data set `DNase`."""


def points(pairs) -> list[Point]:
    return [Point(float(x), float(y)) for x, y in pairs]


def test_the_published_saturation_is_found_again():
    found = fit(points(PUROMYCIN), "saturation")
    bmax, kd = found.parameter("Bmax"), found.parameter("Kd")
    assert (round(bmax.value, 1), round(kd.value, 5)) == (212.7, 0.06412)
    assert bmax.error == pytest.approx(6.947, rel=1e-3)
    assert kd.error * kd.value == pytest.approx(0.008281, rel=1e-3)
    assert found.spread == pytest.approx(10.93, rel=1e-3)


def test_the_published_logistic_is_found_again():
    found = fit(points(DNASE), "four-parameter", bottom=0.0)
    assert found.parameter("top").value == pytest.approx(2.34518, rel=1e-4)
    assert found.parameter("IC50").value == pytest.approx(exp(1.48309), rel=1e-4)
    assert -found.parameter("Hill").value == pytest.approx(1 / 1.04146, rel=1e-4)
    assert found.parameter("top").error == pytest.approx(0.07815, rel=1e-3)


def simulated(rng: random.Random, *, hill: float = 1.0, noise: float = 60.0) -> list[Point]:
    """Counts of a competition with top 4000, bottom 300 and IC50 39, in triplicate."""
    doses = [10 ** (n / 2) for n in range(-1, 8)]
    return [
        Point(dose, 300 + 3700 / (1 + (dose / 39) ** hill) + rng.gauss(0, noise))
        for dose in doses
        for _ in range(3)
    ]


@pytest.mark.parametrize(("model", "hill"), [("one-site", 1.0), ("four-parameter", 1.3)])
def test_intervals_hold_the_known_truth_as_often_as_they_say(model, hill):
    rng = random.Random(7)
    held = 0
    for _ in range(150):
        one = fit(simulated(rng, hill=hill), model).parameter("IC50")
        held += one.low <= 39 <= one.high
    assert 0.88 <= held / 150 <= 0.99


def test_without_noise_the_truth_itself_is_found():
    found = fit(simulated(random.Random(1), hill=0.8, noise=1e-9), "four-parameter")
    truth = {"top": 4000, "bottom": 300, "IC50": 39, "Hill": 0.8}
    assert {one.name: one.value for one in found.parameters} == pytest.approx(truth, rel=1e-6)


@pytest.mark.parametrize("hill", [1.3, -1.3])
def test_counts_without_competitor_are_the_plateau(hill):
    """What was bound at concentration 0 is the limit of the curve, and not a small concentration in disguise."""
    rng = random.Random(2)
    plateau = 4000 if hill > 0 else 300
    given = [*simulated(rng, hill=hill), *(Point(0.0, plateau + rng.gauss(0, 60)) for _ in range(6))]
    alone, joined = fit(given[:-6], "four-parameter"), fit(given, "four-parameter")
    assert joined.at(0) == pytest.approx(plateau, abs=60)
    name = "top" if joined.parameter("Hill").value > 0 else "bottom"
    assert joined.parameter(name).error < alone.parameter(name).error
    one = joined.parameter("IC50")
    assert one.low < 39 < one.high


def test_only_counts_without_competitor_determine_nothing():
    with pytest.raises(NoAmount, match="do not determine"):
        fit(points([(0, y) for y in (5, 6, 5, 4, 5, 6)]), "one-site")


def test_the_order_of_points_never_matters():
    given = simulated(random.Random(3))
    assert fit(given, "one-site") == fit(given[::-1], "one-site")


def test_points_that_determine_nothing_are_refused():
    with pytest.raises(NoAmount, match="do not determine 4 parameters"):
        fit(points([(1, 5), (2, 4), (3, 3)]), "four-parameter")
    with pytest.raises(NoAmount, match="do not determine"):
        fit(points([(x, 5) for x in (1, 2, 3, 4, 5, 6)]), "four-parameter")


def test_non_specific_counts_are_subtracted(tmp_path):
    table = tmp_path / "counts.csv"
    table.write_text("concentration,counts,nonspecific\n1,110,10\n2,90,30\n3,70,\n")
    assert [one.bound for one in read_points(table)] == [100, 60, 50]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("concentration,count\n1,2\n", "no column counts"),
        ("concentration,counts\n1,2\n2,x\n", ":3: `x` in counts is not a number"),
        ("concentration,counts\n1,nan\n", ":2: `nan`"),
        ("concentration,counts\n-1,5\n", "below zero"),
    ],
)
def test_a_bad_table_is_told_with_its_line(tmp_path, text, told):
    table = tmp_path / "counts.csv"
    table.write_text(text)
    with pytest.raises(InvalidTable, match=told):
        read_points(table)


def test_the_command_prints_and_draws_the_fit(tmp_path):
    table = tmp_path / "counts.csv"
    rows = (f"{one.concentration},{one.bound}" for one in simulated(random.Random(5)))
    table.write_text("\n".join(["concentration,counts", *rows]) + "\n")
    arguments = ["fit-binding", str(table), "--model", "one-site", "--svg", str(tmp_path / "fit.svg")]
    done = CliRunner().invoke(main, [*arguments, "--format", "json"])
    assert done.exit_code == 0, done.output
    ic50 = next(one for one in json.loads(done.stdout)["parameters"] if one["name"] == "IC50")
    assert ic50["low"] < 39 < ic50["high"]
    names = [node.tag.rpartition("}")[2] for node in ElementTree.parse(tmp_path / "fit.svg").iter()]
    assert names.count("circle") == 27
    text = CliRunner().invoke(main, ["fit-binding", str(table), "--model", "one-site"]).stdout
    assert "95 % confidence" in text
    wrong = CliRunner().invoke(main, ["fit-binding", str(table), "--unit", "mg"])
    assert wrong.exit_code == 2
