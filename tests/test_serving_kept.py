"""What `kg serve` gives again to who asks the same, what it never does, and how much it keeps."""

from __future__ import annotations

import pytest
from servers import serving

from kg.serving.accepting import Wanted
from kg.serving.asking import Asked
from kg.serving.keeping import Again, Kept
from kg.sparql.frames import Dataset

SPARQL = "SELECT ?t { kg:igmesine kgo:agonist_of ?t }"
JSON = "application/sparql-results+json"
ROWS = Wanted("text/csv", None)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("kept")) as found:
        yield found


def repeated(server) -> float:
    return server.metric("kg_answers_repeated")


def test_an_answer_given_again_is_the_same_in_every_header(server):
    first, before = server.query(SPARQL), repeated(server)
    again = server.query(SPARQL)
    assert repeated(server) == before + 1
    assert (again.status, again.body) == (200, first.body)
    told = {name: value for name, value in first.headers.items() if name != "date"}
    assert {name: value for name, value in again.headers.items() if name != "date"} == told
    held = server.get(
        f"/sparql?query={SPARQL.replace(' ', '+')}", Accept=JSON, If_None_Match=again.headers["etag"]
    )
    assert (held.status, held.body) == (304, b"")
    assert server.metric("kg_answers_kept_bytes") > 0


def test_the_head_of_an_answer_given_again_tells_its_length(server):
    whole = server.query(SPARQL)
    head = server.ask("HEAD", f"/sparql?query={SPARQL.replace(' ', '+')}", Accept=JSON)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))


def test_another_form_or_data_set_is_another_answer(server):
    json, csv = server.query(SPARQL), server.query(SPARQL, "text/csv")
    assert (json.kind, csv.kind) == (JSON, "text/csv")
    graph = "https://w3id.org/drug-mechanisms/B1198808"
    other = server.query(SPARQL, more=f"&default-graph-uri={graph}")
    assert other.status == 200 and other.body != json.body
    assert server.query(SPARQL).body == json.body


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT (STRUUID() AS ?x) {}",
        "SELECT (rand () AS ?x) {}",
        "SELECT (RAND # a remark\n () AS ?x) {}",
        "SELECT (R\\u0041ND() AS ?x) {}",
    ],
)
def test_what_is_never_the_same_is_asked_each_time(server, sparql):
    found = [server.query(sparql) for _ in range(2)]
    assert {one.status for one in found} == {200} or {one.status for one in found} == {400}
    assert found[0].status == 400 or found[0].body != found[1].body
    assert not [one for one in found if "etag" in one.headers]


def test_what_is_refused_or_long_is_not_kept(server):
    before = server.metric("kg_answers_kept_bytes")
    for _ in range(2):
        assert server.query("SELECT * { ?s").status == 400
        assert len(server.query("SELECT * { ?s ?p ?o }").body) > 100_000
    assert server.metric("kg_answers_kept_bytes") == before


def test_only_so_many_bytes_are_kept_and_the_last_asked_for_stay():
    kept = Kept(1_000_000)
    asked = [Asked(f"ASK {{ }} # {number}", None) for number in range(200)]
    for one in asked:
        kept.keep(one, ROWS, Again("tag", [], b"x" * 5000))
        assert kept.find(asked[0], ROWS) is not None
    assert 900_000 < kept.bytes <= 1_000_000
    assert kept.find(asked[1], ROWS) is None and kept.find(asked[-1], ROWS) is not None
    assert kept.find(asked[-1], Wanted("text/csv", "text/turtle")) is None
    assert kept.find(Asked(asked[-1].sparql, Dataset(("http://x/",))), ROWS) is None
    before = kept.bytes
    kept.keep(asked[-1], ROWS, Again("tag", [], b"y"))
    kept.keep(Asked("ASK {}", None), ROWS, Again("tag", [], b"x" * 20_000))
    kept.keep(Asked("ASK {}" + " " * 20_000, None), ROWS, Again("tag", [], b"x"))
    assert kept.bytes == before
