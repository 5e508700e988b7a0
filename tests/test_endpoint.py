"""The graph in two engines that nobody here wrote answers as the embedded store; mishaps on the way are told."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from conftest import ROOT
from engines import GRAPH, oxigraph, virtuoso

import kg
from kg.cli import main
from kg.endpoint import Connection, Endpoint
from kg.endpoint.publishing import graph_store, publish, write_bulk
from kg.endpoint.wording import spelled_out
from kg.problems import EndpointFailed, QueryStopped
from kg.sparql import Table, Triples, unknown_names

JSON = "application/sparql-results+json"


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def engine(request, graph, tmp_path_factory):
    """The address of an engine that the graph was published to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_ENDPOINT_USER", "dba")
        patch.setenv("KG_ENDPOINT_PASSWORD", "dba")
        start = oxigraph() if request.param == "oxigraph" else virtuoso(tmp_path_factory.mktemp("virtuoso"))
        with start as address:
            done = _publish(graph, address)
            assert sum(one.triples for one in done) == len(graph.store)
            yield address


def _publish(graph, address, **options):
    endpoint = Endpoint(Connection(address), graph.graph.vocabulary.prefixes)
    return publish(graph.store, endpoint, Connection(graph_store(address)), **options)


@pytest.fixture(scope="module")
def remote(engine):
    return kg.connect(engine)


def _plain(answer):
    if isinstance(answer, Triples):
        return set(ox.parse(answer.turtle.encode(), format=ox.RdfFormat.TURTLE))
    return (answer.variables, sorted(map(repr, answer.rows))) if isinstance(answer, Table) else answer


def test_every_shipped_question_has_the_same_answer(graph, remote):
    asked = [graph.question(known.name) for known in graph.questions()]
    assert len(asked) > 20
    for sparql in asked:
        assert _plain(remote.query(sparql)) == _plain(graph.query(sparql)), sparql


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { kg:igmesine kgo:agonist_of kg:sigma-1-receptor }",
        "ASK { kg:igmesine kgo:agonist_of kg:sert }",
        "CONSTRUCT { ?s kgo:inhibits ?o } { ?s kgo:inhibits ?o }",
        "SELECT ?p ?curated { ?p kgo:curated ?curated }",
        "SELECT ?t { kg:B157457.ref.1 dcterms:title ?t }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    ],
)
def test_all_forms_of_query_are_answered_as_here(graph, remote, sparql):
    assert _plain(remote.query(sparql)) == _plain(graph.query(sparql))


def test_more_rows_than_an_engine_gives_at_once_come_in_pages(graph, remote):
    sparql = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(ISLITERAL(?o) && !ISBLANK(?s)) }"
    here = graph.query(sparql)
    assert len(here) > 10_000
    assert _plain(remote.query(sparql)) == _plain(here)


def test_blank_nodes_arrive_with_their_lists_whole(graph, remote):
    sparql = "SELECT ?union ?class { ?union owl:unionOf/rdf:rest*/rdf:first ?class }"
    assert len(remote.query(sparql)) == len(graph.query(sparql)) > 10


def test_the_rows_are_made_anew(graph, remote):
    assert [row.id for row in remote.entities.values()] == [row.id for row in graph.entities.values()]
    assert [str(row.quantity) for row in remote.measurements()] == [
        str(row.quantity) for row in graph.measurements()
    ]
    assert {row.id for row in remote.conflicts()} == {row.id for row in graph.conflicts()}
    assert not remote.mechanisms


@pytest.mark.parametrize(
    "command",
    [
        ["statements", "--format", "json"],
        ["measurements", "--format", "json"],
        ["paths", "igmesine", "cGMP", "--format", "json"],
        ["effect", "igmesine", "cGMP"],
        ["query", "classes"],
        ["query", "--text", "ASK { kg:igmesine kgo:agonist_of kg:sert }", "--format", "json"],
    ],
)
def test_commands_print_the_same_bytes(remote, engine, command, monkeypatch):
    monkeypatch.setattr("kg.remote.connect", lambda *_, **__: remote)  # fetched once
    here = CliRunner().invoke(main, command)
    there = CliRunner().invoke(main, ["--endpoint", engine, *command])
    assert there.exit_code == 0, there.output
    assert there.stdout == here.stdout


def test_a_command_fetches_what_it_prints(graph, engine):
    found = CliRunner().invoke(main, ["--endpoint", engine, "timeline", "--format", "json"])
    assert [row["id"] for row in json.loads(found.stdout)] == [row.id for row in graph.timeline()]


def test_show_differs_only_in_the_order_of_names(remote, engine, monkeypatch):
    monkeypatch.setattr("kg.remote.connect", lambda *_, **__: remote)
    command = ["show", "sigma-1", "--format", "json"]
    here = json.loads(CliRunner().invoke(main, command).stdout)
    there = json.loads(CliRunner().invoke(main, [*command, "--endpoint", engine]).stdout)
    assert list(there["protocols"].items()) == list(here["protocols"].items()) != []
    for row in (here, there):
        row.update(synonyms=sorted(row["synonyms"]), xrefs=sorted(row["xrefs"]))
    assert there == here


