"""`kg metapaths`: kinds of paths and counts as a table, JSON and CSV, of the graph and of an edge list."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest
from click.testing import CliRunner

from kg.cli import main

EDGES = """source\tmetaedge\ttarget
Compound::1\tCbG\tGene::1
Compound::1\tCbG\tGene::2
Gene::1\tGpPW\tPathway::1
Gene::2\tGpPW\tPathway::1
Gene::2\tGpPW\tPathway::2
"""


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["metapaths", *args])
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.stderr


def test_the_kinds_of_paths_are_listed_shortest_first():
    found = json.loads(run("Drug", "Process", "--max-length", "2", "--format", "json"))
    lengths = [row["length"] for row in found]
    assert lengths == sorted(lengths)
    assert {"Drug", "=BiologicalProcess"} <= set(found[0]["metapath"].split())
    assert found[0]["paths"] >= found[0]["pairs"] > 0
    table = run("Drug", "Process", "--max-length", "2")
    assert found[0]["metapath"] in table
    assert len(table.splitlines()) == len(found) + 1


def test_the_listed_and_the_counted_are_told_alike(graph):
    table = list(csv.reader(io.StringIO(run("igmesine", "Receptor", "--max-length", "1", "--format", "csv"))))
    assert table[0] == ["paths", "pairs", "for example", "metapath"]
    counted = run("--along", "igmesine -[agonist_of|activates|modulates|potentiates]-> Receptor")
    assert counted.startswith("igmesine -[activates|agonist_of|modulates|potentiates]-> Receptor: ")
    pairs = graph.count_along("igmesine -[agonist_of|activates|modulates|potentiates]-> Receptor")
    assert f"{len(pairs)} paths join {len(pairs)} pairs" in counted
    assert int(table[1][0]) >= 1


def test_pairs_come_with_both_counts_the_heaviest_first():
    found = json.loads(run("--along", "Drug -> Receptor -> *", "--format", "json", "--top", "3"))
    assert found["metapath"] == "Drug -> Receptor -> *"
    weights = [pair["weighted"] for pair in found["pairs"]]
    assert len(weights) == 3
    assert weights == sorted(weights, reverse=True)
    plain = json.loads(run("--along", "Drug -> Receptor -> *", "--weight", "0", "--format", "json"))
    assert all(pair["weighted"] == pair["paths"] for pair in plain["pairs"])


def test_an_edge_list_is_asked_in_its_own_words(write):
    path = str(write(EDGES, "edges.tsv"))
    rows = list(csv.reader(io.StringIO(run("compound", "Pathway", "--network", path, "--format", "csv"))))
    example = "Compound::1 → Gene::1 → Pathway::1"
    assert rows[1:] == [["3", "2", example, "Compound -CbG-> Gene -GpPW-> Pathway"]]
    counted = run("--network", path, "--along", "Compound -cbg-> Gene -GpPW-> *", "--format", "csv")
    weighted = [float(row[0]) for row in list(csv.reader(io.StringIO(counted)))[1:]]
    compound, pathway, gene = 2**-0.4, 2**-0.4, 2**-0.4
    assert weighted == pytest.approx([compound * pathway * (1 + gene), compound * gene])


def test_a_typing_error_is_pointed_at_with_the_nearest_names():
    told = run("--along", "Drug -inhibts-> Transporter", code=2)
    assert told == (
        "Error: no predicate is called 'inhibts'. Did you mean inhibits?\n"
        "  Drug -inhibts-> Transporter\n"
        "        ^\n"
    )
    assert "Did you mean process" in run("Drug", "Proces", code=2)


def test_an_edge_lists_names_are_offered_too(write):
    path = str(write(EDGES, "edges.tsv"))
    told = run("--network", path, "--along", "Compound -CbH-> Gene", code=2)
    assert "Did you mean CbG?" in told
    assert "Did you mean Compound or Compound::1?" in run("--network", path, "Compond", "Gene", code=2)


@pytest.mark.parametrize("args", [(), ("Drug",), ("Drug", "Gene", "--along", "Drug -> Gene")])
def test_either_two_places_or_a_metapath_are_wanted(args):
    assert "give either SOURCE and TARGET, or --along a metapath" in run(*args, code=2)


def test_spark_lists_no_metapaths():
    assert "Spark counts --along a metapath" in run("Drug", "Gene", "--engine", "spark", code=2)


def test_without_pyspark_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    told = run("--along", "Drug -> Gene", "--engine", "spark", code=2)
    assert '(extra spark): pip install "pyspark' in told
