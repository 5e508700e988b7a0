"""Salts merged into their base drug: nothing said of a salt is lost, and nothing else changes."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.merging import merge_salts

FORMS = {"imipramine-hydrochloride": "imipramine", "igmesine-hydrochloride": "igmesine"}


@pytest.fixture(scope="module")
def merged():
    return kg.load(merge_salts=True)


def test_forms_are_gone_and_their_names_find_the_base(graph, merged):
    assert set(graph.entities) - set(merged.entities) == set(FORMS)
    for form, base in FORMS.items():
        for name in (form, graph.entities[form].name, *graph.entities[form].synonyms):
            assert merged.entity(name).id == base
    assert "CAS:113-52-0" not in merged.entity("imipramine").xrefs


def test_values_go_to_the_base_and_keep_the_name_of_the_form(graph, merged):
    assert len(merged.measurements()) == len(graph.measurements())
    for before, after in zip(graph.measurements(), merged.measurements(), strict=True):
        assert (after.form, after.id, after.quantity) == (None, before.id, before.quantity)
        assert after.qualifiers.form == (graph.entities[before.form].name if before.form else None)


def test_only_form_of_disappears(graph, merged):
    before = {row.id for row in graph.statements()}
    assert before - {row.id for row in merged.statements()} == {f"{f}.form_of.{b}" for f, b in FORMS.items()}


def test_everything_else_is_still_there(graph, merged):
    assert [found.document for found in merged.coverage()] == [found.document for found in graph.coverage()]
    assert not any(found.unread for found in merged.coverage())
    assert merged.workflows == graph.workflows
    assert list(merged.protocols) == list(graph.protocols)
    named = {name for row in merged.protocols.values() for name in (*row.drugs, *row.targets)}
    named |= {item.entity for row in merged.protocols.values() for item in row.materials}
    assert named - {None} <= set(merged.entities)


def test_merging_twice_is_merging_once(graph):
    once = merge_salts(graph.graph.knowledge)
    assert merge_salts(once) == once
    assert merge_salts(kg.model.KnowledgeBase()) == kg.model.KnowledgeBase()


OWN = """\
document: {id: my-paper, title: A paper, kind: primary paper}
passages:
  - at: {section: Results}
    statements:
      - {subject: imipramine, predicate: binds, object: bdnf}
      - {id: salt, subject: imipramine-hydrochloride, predicate: binds, object: bdnf}
      - {id: weak, subject: imipramine-hydrochloride, predicate: binds, object: bdnf, strength: weak}
    measurements:
      - {drug: imipramine-hydrochloride, target: bdnf, parameter: Kd, value: 5, unit: nM}
mechanisms:
  - {id: mine, title: Mine, statements: [salt, weak, imipramine-hydrochloride.form_of.imipramine],
     compartments: [{compartment: cytosol, entities: [imipramine, imipramine-hydrochloride, bdnf]}]}
conflicts:
  - {id: same, kind: sign, topic: Base against salt, sides: [salt, imipramine.binds.bdnf]}
  - {id: other, kind: sign, topic: Weak or not, sides: [salt, weak]}
"""


def test_claims_that_become_equal_are_one_with_all_evidence(write):
    merged = kg.load(write(OWN), cache=False, merge_salts=True)
    claims = merged.statements(subject="imipramine", predicate="binds", object="BDNF")
    assert [claim.id for claim in claims] == ["imipramine.binds.bdnf", "weak"]
    assert [place.note for place in claims[0].evidence] == [None, "Said of imipramine hydrochloride."]
    mine = merged.mechanisms["mine"]
    assert mine.statements == ("imipramine.binds.bdnf", "weak")
    assert mine.compartments[0].entities == ("imipramine", "bdnf")
    (value,) = merged.measurements(target="BDNF")
    assert (value.drug, value.qualifiers.form) == ("imipramine", "imipramine hydrochloride")
    curated = {conflict.id: conflict.sides for conflict in merged.conflicts()}
    assert curated["other"] == ("imipramine.binds.bdnf", "weak")
    assert "same" not in curated


def test_every_face_of_the_merged_graph_works(merged):
    assert merged.export("turtle")
    assert not merged.query("ASK { ?a kgo:form_of ?b }")
    answer = merged.query("SELECT DISTINCT ?named { ?value kgo:drug kg:imipramine ; kgo:named_form ?named }")
    assert answer.rows == (("imipramine hydrochloride",),)
    assert merged.view("igmesine-nmda-mechanism").svg


def test_the_command_line_merges_on_request():
    found = CliRunner().invoke(main, ["measurements", "--merge-salts", "--drug", "imipramine HCl"]).stdout
    assert "B10784792" in found
    shown = json.loads(
        CliRunner().invoke(main, ["show", "imipramine HCl", "--merge-salts", "--format", "json"]).stdout
    )
    assert shown["id"] == "imipramine"


def test_what_compares_a_salt_with_its_base_says_nothing_any_more(write):
    path = write(
        "documents: [{id: example-paper, title: An example, kind: primary paper}]\n"
        "statements:\n"
        "  - {subject: imipramine-hydrochloride, predicate: more_potent_at, object: sert, than: imipramine,\n"
        "     evidence: [{document: example-paper, at: {section: Results}}]}\n"
    )
    name = "imipramine-hydrochloride.more_potent_at.sert.imipramine"
    assert name in kg.load(path).graph.statements
    assert name not in kg.load(path, merge_salts=True).graph.statements