def test_a_query_is_explained_and_timed_there(remote):
    found = remote.explain("SELECT ?o { kg:igmesine kgo:agonist_of ?o }")
    assert "kg:igmesine" not in found.query and "kg:igmesine" in (found.algebra or "")
    assert found.timings.rows == 1 and 0 < found.timings.begun <= found.timings.last
    assert remote.explain("ASK { kg:igmesine ?p ?o }").timings.rows == 1
    assert remote.explain("DESCRIBE kg:igmesine").timings.rows > 5


def test_where_nothing_is_found_unknown_names_are_met_with_the_nearest(graph, remote):
    sparql = "SELECT * { kg:igmesin kgo:inhibts ?x }"
    with remote.worker() as worker:
        assert worker.ask(sparql, JSON, 60).hints == unknown_names(graph.store, sparql)
        assert worker.ask("ASK { kg:igmesine kgo:inhibits kg:igmesine }", JSON, 60).hints == ()


def test_the_parts_of_entities_in_protocols_are_those_of_here(graph, remote):
    for name in graph.entities:
        if graph.parts_played(name) or name == "igmesine":
            assert list(remote.parts_played(name).items()) == list(graph.parts_played(name).items()), name


def test_a_reply_in_a_form_holds_what_the_store_replies(graph, remote):
    sparql = "SELECT ?s ?o { ?s kgo:agonist_of ?o } ORDER BY ?s ?o"
    with graph.worker() as here, remote.worker() as there:
        for form in (JSON, "text/csv"):
            found = [b"".join(one.ask(sparql, form, 60).chunks) for one in (here, there)]
            assert found[0] == found[1] if form == "text/csv" else _rows(found[0]) == _rows(found[1])


def _rows(body):
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    return [tuple(map(str, row)) for row in found]


def test_what_is_there_is_not_written_over_unasked(graph, engine):
    with pytest.raises(EndpointFailed, match="not empty"):
        _publish(graph, engine)


def test_a_graph_is_written_in_chunks_and_replaced(graph):
    quads = sorted(graph.store, key=str)[-4_000:]
    with oxigraph() as address:
        endpoint, store = _endpoint(graph, address), Connection(graph_store(address))
        publish(quads, endpoint, store, chunk=700)
        done = publish(quads[:3_000], endpoint, store, chunk=700, replace=True)
    assert sum(one.triples for one in done) == 3_000


def test_bulk_files_hold_the_whole_graph(graph, tmp_path):
    files = write_bulk(graph.store, tmp_path, GRAPH)
    read = set(ox.parse(path=str(files[0]), format=ox.RdfFormat.N_QUADS))
    assert len(read) == len(graph.store)
    assert (tmp_path / "graphs" / "0000.nt.graph").read_text().strip() == GRAPH
    lines = sum(len(path.read_text().splitlines()) for path in files[1:])
    assert lines == len(graph.store)


OTHERS = """
<http://purl.uniprot.org/uniprot/P31645> <http://purl.uniprot.org/core/annotation> <x:1> .
<x:1> a <http://purl.uniprot.org/core/Function_Annotation> ; <http://www.w3.org/2000/01/rdf-schema#comment> "Clears serotonin." .
<http://purl.obolibrary.org/obo/CHEBI_47499> <http://purl.obolibrary.org/obo/RO_0000087> <x:2> .
<x:2> <http://www.w3.org/2000/01/rdf-schema#label> "adrenergic uptake inhibitor" .
<x:3> <http://www.wikidata.org/prop/direct/P683> "47499" ; <http://www.wikidata.org/prop/direct/P267> "N06AA02" .
"""
FEDERATED = sorted(ROOT.glob("ontology/federated/*.rq"))


@pytest.fixture(scope="module")
def other():
    """A second engine with a few triples in the words of UniProt, ChEBI and Wikidata."""
    with oxigraph() as address:
        store = Connection(graph_store(address))
        headers = {"Content-Type": "text/turtle"}
        assert store.send("PUT", f"{store.address}?default", headers, OTHERS.encode()).status in (201, 204)
        yield address


@pytest.fixture(scope="module")
def published(graph):
    """The graph in an engine that may ask another."""
    with oxigraph() as address:
        _publish(graph, address)
        yield kg.connect(address)


@pytest.mark.parametrize("path", FEDERATED, ids=lambda path: path.stem)
def test_a_federated_question_joins_a_second_endpoint(graph, published, other, path):
    public = next(
        word.strip("<>")
        for word in path.read_text().split()
        if word.startswith("<https://") and "sparql" in word
    )
    sparql = path.read_text().replace(f"<{public}>", f"<{other}>")
    with pytest.raises(kg.InvalidQuery, match="SERVICE is not allowed"):
        published.query(sparql)
    found = published.query(sparql, services=[other])
    assert len(found) >= 1
    assert _plain(found) == _plain(graph.query(sparql, services=[other]))


