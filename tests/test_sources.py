"""Which claims and values rest on weak sources, and the references that do not fit."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.sources import WEAK


def rows(*args: str) -> list[dict]:
    return json.loads(CliRunner().invoke(main, [*args, "--format", "json"]).stdout)


def weak(write, refs: str, more: str = "") -> tuple[str, ...]:
    path = write(
        "document:\n  id: my-paper\n  title: A paper\n  kind: primary paper\n  references:\n"
        "    - {number: 1, title: A study, kind: primary paper}\n"
        "    - {number: 2, title: A forum, kind: forum}\n"
        "    - {number: 3, title: A protocol, kind: method protocol}\n"
        "passages:\n"
        f"  - at: {{section: Results}}\n    refs: {refs}\n{more}"
        "    statements: [{subject: igmesine, predicate: modulates, object: bdnf}]\n"
    )
    graph = kg.load(path, cache=False)
    return graph.weakness(graph.graph.statements["igmesine.modulates.bdnf"])


@pytest.mark.parametrize(
    ("refs", "more", "told"),
    [
        ("[]", "", ()),
        ("[1]", "", ()),
        ("[3]", "", ()),
        ("[1, 2]", "", ()),
        ("[2]", "", ("my-paper cites [2] forum",)),
        (
            "[1]",
            "    misfits: [1]\n    citation: It is on mice.\n",
            ("my-paper cites [1] primary paper, does not fit: It is on mice.",),
        ),
        ("[1, 2]", "    misfits: [2]\n", ("my-paper cites [1] primary paper; [2] forum, does not fit",)),
    ],
)
def test_weak_is_what_rests_on_weak_kinds_only_or_on_a_misfit(write, refs, more, told):
    assert weak(write, refs, more) == told


def test_a_row_with_references_of_its_own_does_not_take_the_passages_remark(write):
    path = write(
        "document:\n  id: my-paper\n  title: A paper\n  kind: review\n"
        "  references: [{number: 1, title: A study, kind: review}, {number: 2, title: B, kind: review}]\n"
        "passages:\n"
        "  - at: {section: Results}\n    refs: [1]\n    misfits: [1]\n    citation: On mice.\n"
        "    statements: [{subject: igmesine, predicate: modulates, object: bdnf, refs: [2]}]\n"
        "    repeats:\n"
        "      - {claim: igmesine.agonist_of.sigma-1-receptor, note: Said of mice.}\n"
    )
    graph = kg.load(path, cache=False)
    (own,) = graph.graph.statements["igmesine.modulates.bdnf"].evidence
    assert (own.references, own.misfits, own.citation) == ((2,), (), None)
    repeat = graph.graph.statements["igmesine.agonist_of.sigma-1-receptor"].evidence[-1]
    assert (repeat.references, repeat.misfits) == ((1,), (1,))
    assert (repeat.citation, repeat.note) == ("On mice.", "Said of mice.")


def test_encyclopaedia_and_forum_values_are_weak_and_the_primary_papers_are_not(graph):
    found = {row.id for row in graph.measurements(weak_source=True)}
    assert "B10784792.venlafaxine.sert.ki" in found
    assert "B10784792.amitriptyline.sert.ki" in found
    assert "B115768.igmesine.mao-a.ic50" not in found
    said = {row.id for row in graph.statements(weak_source=True)}
    assert "igmesine.decreases.cgmp" not in said
    assert {"igmesine.agonist_of.sigma-1-receptor"} & said == set()
    assert all(row.basis == "document" for row in graph.statements(weak_source=True))


def test_the_command_line_says_why():
    found = rows("measurements", "--weak-source", "--drug", "amitriptyline", "--parameter", "Ki")
    assert len(found) == 3
    assert all("does not fit" in reason for row in found for reason in row["weak_source"])
    assert "weak_source" not in rows("measurements", "--drug", "amitriptyline")[0]
    text = CliRunner().invoke(main, ["statements", "--weak-source", "--object", "chaperones"]).stdout
    assert "weak: B115768 cites [1] primary paper, does not fit" in text
    assert {"vendor", "forum", "self", "encyclopaedia", "unknown", "database"} > WEAK
