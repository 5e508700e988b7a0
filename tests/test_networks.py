"""Paths in edge lists: found as in a graph, sourced by lines, cached, interrupted, refused when wrong."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner
from conftest import KG

from kg import cache
from kg.cli import main
from kg.edge_networks import open_edges
from kg.engine import edgelist
from kg.problems import InvalidNetwork, UnknownName

LIST = (
    "subject\tpredicate\tobject\tsign\n"
    "Drug::igmesine\tactivates\tGene::SIGMAR1\t+\n"
    "Gene::SIGMAR1\tlowers\tcGMP\t-\n"
    "Drug::igmesine\traises\tcGMP\t+\n"
    "Drug::igmesine\tlowers\tcGMP\t-\n"
    "Gene::SIGMAR1\tregulates\tGene::GRIN1\t\n"
    "Gene::GRIN1\tdepends_on\tcGMP\t+\n"
)
ENDS = ("Drug::igmesine", "cGMP")


@pytest.fixture
def edges(write):
    return write(LIST, "edges.tsv")


def run(*args, code=0):
    result = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_every_arrow_of_a_path_names_its_line(edges):
    rows = json.loads(run("paths", *ENDS, "--network", edges, "--format", "json").stdout)
    told = [(" ".join(row["nodes"]), row["sign"]) for row in rows]
    assert told == [
        ("Drug::igmesine cGMP", "unknown"),
        ("Drug::igmesine Gene::SIGMAR1 cGMP", "-"),
        ("Drug::igmesine Gene::SIGMAR1 Gene::GRIN1 cGMP", "unknown"),
    ]
    lines = LIST.splitlines()
    for row in rows:
        for step in row["steps"]:
            for claim in step["statements"]:
                file, _, line = claim["source"].rpartition(":")
                assert file == str(edges)
                assert lines[int(line) - 1].split("\t")[:3] == [
                    claim[k] for k in ("subject", "predicate", "object")
                ]
                assert claim["evidence"][0]["source"] == claim["source"]
    assert rows[0]["conflicts"]
    assert "claims oppose each other" in rows[0]["reading"]


def test_text_and_picture_are_those_of_any_path(edges, tmp_path):
    page = tmp_path / "paths.html"
    told = run("paths", *ENDS, "--network", edges, "--html", page, "--explain-score", "--sign", "-")
    assert told.stdout.startswith("1 mechanism path from Drug::igmesine to cGMP")
    assert "edges.tsv:3" in told.stdout
    assert "hub" in told.stdout
    assert "SIGMAR1" in page.read_text("utf-8")


def test_paths_come_by_their_score_and_are_those_that_networkx_finds(write):
    random.seed(1)
    pairs = {(f"n{random.randrange(12)}", f"n{random.randrange(12)}") for _ in range(60)}
    text = "source\ttarget\n" + "".join(f"{a}\t{b}\n" for a, b in sorted(pairs))
    network = open_edges(write(text, "random.tsv"))
    found = network.paths("n1", "n2", max_length=4)
    expected = nx.all_simple_paths(nx.DiGraph(sorted(pairs)), "n1", "n2", cutoff=4)
    assert {path.nodes for path in found} == set(map(tuple, expected))
    scores = [path.score for path in found]
    assert scores == pytest.approx(sorted(scores, reverse=True), rel=0.01)
    streamed = list(network.stream("n1", "n2", max_length=4))
    assert [path.length for path in streamed] == sorted(path.length for path in streamed)
    assert set(streamed) == set(found)


def test_signs_come_from_our_predicates_where_the_list_has_none(write):
    network = open_edges(write("source\tmetaedge\ttarget\na\tinhibits\tb\nb\tis near\tc\n", "edges.tsv"))
    assert [step.sign for step in network.paths("a", "c")[0].steps] == ["-", "unknown"]
    assert network.counts().signed == 1


def test_unknown_names_tell_the_nearest(edges):
    network = open_edges(edges)
    for given, meant in (
        ("igmesine", "Drug::igmesine"),
        ("Drug::Igmesin", "Drug::igmesine"),
        ("CGMP", "cGMP"),
    ):
        with pytest.raises(UnknownName) as told:
            network.find(given)
        assert meant in told.value.candidates
    assert "Did you mean" in run("paths", "igmesine", "cGMP", "--network", edges, code=2).stderr


def test_among_many_names_the_nearest_come_quickly(write):
    text = "source\ttarget\n" + "".join(f"Gene::{n}\tDrug::DB{n:05}\n" for n in range(50_000))
    network = open_edges(write(text, "many.tsv"))
    began = time.monotonic()
    with pytest.raises(UnknownName) as told:
        network.find("Drug::DB1234")
    assert told.value.candidates
    with pytest.raises(UnknownName) as told:
        network.find("db12345")
    assert told.value.candidates == ("Drug::DB12345",)
    assert time.monotonic() - began < 5


def test_an_edge_list_is_built_once(edges, monkeypatch, tmp_path):
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "cache"))
    calls = []
    build = edgelist.read_edge_list
    monkeypatch.setattr(edgelist, "read_edge_list", lambda *args: calls.append(args) or build(*args))
    first, second = open_edges(edges), open_edges(edges)
    assert len(calls) == 1
    assert first.paths(*ENDS) == second.paths(*ENDS)
    (built,) = (cache.folder() / "networks").iterdir()
    built.write_bytes(built.read_bytes()[:200])
    assert open_edges(edges).paths(*ENDS) == first.paths(*ENDS)
    assert len(calls) == 2
    os.utime(edges, ns=(1, 1))
    open_edges(edges)
    assert len(calls) == 3
    monkeypatch.setenv("KG_CACHE_DIR", "")
    assert open_edges(edges).paths(*ENDS) == first.paths(*ENDS)


def test_a_built_network_answers_with_the_lines_of_its_list(edges, tmp_path):
    built = tmp_path / "edges.network"
    told = run("network", edges, "-o", built)
    assert "4 nodes, 6 arrows" in told.stdout
    assert "83% of the arrows are signed" in told.stdout
    row = json.loads(run("network", built, "--format", "json").stdout)
    assert row["nodes"] == {"Gene": 2, "Drug": 1, "node": 1}
    assert row["arrows"]["lowers"] == 2
    edges.unlink()
    assert f"{edges}:3" in run("paths", *ENDS, "--network", built).stdout


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"\x00\xff\xfe", "drug-mechanisms network 1\nno more"])
def test_a_file_that_is_no_network_is_refused(write, content):
    file = write(content, "edges.tsv")
    with pytest.raises(InvalidNetwork):
        open_edges(file)
    assert "Traceback" not in run("network", file, code=2).stderr


def test_what_goes_not_with_an_edge_list_is_said(edges):
    for options in (["--basis", "document"], ["--undirected"], ["--data", str(edges)], ["--as-sparql"]):
        assert "Error: " in run("paths", *ENDS, "--network", edges, *options, code=2).stderr


@pytest.mark.parametrize("where", ["curated", "edge list"])
def test_streamed_paths_are_one_a_line_shortest_first_and_limits_are_said(edges, where):
    ends = ["--network", edges, *ENDS] if where == "edge list" else ["igmesine", "cGMP"]
    told = run("paths", *ends, "--format", "jsonl")
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    whole = json.loads(run("paths", *ends, "--format", "json").stdout)
    assert sorted(rows, key=str) == sorted(whole, key=str)
    assert [row["length"] for row in rows] == sorted(row["length"] for row in rows)
    assert f"{len(rows)} paths, the shortest first\n" in told.stderr
    assert "there are more, -k" in run("paths", *ends, "--format", "jsonl", "-k", "1").stderr
    assert "time ran out" in run("paths", *ends, "--format", "jsonl", "--timeout", "1e-9").stderr


@pytest.fixture
def dense(write) -> Path:
    """An edge list with billions of paths of eight steps between two nodes."""
    text = "".join(f"n{a}\tn{b}\t+\n" for a in range(60) for b in range(60) if a != b)
    return write(f"source\ttarget\tsign\n{text}", "dense.tsv")


def interrupted(*args):
    """Run a command, interrupt it once it walks, and return what it printed."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen([*KG, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, env=environment)  # fmt: skip
    first = running.stdout.readline() if "jsonl" in args else time.sleep(6)
    running.send_signal(signal.SIGINT)
    with running:
        out, err = running.stdout.read(), running.stderr.read()
    return (first or "") + out, err, running.returncode


@pytest.mark.slow
def test_an_interrupted_stream_keeps_what_was_printed(dense):
    out, err, code = interrupted(
        "paths", "n1", "n2", "--network", dense, "--max-length", 8, "-k", 100_000, "--format", "jsonl"
    )
    assert all(json.loads(line)["nodes"][0] == "n1" for line in out.splitlines())
    assert len(out.splitlines()) >= 1
    assert "interrupted, there may be more" in err
    assert "Traceback" not in err
    assert code == 0


@pytest.mark.slow
def test_an_interrupted_search_shows_what_was_found(dense):
    out, err, code = interrupted(
        "paths", "n1", "n2", "--network", dense, "--max-length", 9, "-k", 100_000, "--sign", "-"
    )
    assert "Traceback" not in err
    assert "interrupted" in err
    assert out.startswith("no mechanism path found yet from n1 to n2")
    assert code == 0


def test_a_search_out_of_time_shows_what_was_found(dense):
    told = run(
        "paths",
        "n1",
        "n2",
        "--network",
        dense,
        "--max-length",
        "7",
        "-k",
        "3",
        "--timeout",
        "0.01",
        "--sign",
        "-",
    )
    assert "time ran out" in told.stderr
