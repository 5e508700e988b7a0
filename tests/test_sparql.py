"""Queries at a distance: in time, in memory, restarted, guarded; the store on disk is whole or not there."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer

import pyoxigraph as ox
import pytest

import kg
from kg.curie import Prefix, PrefixMap
from kg.problems import QueryStopped
from kg.sparql import Table, Triples, query, unknown_names
from kg.sparql.answers import _values
from kg.sparql.guarding import guarded
from kg.sparql.killable import Worker
from kg.sparql.storing import build_store, kept_store, open_store

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DOUBLED = " ".join(f"BIND(CONCAT({', '.join([f'?x{n}'] * 8)}) AS ?x{n + 1})" for n in range(11))
HUNGRY = f"SELECT (STRLEN(?x11) AS ?n) {{ kg:igmesine rdfs:label ?x0 {DOUBLED} }}"
JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def worker(graph):
    with graph.worker() as made:
        yield made


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?s ?o { ?s kgo:inhibits ?o } ORDER BY ?s ?o",
        "SELECT ?v ?w { ?m kgo:value ?v ; kgo:as_written ?w } ORDER BY ?v ?w",
        "SELECT ?nothing { kg:igmesine kgo:no_such ?nothing }",
        "ASK { kg:igmesine ?p ?o }",
    ],
)
def test_a_worker_answers_as_the_engine_does_here(graph, sparql):
    assert graph.query(sparql, timeout=60) == graph.query(sparql)


def test_triples_come_as_turtle(graph):
    sparql = "CONSTRUCT { ?s kgo:inhibits ?o } { ?s kgo:inhibits ?o }"
    here, there = graph.query(sparql), graph.query(sparql, timeout=60)
    assert isinstance(here, Triples) and isinstance(there, Triples)
    assert set(ox.parse(here.turtle.encode(), format=ox.RdfFormat.TURTLE)) == set(
        ox.parse(there.turtle.encode(), format=ox.RdfFormat.TURTLE)
    )


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(worker):
    began = time.monotonic()
    with pytest.raises(QueryStopped, match=r"0\.5 s") as caught:
        list(worker.ask(ENDLESS, JSON, 0.5).chunks)
    assert caught.value.reason == "time"
    assert time.monotonic() - began < 10
    assert list(worker.ask("ASK { kg:igmesine ?p ?o }", JSON, 60).chunks)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot limit a process's memory so")
def test_a_query_that_takes_too_much_is_stopped(graph):
    with pytest.raises(QueryStopped, match="memory"):
        graph.query(HUNGRY, timeout=120, memory=60_000_000)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems end a process otherwise")
def test_a_query_too_deep_for_the_engine_is_said_so_and_the_next_one_answered(graph, worker):
    with pytest.raises(QueryStopped, match="nested too deeply"):
        worker.ask(f"ASK {{ FILTER({'!' * 200_000}true) }}", JSON, 60)
    assert b"".join(worker.ask("ASK { kg:igmesine ?p ?o }", JSON, 60).chunks) == b'{"head":{},"boolean":true}'


def test_an_error_is_told_as_here_and_leaves_the_worker_alive(graph, worker):
    for sparql in (
        "SELECT * { ?a kog:inhibits ?b }",
        "SELECT * {",
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    ):
        with pytest.raises(kg.InvalidQuery) as here:
            graph.query(sparql)
        with pytest.raises(kg.InvalidQuery) as there:
            worker.ask(sparql, JSON, 60)
        assert str(there.value) == str(here.value)


def test_a_reply_left_unread_does_not_reach_the_next_question(worker):
    chunks = worker.ask("SELECT * { ?s ?p ?o }", JSON, 60).chunks
    next(chunks)
    chunks.close()
    assert b"".join(worker.ask("ASK { kg:igmesine ?p ?o }", JSON, 60).chunks) == b'{"head":{},"boolean":true}'


def test_unknown_names_are_met_with_the_nearest(graph, worker):
    sparql = "SELECT * { kg:igmesin kgo:agonist_off ?x FILTER(?x != 'kg:nothing') } # kg:nobody"
    told = unknown_names(graph.store, sparql)
    assert [line.split()[0] for line in told] == ["kg:igmesin", "kgo:agonist_off"]
    assert "`kgo:agonist_of`" in told[1]
    assert worker.ask(sparql, JSON, 60).hints == told
    assert unknown_names(graph.store, "SELECT * FROM kg:B115768 { kg:igmesine kgo:agonist_of ?x }") == ()


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT * FROM <http://127.0.0.1:1/x> { ?s ?p ?o }", "column 10: FROM can only name"),
        ("SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "column 10: FROM can only name"),
        ("SELECT * { SERVICE ?any { ?s ?p ?o } }", "column 12: SERVICE"),
        ("SELECT * { SERVICE # remark\n SILENT <http://other/> { ?s ?p ?o } }", "allowed are http://one/"),
        ("SELECT * { SERVICE kg:x { ?s ?p ?o } }", "SERVICE"),
    ],
)
def test_nothing_reaches_beyond_the_store_unless_named(graph, sparql, told):
    with pytest.raises(kg.InvalidQuery, match=told):
        graph.query(sparql, services=["http://one/"])


@pytest.mark.parametrize(
    "clause",
    [
        "# remark\rSERVICE <{0}> {{ ?s ?p ?o }}",
        "OPTIONAL {{ kg:a\u0301\\' ?q ?r }} SERVICE <{0}> {{ ?s ?p ?o }} OPTIONAL {{ ?s ?p 'x' }}",
        "BIND(1 AS ?a) FILTER(?a<2){{SERVICE?x{{?s?p?o}}}}FILTER(3>2) VALUES ?x {{ <{0}> }}",
        "OPTIONAL {{}} SERVICE:x{{ ?s ?p ?o }}",
        "BIND(1 AS ?a) FILTER(?a<?a#> '''\n) SERVICE <{0}> {{ ?s ?p ?o }} #'''\n",
        "\\u0053ERVICE <{0}> {{ ?s ?p ?o }}",
        "SERVICESILENT<{0}>{{ ?s ?p ?o }}",
        "SERVICEhere:x{{ ?s ?p ?o }}",
        "SERVICE # {{\n# {{\n here:\\#x {{ ?s ?p ?o }}",
        "BIND('b' AS ?x) FILTER(?x<#a>'''\n'c') SERVICE <{0}> {{ ?s ?p ?o }} #'''\n",
        "BIND('b' AS ?x) FILTER(?x<'a>') SERVICE <{0}> {{ ?s ?p ?o }} FILTER(?x != 'b')",
        "OPTIONAL {{ ?s here:b\\# ?o }} SERVICE <{0}> {{ ?s ?p ?o }}\n",
        "?s here:b\\' ?o SERVICE <{0}> {{ ?s ?p ?o }} FILTER(?o != '')",
        "{{ SELECT * {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}",
        "OPTIONAL {{ ?s ?p trueSERVICE <{0}> {{ ?s ?p ?o }} }}",
        "?s ?p '''a'''' . SERVICE <{0}> {{ ?s ?p ?o }} #'''\n",
        "BIND('b' AS ?x) FILTER(?x<a:b) SERVICE <{0}> {{ ?s ?p ?o }} FILTER(1>2)",
        "OPTIONAL {{ ?s ?p <\u1680#> }} SERVICE <{0}> {{ ?s ?p ?o }}",
        "OPTIONAL {{ ?s ?p <\xa0'a#> }} SERVICE <{0}> {{ ?s ?p ?o }} OPTIONAL {{ ?s ?p 'x' }}",
        "SERVICE here:a\u1680b {{ ?s ?p ?o }}",
        "SERVICE h\u1680e:a {{ ?s ?p ?o }}",
        "VALUES ?h\u1680e {{ <{0}> }} SERVICE ?h\u1680e {{ ?s ?p ?o }}",
    ],
)
def test_no_disguise_takes_a_service_past_the_guard(graph, clause):
    with socket.create_server(("127.0.0.1", 0)) as there:
        there.setblocking(False)
        address = f"http://127.0.0.1:{there.getsockname()[1]}/"
        sparql = (
            f"BASE <{address}> PREFIX here: <> PREFIX h\u1680e: <>\nSELECT * {{ {clause.format(address)} }}"
        )
        with pytest.raises(kg.InvalidQuery, match="SERVICE is not allowed"):
            graph.query(sparql, services=["http://one/"])
        with pytest.raises(BlockingIOError):
            there.accept()


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { GRAPH ?services { ?s ?p kg:Service } }",
        "SELECT ?service { ?service ?p kg:igmesine } LIMIT 1",
        "ASK { ?s rdfs:label 'a service of <this> kind' } # SERVICE is not asked here",
        "ASK { ?s rdfs:label 'it\\'s SERVICE <http://x/> { }', \"SERVICE ?x { \" }\n# SERVICE <http://x/> { }",
        "PREFIX x: <http://x/#> ASK { ?s ?p ?o FILTER(?o < 3) # SERVICE x:y {\n}",
    ],
)
def test_the_word_alone_is_no_service(graph, sparql):
    graph.query(sparql)


@pytest.mark.parametrize("clause", ["OPTIONAL { ?s ?p ?o } ", "minus { ?s ?p 1 } ", "BIND(1 AS ?x{}) "])
def test_what_the_engine_would_die_of_is_refused(graph, clause):
    """Beyond some thousands of these the engine ends the process that asks, and nothing can be told."""

    def many(times):
        return "ASK { ?s ?p ?o " + "".join(clause.replace("{}", str(n)) for n in range(times)) + "}"

    assert graph.query(many(200)) in (True, False)
    with pytest.raises(kg.InvalidQuery, match="more than 1,000 OPTIONAL, MINUS and BIND"):
        graph.query(many(5_000))


@pytest.mark.parametrize(
    "text", ["a.", "a-", '"SERVICE ?x { " ', "service ", "<", "'", "\\\\", "PREFIX a:<b>"]
)
def test_long_queries_are_read_at_once(text):
    began = time.perf_counter()
    guarded(text * 50_000)
    assert time.perf_counter() - began < 10  # 0.3 on a quiet machine


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT * {\n  kgx:a ?p ?o }", "line 2, column 3: prefix `kgx:` is not declared; did you mean `kg`"),
        ("SELECT * { ?s rfd:type ?o }", "column 15: prefix `rfd:` is not declared; did you mean `rdf`?"),
        ("PREFIX a: <http://x/> ASK { _:b a:b :c }", "column 37: prefix `:` is not declared; known are"),
        ("SELECT * { http://x/y ?p ?o }", "column 12: an address stands in angle brackets: <http:…>"),
        ("SELCT * { ?s ?p ?o }", "column 1: a query is a SELECT, .*; did you mean `SELECT`"),
        ("DELETE WHERE { ?s ?p ?o }", "column 1: a query is a SELECT, .*; the graph is only read"),
        ("SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }", "column 40: The SELECT contains a variable that is unb"),
    ],
)
def test_an_error_says_what_was_probably_meant(graph, sparql, told):
    with pytest.raises(kg.InvalidQuery, match=told):
        graph.query(sparql)


def test_what_only_python_reads_as_a_number_stays_a_text(graph):
    given = "'1_000'^^xsd:integer 'NaN'^^xsd:decimal '1E5'^^xsd:decimal ' -07 '^^xsd:integer .5"
    found = graph.query(f"SELECT ?n {{ VALUES ?n {{ {given} }} }}")
    assert [row["n"] for row in found] == ["1_000", "NaN", "1E5", -7, Decimal("0.5")]
    assert list(found.to_frame()["n"]) == ["1_000", "NaN", "1E5", "-7", "0.5"]


def test_prefixes_with_dots_and_names_with_escapes_are_read(graph):
    assert graph.query("ASK { ?drug skos:exactMatch CHEMBL.COMPOUND:CHEMBL11 }") is True
    assert graph.query("ASK { kg:rat\\'s ?p ?o }") is False


def test_own_prefixes_count_where_names_are_unknown(graph):
    home = "https://w3id.org/drug-mechanisms/"
    (told,) = unknown_names(graph.store, f"PREFIX d: <{home}> ASK {{ d:serotonine ?p ?o }}")
    assert "`d:serotonin`" in told
    assert unknown_names(graph.store, "PREFIX kg: <http://x/> ASK { kg:serotonine ?p ?o }") == ()


def test_what_was_refused_is_refused_again_and_what_was_allowed_only_to_whom_it_was(graph):
    asking = "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"
    for sparql in (asking, "SELECT * FROM <http://example.org/> { ?s ?p ?o }"):
        for _ in range(2):
            with pytest.raises(kg.InvalidQuery, match=r"not allowed|nothing is fetched"):
                graph.query(sparql)
    with pytest.raises(kg.InvalidQuery, match="failed"):
        graph.query(asking, services=["http://127.0.0.1:9/sparql"])
    with pytest.raises(kg.InvalidQuery, match="not allowed"):
        graph.query(asking)


def test_terms_are_read_with_the_prefixes_of_each_question():
    store, sparql = ox.Store(), "SELECT ?x { VALUES ?x { <http://x/y> 1.50 UNDEF } }"
    for name in ("a", "b", "a"):
        answer = query(store, PrefixMap((Prefix(name, "http://x/"),)), sparql)
        assert [str(value) for (value,) in answer.rows] == [f"{name}:y", "1.5", "None"]


def test_only_so_many_short_terms_are_remembered():
    prefixes = PrefixMap((Prefix("r", "http://r/"),))
    numbers = " ".join(f"<http://r/{number}>" for number in range(20_000))
    long = f'"{"x" * 1000}"'
    answer = query(ox.Store(), prefixes, f"SELECT ?x {{ VALUES ?x {{ {numbers} {long} {long} }} }}")
    assert answer.rows[:2] == (("r:0",), ("r:1",)) and answer.rows[19_999:] == (
        ("r:19999",),
        *[("x" * 1000,)] * 2,
    )
    held = _values(prefixes)
    assert 0 < len(held) <= 8192 and ox.Literal("x" * 1000) not in held


def test_a_named_graph_of_the_store_may_be_asked(graph):
    found = graph.query("SELECT * FROM <https://w3id.org/drug-mechanisms/B115768> { kg:igmesine ?p ?o }")
    assert isinstance(found, Table) and len(found) > 3


class _Other(BaseHTTPRequestHandler):
    """Another endpoint: knows one binding."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = (
            b'{"head":{"vars":["mass"]},"results":{"bindings":[{"mass":{"type":"literal","value":"280.4"}}]}}'
        )
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_a_service_that_is_allowed_by_name_is_asked(graph):
    server = HTTPServer(("127.0.0.1", 0), _Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/sparql"
        sparql = (
            f"SELECT ?name ?mass {{ kg:imipramine rdfs:label ?name SERVICE <{address}> {{ ?s ?p ?mass }} }}"
        )
        found = graph.query(sparql, services=[address], timeout=60)
        assert list(found) == [{"name": "imipramine", "mass": "280.4"}]
    finally:
        server.shutdown()


def put_one(store: ox.Store) -> None:
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c")))


def test_a_store_is_made_once_and_the_oldest_go(tmp_path):
    made = []
    for number in range(6):
        kept_store(tmp_path, str(number), lambda store: made.append(put_one(store)))
    place = kept_store(tmp_path, "5", lambda store: made.append("again"))
    assert len(made) == 6
    assert len(list(tmp_path.glob("*.store"))) == 4
    assert len(open_store(place)) == 1


def test_a_store_that_is_asked_for_stays(tmp_path):
    for number in range(8):
        kept_store(tmp_path, str(number), put_one)
        kept_store(tmp_path, "0", put_one)
    assert (tmp_path / "0.store").is_dir()


def test_every_process_finds_the_same_store():
    code = "import kg; print(kg.load().store_folder)"
    seeds = ("1", "2", "3")
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in seeds
    }
    assert len(found) == 1


