"""The command line: each command's help, JSON fields, exit codes, colours, pipes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import KG, ROOT

from kg.cli import COMMANDS, main


def run(*args: str, code: int = 0, text: str | None = None) -> str:
    result = CliRunner().invoke(main, args, input=text)
    assert result.exit_code == code, result.output
    return result.stdout


def rows(*args: str) -> list[dict]:
    return json.loads(run(*args, "--format", "json"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_that_runs(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.yaml").write_text("entities: []\n")
    (tmp_path / "my-paper.txt").write_text("Results\n\nImipramine binds SERT.\n")
    (tmp_path / "edges.tsv").write_text("subject\tpredicate\tobject\na\tactivates\tb\n")
    (tmp_path / "papers").mkdir()
    (tmp_path / "counts.csv").write_text("concentration,counts\n1,99\n10,90\n30,52\n90,21\n900,9\n")
    (tmp_path / "table.csv").write_text(run("measurements", "--drug", "imipramine", "--format", "csv"))
    text = run(name, "--help")
    example = re.search(r"Example:\s+(.+)", text, re.DOTALL)
    assert example, text
    if name in ("completion", "serve"):  # what serves, serves until it is told to stop: `test_serving`
        return
    words = " ".join(example[1].split()).replace("my-claims/", ".").removeprefix("kg ").split(" > ")[0]
    import shlex

    run(*shlex.split(words), code=1 if name == "verify" else 0)  # the folder has none of the documents


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says_of_itself(name):
    command = main.get_command(click.Context(main), name)
    assert command.name == name
    assert command.help


def test_no_option_takes_a_number_of_which_every_comparison_is_false():
    found = 0
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        for one in (command, *getattr(command, "commands", {}).values()):
            for option in (param for param in one.params if isinstance(param.type, click.FloatRange)):
                for text in ("nan", "inf"):
                    with pytest.raises(click.BadParameter):
                        option.type.convert(text, option, None)
                found += 1
    assert found > 5


def test_help_lists_every_command():
    text = run("--help")
    assert all(f"  {name} " in text for name in COMMANDS)


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"kg {name}" not in readme] == []


STATEMENT = [
    "id",
    "subject",
    "predicate",
    "object",
    "sign",
    "polarity",
    "certainty",
    "basis",
    "document",
    "locator",
    "source",
]
MEASUREMENT = [
    "id",
    "drug",
    "target",
    "parameter",
    "relation",
    "value",
    "low",
    "high",
    "error",
    "unit",
    "species",
    "preparation",
    "ligand",
    "document",
    "locator",
    "source",
]


def test_json_fields_are_the_promised_ones():
    claim = rows("statements", "--subject", "igmesine")[0]
    assert [field for field in STATEMENT if field not in claim] == []
    assert re.fullmatch(r"seeds/.+\.yaml:\d+", claim["source"])
    value = rows("measurements", "--drug", "imipramine")[0]
    assert [field for field in MEASUREMENT if field not in value] == []
    path = rows("paths", "igmesine", "cGMP")[0]
    assert [field for field in ("nodes", "steps", "sign", "length", "basis") if field not in path] == []
    conflict = rows("conflicts")[0]
    assert [f for f in ("id", "kind", "topic", "sides", "fold", "verdict") if f not in conflict] == []


def test_source_is_the_line_where_the_claim_stands():
    for claim in rows("statements"):
        name, _, line = claim["source"].rpartition(":")
        block = (ROOT / name).read_text("utf-8").splitlines()[int(line) - 1 :][:4]
        assert claim["subject"] in "\n".join(block), claim["id"]


def test_numbers_in_json_are_numbers_and_bounds_stay_bounds():
    (value,) = rows("measurements", "--drug", "imipramine", "--target", "DAT", "--document", "B1671792")
    assert (value["relation"], value["value"], value["unit"]) == (">", 10000, "nM")
    (igmesine,) = rows("measurements", "--drug", "igmesine", "--target", "sigma-1", "--document", "B115768")
    assert (igmesine["value"], igmesine["error"]) == (39, 8)


def test_filters_combine():
    found = rows("statements", "--document", "b115768", "--polarity", "negated")
    assert found
    assert {row["polarity"] for row in found} == {"negated"}
    assert all("B115768" in {e["document"] for e in row["evidence"]} for row in found)


def test_names_are_found_as_people_write_them():
    ids = {
        json.loads(run("show", name, "--format", "json"))["id"]
        for name in ("σ1", "SIGMA-1", "sigma-1 receptor")
    }
    assert ids == {"sigma-1-receptor"}


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["show", "igmesin"], 2, "igmesine"),
        (["shwo", "igmesine"], 2, "show"),
        (["statements", "--predicate", "inhibts"], 2, "inhibits"),
        (["query", "--text", "SELECT nothing"], 2, "line 1, column 15"),
        (["query", "--text", "SELECT * { ?a kog:inhibits ?b }"], 2, "kgo"),
        (["query"], 2, "FILE"),
        (["query", "nowhere.rq"], 2, "nowhere.rq"),
        (["view", "nothing", "-o", "x.html"], 2, "no mechanism"),
        (["paths", "igmesine", "cGMP", "--max-length", "0"], 2, "max-length"),
        (["info", "--data", "missing.yaml"], 1, "KG110"),
    ],
)
def test_wrong_usage_is_told_with_the_right_one(args, code, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, args)
    assert result.exit_code == code
    assert told in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_a_search_in_vain_names_what_is_spelt_alike():
    told = CliRunner().invoke(main, ["search", "sigma receptr"])
    assert "nothing found for 'sigma receptr'; in the graph: sigma receptors or" in told.stderr
    assert CliRunner().invoke(main, ["search", "zzzz"]).stderr == "nothing found for 'zzzz'\n"


def test_an_output_that_cannot_be_written_is_one_message(tmp_path):
    (tmp_path / "taken").write_text("")
    result = CliRunner().invoke(main, ["build", "-o", str(tmp_path / "taken" / "out")])
    assert result.exit_code == 1
    assert "cannot write" in result.stderr


def test_a_query_may_come_from_a_file_or_a_pipe(tmp_path):
    sparql = "SELECT ?t { kg:igmesine kgo:agonist_of ?t }"
    (tmp_path / "q.rq").write_text(sparql)
    expected = [{"t": "kg:sigma-1-receptor"}]
    assert json.loads(run("query", str(tmp_path / "q.rq"), "--format", "json")) == expected
    assert json.loads(run("query", "-", "--format", "json", text=sparql)) == expected
    assert run("query", "--text", sparql, "--format", "csv") == "t\nkg:sigma-1-receptor\n"
    assert run("query", "--text", "ASK { kg:igmesine ?p ?o }") == "yes\n"
    assert "kgo:agonist_of" in run("query", "--text", "CONSTRUCT WHERE { kg:igmesine kgo:agonist_of ?t }")


OWN = """\
entities: [{id: my-drug, name: my drug, category: Drug}]
documents: [{id: my-paper, title: My paper, kind: primary paper}]
statements:
  - subject: my-drug
    predicate: antagonist_of
    object: sigma-1-receptor
    evidence: [{document: my-paper, at: {section: Results}}]
