"""Curated conflicts: what their sides may be, which kinds there are, and what only looks like one."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main


def curated(graph):
    return [conflict for conflict in graph.conflicts() if conflict.source]


def test_every_conflict_has_a_reasoned_verdict(graph):
    for conflict in curated(graph):
        assert conflict.reason, conflict.id
        assert conflict.difference, conflict.id


def test_no_conflict_that_is_found_is_left_without_a_verdict(graph):
    assert [conflict.id for conflict in graph.conflicts() if conflict.source is None] == []


def test_two_labels_name_other_compounds_than_the_text(graph):
    sides = {conflict.id: conflict.sides for conflict in curated(graph) if conflict.kind == "identity"}
    assert sides["label-azipramine"] == ("B10784792", "imipramine")
    assert sides["label-idanpramine"] == ("B1198808", "imipramine")
    for name in ("azipramine", "idanpramine"):
        assert name not in graph.entities


def test_every_reference_that_does_not_fit_is_a_side_of_a_conflict_of_citation(graph):
    disputed = {side for c in curated(graph) if c.kind == "citation" for side in c.sides}
    rows = (*graph.statements(), *graph.measurements())
    misfits = {f"{e.document}.ref.{n}" for row in rows for e in row.evidence for n in e.misfits}
    assert misfits
    assert misfits <= disputed


def test_look_alikes_are_counted_apart_and_no_comparison_finds_them(graph):
    alike = [c for c in curated(graph) if c.verdict == "no conflict"]
    assert len(alike) == graph.counts()["look-alikes"] > 5
    assert all(conflict.fold is None for conflict in alike)


def test_look_alikes_and_misfitting_citations_mark_no_arrow_as_disputed(graph):
    html = graph.view("igmesine-nmda-mechanism").html
    assert "Can a profile of igmesine be the source" not in html


@pytest.mark.parametrize("fold", [0, -1, Decimal("nan"), Decimal("inf")])
def test_a_fold_that_is_none_is_refused(graph, fold):
    with pytest.raises(ValueError, match="a fold is a finite number above zero"):
        graph.conflicts(fold=fold)


def run(*args: str) -> str:
    return CliRunner().invoke(main, ["conflicts", *args]).stdout


def test_sides_of_every_kind_are_shown():
    assert "§ B157457 [3]: The Mouse Forced Swim Test (method protocol, Can et al., 2012)" in run()
    identity = run("--kind", "identity")
    assert "labelled Azipramine)" in identity
    assert "• imipramine  seeds/entities/drugs.yaml" in identity


def test_conflicts_are_filtered_by_kind_and_verdict():
    rows = json.loads(run("--kind", "citation", "--verdict", "error", "--format", "json"))
    assert {(row["kind"], row["verdict"]) for row in rows} == {("citation", "error")}
    assert {row["id"] for row in rows} >= {"swim-test-for-binding", "d2-study-for-transporters"}


def test_a_side_that_nothing_is_called_is_told(write):
    path = write(
        "conflicts:\n  - {id: mine, kind: citation, topic: A,\n     sides: [igmesine, B157457.ref.99]}\n"
    )
    assert [problem.code for problem in kg.check(path)] == ["KG308"]


def test_a_conflict_about_the_reason_is_of_that_kind(graph):
    (conflict,) = [c for c in curated(graph) if c.kind == "reason"]
    assert conflict.id == "igmesine-discontinuation-reason"


def test_documents_and_references_are_sides_in_sparql(graph):
    answer = graph.query(
        "SELECT ?title { ?c kgo:kind 'citation' ; kgo:has_side ?r . ?r a kgo:Reference ; dcterms:title ?title }"
    )
    assert ("The Mouse Forced Swim Test",) in answer.rows


def test_conflicts_can_be_asked_for_by_what_they_are_about(graph):
    every = graph.conflicts()
    (open_one,) = graph.conflicts("igmesine.decreases.cgmp")
    assert open_one in graph.conflicts("cyclic guanosine monophosphate")
    assert open_one in graph.conflicts("B157457")
    for name in ("sert", "B1671792"):
        found = graph.conflicts(name)
        assert 0 < len(found) < len(every)
        assert found == tuple(one for one in every if one in found)


def test_an_unknown_name_is_met_with_the_nearest_when_conflicts_are_asked_for():
    result = CliRunner().invoke(main, ["conflicts", "igmesin"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean igmesine?" in result.stderr
