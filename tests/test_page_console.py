"""The console in a real headless Chromium: first answers, the same as elsewhere, stopped, silent and inert."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.request import urlopen

import pyoxigraph as ox
import pytest
from pages import opened
from test_browser import assert_fits_a_phone
from test_console import needs_wasm
from test_explore_page import pytestmark as in_chromium
from test_explore_page import show  # noqa: F401 (fixtures)
from test_views import PAYLOADS

from kg.problems import InvalidQuery
from kg.rdf import prefixes
from kg.sparql.answers import value_of
from kg.sparql.asking import unknown_names
from kg.views.console import Console
from kg.views.explorer import explorer
from kg.views.questions import QUESTIONS
from kg.wasm import wasm_build

pytestmark = [*in_chromium, needs_wasm]
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def asking(graph, tmp_path_factory):
    return graph.explore(sparql=True).write(tmp_path_factory.mktemp("pages") / "asking.html")


@pytest.fixture
def page(show, asking):
    opened = show(asking)
    yield opened
    assert opened.logged == []
    assert opened.outside() == []


def ask(page, sparql: str) -> None:
    page.run(f"explorer.questions.open(); explorer.questions.put({json.dumps(sparql)})")
    page.run("document.getElementById('ask').click()")


def answered(page, sparql: str) -> str:
    """Return what the page says of its answer."""
    ask(page, sparql)
    page.until("!explorer.questions.busy()", 60)
    return page.run("document.getElementById('answer-status').textContent")


def error(page) -> str:
    return page.run("document.getElementById('query-error').textContent")


def term(cell: dict | None) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
    if cell is None:
        return None
    if cell["type"] == "uri":
        return ox.NamedNode(cell["value"])
    if cell["type"] == "bnode":
        return ox.BlankNode(cell["value"])
    return ox.Literal(
        cell["value"], datatype=ox.NamedNode(cell.get("datatype", "http://www.w3.org/2001/XMLSchema#string"))
    )


def test_a_first_answer_from_a_file_asks_nothing_of_the_network(page):
    began = time.monotonic()
    assert answered(page, QUESTIONS[1][1]).startswith("7 rows in ")
    assert time.monotonic() - began < 15  # 0.5 on a quiet machine
    assert page.run("document.querySelectorAll('#answer tbody tr').length") == 7
    assert page.asked[0].startswith("file:")
    assert [address[:10] for address in page.asked[1:]] == ["blob:null/"]


def test_every_question_has_the_answer_that_python_gives(page, graph):
    known = graph._graph.vocabulary.prefixes
    questions = page.run("JSON.parse(document.getElementById('console-data').textContent).questions")
    assert {name for name, _ in questions} > {known.question for known in graph.questions()}
    for name, sparql in questions:
        answered(page, sparql)
        assert error(page) == "", name
        found, wanted = page.run("explorer.questions.answer()"), graph.query(sparql)
        if isinstance(wanted, bool):
            assert found["boolean"] == wanted, name
        elif hasattr(wanted, "turtle"):
            rows = {tuple(map(term, row)) for row in found["rows"]}
            triples = ox.parse(wanted.turtle.encode(), format=ox.RdfFormat.TURTLE)
            assert rows == {(quad.subject, quad.predicate, quad.object) for quad in triples}, name
        else:
            rows = [tuple(value_of(term(cell), known) for cell in row) for row in found["rows"]]
            assert tuple(found["names"]) == wanted.variables, name
            assert Counter(rows) == Counter(wanted.rows), name
            assert found["count"] == len(wanted), name


def test_names_choose_the_entity_or_the_claim_in_the_picture(page):
    answered(
        page,
        "SELECT ?a ?claim { ?claim a kgo:Statement ; rdf:subject kg:igmesine, ?a ; kgo:polarity 'negated' }",
    )
    page.run("document.querySelector('#answer td button').click()")
    assert page.run("document.querySelector('#selection h2').textContent") == "igmesine"
    page.run("document.querySelector('#answer td:last-child button').click()")
    assert page.run("explorer.state.selection.kind") == "edge"
    answered(
        page, "SELECT ?u { ?e skos:exactMatch ?u FILTER(STRSTARTS(STR(?u), 'https://go.drugbank')) } LIMIT 1"
    )
    addresses = page.run("[...document.querySelectorAll('#answer a')].map((anchor) => anchor.protocol)")
    assert set(addresses) <= {"https:"}


def test_a_runaway_is_stopped_and_the_next_question_answered(page):
    ask(page, RUNAWAY)
    page.until(
        "explorer.questions.busy() && document.getElementById('answer-status').textContent === 'asking…'"
    )
    time.sleep(1.5)
    assert page.run("explorer.questions.busy()")
    began = time.monotonic()
    page.run("explorer.show({kind: 'box', id: 0})")
    page.run("document.getElementById('stop').click()")
    page.until("!explorer.questions.busy()", 5)
    assert time.monotonic() - began < 5
    assert "stopped" in page.run("document.getElementById('answer-status').textContent")
    assert answered(page, "ASK { kg:igmesine ?p ?o }").startswith("yes, in ")


def test_a_question_stopped_while_the_engine_starts_is_over(page):
    ask(page, RUNAWAY)
    page.run("document.getElementById('stop').click()")
    page.until("!explorer.questions.busy()", 5)
    assert answered(page, "ASK { kg:igmesine kgo:no_such_thing ?o }").startswith("no, in ")


ERRORS = (
    "SELECT ?a WHERE {\n  ?a foo:b ?c ; }",
    "SELECT * {\n  rfd:type ?p ?o }",
    "SELECT * { ?s ?p kgg:igmesine }",
    "PREFIX a: <https://example.org/> ASK { _:b a:b :c }",
    "SELECT * { http://example.org/ ?p ?o }",
    "INSERT DATA { kg:a kg:b kg:c }",
    "SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }",
    "SELECT * {\n ?s ?p",
    "SELECT * { kg:B115768.ref.1 ?p ?o } LIMITS",
    "",
    "SELECT * {\n  # SERVICE\n\tSERVICE SILENT <https://example.org/> { ?s ?p ?o } }",
    "SELECT * FROM <https://example.org/> { ?s ?p ?o }",
    "SELECT * " + "{" * 80 + "}" * 80,
    "LOAD <https://example.org/>",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX a: <https://example.org/>\n\nSELEC * {}",
    "SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c }",
)


@pytest.mark.parametrize("sparql", ERRORS)
def test_an_error_is_shown_with_the_place_that_python_tells(page, graph, sparql):
    with pytest.raises(InvalidQuery) as told:
        graph.query(sparql)
    answered(page, sparql)
    reason, *shown = error(page).split("\n")
    assert str(told.value).split("\n")[0] == reason
    assert shown[-1].index("^") > 1
    assert page.run("document.getElementById('query').getAttribute('aria-invalid')") == "true"
    assert answered(page, "SELECT * { kg:B115768.ref.1 ?p ?o }") != "0 rows"
    assert error(page) == ""


def test_unknown_names_are_met_with_the_nearest_as_in_python(page, graph):
    sparql = "PREFIX d: <https://w3id.org/drug-mechanisms/> SELECT * { kg:igmesin kgo:inhibts ?x . d:serotonine kgo:label 'kg:no' }"
    status = answered(page, sparql)
    assert status.split("; ", 1)[1] == "; ".join(unknown_names(graph.store, sparql))
    assert "not in the graph" not in answered(
        page, "SELECT * FROM kg:B115768 { kg:igmesine kgo:agonist_of ?x }"
    )


def test_a_question_that_takes_longer_than_the_limit_is_stopped(page):
    assert page.run("document.getElementById('limit').value") == "30"
    page.run("document.getElementById('limit').add(new Option('1 s', '1', true, true))")
    ask(page, RUNAWAY)
    page.until("!explorer.questions.busy()", 15)
    assert "stopped after 1 s" in page.run("document.getElementById('answer-status').textContent")
    page.run("document.getElementById('limit').value = '30'")
    assert answered(page, "ASK { kg:igmesine ?p ?o }").startswith("yes, in ")


def test_an_engine_that_breaks_down_is_started_anew(page):
    deep = "SELECT * { ?s " + "/".join(["kgo:acts_on"] * 20_000) + " ?o }"
    answered(page, deep)
    assert answered(page, "ASK { kg:igmesine ?p ?o }").startswith("yes, in ")


def test_the_keys_of_the_picture_are_letters_in_the_console(page):
    page.run("explorer.questions.open(); explorer.show({kind: 'box', id: 3}); explorer.questions.put('')")
    page.run("document.getElementById('query').focus()")
    for letter in "ASK { ?a rdfs:label/rdf:type ?b }":
        page.press(letter)
    page.press("Escape")
    assert page.run("document.getElementById('query').value") == "ASK { ?a rdfs:label/rdf:type ?b }"
    assert page.run("explorer.state.selection.id") == 3
    page.press("Enter", modifiers=2)
    page.until("document.getElementById('answer-status').textContent.startsWith('no, in ')", 60)


def test_the_address_keeps_the_question_and_asks_it_again(page):
    answered(page, QUESTIONS[1][1])
    page.run("document.querySelector('#answer td button').click()")
    page.until(
        "location.hash.includes('query=') && location.hash.includes('entity=') && explorer.address.settled()"
    )
    address = page.run("location.hash.slice(1)")
    again = opened(page, address)
    again.until("document.querySelectorAll('#answer tbody tr').length === 7", 60)
    assert again.run("document.getElementById('query').value") == QUESTIONS[1][1]
    assert again.run("document.getElementById('console').open")


def test_the_answer_is_saved_as_csv_by_the_names_shown(page):
    answered(page, 'SELECT ?a ?b ?c { VALUES (?a ?b) { (kg:igmesine "one, \\"two\\"\\n") } }')
    assert page.run("explorer.questions.csv()") == 'a,b,c\r\nkg:igmesine,"one, ""two""\n",\r\n'
    assert not page.run("document.getElementById('save-csv').disabled")


def test_a_long_answer_is_shown_in_parts_and_never_cut_in_silence(page):
    status = answered(page, "SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 60000")
    assert status.startswith("60000 rows in ")
    assert "the first 50000 are here" in status
    assert page.run("document.querySelectorAll('#answer tbody tr').length") == 200
    page.run("document.querySelector('#answer > button').click()")
    assert page.run("document.querySelectorAll('#answer tbody tr').length") == 400


def test_a_phone_has_the_answer_below_the_question(page):
    answered(page, QUESTIONS[2][1])
    assert_fits_a_phone(page)


def test_every_control_of_the_console_has_a_name(page):
    controls = "[...document.querySelectorAll('#console :is(button, select, textarea, [tabindex])')]"
    named = "(one) => one.textContent.trim() && one.tagName === 'BUTTON' || one.labels?.length || one.getAttribute('aria-label')"
    assert page.run(f"{controls}.filter((one) => !({named})(one)).map((one) => one.id)") == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_are_inert(show, graph, payload, tmp_path):
    about = ox.NamedNode("https://w3id.org/drug-mechanisms/igmesine")
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    others = [ox.Literal(payload), ox.NamedNode("javascript:document.title='OWNED'"), ox.NamedNode('https://x.org/"onclick=1'.replace('"', "%22"))]  # fmt: skip
    held = ox.serialize([ox.Quad(about, label, other) for other in others], format=ox.RdfFormat.TRIG)
    console = Console(wasm_build(None), held, prefixes(graph._graph))
    page = show(explorer(graph._graph, (), "igmesine", 1, console).write(tmp_path / "x.html"))
    assert answered(page, "SELECT ?o ?s { ?s ?p ?o }").startswith("3 rows")
    answered(page, payload)
    assert error(page)
    opened(page, f"query={page.run(f'encodeURIComponent({json.dumps(payload[:500])})')}")
    page.until("!explorer.questions.busy()", 60)
    answered(page, "SELECT ?o ?s { ?s ?p ?o }")
    assert page.run("document.querySelectorAll('#answer tbody tr').length") == 3
    assert page.run("document.title") != "OWNED"
    assert page.run("document.querySelectorAll('.listing :is(img, script, svg, style)').length") == 0
    addresses = page.run("[...document.querySelectorAll('a')].map((anchor) => anchor.protocol)")
    assert set(addresses) <= {"https:"}
    assert (page.logged, page.outside()) == ([], [])


def test_a_worker_of_the_page_cannot_reach_the_network(show, asking):
    page = show(asking)
    with listening() as (address, heard):
        source = f"fetch('{address}').then(() => postMessage('reached'), (error) => postMessage(error.name))"
        made = (
            f"new Worker(URL.createObjectURL(new Blob([{json.dumps(source)}], {{type: 'text/javascript'}})))"
        )
        page.run(f"{made}.onmessage = ({{data}}) => {{ window.told = data; }}")
        page.until("window.told")
        assert page.run("told") == "TypeError"
        assert heard == []
        urlopen(address).close()
        assert heard == ["/"]


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """Listen on a port of this machine; yields the address and what was asked for."""
    heard: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Ear)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", heard
    finally:
        server.shutdown()
        server.server_close()
