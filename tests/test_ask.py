"""`kg query`: questions by name, values as terms, every form of answer, files whole, nothing left running."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import KG
from rdflib import Graph
from rdflib.query import Result

import kg
from kg.cli import main
from kg.sparql import Table
from kg.sparql.library import read_question
from kg.sparql.values import term_of
from kg.sparql.writing import FORMS

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BELOW = ("targets-below", "--drug", "imipramine", "--ki", "10nM")


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["query", *args])
    assert result.exit_code == code, result.output
    return result.stdout


def told(*args: str, code: int) -> str:
    result = CliRunner().invoke(main, ["query", *args])
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    return result.stderr


def test_a_question_is_asked_by_name_with_values(graph):
    rows = json.loads(run(*BELOW, "--format", "json"))
    assert rows == json.loads(run("targets-below", "--ki=0.01 µmol/L", "--format", "json"))
    values = [
        row for row in graph.measurements(drug="imipramine", parameter="Ki") if row.quantity.relation == "="
    ]
    assert sorted(Decimal(str(row["nM"])) for row in rows) == sorted(
        value.quantity.value for value in values if value.unit == "nM" and value.quantity.value < 10
    )
    assert len(json.loads(run("acts-on", "--subject", "any", "--format", "json"))) > 200


def test_the_library_lists_its_parameters(graph):
    assert "targets-below\n" in run("--list")
    assert "    --ki CONCENTRATION (default 10 nM)\n" in run("--list")
    listed = json.loads(run("--list", "--format", "json"))
    assert [row["name"] for row in listed] == [known.name for known in graph.questions()]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["targets-belo"], "targets-below"),
        (["targets-below", "--drg", "x"], "drug"),
        (["targets-below", "--drug", "imipramin"], "imipramine"),
        (["targets-below", "--ki", "10 nN"], "nM"),
        (["targets-below", "--ki", "ten"], "10 nM"),
        (["targets-below", "--ki", "1" * 40 + " nM"], "number"),
        (["targets-below", "--ki", "-1 nM"], "negative"),
        (["targets-below", "--ki"], "needs a value"),
        (["targets-below", "imipramine"], "--NAME VALUE"),
        (["of-category", "--category", "ion chanel"], "IonChannel"),
        (["claims-with", "--predicate", "inhibts"], "inhibits"),
        (["claims-with", "--documents", "2.5"], "whole number"),
        (["hedged-claims", "--document", "B11576"], "B115768"),
        (["--tiemout", "3", "acts-on"], "--tiemout"),
        (["--text", "ASK {}", "--memry", "3"], "no such option"),
        (["acts-on", "--memory", "much"], "2G"),
        (["acts-on", "-o", "x.pptx"], ".csv"),
        (["acts-on", "--format", "turtle"], "sparql-json"),
        (["--text", "DESCRIBE kg:igmesine", "--format", "csv"], "turtle"),
    ],
)
def test_what_is_wrong_is_told_with_what_was_meant(args, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert message in told(*args, code=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        '") } } DELETE { ?s ?p ?o } #',
        "'}\n SERVICE <http://x/> { ?s ?p ?o }",
        "\\",
        "é\u202e ?x <y> {",
        '"""',
        "any",
    ],
)
def test_a_value_is_a_term_and_never_query_text(graph, text):
    sparql = graph.question("names-with", {"part": text})
    assert "VALUES (?part) { (" in sparql
    (row,) = graph.query(
        sparql.replace("SELECT DISTINCT ?entity ?name", "SELECT DISTINCT ?part").replace("FILTER", "#")
    )
    assert row["part"] == text
    assert graph.ask("names-with", part=text) == graph.query(sparql)
    for name in ("drug", "ki"):
        with pytest.raises(kg.KgError):
            graph.ask("targets-below", **{name: text if text != "any" else text + ">"})


def test_values_are_exact(graph):
    for written, nanomolar in (
        ("0.1 M", "100000000"),
        ("2.50 µM", "2500"),
        ("1 pM", "0.001"),
        ("3e-2 nM", "0.03"),
    ):
        assert term_of(graph.graph, "concentration", written).value == nanomolar


@pytest.mark.parametrize("written", ["10", "1.5", "nM", "10 1 nM"])
def test_a_number_alone_is_no_concentration(graph, written):
    with pytest.raises(ValueError, match="is no concentration such as 10 nM"):
        term_of(graph.graph, "concentration", written)


def test_values_go_into_the_query_s_own_where(graph):
    text = "# Which?\n# drug: entity = imipramine\nCONSTRUCT { ?drug a ?k } WHERE { { SELECT * WHERE { ?drug a ?k } } }"
    sparql = read_question("x", text).with_values(graph.graph, {})
    assert sparql.startswith("CONSTRUCT { ?drug a ?k } WHERE {\n  VALUES (?drug)")
    remark = "# Which?\nSELECT * WHERE {\n# drug: entity = imipramine\n?s ?p ?o }"
    assert read_question("x", remark).with_values(graph.graph, {}) == remark.removeprefix("# Which?\n") + "\n"
    with pytest.raises(ValueError, match="unknown type"):
        read_question("x", "# Which?\n# drug: thing = imipramine\nASK {}")


