"""The JSON API of `kg serve`: every row as its OpenAPI document says, errors with the nearest names."""

from __future__ import annotations

import msgspec
import pytest
from servers import serving

from kg.formats.rows import conflict_row, measurement_row, path_row, statement_row
from kg.serving import shapes
from kg.serving.api import ADDRESSES, complete, entity
from kg.serving.openapi import document
from kg.serving.wishes import CompleteWish, NoWish


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("api"), "--workers", "1") as found:
        yield found


def as_sent(row: object) -> object:
    return msgspec.json.decode(msgspec.json.Encoder(decimal_format="number").encode(row))


def assert_shaped(row: object, shape: type) -> None:
    sent = as_sent(row)
    msgspec.convert(sent, shape)
    assert set(sent) == set(shape.__annotations__) | set(getattr(shape, "__required_keys__", ()))


def test_every_row_of_the_graph_has_the_shape_that_is_told(graph):
    for said in graph.statements():
        assert_shaped(statement_row(said), shapes.StatementRow)
    for value in graph.measurements():
        assert_shaped(measurement_row(value, graph.graph), shapes.MeasurementRow)
    for found in graph.conflicts():
        assert_shaped(conflict_row(found), shapes.ConflictRow)
    for name in graph.entities:
        assert_shaped(entity(graph, NoWish(), name), shapes.EntityPage)
    for path in graph.paths("igmesine", "cGMP"):
        assert_shaped(path_row(graph.graph, path, graph.conflicts()), shapes.PathRow)


def test_claims_are_filtered_as_in_the_shell(server, graph):
    found = server.get("/api/statements?subject=Igmesine&polarity=negated").json
    assert found["total"] == len(graph.statements(subject="igmesine", polarity="negated")) > 0
    assert found["items"][0]["evidence"][0]["source"].startswith("seeds/")
    one = server.get("/api/statements/igmesine.agonist_of.sigma-1-receptor").json
    assert one["object"] == "sigma-1-receptor"


def test_lists_come_in_stretches(server, graph):
    whole = [row["id"] for row in server.get("/api/entities?limit=1000").json["items"]]
    assert whole == list(graph.entities)
    assert [row["id"] for row in server.get("/api/entities?limit=5&offset=7").json["items"]] == whole[7:12]


def test_an_entity_goes_by_any_of_its_names(server):
    for name in ("sigma-1-receptor", "%CF%83%E2%82%81", "UniProt:Q99720"):
        assert server.get(f"/api/entities/{name}").json["id"] == "sigma-1-receptor"


def test_paths_have_sign_and_sources(server):
    found = server.get("/api/paths?source=igmesine&target=cGMP&limit=1").json
    assert len(found["items"]) == 1 < found["total"] and found["items"][0]["sign"] == "-"
    assert found["items"][0]["steps"][0]["statements"][0]["document"]
    around = server.get("/api/paths?source=igmesine&target=cGMP&avoid=NO&avoid=NMDAR").json
    assert 0 < around["total"] < found["total"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/entities/igmesin", 404, "igmesine"),
        ("/api/statements?predicate=inhibts", 404, "inhibits"),
        ("/api/statements?polarity=maybe", 400, "maybe"),
        ("/api/statements?subjet=igmesine", 400, "subjet"),
        ("/api/statements?limit=100000", 400, "1000"),
        ("/api/statements?subject=a&subject=b", 400, "once"),
        ("/api/paths?source=igmesine", 400, "target"),
        ("/api/statements/nothing", 404, "nothing"),
    ],
)
def test_errors_are_problems_that_teach(server, path, status, told):
    found = server.get(path)
    assert (found.status, found.kind) == (status, "application/problem+json")
    assert found.json["status"] == status
    assert told in found.json["detail"] + " ".join(found.json["candidates"])


def test_what_may_be_done_is_told_everywhere(server):
    for path in ("/api/counts", "/", "/data", "/metrics", "/entity/igmesine"):
        told = server.ask("OPTIONS", path)
        assert (told.status, told.body) == (204, b"") and "HEAD" in told.headers["allow"], path
    assert server.ask("POST", "/api/counts").status == server.ask("PUT", "/").status == 405
    assert server.ask("OPTIONS", "/nowhere").status == 404


def test_names_are_completed(graph):
    assert complete(graph, CompleteWish("kgo:agon"), "")["items"][0] == {
        "name": "kgo:agonist_of",
        "label": "agonist of",
    }
    assert complete(graph, CompleteWish("kg:ser"), "")["items"][0]["name"].startswith("kg:ser")
    assert "kgo:" in [row["name"] for row in complete(graph, CompleteWish("kg"), "")["items"]]
    assert len(complete(graph, CompleteWish("kg:"), "")["items"]) == 20
    assert complete(graph, CompleteWish("nobody:x"), "")["items"] == []


def test_the_document_is_openapi_3_1(server):
    told = server.get("/api/openapi.json").json
    assert told == as_sent(document(ADDRESSES))
    assert told["openapi"] == "3.1.0"
    assert list(told["paths"]) == [address.path for address in ADDRESSES]


def test_schemathesis_finds_no_fault(server):
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings

    schema = schemathesis.openapi.from_url(f"{server.address}/api/openapi.json")
    checked = []
    for operation in (found.ok() for found in schema.get_all_operations()):

        @given(case=operation.as_strategy())
        @settings(max_examples=15, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        def check(case):
            case.call_and_validate(base_url=server.address)

        check()
        checked.append(operation.label)
    assert checked == [f"GET {address.path}" for address in ADDRESSES]
