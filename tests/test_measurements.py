"""What the five documents print as values: how many, where, and which print is of which value."""

from __future__ import annotations

import json
from decimal import Decimal

from click.testing import CliRunner

import kg
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


IGMESINE = ("sigma-1-receptor", "mao-a", "mao-b")


def test_prints_of_one_value_in_two_documents_are_joined_and_keep_their_own_circumstances(graph):
    joined = graph.graph.same_values
    for target in IGMESINE:
        ids = [f"{document}.igmesine.{target}.ic50" for document in ("B115768", "B157457")]
        assert [joined[name] for name in ids] == [(ids[1],), (ids[0],)]
        one, other = (graph.graph.measurements[name] for name in ids)
        assert one.form != other.form
    assert [graph.graph.measurements[f"{d}.igmesine.mao-a.ic50"].printed for d in ("B115768", "B157457")] == [
        "> 10 µM",
        ">10,000 nM",
    ]


def test_the_other_print_is_shown_in_table_json_and_sparql(graph):
    table = CliRunner().invoke(main, ["measurements", "--drug", "igmesine", "--target", "MAO-A"]).stdout
    assert "B115768 = B157457" in table
    (one,) = rows("measurements", "--document", "B115768", "--target", "MAO-A")
    assert one["same_value"] == ["B157457.igmesine.mao-a.ic50"]
    answer = graph.query("SELECT ?one { ?one kgo:same_value_as kg:B157457.igmesine.mao-a.ic50 }")
    assert answer.rows == (("kg:B115768.igmesine.mao-a.ic50",),)


OWN = """\
document: {id: my-paper, title: A paper, kind: primary paper}
measurements:
  - {drug: igmesine, target: sigma-1-receptor, parameter: IC50, value: "0.039 ± 0.008", unit: µM,
     species: mouse, at: {section: Results}, same_as: B157457.igmesine.sigma-1-receptor.ic50}
"""


def test_prints_that_name_different_species_are_a_conflict_of_species(write):
    graph = kg.load(write(OWN), cache=False)
    mine = "my-paper.igmesine.sigma-1-receptor.ic50"
    assert len(graph.graph.same_values[mine]) == 2
    found = [conflict for conflict in graph.conflicts() if mine in conflict.sides]
    assert {conflict.kind for conflict in found} == {"species"}
    assert {side for conflict in found for side in conflict.sides} > {mine}