SELECT = "SELECT ?s ?n ?l ?none { ?s kgo:pmid ?l ; kgo:source_line ?n } ORDER BY ?s"


def test_every_form_of_a_table_has_the_same_rows(graph):
    expected = graph.query(SELECT)
    assert isinstance(expected, Table)
    shown = [["" if value is None else str(value) for value in row] for row in expected.rows]
    for form, mark in (("csv", ","), ("tsv", "\t")):
        read = list(csv.reader(io.StringIO(run("--text", SELECT, "--format", form)), delimiter=mark))
        assert read == [list(expected.variables), *shown]
    assert json.loads(run("--text", SELECT, "--format", "json")) == list(expected)
    for form, name in (("sparql-json", "json"), ("xml", "xml")):
        result = Result.parse(io.BytesIO(run("--text", SELECT, "--format", form).encode()), format=name)
        assert [int(row.n) for row in result] == [row["n"] for row in expected]
        assert str(next(iter(result)).s).startswith("https://")
    assert json.loads(run("--text", "SELECT ?x { ?x kgo:none ?y }", "--format", "json")) == []


@pytest.mark.parametrize(("form", "answer"), [("table", "yes\n"), ("csv", "yes\n"), ("json", "true\n")])
def test_yes_and_no_are_said(form, answer):
    assert run("--text", "ASK { kg:igmesine ?p ?o }", "--format", form) == answer


def test_every_form_of_triples_has_the_same_graph(tmp_path):
    expected = None
    for form, parser in (
        ("ttl", "turtle"),
        ("nt", "nt"),
        ("jsonld", "json-ld"),
        ("xml", "xml"),
        ("trig", "trig"),
    ):
        path = tmp_path / f"x.{form}"
        assert run("--text", "CONSTRUCT WHERE { ?s kgo:inhibits ?o }", "-o", str(path)) == f"{path}\n"
        found = set(Graph().parse(path, format=parser))
        expected = expected or found
        assert found == expected != set()
    assert {form.name for form in FORMS if form.triples and not form.tables} == {
        "turtle",
        "n-triples",
        "trig",
        "json-ld",
    }


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "answer.csv"
    run(*BELOW, "-o", str(path))
    before = path.read_bytes()
    assert before.startswith(b"target,nM,species,document\n")
    late = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert "stopped" in told("--text", late, "-o", str(path), "--timeout", "1", code=1)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_limits_are_kept_and_said():
    assert "0.5 s" in told("--text", ENDLESS, "--timeout", "0.5", code=1)
    if sys.platform == "linux":
        wide = " ".join(f"BIND(CONCAT({', '.join([f'?x{n}'] * 8)}) AS ?x{n + 1})" for n in range(11))
        hungry = f"SELECT (STRLEN(?x11) AS ?n) {{ kg:igmesine rdfs:label ?x0 {wide} }}"
        assert "memory" in told("--text", hungry, "--memory", "100M", code=1)


def test_unknown_names_are_hinted_on_standard_error():
    result = CliRunner().invoke(
        main, ["query", "--text", "SELECT ?p ?o { kg:igmesin ?p ?o }", "--format", "csv"]
    )
    assert (result.exit_code, result.stdout) == (0, "p,o\n")
    assert "`kg:igmesine`" in result.stderr


def test_a_service_must_be_allowed_by_name():
    sparql = "SELECT * { SERVICE <http://127.0.0.1:54321/> { ?s ?p ?o } }"
    assert "not allowed" in told("--text", sparql, code=2)
    assert "not allowed" not in told("--text", sparql, "--allow-service", "http://127.0.0.1:54321/", code=2)


def test_an_explanation_shows_text_algebra_and_times():
    text = run(*BELOW, "--explain")
    assert "PREFIX kgo: <https://w3id.org/drug-mechanisms/ontology#>" in text
    assert "VALUES (?drug ?ki) { (<https://w3id.org/drug-mechanisms/imipramine>" in text
    assert "Filter ?nM < ?ki" in text
    assert "?value kgo:drug ?drug" in text
    assert f"rows                               {len(json.loads(run(*BELOW, '--format', 'json')))}\n" in text


def test_every_question_of_the_library_has_an_algebra(graph):
    from kg.sparql.explaining import algebra_of

    for known in graph.questions():
        found = algebra_of(graph.question(known.name), graph.graph.vocabulary.prefixes)
        assert found and "BGP" in found and "CompValue" not in found, known.name


def children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_who_is_ended_leaves_no_process_running(end):
    running = subprocess.Popen(
        [*KG, "query", "--text", ENDLESS],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while not (found := children(running.pid)) and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(2)
    running.send_signal(end)
    assert running.wait(timeout=10) != 0
    (worker,) = found
    until = time.monotonic() + 20
    while Path(f"/proc/{worker}").exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not Path(f"/proc/{worker}").exists() or "Z" in Path(f"/proc/{worker}/stat").read_text().split()[2]


def test_rows_come_before_the_last_is_found():
    """A query whose rows never end still prints its first ones."""
    sparql = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    running = subprocess.Popen([*KG, "query", "--text", sparql, "--format", "csv"], stdout=subprocess.PIPE)
    assert running.stdout.readline() == b"a,d,g\n"
    assert running.stdout.readline().count(b",") == 2
    running.stdout.close()
    assert running.wait(timeout=30) is not None