"""


def test_own_data_joins_the_shipped_graph_or_stands_alone(write):
    path = str(write(OWN))
    found = rows("statements", "--object", "sigma-1", "--subject", "my drug", "--data", path)
    assert [row["source"] for row in found] == [f"{path}:4"]
    before = json.loads(run("--data", path, "search", "my drug", "--format", "json"))
    assert [row["id"] for row in before] == ["my-drug"]
    alone = CliRunner().invoke(main, ["check", "--only-data", "--data", path])
    assert alone.exit_code == 1
    assert "KG302" in alone.stdout


def test_an_empty_path_is_refused_and_undecodable_names_are_printed(tmp_path):
    result = CliRunner().invoke(main, ["info", "--data", ""])
    assert result.exit_code == 2
    assert "the path is empty" in result.stderr
    odd = tmp_path / os.fsdecode(b"\xff.yaml")
    odd.write_text("entities: [")
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--format", "json"])
    assert json.loads(result.stdout)[0]["file"].endswith("\\xff.yaml")


def test_a_long_line_is_shown_around_the_fault(write):
    path = str(write("entities: [" + "{id: x-one, name: x-one, category: Drug}, " * 20 + "{id: y}]\n"))
    lines = CliRunner().invoke(main, ["check", path]).stdout.splitlines()
    shown, caret = [pair for pair in pairwise(lines) if "{id: y}" in pair[0]][-1]
    assert shown[caret.index("^")] == "{"
    assert len(shown) < 160


def test_a_full_disk_is_one_message():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*KG, "statements"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_a_long_query_can_be_interrupted():
    sparql = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    running = subprocess.Popen(
        [*KG, "query", "--text", sparql],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=20) != 0


def test_a_pipe_sees_no_colour_and_a_terminal_may_refuse_it(monkeypatch):
    args = ["statements", "--subject", "igmesine"]
    assert "\x1b" not in run(*args)
    assert "\x1b" in CliRunner().invoke(main, args, color=True).stdout
    assert "\x1b" not in CliRunner().invoke(main, [*args, "--no-color"], color=True).stdout
    bad = ["info", "--no-color", "--data", "missing.yaml"]
    assert "\x1b" not in CliRunner().invoke(main, bad, color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in CliRunner().invoke(main, args, color=True).stdout


def test_a_closed_pipe_is_no_traceback():
    command = " ".join(f"'{word}'" if " " not in word else f'"{word}"' for word in [*KG, "statements"])
    done = subprocess.run(
        f"{command} | head -n 1", shell=True, capture_output=True, text=True, cwd="/", check=True
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_text_from_the_data_cannot_steer_the_terminal(write):
    evil = OWN.replace("my drug", "my \u202edrug\u200b")
    text = run("search", "my", "--data", str(write(evil)))
    assert "\u202e" not in text
    assert "\\u202e" in text


def test_github_annotations_are_well_formed(write):
    path = str(write("entities:\n  - {id: 'a b', name: 50%, category: Drug}\n"))
    result = CliRunner().invoke(main, ["check", path, "--format", "github"])
    assert result.exit_code == 1
    (line,) = [line for line in result.stdout.splitlines() if path in line]
    assert re.fullmatch(rf"::error file={re.escape(path)},line=2,col=\d+,title=KG204::[^\n]+", line)


def test_strict_counts_warnings(write):
    path = str(write("entities: [{id: alone, name: alone, category: Drug}]\n"))
    assert CliRunner().invoke(main, ["check", path]).exit_code == 0
    assert CliRunner().invoke(main, ["check", path, "--strict"]).exit_code == 1


def test_build_writes_every_format_and_twice_the_same_bytes(tmp_path, graph):
    for folder in ("one", "two"):
        run("build", "-o", str(tmp_path / folder))
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted(
        [
            "graph.ttl",
            "graph.trig",
            "graph.jsonld",
            "graph.graphml",
            "nanopublications.trig",
            "statements.rdf12.ttl",
            "atlas.html",
            "explorer.html",
            *(f"{name}.html" for name in (*graph.mechanisms, *graph.workflows)),
        ]
    )
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell):
    assert "_KG_COMPLETE" in run("completion", shell)


def test_the_shell_completes_entities():
    env = os.environ | {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": "kg paths igm", "COMP_CWORD": "2"}
    done = subprocess.run(KG, env=env, capture_output=True, text=True, check=False)
    assert "plain,igmesine" in done.stdout.splitlines()


def test_the_demo_writes_its_page_and_names_it_last(tmp_path):
    page = tmp_path / "demo.html"
    lines = run("demo", "-o", str(page)).splitlines()
    assert Path(lines[-1]) == page
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "<title>Igmesine and NMDA receptor signalling</title>" in page.read_text("utf-8")
    text = "\n".join(lines)
    for word in ("igmesine ─⊣ cGMP", "B115768", "net sign", "SELECT", "15.8-fold"):
        assert word in text