def test_who_fails_while_building_leaves_nothing_behind(tmp_path):
    def fail(store):
        put_one(store)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        build_store(tmp_path / "x.store", fail)
    assert list(tmp_path.iterdir()) == []


def test_who_is_killed_while_building_leaves_the_old_store_working(tmp_path):
    old = kept_store(tmp_path, "old", put_one)
    code = (
        "import sys, time; from pathlib import Path; from kg.sparql.storing import kept_store\n"
        "def slow(store):\n    print('building', flush=True); time.sleep(60)\n"
        "kept_store(Path(sys.argv[1]), 'new', slow)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"building\n"
    process.kill()
    process.wait()
    process.stdout.close()
    assert len(open_store(old)) == 1
    assert not (tmp_path / "new.store").exists()
    assert len(open_store(kept_store(tmp_path, "new", put_one))) == 1


def test_of_two_who_build_at_once_one_wins_and_both_go_on(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        places = list(pool.map(lambda _: kept_store(tmp_path, "same", put_one), range(4)))
    assert {len(open_store(place)) for place in places} == {1}


def test_without_a_cache_folder_the_store_is_temporary(monkeypatch):
    monkeypatch.setenv("KG_CACHE_DIR", "")
    graph = kg.load()
    place = graph.store_folder
    assert graph.query("ASK { kg:igmesine ?p ?o }", timeout=60) is True
    assert place.is_dir()
    del graph
    gc.collect()
    assert not place.exists()


def test_a_store_that_was_removed_is_made_anew(monkeypatch, tmp_path):
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path))
    graph = kg.load()
    shutil.rmtree(graph.store_folder)
    assert graph.query("ASK { kg:igmesine ?p ?o }", timeout=60) is True


def test_a_worker_that_cannot_start_says_why(tmp_path):
    missing = Worker(tmp_path / "nowhere", tmp_path / "nothing.json")
    with (
        missing as worker,
        pytest.raises(QueryStopped, match="the process that answers queries ended: ") as caught,
    ):
        worker.ask("ASK {}", JSON, 60)
    assert caught.value.reason == "failure"
