"""Paths as SPARQL: each printed query finds exactly the claims of its path, in both engines."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from conftest import ROOT
from rdflib import Graph as RdfGraph

from kg.cli import main
from kg.paths import Which, all_as_sparql, as_sparql

PAIRS = [
    ("igmesine", "cgmp"),
    ("igmesine", "antidepressant-effect"),
    ("igmesine", "creb"),
    ("imipramine", "serotonin"),
    ("imipramine", "creb"),
    ("imipramine", "antidepressant-effect"),
    ("imipramine", "neurogenesis"),
    ("fluoxetine", "serotonin"),
    ("sigma-1-receptor", "cgmp"),
    ("imipramine", "norepinephrine"),
]


def claims_of(path):
    return {(number, claim.id) for number, step in enumerate(path.steps, 1) for claim in step.statements}


def found_by(graph, query):
    return {(row["step"], row["claim"].removeprefix("kg:").removeprefix(IRI)) for row in graph.query(query)}


IRI = "https://w3id.org/drug-mechanisms/"


@pytest.mark.parametrize("ends", PAIRS, ids=" to ".join)
def test_each_query_finds_exactly_the_claims_of_its_path(graph, ends):
    paths = graph.paths(*ends)
    assert paths
    for path in paths:
        assert found_by(graph, as_sparql(graph.graph, path)) == claims_of(path)


@pytest.mark.parametrize(
    "which",
    [
        {"basis": "document"},
        {"species": "rat"},
        {"document": "B115768"},
        {"predicates": ["potentiates", "increases", "activates", "produces"]},
        {"undirected": True},
    ],
    ids=lambda which: next(iter(which)),
)
def test_a_query_keeps_to_the_choice_of_claims(graph, which):
    arrows = graph.arrows(**which)
    paths = [path for ends in PAIRS for path in graph.paths(*ends, max_length=3, arrows=arrows)[:20]]
    assert paths
    for path in paths:
        assert found_by(graph, as_sparql(graph.graph, path, arrows.which)) == claims_of(path)


def test_rdflib_answers_the_same(graph):
    data = RdfGraph()
    data.parse(data=graph.export("turtle"), format="turtle")
    data.parse(ROOT / "ontology" / "mechanisms.ttl")
    path = graph.paths("igmesine", "cGMP")[1]
    rows = data.query(as_sparql(graph.graph, path))
    assert {(int(row.step), str(row.claim).removeprefix(IRI)) for row in rows} == claims_of(path)


@pytest.mark.parametrize("max_length", [1, 2, 3])
@pytest.mark.parametrize("ends", PAIRS[:6], ids=" to ".join)
def test_one_query_finds_all_paths_of_bounded_length(graph, ends, max_length):
    answer = graph.query(all_as_sparql(*ends, max_length))
    found = [tuple(name.removeprefix("kg:") for name in row.values() if name is not None) for row in answer]
    assert len(found) == len(set(found))
    assert set(found) == {path.nodes for path in graph.paths(*ends, max_length=max_length)}


def test_one_query_for_all_paths_has_its_limits():
    with pytest.raises(ValueError, match="1 to 4 steps"):
        all_as_sparql("igmesine", "cgmp", 5)
    with pytest.raises(ValueError, match="along the arrows"):
        all_as_sparql("igmesine", "cgmp", 2, Which(undirected=True))


def run(*args, code=0):
    result = CliRunner().invoke(main, ["paths", *args], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_the_command_prints_a_query_for_each_path_it_shows(graph):
    told = run("igmesine", "cGMP", "-k", "3", "--as-sparql").stdout
    queries = ["# igmesine →" + part for part in told.split("# igmesine →")[1:]]
    paths = graph.paths("igmesine", "cGMP")[:3]
    assert [found_by(graph, query) for query in queries] == [claims_of(path) for path in paths]


def test_the_command_prints_one_query_for_all_paths(graph):
    told = run("igmesine", "cGMP", "--max-length", "2", "--as-one-sparql").stdout
    assert len(graph.query(told)) == len(graph.paths("igmesine", "cGMP", max_length=2))
    assert "1 to 4 steps" in run("igmesine", "cGMP", "--as-one-sparql", code=2).stderr