@contextmanager
def _server(answer):
    """Serve `answer(handler, body)`, and give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, sent = answer(self, body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_PUT = do_POST

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query"
    finally:
        server.shutdown()
        server.server_close()


YES = (200, {"Content-Type": JSON}, b'{"head": {}, "boolean": true}')


def _endpoint(graph, address, **options):
    return Endpoint(Connection(address, pause=0.01, **options), graph.graph.vocabulary.prefixes)


def test_a_busy_server_is_asked_again(graph):
    seen = []

    def answer(_handler, _body):
        seen.append(1)
        return YES if len(seen) == 3 else (503, {"Retry-After": "0"}, b"busy")

    with _server(answer) as address:
        assert _endpoint(graph, address).holds("ASK {}")
        seen[:] = [1] * 3
        with pytest.raises(EndpointFailed, match="503: busy"):
            _endpoint(graph, address).holds("ASK {}")
    assert len(seen) == 7


def test_an_error_in_the_query_is_not_tried_again(graph):
    seen = []

    def answer(_handler, _body):
        seen.append(1)
        return 500, {"Content-Type": "text/plain"}, b"Virtuoso 42000 Error\nout of memory"

    with _server(answer) as address, pytest.raises(EndpointFailed, match="42000 Error out of memory"):
        _endpoint(graph, address).holds("ASK {}")
    assert len(seen) == 1


def test_a_redirect_is_followed_on_the_same_server_only(graph):
    def to(target):
        return lambda handler, _: YES if handler.path == "/there" else (307, {"Location": target}, b"")

    with _server(to("/there")) as address:
        assert _endpoint(graph, address).holds("ASK {}")
    with (
        _server(to("/there")) as other,
        _server(to(other.replace("/query", "/there"))) as address,
        pytest.raises(EndpointFailed, match="another server"),
    ):
        _endpoint(graph, address).holds("ASK {}")


def test_an_answer_that_does_not_come_is_stopped(graph):
    done = threading.Event()
    with _server(lambda *_: (done.wait(10), YES)[1]) as address:
        with pytest.raises(QueryStopped, match=r"within 0\.3 s"):
            _endpoint(graph, address, timeout=0.3).holds("ASK {}")
        done.set()


def test_name_and_password_go_where_they_are_asked_for_and_are_not_shown(graph, monkeypatch):
    monkeypatch.setattr("kg.endpoint.transport.time.sleep", lambda _: None)
    monkeypatch.setenv("KG_ENDPOINT_USER", "curator")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "geheim")
    seen = []

    def answer(handler, _body):
        seen.append(handler.headers.get("Authorization"))
        return (
            YES
            if seen[-1] == "Basic Y3VyYXRvcjpnZWhlaW0="
            else (401, {"WWW-Authenticate": 'Basic realm="x"'}, b"")
        )

    with _server(answer) as address:
        assert _endpoint(graph, address).holds("ASK {}")
    assert seen == [None, "Basic Y3VyYXRvcjpnZWhlaW0="]
    failed = CliRunner().invoke(
        main, ["--endpoint", "http://curator:geheim@127.0.0.1:9/q?k=geheim", "query", "--text", "ASK {}"]
    )
    assert failed.exit_code == 1
    assert "geheim" not in failed.output


def test_a_server_that_cuts_in_silence_is_noticed_and_paged(graph):
    def answer(_handler, body):
        sparql = parse_qs(body.decode())["query"][0]
        found = graph.store.query(sparql)
        lines = [row for _, row in zip(range(1_000), found, strict=False)]
        names = [variable.value for variable in found.variables]
        rows = [{name: {"type": "uri", "value": row[name].value} for name in names} for row in lines]
        return (
            200,
            {"Content-Type": JSON},
            json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}).encode(),
        )

    sparql = "SELECT ?s ?kind { ?s a ?kind FILTER(ISIRI(?s) && ISIRI(?kind)) }"
    with _server(answer) as address:
        endpoint = _endpoint(graph, address)
        assert _plain(endpoint.query(sparql)) == _plain(graph.query(sparql))
        with pytest.raises(EndpointFailed, match="page it by hand"):
            endpoint.query(f"{sparql} LIMIT 1500")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x/", "nothing", "http://", "http://x:y/"])
def test_only_web_addresses_are_asked(address):
    with pytest.raises(EndpointFailed):
        kg.connect(address)


@pytest.mark.parametrize("command", [["view", "x"], ["check"], ["conflicts"], ["protocol", "list"]])
def test_commands_that_need_more_than_the_rdf_holds_say_so(command):
    found = CliRunner().invoke(main, ["--endpoint", "http://127.0.0.1:9/", *command])
    assert found.exit_code == 2
    assert "--endpoint goes with query" in found.output


def test_a_query_is_spelled_out_where_engines_differ():
    known = {"kg": "https://k/", "": "https://e/"}
    sparql = (
        'PREFIX kg: <https://own/>\n# kg:x\nASK { kg:a.b.c :p "kg:x" ; kg:d\\,e ?kg . FILTER(?kg = kg:f) }'
    )
    expected = 'ASK { <https://own/a.b.c> <https://e/p> "kg:x" ; <https://own/d,e> ?kg . FILTER(?kg = <https://own/f>) }'
    assert spelled_out(sparql, known) == expected
