"""The pages of `kg serve`: an entity as page and as RDF, diagrams and paths, the editor, hostile texts inert."""

from __future__ import annotations

import re
import shutil
import time
from html import unescape
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from servers import in_a_thread, serving
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from test_browser import CHROMIUM, Tab
from test_explore import hostile_graph
from test_views import PAYLOADS, Page

from kg.checked import Checked
from kg.knowledge_graph import KnowledgeGraph
from kg.serving import api
from kg.serving.app import FAULTS
from kg.serving.pages import Pages
from kg.vocabulary import KG

browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on the PATH")
NO_ICON = Route("/favicon.ico", lambda _: Response(status_code=204))
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("pages"), "--workers", "1") as found:
        yield found


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/entity/igmesine", HTML, "text/html"),
        ("/entity/igmesine", "", "text/html"),
        ("/entity/igmesine", "text/turtle", "text/turtle"),
        ("/entity/igmesine", "application/ld+json", "application/ld+json"),
        ("/entity/igmesine.ttl", HTML, "text/turtle"),
        ("/entity/igmesine.jsonld", HTML, "application/ld+json"),
        ("/entity/%CF%831.ttl", HTML, "text/turtle"),
    ],
)
def test_an_entity_comes_as_it_is_wanted(server, path, accept, kind):
    found = server.get(path, Accept=accept)
    assert (found.status, found.kind) == (200, kind)
    assert "Accept" in found.headers["vary"]


def test_a_page_is_rendered_once_and_few_are_kept(graph):
    pages = Pages(graph, None)
    first, again = (pages._entity_pages("igmesine") for _ in range(2))
    assert first is again
    for name in graph.entities:
        pages._entity_pages(name)
    kept = pages._entity_pages.cache_info()
    assert kept.currsize == kept.maxsize < len(graph.entities)


def test_the_triples_of_an_entity_are_its_own_and_those_of_its_claims(server, graph):
    triples = list(ox.parse(server.get("/entity/igmesine.ttl").body, format=ox.RdfFormat.TURTLE))
    about = {triple.subject.value for triple in triples}
    said = {row.id for row in graph.statements() if "igmesine" in (row.subject, row.object, row.than)}
    assert {f"{KG}igmesine"} | {KG + name for name in said} <= about
    assert f"{KG}imipramine" not in about
    assert {triple.predicate.value.rpartition("#")[2] for triple in triples} >= {
        "section",
        "source_line",
        "label",
    }


def test_every_claim_has_an_anchor_its_evidence_and_its_line(server, graph):
    page = server.get("/entity/igmesine").text
    for said in graph.statements(subject="igmesine"):
        assert f'id="{said.id}"' in page
        assert str(said.source) in page
    place = server.get("/resource/igmesine.agonist_of.sigma-1-receptor")
    assert (place.status, place.headers["location"]) == (
        303, "/entity/igmesine#igmesine.agonist_of.sigma-1-receptor",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/entity/Sigma-1", 303, "/entity/sigma-1-receptor"),
        ("/resource/igmesine", 303, "/entity/igmesine"),
        ("/resource/igmesine-nmda-mechanism", 303, "/diagram/igmesine-nmda-mechanism"),
        ("/entity/nobody-knows", 404, None),
        ("/diagram/nothing", 404, None),
        ("/resource/B115768", 303, f"/sparql?query=DESCRIBE+%3C{quote(KG, safe='')}B115768%3E"),
        (
            "/resource/net-binding.material.1",
            303,
            f"/sparql?query=DESCRIBE+%3C{quote(KG, safe='')}net-binding.material.1%3E",
        ),
        ("/resource/nothing", 404, None),
        ("/resource/%3E%20%7B%7D", 404, None),
        ("/paths?source=igmesin&target=cGMP", 400, None),
    ],
)
def test_where_names_lead(server, path, status, location):
    found = server.get(path, Accept=HTML)
    assert (found.status, found.headers.get("location")) == (status, location)


def test_every_entity_and_diagram_is_reached_from_home(server, graph):
    page = server.get("/").text
    assert {f"/entity/{name}" for name in graph.entities} <= set(re.findall(r'href="([^"]+)"', page))
    for name in ("igmesine-nmda-mechanism", *graph.workflows):
        assert f"/diagram/{name}" in page
    assert 'id="diagram"' in server.get("/diagram/igmesine-nmda-mechanism").text
    assert 'id="diagram"' in server.get("/paths/drawn?source=igmesine&target=cGMP").text


@pytest.mark.parametrize(
    "path", ["/", "/query", "/paths?source=igmesine&target=cGMP", "/entity/igmesine", "/search?text=a"]
)
def test_pages_run_only_their_own_code_and_load_nothing(server, path):
    found = server.get(path)
    policy = found.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src ") and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy and "connect-src 'self'" in policy
    tags = Page(found.text).tags
    assert not [tag for tag, _ in tags if tag in ("link", "img", "iframe", "base", "object", "embed")]
    assert not [attributes for _, attributes in tags if "src" in attributes or "style" in attributes]


