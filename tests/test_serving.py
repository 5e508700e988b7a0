"""`kg serve` speaks the SPARQL 1.1 Protocol: the W3C's protocol tests, negotiation, what is refused, and tags.

The W3C's tests are told again on the graphs of this store; those of updates must all be refused.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from servers import serving

from kg.cli import main
from kg.serving.accepting import ROWS, TRIPLES, accepted

FORM, QUERY, UPDATE = (
    {"Content_Type": f"application/{kind}"}
    for kind in ("x-www-form-urlencoded", "sparql-query", "sparql-update")
)
KG = "https://w3id.org/drug-mechanisms/"
ONE, OTHER = f"{KG}B115768", f"{KG}B1671792"
ASK = "ASK { kg:igmesine ?p ?o }"
HERE = "ASK { ?claim kgo:evidence/kgo:document kg:B115768 . FILTER NOT EXISTS { ?m a kgo:Mechanism } }"
IN_GRAPH = "ASK { GRAPH ?g { ?other a kgo:Statement } FILTER(?g = %s) }"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("serving"), "--workers", "2") as found:
        yield found


def encoded(*pairs: tuple[str, str]) -> bytes:
    return urlencode(pairs).encode()


# ---- the W3C's protocol tests: queries


def test_query_get(server):
    found = server.query(ASK)
    assert (found.status, found.kind, found.json["boolean"]) == (200, "application/sparql-results+json", True)


def test_query_post_form(server):
    found = server.ask("POST", "/sparql", encoded(("query", ASK)), **FORM)
    assert found.status == 200 and found.json["boolean"] is True


def test_query_post_direct(server):
    for parameters in ("", "; charset=utf-8", '; charset="UTF-8"'):
        kind = {"Content_Type": f"application/sparql-query{parameters}"}
        found = server.ask("POST", "/sparql", ASK.encode(), **kind)
        assert found.status == 200 and found.json["boolean"] is True


@pytest.mark.parametrize("how", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("graphs", "sparql", "expected"),
    [
        pytest.param([("default-graph-uri", ONE)], HERE, True, id="query_dataset_default_graph"),
        pytest.param([("default-graph-uri", OTHER)], HERE, False, id="query_dataset_other_default_graph"),
        pytest.param(
            [("default-graph-uri", OTHER), ("default-graph-uri", ONE)], HERE, True,
            id="query_dataset_default_graphs",
        ),
        pytest.param(
            [("named-graph-uri", ONE), ("named-graph-uri", OTHER)], IN_GRAPH % "kg:B1671792", True,
            id="query_dataset_named_graphs",
        ),
        pytest.param([("named-graph-uri", ONE)], IN_GRAPH % "kg:B1671792", False, id="query_dataset_named_graph"),
        pytest.param([("named-graph-uri", ONE)], ASK, False, id="no_default_graph_but_the_named"),
        pytest.param(
            [("default-graph-uri", ONE), ("named-graph-uri", OTHER)],
            f"{HERE[:-1]} {IN_GRAPH[4:] % 'kg:B1671792'} }}", True, id="query_dataset_full",
        ),
        pytest.param(
            [("default-graph-uri", ONE)], HERE.replace("ASK", f"ASK FROM <{OTHER}>"), True,
            id="query_multiple_dataset",
        ),
    ],
)  # fmt: skip
def test_query_dataset(server, how, graphs, sparql, expected):
    match how:
        case "get":
            found = server.get(f"/sparql?{urlencode([('query', sparql), *graphs])}")
        case "form":
            found = server.ask("POST", "/sparql", encoded(("query", sparql), *graphs), **FORM)
        case _:
            found = server.ask("POST", f"/sparql?{urlencode(graphs)}", sparql.encode(), **QUERY)
    assert (found.status, found.json) == (200, {"head": {}, "boolean": expected})


@pytest.mark.parametrize(
    ("sparql", "kinds"),
    [
        pytest.param("SELECT (1 AS ?value) {}", ROWS, id="query_content_type_select"),
        pytest.param("ASK {}", ROWS, id="query_content_type_ask"),
        pytest.param("DESCRIBE kg:igmesine", TRIPLES, id="query_content_type_describe"),
        pytest.param("CONSTRUCT { <s> <urn:p> 1 } WHERE {}".replace("<s>", "kg:s"), TRIPLES,
                     id="query_content_type_construct"),
    ],
)  # fmt: skip
def test_query_content_type(server, sparql, kinds):
    assert server.get(f"/sparql?query={quote(sparql)}").kind == kinds[0]
    for kind in kinds:
        found = server.query(sparql, kind)
        assert (found.status, found.kind) == (200, kind)
        assert parsed(found.body, kind, kinds)


def parsed(body: bytes, kind: str, kinds) -> object:
    """Read an answer with the engine; ASK in CSV or TSV is a word only."""
    same = (
        {"application/json": 0, "application/xml": 2}
        if kinds is ROWS
        else {"application/json": 2, "application/xml": 3}
    )
    kind = kinds[same[kind]] if kind in same else kind
    if kinds is TRIPLES:
        return list(ox.parse(body, format=ox.RdfFormat.from_media_type(kind)))
    if body in (b"true", b"true\n"):
        return True
    if kind == "text/csv":
        return body == b"value\r\n1\r\n"
    found = ox.parse_query_results(body, ox.QueryResultsFormat.from_media_type(kind))
    return bool(found) if isinstance(found, ox.QueryBoolean) else list(found)


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        pytest.param("PUT", f"/sparql?query={quote(ASK)}", None, {}, 405, id="bad_query_method"),
        pytest.param("GET", f"/sparql?query={quote(ASK)}&query={quote(ASK)}", None, {}, 400,
                     id="bad_multiple_queries"),
        pytest.param("POST", "/sparql", encoded(("query", ASK)), {"Content_Type": "text/plain"}, 415,
                     id="bad_query_wrong_media_type"),
        pytest.param("POST", "/sparql", encoded(("query", ASK)), {}, 415, id="bad_query_missing_form_type"),
        pytest.param("POST", "/sparql", ASK.encode(), {}, 415, id="bad_query_missing_direct_type"),
        pytest.param("POST", "/sparql", ASK.encode("utf-16"), QUERY, 400, id="bad_query_non_utf8"),
        pytest.param("POST", "/sparql", ASK.encode("utf-16"),
                     {"Content_Type": "application/sparql-query; charset=UTF-16"}, 415, id="bad_charset"),
        pytest.param("GET", "/sparql?query=%ff%fe", None, {}, 400, id="bad_query_non_utf8_in_address"),
        pytest.param("GET", "/sparql?query=ASK%20%7B", None, {}, 400, id="bad_query_syntax"),
        pytest.param("GET", "/sparql?query=", None, {}, 400, id="empty_query"),
        pytest.param("GET", "/sparql?other=1", None, {}, 400, id="no_query"),
        pytest.param("GET", f"/sparql?query={quote(ASK)}&default-graph-uri=http://127.0.0.1:1/x", None, {}, 400,
                     id="a_graph_that_is_not_here"),
        pytest.param("POST", "/sparql", encoded(("update", "CLEAR ALL")), FORM, 403, id="update_post_form"),
        pytest.param("POST", "/sparql", b"CLEAR ALL", UPDATE, 403, id="update_post_direct"),
        pytest.param("GET", "/sparql?update=CLEAR%20ALL", None, {}, 403, id="bad_update_get"),
        pytest.param("POST", "/sparql?using-graph-uri=urn:x", b"CLEAR ALL", UPDATE, 403,
                     id="bad_update_dataset_conflict"),
        pytest.param("POST", "/sparql", b"CLEAR ALL", QUERY, 400, id="update_called_a_query"),
        pytest.param("POST", "/sparql", b"x" * 1_000_001, QUERY, 413, id="too_long"),
    ],
)  # fmt: skip
def test_refused(server, method, path, body, headers, status):
    found = server.ask(method, path, body, **headers)
    assert (found.status, found.kind) == (status, "text/plain")
    assert len(found.text.strip()) > 15


# ---- what the protocol leaves to the server


def test_an_error_says_where(server):
    found = server.query("SELECT *\n{ ?s kog:x ?o }")
    assert found.status == 400
    assert found.text.startswith(
        "line 2, column 6: prefix `kog:` is not declared; did you mean `kg` or `kgo`?"
    )
    assert found.text.rstrip().endswith("^")


def test_unknown_names_are_hinted_at(server):
    assert "kgo%3Aagonist_of" not in server.query("ASK { ?s kgo:agonist_off ?o }").headers["x-hint"]
    assert "kgo:agonist_of`" in server.query("ASK { ?s kgo:agonist_off ?o }").headers["x-hint"]


def test_who_takes_nothing_of_it_is_told_what_there_is(server):
    assert server.query(ASK, "image/png").status == 406
    only_triples = server.query(ASK, "text/turtle")
    assert only_triples.status == 406 and "application/sparql-results+json" in only_triples.text
    assert server.query(ASK).status == 200


@pytest.mark.parametrize(
    ("header", "offered", "expected"),
    [
        ("", ROWS, ROWS[0]),
        ("*/*", TRIPLES, "text/turtle"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", ROWS, "text/tab-separated-values"),
        ("application/*;q=0.5, text/csv;q=0.4", ROWS, ROWS[0]),
        (
            "*/*, application/sparql-results+json;q=0, application/json;q=0",
            ROWS,
            "application/sparql-results+xml",
        ),
        ("TEXT/CSV; charset=utf-8; q=1", ROWS, "text/csv"),
        ("text/turtle;q=0", TRIPLES, None),
        ("text/html", ROWS, None),
        (",;;q=", ROWS, ROWS[0]),
    ],
)
def test_accept(header, offered, expected):
    assert accepted(header, offered) == expected


@pytest.mark.parametrize(
    "text", ["a" * 60_000, "\t" * 60_000, "a/b;" + " " * 60_000, ";q=" * 20_000, "a/b," * 15_000]
)
def test_no_header_keeps_the_server_busy(text):
    began = time.perf_counter()
    accepted(text, ROWS)
    assert time.perf_counter() - began < 1


def test_head_is_get_without_a_body(server):
    path = f"/sparql?query={quote(ASK)}"
    head, whole = server.ask("HEAD", path), server.get(path)
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == whole.headers[name]


def test_an_answer_keeps_its_tag_as_long_as_the_release(server):
    path = f"/sparql?query={quote(ASK)}"
    tag = server.get(path).headers["etag"]
    again = server.get(path, If_None_Match=f'"other", {tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert server.get(path, If_None_Match=tag, Accept="text/csv").status == 200
    assert server.get(f"/sparql?query={quote(ASK + ' ')}", If_None_Match=tag).status == 200
    assert "etag" not in server.query("SELECT (RAND () AS ?r) {}").headers


@pytest.mark.parametrize(
    "path",
    [
        "/", "/query", "/search?text=igm", "/entity/igmesine", "/entity/igmesine.ttl", "/paths",
        "/paths?source=igmesine&target=cGMP", "/paths/drawn?source=imipramine&target=serotonin",
        "/diagram/igmesine-nmda-mechanism", "/sparql", "/.well-known/void", "/data?default",
        "/api/openapi.json", "/api/counts", "/api/entities/igmesine", "/api/conflicts",
        "/api/paths?source=igmesine&target=cGMP", f"/sparql?query={quote(ASK)}",
    ],
)  # fmt: skip
def test_what_depends_only_on_the_release_is_not_sent_twice(server, path):
    first = server.get(path)
    assert first.status == 200 and first.headers["cache-control"] == "no-cache"
    again = server.get(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    for name in ("etag", "cache-control", "vary"):
        assert again.headers.get(name) == first.headers.get(name)
    other = "?other=1" if "?" not in path else "&other=1"
    assert server.get(path + other, If_None_Match='"another"').status != 304


def test_a_tag_is_of_one_form_and_one_address(server):
    page, triples = (
        server.get("/entity/igmesine", Accept=form).headers["etag"] for form in ("text/html", "text/turtle")
    )
    assert page != triples
    assert server.get("/entity/igmesine", Accept="text/turtle", If_None_Match=page).status == 200
    assert server.get("/entity/imipramine", If_None_Match=page).status == 200
    assert server.get("/api/entities?limit=2", If_None_Match=server.get("/api/entities").headers["etag"]).body
    for path in (
        "/metrics",
        "/nowhere",
        "/api/entities/nobody",
        "/sparql?query=x",
        "/paths?source=x&target=y",
    ):
        assert "etag" not in server.get(path).headers


PREFLIGHT = {"Origin": "https://example.org", "Access_Control_Request_Method": "POST",
             "Access_Control_Request_Headers": "content-type"}  # fmt: skip


def test_no_other_page_may_read_unless_it_is_named(server, tmp_path):
    found = server.get(f"/sparql?query={quote(ASK)}", Origin="https://example.org")
    assert not [name for name in found.headers if name.startswith("access-control")]
    assert found.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in server.ask("OPTIONS", "/sparql", **PREFLIGHT).headers
    assert server.ask("OPTIONS", "/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    origins = ["--allow-origin", "https://example.org", "--allow-origin", "https://example.com"]
    with serving(tmp_path, "--workers", "1", *origins) as open_server:
        found = open_server.get("/api/counts", Origin="https://example.org")
        assert found.headers["access-control-allow-origin"] == "https://example.org"
        assert "Origin" in found.headers["vary"]
        preflight = open_server.ask("OPTIONS", "/sparql", **PREFLIGHT)
        assert preflight.status == 200 and "POST" in preflight.headers["access-control-allow-methods"]
        other = open_server.get("/api/counts", Origin="https://example.net")
        assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize(
    "origin", ["https://example.org/", "example.org", "null", "", "https://*.example.org"]
)
def test_what_is_no_origin_is_said_so(origin):
    done = CliRunner().invoke(main, ["serve", "--allow-origin", origin])
    assert done.exit_code == 2 and "is no origin: https://NAME" in done.output


def test_every_page_may_read_where_all_are_allowed(tmp_path):
    with serving(tmp_path, "--workers", "1", "--allow-origin", "*") as open_server:
        found = open_server.query(ASK)
        asked = open_server.get(f"/sparql?query={quote(ASK)}", Origin="https://example.org")
        assert found.status == 200 and asked.headers["access-control-allow-origin"] == "*"


def test_a_name_of_somebody_else_is_refused(server, tmp_path):
    port = server.place.port
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", "LOCALHOST"):
        assert server.get("/api/counts", Host=host).status == 200
    for host in (f"evil.example:{port}", "127.0.0.1.evil.example", "[::2]", "localhost@evil.example", ""):
        refused = server.get("/api/counts", Host=host)
        assert (refused.status, b"--allow-host" in refused.body) == (421, True), host
        assert refused.headers["x-content-type-options"] == "nosniff"
    with serving(tmp_path, "--workers", "1", "--allow-host", "graph.example.org") as named:
        assert named.get("/api/counts", Host="graph.example.org").status == 200
        assert named.get("/api/counts", Host="evil.example").status == 421


def test_every_response_is_shielded(server):
    for path in ("/sparql", "/nowhere", "/metrics", "/sparql?query=x"):
        found = server.get(path).headers
        assert found["x-content-type-options"] == "nosniff"
        assert found["x-frame-options"] == "DENY"


def test_without_a_query_the_service_describes_itself(server):
    found = server.get("/sparql", Accept="text/turtle")
    triples = list(ox.parse(found.body, format=ox.RdfFormat.TURTLE))
    told = {(t.predicate.value.rpartition("#")[2], getattr(t.object, "value", "")) for t in triples}
    assert ("supportedLanguage", "http://www.w3.org/ns/sparql-service-description#SPARQL11Query") in told
    assert ("name", ONE) in told
    assert ("endpoint", f"{server.address}/sparql") in told
    assert server.get("/sparql", Accept="text/turtle").body == found.body
    assert server.get("/sparql", Host='x"><script>').status == 421


def test_void_counts_what_is_there(server):
    found = server.get("/.well-known/void", Accept="application/n-triples")
    triples = list(ox.parse(found.body, format=ox.RdfFormat.N_TRIPLES))
    about = {
        t.predicate.value.rpartition("#")[2]: t.object.value for t in triples if "#dataset" in str(t.subject)
    }
    counted = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json["results"]["bindings"][0]["n"][
        "value"
    ]
    assert about["triples"] == counted
    assert about["sparqlEndpoint"] == f"{server.address}/sparql"
    classes = [t for t in triples if t.predicate.value.endswith("void#class")]
    assert len(classes) > 10


# ---- Graph Store Protocol


def test_graphs_can_be_had_whole(server):
    whole = server.get("/data?default", Accept="application/n-triples")
    counted = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json["results"]["bindings"][0]["n"][
        "value"
    ]
    assert whole.body.count(b"\n") == int(counted)
    one = server.get(f"/data?graph={quote(ONE)}", Accept="application/n-triples")
    assert 100 < one.body.count(b"\n") < int(counted)
    assert server.ask("HEAD", "/data?default").status == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/data", 400),
        ("GET", f"/data?default&graph={quote(ONE)}", 400),
        ("GET", "/data?graph=urn:none", 404),
        ("PUT", "/data?default", 405),
        ("POST", "/data", 405),
        ("DELETE", f"/data?graph={quote(ONE)}", 405),
        ("PATCH", "/data?default", 405),
        ("GET", "/nowhere", 404),
    ],
)
def test_graphs_are_only_read(server, method, path, status):
    assert server.ask(method, path, b"" if method != "GET" else None).status == status


# ---- real clients


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on the PATH")
def test_curl(server):
    command = [
        "curl",
        "-sS",
        "-f",
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        "query@-",
        f"{server.address}/sparql",
    ]
    done = subprocess.run(
        command, input=b"SELECT ?t { kg:igmesine kgo:agonist_of ?t }", capture_output=True, check=True
    )
    assert done.stdout.decode().split() == ["t", f"{KG}sigma-1-receptor"]


def test_sparqlwrapper(server):
    wrapper = pytest.importorskip("SPARQLWrapper")
    for method in (wrapper.GET, wrapper.POST):
        for form in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
            client = wrapper.SPARQLWrapper(f"{server.address}/sparql")
            client.setQuery("SELECT ?t { kg:igmesine kgo:agonist_of ?t }")
            client.setMethod(method)
            client.setReturnFormat(form)
            found = client.query().convert()
            assert "sigma-1-receptor" in str(found.toxml() if form == wrapper.XML else found)
    client.setQuery("CONSTRUCT { ?s kgo:inhibits ?o } { ?s kgo:inhibits ?o }")
    client.setReturnFormat(wrapper.TURTLE)
    assert b"inhibits" in client.query().convert()


def test_rdflib_sparqlstore(server):
    from rdflib import Graph, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        store = SPARQLStore(f"{server.address}/sparql", method=method)
        graph = Graph(store)
        found = graph.query(f"SELECT ?t {{ <{KG}igmesine> <{KG}ontology#agonist_of> ?t }}")
        assert [str(row.t) for row in found] == [f"{KG}sigma-1-receptor"]
    assert (URIRef(f"{KG}igmesine"), URIRef(f"{KG}ontology#agonist_of"), None) in graph
    named = Graph(SPARQLStore(f"{server.address}/sparql"), identifier=URIRef(ONE))
    assert (URIRef(f"{KG}igmesine"), None, None) in named
