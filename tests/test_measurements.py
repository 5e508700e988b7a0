"""What the five documents print as values: how many, where, and which print is of which value."""

from __future__ import annotations

import json
from decimal import Decimal

from click.testing import CliRunner

from kg.cli import main

PRINTS = {"B115768": 9, "B157457": 7, "B10784792": 31, "B1198808": 8, "B1671792": 18}


def rows(*args: str) -> list[dict]:
    return json.loads(CliRunner().invoke(main, [*args, "--format", "json"]).stdout)


def test_every_printed_value_of_every_document_is_there(graph):
    told = json.loads(CliRunner().invoke(main, ["info", "--format", "json"]).stdout)
    assert {name: told["per_document"][name]["prints"] for name in PRINTS} == PRINTS
    assert told["prints"] == graph.counts()["prints"] == sum(PRINTS.values()) == 73


def test_a_value_printed_twice_in_one_document_is_one_measurement(graph):
    (value,) = graph.measurements(target="beta-adrenergic receptors")
    assert value.quantity.value == Decimal(20)
    assert len(value.evidence) == 2


def test_the_dose_of_the_trials_is_a_range_per_day(graph):
    (dose,) = graph.measurements(parameter="dose")
    assert (dose.quantity.low, dose.quantity.high, dose.unit) == (25, 200, "mg/day")
    assert (dose.drug, dose.form, dose.target) == ("igmesine", "igmesine-hydrochloride", "tested-in-humans")
