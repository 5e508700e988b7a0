"""Every rule reports its own example, is silent on the repaired one, and prints what the snapshot holds."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from snapshot import assert_snapshot

import kg
from kg.catalogue import RULE, RULES
from kg.cli import main

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BYTES = {
    "KG107": b"entities: \xff\n",
    "KG108": b"entities: []\0\n",
}


def problems_in(path: Path) -> list[kg.Problem]:
    return [problem for problem in kg.check(path) if problem.file == str(path)]


EXAMPLES = {rule.code: BYTES.get(rule.code, rule.example) for rule in RULES}


@pytest.mark.parametrize("code", [code for code, example in EXAMPLES.items() if example])
def test_a_rule_reports_its_example_and_nothing_else(code, write):
    assert [problem.code for problem in problems_in(write(EXAMPLES[code]))] == [code]


def test_rules_without_an_example_are_those_about_the_file_itself():
    assert {code for code, example in EXAMPLES.items() if not example} == {"KG106", "KG110"}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.repair], ids=lambda rule: rule.code)
def test_the_repaired_example_has_no_problem(rule, write):
    assert [str(problem) for problem in problems_in(write(rule.repair))] == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.example], ids=lambda rule: rule.code)
def test_what_check_prints_is_as_reviewed(rule, write, monkeypatch):
    path = write(rule.example)
    monkeypatch.chdir(path.parent)
    result = CliRunner().invoke(main, ["check", path.name])
    assert result.exit_code == (1 if rule.severity == "error" else 0)
    assert_snapshot(f"rules/{rule.code}.txt", result.stdout)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule):
    result = CliRunner().invoke(main, ["rule", rule.code.lower()])
    assert result.exit_code == 0
    for text in (rule.code, rule.checks, rule.why, rule.fix):
        assert text in result.stdout


def test_every_code_in_the_source_is_in_the_catalogue_and_the_other_way_round():
    sources = (Path(kg.__file__).parent).rglob("*.py")
    used = {
        code
        for path in sources
        if path.parent.name != "catalogue"
        for code in re.findall(r'"(KG\d{3})"', path.read_text("utf-8"))
    }
    assert used == set(RULE)


def test_an_unknown_code_names_the_nearest():
    result = CliRunner().invoke(main, ["rule", "KG3022"])
    assert result.exit_code == 2
    assert "KG302" in result.stderr


HOSTILE = {
    "laughs.yaml": (LAUGHS.encode(), "KG104"),
    "deep.yaml": (b"[" * 100_000, "KG105"),
    "braces.yaml": (b"{a: " * 100_000, "KG105"),
    "latin1.yaml": ("name: µ".encode("latin-1"), "KG107"),
    "nul.yaml": (b"a\0b: 1\n", "KG108"),
    "tag.yaml": (b"a: !!python/object/apply:os.system ['touch hacked']\n", "KG109"),
}


def test_hostile_files_get_one_problem_each_and_the_others_are_still_checked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    (folder / "folder.yaml").mkdir(parents=True)
    for name, (data, _) in HOSTILE.items():
        (folder / name).write_bytes(data)
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(200 * 2**20)
    (folder / "zz-last.yaml").write_text("entities:\n  - {id: x, name: x, category: Drugs}\n")
    start = time.process_time()
    problems = [
        problem for problem in kg.check("data", "missing.yaml") if not problem.file.startswith("seeds")
    ]
    taken = time.process_time() - start
    expected = {f"data/{name}": code for name, (_, code) in HOSTILE.items()}
    expected |= {"data/folder.yaml": "KG110", "data/huge.yaml": "KG106", "missing.yaml": "KG110"}
    assert {p.file: p.code for p in problems if p.file != "data/zz-last.yaml"} == expected
    assert "KG307" in {p.code for p in problems if p.file == "data/zz-last.yaml"}
    assert len(problems) == len(expected) + 2  # the last file's entity is also an orphan
    assert not (tmp_path / "hacked").exists()
    assert taken < 2


def test_all_problems_of_all_files_come_sorted_in_one_run(tmp_path):
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / name).write_text(
            "entities:\n  - {id: 1 2, name: x, category: Drug}\n  - {id: y}\nfoo: bar\n"
        )
    found = [p for p in kg.check(tmp_path) if p.file.startswith(str(tmp_path))]
    assert found == sorted(found)
    assert [p.code for p in found] == ["KG204", "KG203", "KG203", "KG201"] * 2


def test_a_bad_row_does_not_take_its_neighbours_with_it(write):
    path = write(
        "entities:\n"
        "  - {id: good-one, name: good one, category: Drug}\n"
        "  - {id: bad one, name: x, category: Drug}\n"
        "statements:\n  - {subject: good-one, predicate: activates, object: nowhere, basis: background,\n"
        "     evidence: [{document: B115768, at: {section: Abstract}}]}\n"
    )
    assert [p.code for p in problems_in(path)] == ["KG204", "KG302"]


def test_what_names_an_unsound_row_is_not_blamed_for_it(write):
    path = write(
        "document: {id: my-guide, title: Guide, kind: reviw}\n"
        "entities: [{id: my-drug, nam: my drug, category: Drug}]\n"
        "passages:\n"
        "  - at: {section: Abstract}\n"
        "    statements: [{subject: my-drug, predicate: activates, object: bdnf}]\n"
    )
    assert [p.code for p in problems_in(path)] == ["KG202", "KG203", "KG201"]


@pytest.mark.parametrize("name", ["B115768.ref.1", "igmesine.modulates.bdnf.evidence.1", "background"])
def test_names_that_the_graph_makes_itself_are_reserved(name, write):
    path = write(
        f"entities: [{{id: {name}, name: x-name, category: Drug}}]\n"
        f"documents: [{{id: example-paper, title: An example, kind: review, about: [{name}]}}]\n"
    )
    assert [p.code for p in problems_in(path)] == ["KG301"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("statements: [{subject: igmesine, predicate: modulates, object: bdnf, at: {section: S}, refs: [3]}]",
         ["KG305"]),
        ("document: {id: d, title: T, kind: review}\n"
         "statements: [{subject: igmesine, predicate: modulates, object: bdnf, at: {section: S}, refs: [3]}]",
         ["KG310"]),
        ("conflicts: [{id: c, kind: sign, topic: t, sides: [igmesine.decreases.cgmp, igmesine.decreases.cgmp]}]",
         ["KG202"]),
        ("mechanisms: [{id: m, title: M, statements: [], main_chain: [igmesine.decreases.cgmp]}]", ["KG308"]),
        ("mechanisms: [{id: m, title: M, statements: [], compartments: ["
         "{compartment: cytosol, within: nucleus}, {compartment: nucleus, within: cytosol}]}]",
         ["KG309", "KG309"]),
        ("", []),
        ("# only a comment\n", []),
    ],
)  # fmt: skip
def test_further_mistakes_are_met(text, codes, write):
    assert [p.code for p in problems_in(write(text))] == codes


def test_the_place_and_references_of_a_lone_statement_are_kept(write):
    path = write(
        "document: {id: my-guide, title: T, kind: review, references: [{number: 3, title: x}]}\n"
        "statements: [{subject: igmesine, predicate: modulates, object: bdnf, at: {section: S}, refs: [3]}]\n"
    )
    (claim,) = kg.load(path).statements(document="my-guide")
    assert (str(claim.evidence[0].locator), claim.evidence[0].references) == ("section “S”", (3,))


def test_a_file_named_twice_is_read_once(write, monkeypatch):
    path = write("entities: [{id: x-one, name: x-one, category: Drug}]\n")
    monkeypatch.chdir(path.parent)
    codes = [p.code for p in kg.check(path, "data.yaml", path.parent, ".") if "data.yaml" in p.file]
    assert codes == ["KG504"]


def test_a_folder_without_yaml_is_told(tmp_path):
    (tmp_path / ".hidden.yaml").write_text("entities: [")
    (problem,) = kg.check(tmp_path)
    assert problem.code == "KG110"


def test_letter_case_of_the_extension_does_not_matter(tmp_path):
    (tmp_path / "A.YAML").write_text("entities: [")
    (problem,) = kg.check(tmp_path)
    assert problem.code == "KG101"


def test_unsound_rows_can_be_left_out(write):
    path = write(
        "entities:\n  - {id: x-one, name: x-one, category: Drug}\n  - {id: bad one, name: y, category: Drug}\n"
    )
    graph = kg.load(path, strict=False)
    assert graph.entity("x-one").category == "Drug"
    assert {p.code for p in graph.problems} == {"KG204", "KG504"}


def test_a_misspelt_name_is_met_with_the_right_one(write):
    text = RULE["KG302"].example
    (problem,) = problems_in(write(text))
    assert problem.hint == "did you mean `igmesine`?"
    assert problem.excerpt.strip() == "- subject: igmesin"
    assert (problem.line, problem.column) == (2, 14)