def test_the_editor_offers_every_question_of_the_library(server, graph):
    page = unescape(server.get("/query").text)
    for question in graph.questions():
        assert f">{question.question}</option>" in page
        assert server.query(graph.question(question.name)).status == 200


# ---- in a browser


def go(tab: Tab, address: str) -> None:
    tab.call("Page.navigate", url="about:blank")
    tab.until("location.href === 'about:blank'")
    tab.logged.clear()
    tab.asked.clear()
    tab.call("Page.navigate", url=address)
    tab.until("location.protocol === 'http:' && document.readyState === 'complete'")


@browser
@pytest.mark.browser
def test_the_editor_completes_runs_links_and_keeps_the_query(server, tab):
    go(tab, f"{server.address}/query")
    tab.until("document.documentElement.dataset.ready === 'yes'")
    tab.run("query = document.getElementById('query'); query.value = ''; query.focus()")
    tab.call("Input.insertText", text="SELECT ?t { kg:igmesine kgo:agon")
    tab.until("!document.getElementById('names').hidden")
    assert tab.run("document.querySelector('#names li').textContent") == "kgo:agonist_ofagonist of"
    tab.press("Tab")
    tab.call("Input.insertText", text=" ?t }")
    tab.press("Enter", modifiers=2)
    tab.until("document.querySelector('#answer a') !== null")
    assert tab.run("document.getElementById('told').textContent") == "1 row"
    assert tab.run("document.querySelector('#answer a').getAttribute('href')") == "/resource/sigma-1-receptor"
    kept = tab.run("location.href")
    go(tab, kept)
    tab.until("document.querySelector('#answer a') !== null")
    assert tab.run("document.getElementById('query').value") == "SELECT ?t { kg:igmesine kgo:agonist_of ?t }"
    assert tab.logged == []
    assert {address.split("#")[0].removeprefix(server.address) for address in tab.asked[1:]} <= {
        "/query",
        "/sparql",
    }


@browser
@pytest.mark.browser
@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("ASK { kg:igmesine ?p ?o }", "yes"),
        ("CONSTRUCT { ?s kgo:inhibits ?o } { ?s kgo:inhibits ?o }", "kgo:inhibits"),
        ("SELECT (1/3 AS ?n) ('<b>x</b>' AS ?x) ?none {}", "<b>x</b>"),
        ("SELECT * {\n  ?s kog:x ?o }", "line 2, column 6"),
    ],
)
def test_the_editor_shows_every_kind_of_answer(server, tab, sparql, told):
    go(tab, f"{server.address}/query#q={quote(sparql)}")
    tab.until("document.documentElement.dataset.answered")
    shown = tab.run(
        "document.getElementById('answer').innerText + document.getElementById('fault').innerText"
    )
    assert told in shown


@browser
@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["/", "/query", "/paths?source=igmesine&target=cGMP", "/entity/igmesine", "/search?text=a"]
)
def test_pages_fit_a_phone(server, tab, path):
    tab.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
    try:
        go(tab, server.address + path)
        assert tab.run("document.documentElement.scrollWidth") <= 390
        assert tab.logged == []
    finally:
        tab.call("Emulation.clearDeviceMetricsOverride")


@browser
@pytest.mark.browser
@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_stay_inert(tab, payload):
    rows = hostile_graph(payload)
    graph = KnowledgeGraph(Checked(rows.knowledge, rows.vocabulary, ()))
    routes = [*api.routes(graph), *Pages(graph, None).routes(), NO_ICON]
    pages = Starlette(routes=routes, exception_handlers=FAULTS)
    names = [quote(name, safe="") for name in graph.entities]
    paths = [
        "/", "/query", f"/search?{urlencode({'text': payload})}", *(f"/entity/{name}" for name in names),
        f"/diagram/{quote(payload, safe='')}", "/paths?source=toString&target=constructor",
        f"/paths?{urlencode({'source': 'toString', 'target': payload, 'sign': payload})}",
        f"/paths?{urlencode({'source': 'toString', 'target': payload})}",
        f"/paths/drawn?{urlencode({'source': 'toString', 'target': payload})}",
    ]  # fmt: skip
    with in_a_thread(pages) as address:
        for path in paths:
            go(tab, address + path)
            time.sleep(0.05)
            refused = [
                line for line in tab.logged if "status of 40" in line
            ]  # the path, its sign or its length
            assert tab.logged == refused and (not refused or path.startswith("/paths")), path
            assert "OWNED" not in tab.run("document.title").replace(payload, "")
            assert [
                asked for asked in tab.asked if not asked.startswith((address, "data:", "blob:", "about:"))
            ] == []
        go(tab, f"{address}/query")
        tab.run("query = document.getElementById('query'); query.value = ''; query.focus()")
        tab.call("Input.insertText", text="kg:constructor")
        time.sleep(0.3)
        assert tab.logged == []


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on the PATH")
def test_curl_follows_a_name_to_its_triples(server):
    import subprocess

    command = ["curl", "-sSfL", "-H", "Accept: text/turtle", f"{server.address}/entity/sigma-1"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert b"kg:sigma-1-receptor" in done.stdout
