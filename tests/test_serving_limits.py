"""`kg serve` under load: runaway and hungry queries, full queues, clients that leave, and being told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import quote

import pytest
from anyio import CapacityLimiter
from servers import KG, serving
from starlette.requests import Request
from test_sparql import ENDLESS, HUNGRY

from kg.serving.refusing import Refused
from kg.serving.searching import while_there

GOOD = "SELECT ?t { kg:igmesine kgo:agonist_of ?t }"
WHOLE = "SELECT ?s ?p ?o { ?s ?p ?o . ?a ?b ?c }"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    options = ["--workers", "2", "--waiting", "60", "--timeout", "4", "--memory", "200"]
    with serving(tmp_path_factory.mktemp("limits"), *options) as found:
        assert found.query(GOOD).status == 200
        yield found


def until(true, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "never true"
        time.sleep(0.05)


def test_a_runaway_beside_fifty_good_queries_harms_none(server):
    with ThreadPoolExecutor(51) as pool:
        runaway = pool.submit(server.query, ENDLESS)
        until(lambda: server.metric("kg_queries_running") == 1)
        good = [pool.submit(server.query, f"{GOOD} LIMIT {number}") for number in range(1, 51)]
        answers = [found.result() for found in good]
        assert {found.status for found in answers} == {200}
        assert len({found.body for found in answers}) == 1
        assert runaway.result().status == 503
    assert "4 s" in runaway.result().text


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot limit a process's memory so")
def test_a_hungry_query_is_stopped_and_the_next_one_answered(server):
    found = server.query(HUNGRY)
    assert found.status == 503 and "memory" in found.text
    assert server.query(GOOD).status == 200


def test_who_comes_when_too_many_wait_is_told_to_come_again(tmp_path):
    with serving(tmp_path, "--workers", "1", "--waiting", "1", "--timeout", "8") as small:
        assert small.query(GOOD).status == 200
        with ThreadPoolExecutor(2) as pool:
            held = [pool.submit(small.query, ENDLESS) for _ in range(2)]
            until(lambda: small.metric("kg_queries_waiting") == 1)
            began = time.monotonic()
            assert small.query(GOOD).status == 200  # what was answered before needs no worker
            refused = small.query(f"{GOOD} LIMIT 5")
            assert (refused.status, time.monotonic() - began < 3) == (503, True)
            assert int(refused.headers["retry-after"]) >= 1
            assert {found.result().status for found in held} == {503}
        assert small.query(GOOD).status == 200


def test_a_query_whose_client_leaves_is_ended_at_once(server):
    for _ in range(4):
        with socket.create_connection((server.place.hostname, server.place.port)) as leaving:
            leaving.sendall(
                f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            until(lambda: server.metric("kg_queries_running") == 1)
        until(lambda: server.metric("kg_queries_running") == 0, 3)
    assert server.query(GOOD).status == 200


def test_a_client_that_leaves_the_queue_takes_no_worker(server):
    with ThreadPoolExecutor(2) as pool:
        runaways = [pool.submit(server.query, ENDLESS) for _ in range(2)]
        until(lambda: server.metric("kg_queries_running") == 2)
        with socket.create_connection((server.place.hostname, server.place.port)) as leaving:
            leaving.sendall(f"GET /sparql?query={quote(GOOD)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            until(lambda: server.metric("kg_queries_waiting") == 1)
        until(lambda: server.metric("kg_queries_waiting") == 0, 3)
        assert {found.result().status for found in runaways} == {503}


def test_a_path_search_that_takes_too_long_is_said_so(tmp_path):
    with serving(tmp_path, "--workers", "1", "--timeout", "0.00001") as hasty:
        wish = "source=igmesine&target=cGMP&max_length=8"
        found = hasty.get(f"/api/paths?{wish}")
        assert (found.status, found.kind) == (503, "application/problem+json")
        assert "1e-05 s" in found.json["detail"] and "below 8" in found.json["detail"]
        assert hasty.get(f"/paths?{wish}").status == hasty.get(f"/paths/drawn?{wish}").status == 503


def test_a_client_that_leaves_ends_its_search_and_loses_its_turn():
    async def left():
        running, begun, ended = [], threading.Event(), []

        def search(gone: threading.Event) -> None:
            begun.set()
            ended.append(gone.wait(20))

        async def receive():
            while not begun.is_set():
                await asyncio.sleep(0.01)
            return {"type": "http.disconnect"}

        limiter, request = CapacityLimiter(1), Request({"type": "http"}, receive)
        running = [asyncio.ensure_future(while_there(request, search, limiter)) for _ in range(2)]
        return ended, await asyncio.gather(*running, return_exceptions=True)

    ended, faults = asyncio.run(left())
    assert ended == [True]
    assert [fault.status for fault in faults if isinstance(fault, Refused)] in ([499], [499, 499])


def test_a_search_ends_when_it_is_told_to(graph):
    found = graph.paths("igmesine", "cGMP", max_length=8, stop=lambda: True)
    assert found.stopped == "interrupt"


def test_long_answers_come_as_they_are_made_and_a_cut_one_is_no_whole_one(server):
    connection = server.connect()
    connection.request("GET", f"/sparql?query={quote(WHOLE)}", headers={"Accept": "text/csv"})
    got = connection.getresponse()
    assert (got.status, got.getheader("transfer-encoding")) == (200, "chunked")
    assert got.read(5) == b"s,p,o"
    time.sleep(4.5)  # reads on after the query was stopped
    with pytest.raises(Exception, match=r"IncompleteRead|incomplete"):
        got.read()
    connection.close()
    assert "broken off" in server.log.read_text()
    assert server.query(GOOD).status == 200


def test_a_body_that_never_comes_keeps_nobody(server):
    with socket.create_connection((server.place.hostname, server.place.port)) as slow:
        head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        slow.sendall(f"{head}Content-Length: 100\r\n\r\nASK".encode())
        assert server.query(GOOD).status == 200
        slow.settimeout(20)
        assert slow.recv(100).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    ("begun", "more"),
    [
        (b"GET /", b"x" * 8000),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ", b"x" * 8000),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X: 1\r\n" * 1300),
    ],
    ids=["address", "header", "headers"],
)
def test_a_head_without_end_is_refused(server, begun, more):
    got = b""
    with socket.create_connection((server.place.hostname, server.place.port)) as endless:
        endless.settimeout(20)
        with suppress(ConnectionError):  # closed while more came
            for piece in (begun, *[more] * 100):
                endless.sendall(piece)
            got = endless.recv(100)
    assert got == b"" or got.startswith(b"HTTP/1.1 400")


def test_a_query_as_long_as_a_head_may_be_is_answered(server):
    long = f"{GOOD.replace(' ', '+')}%23{'x' * 60_000}"
    assert server.get(f"/sparql?query={long}").status == 200
    assert server.get(f"/sparql?query={long}{'x' * 60_000}").status == 400


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_what_runs_and_ends_with_0(tmp_path, number):
    with serving(tmp_path, "--timeout", "3") as stopping:
        answers: list = []
        asking = threading.Thread(target=lambda: answers.append(stopping.query(ENDLESS)))
        asking.start()
        until(lambda: stopping.metric("kg_queries_running") == 1)
        assert stopping.stop(number) == 0
        asking.join(10)
        assert [found.status for found in answers] == [503]
        assert "Traceback" not in stopping.log.read_text()


def test_a_taken_address_is_said_so(server, tmp_path):
    import subprocess

    done = subprocess.run(
        [KG, "serve", "--port", str(server.place.port)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert f"cannot listen at 127.0.0.1:{server.place.port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_request_has_its_line_and_no_query_stands_in_it(server):
    server.get("/nowhere%0Aforged?secret=1")
    until(lambda: "nowhere" in server.log.read_text())
    (line,) = [told for told in server.log.read_text().splitlines() if "nowhere" in told]
    assert "GET /nowhere%0Aforged 404 " in line and line.endswith(" ms")
    assert "secret" not in server.log.read_text() and "igmesine" not in server.log.read_text()


def test_the_metrics_add_up(server):
    before = server.metric('kg_requests_total{part="sparql",status="200"}')
    server.query(GOOD)
    assert server.metric('kg_requests_total{part="sparql",status="200"}') == before + 1
    told = dict(line.rsplit(" ", 1) for line in server.get("/metrics").text.splitlines() if line[0] != "#")
    assert told["kg_request_seconds_count"] == told['kg_request_seconds_bucket{le="+Inf"}']
    assert server.metric("process_resident_memory_bytes") > 10_000_000
