"""What notebooks show: every kind as HTML and as plain text, sourced, cut where long, inert where hostile."""

from __future__ import annotations

import sys
import threading
from decimal import Decimal
from html.parser import HTMLParser
from importlib import import_module
from math import inf

import msgspec
import pytest
from conftest import ROOT
from test_views import PAYLOADS

import kg
from kg.checked import Checked
from kg.graph import Graph, graphs_in_use
from kg.knowledge_graph import KnowledgeGraph
from kg.model import (
    Conflict,
    Document,
    Entity,
    Evidence,
    KnowledgeBase,
    Locator,
    Measurement,
    Qualifiers,
    Quantity,
    Source,
    Statement,
)
from kg.rich import Shown
from kg.showing import HOMES
from kg.sparql import Table, Triples
from kg.vocabulary import read_vocabulary

SHOWN = {
    "graph": (lambda graph: graph, "408 statements"),
    "entity": (lambda graph: graph.e.igmesine, "sigma-1 receptor agonist"),
    "entities": (lambda graph: graph.search("serotonin"), "5-hydroxytryptamine"),
    "predicate": (lambda graph: graph.p.inhibits, "− lowers"),
    "statement": (lambda graph: graph.statements(subject="igmesine")[0], "B115768, section “Abstract”"),
    "statements": (lambda graph: graph.statements(subject="imipramine"), "more; `.to_frame()` holds all"),
    "measurement": (lambda graph: graph.measurements(drug="desipramine", target="DAT")[0], ">10,000 nM"),
    "measurements": (lambda graph: graph.measurements(drug="igmesine"), "> 10 µM"),
    "path": (lambda graph: graph.paths("igmesine", "cGMP")[1], "by this path igmesine would raise cGMP"),
    "paths": (lambda graph: graph.paths("igmesine", "cGMP"), "3 of 4 steps from background"),
    "conflict": (lambda graph: graph.conflicts()[0], "15.8-fold apart"),
    "conflicts": (lambda graph: graph.conflicts(), "verdict: open"),
    "effect": (lambda graph: graph.effect("igmesine", "cGMP"), "neither overrules the other"),
    "what if": (lambda graph: graph.what_if(inhibit=["SERT"]), "Predicted, not claimed"),
    "predictions": (lambda g: g.predicted(g.what_if(inhibit=["SERT"]), ["Receptor"]), "not claimed"),
    "metapaths": (lambda graph: graph.metapaths("imipramine", "serotonin"), "Transporter"),
    "coverage": (lambda graph: graph.coverage(), "B115768: 40 of 56 passages curated"),
    "comparison": (lambda graph: graph.compare_protocols("sert-binding", "net-binding"), "~25 °C"),
    "explanation": (lambda graph: graph.between("igmesine", "BDNF", "cGMP"), "nothing cheaper joins them"),
    "neighbours": (lambda graph: graph.neighbours("igmesine"), "Tested and not found"),
    "common": (lambda graph: graph.common("imipramine", "fluoxetine"), "both lower"),
    "subgraph": (lambda graph: graph.subgraph("igmesine", "cGMP", "nitric oxide"), "NMDA receptor"),
    "reversal": (lambda graph: graph.reversal("imipramine", "fluoxetine", "cAMP"), "curated experiment"),
    "matrix": (lambda graph: graph.affinities("imipramine")[0], "0.9–79"),
    "matrices": (lambda graph: graph.affinities("imipramine", "desipramine"), "not measured"),
    "selectivity": (lambda graph: graph.selectivity("imipramine", "SERT", "NET"), "sources disagree"),
    "occupancy": (lambda graph: graph.occupancy("imipramine", "100 nM")[0], "never from IC50"),
    "occupancies": (lambda graph: graph.occupancy("imipramine", "100 nM"), "unknown: "),
    "pools": (lambda graph: graph.pools("imipramine", "SERT"), "1.4 nM (B10784792)"),
    "Ki from IC50": (
        lambda g: g.cheng_prusoff("39 nM", radioligand="3 nM", kd="3 nM"),
        "Cheng Y, Prusoff WH (1973)",
    ),
    "solutions": (lambda graph: graph.ask("targets-below"), "histamine H1 receptor"),
    "triples": (lambda graph: graph.query("CONSTRUCT WHERE { kg:igmesine ?p ?o }"), "kg:igmesine"),
    "mechanism": (lambda graph: graph.mechanisms["igmesine-nmda-mechanism"], "20 boxes"),
    "diagram": (lambda graph: graph.view("igmesine-nmda-mechanism"), "20 boxes"),
    "workflow": (lambda graph: graph.workflows["radioligand-binding-workflow"], "boxes"),
    "explorer": (lambda graph: graph.explore("cGMP", hops=1), "Around cyclic guanosine monophosphate"),
    "chart": (lambda graph: graph.draw_affinities("imipramine"), "Affinities of imipramine"),
}
PICTURES = ("mechanism", "diagram", "workflow", "explorer", "chart")


class Outline(HTMLParser):
    """Remembers the elements of some HTML, their attributes, and which were left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def bundle(thing, **wish):
    return thing._repr_mimebundle_(**wish)


@pytest.fixture(params=SHOWN)
def kind(request):
    return request.param


def test_everything_has_html_and_plain_text(graph, kind):
    make, telling = SHOWN[kind]
    shown = bundle(make(graph))
    assert {"text/html", "text/plain"} <= set(shown)
    assert telling in shown["text/plain"]
    outline = Outline(shown["text/html"])
    assert outline.open == []
    assert ("image/svg+xml" in shown) == (kind in PICTURES)
    if kind not in PICTURES:
        assert telling in outline.text


def test_a_front_end_gets_only_what_it_wants(graph, kind):
    thing = SHOWN[kind][0](graph)
    assert set(bundle(thing, include={"text/plain"})) == {"text/plain"}
    assert "text/html" not in bundle(thing, exclude={"text/html"})


def test_a_repr_is_one_line(graph, kind):
    line = repr(SHOWN[kind][0](graph))
    assert "\n" not in line
    assert line.startswith("<")
    assert len(line) < 200


def test_the_same_thing_is_shown_in_the_same_bytes(graph, kind):
    make = SHOWN[kind][0]
    assert bundle(make(graph)) == bundle(make(graph))


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_in_a_frame_without_an_origin_above_a_still_one(graph, kind):
    shown = bundle(SHOWN[kind][0](graph))
    elements = dict(Outline(shown["text/html"]).elements)
    assert set(elements) == {"div", "img", "iframe"}
    rights = set(elements["iframe"]["sandbox"].split())
    assert rights <= {
        "allow-scripts",
        "allow-downloads",
        "allow-popups",
        "allow-popups-to-escape-sandbox",
    }
    assert elements["img"]["src"].startswith("data:image/svg+xml;base64,")
    assert shown["image/svg+xml"].startswith("<svg")
    assert "<script" not in shown["image/svg+xml"]


def test_a_still_picture_leaves_the_page_out(graph):
    still = graph.view("igmesine-nmda-mechanism").still
    assert set(bundle(still)) == {"image/svg+xml", "text/plain"}
    assert bundle(graph.explore("cGMP", hops=1).still)["image/svg+xml"].count("<ellipse") > 3


def test_every_arrow_of_a_path_shows_its_document_and_place(graph):
    for path in graph.paths("igmesine", "cGMP"):
        html = Outline(bundle(path)["text/html"]).text
        for step in path.steps:
            for claim in step.statements:
                first = claim.evidence[0]
                assert f"{first.document}, {first.locator}" in html
                assert str(first.source) in html


def test_what_was_not_found_is_struck_and_what_is_hedged_hollow(graph):
    negated = bundle(graph.statements(subject="igmesine", polarity="negated"))["text/html"]
    assert "<s><b>igmesine</b> binds <b>NMDA receptor</b></s>" in negated
    assert "✗\u00a0found\u00a0not\u00a0to" in negated
    hedged = bundle(graph.statements(certainty="hedged")[:1])
    assert "kg-hedged" in hedged["text/html"]
    assert "hedged" in hedged["text/plain"]


def test_a_long_table_tells_how_much_is_left_out(graph):
    found = graph.statements()
    assert f"… and {len(found) - 20} more; `.to_frame()` holds all" in bundle(found)["text/plain"]
    assert Outline(bundle(found)["text/html"]).elements.count(("tr", {})) == 21
    assert "more;" not in bundle(found[:20])["text/plain"]


def test_a_claim_without_its_graph_is_told_by_ids():
    claim = Statement("a.inhibits.b", "drug-a", "has_effect", "b", "-", Source("seeds/x.yaml", 3))
    assert "− lowers  drug-a has effect b" in bundle(claim)["text/plain"]


def test_a_graph_elsewhere_is_shown_without_being_asked():
    remote = kg.connect("http://127.0.0.1:9/sparql")
    assert bundle(remote) == {"text/plain": repr(remote)}


def test_every_shown_class_has_a_home():
    homes = {name: module for module, names in HOMES.items() for name in names}
    for name, module in homes.items():
        assert name in import_module(f"kg.showing.{module}").SHOWN
    waiting, classes = [Shown], []
    while waiting:
        classes += waiting[-1].__subclasses__()
        waiting += waiting.pop().__subclasses__()
    ours = {kind.__name__ for kind in classes if kind.__module__.startswith("kg.")}
    assert ours - {"Rows", "RemoteGraph"} == set(homes)


# ---- lists ------------------------------------------------------------------------------------------------

LISTS = (
    "entities", "statements", "measurements", "paths", "conflicts", "occupancies", "predictions", "metapaths",
)  # fmt: skip


@pytest.mark.parametrize("kind", LISTS)
def test_lists_are_tuples_and_their_cuts_are_of_their_kind(graph, kind):
    found = SHOWN[kind][0](graph)
    assert found == tuple(found)
    assert hash(found) == hash(tuple(found))
    assert type(found[:2]) is type(found)
    assert found[:2] == tuple(found)[:2]
    assert next(iter(found)) is found[0]
    assert vars(found[:2]) == vars(found)


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("kind", [*LISTS, "matrices", "coverage", "solutions"])
def test_lists_give_frames(graph, kind, library):
    pytest.importorskip(library)
    found = SHOWN[kind][0](graph)
    frame = found.to_frame(library)
    parts = {"matrices": "cells", "coverage": "parts"}
    rows = sum(len(getattr(one, parts[kind])) for one in found) if kind in parts else len(found)
    assert len(frame) == rows
    assert len(set(frame.columns)) == len(frame.columns)


def test_a_frame_of_statements_has_the_claims(graph):
    frame = graph.statements(subject="igmesine", predicate="agonist_of").to_frame()
    assert list(frame["object"]) == ["sigma-1-receptor"] * len(frame)
    assert frame["locator"][0].startswith("section “Abstract”")


def test_an_answer_in_sparql_keeps_numbers_and_gaps():
    found = Table(("n", "x", "name"), ((1, Decimal("2.5"), "a"), (2, None, None), (3, 1, 7)))
    frame = found.to_frame("polars")
    assert frame["n"].to_list() == [1, 2, 3]
    assert frame["x"].to_list() == [2.5, None, 1.0]
    assert frame["name"].to_list() == ["a", None, "7"]
    assert Table(("n",), ((2**70,),)).to_frame()["n"][0] == str(2**70)
    assert list(Table(("n",), ((6.02e23,), (inf,))).to_frame()["n"]) == [6.02e23, inf]


def test_a_frame_of_another_library_is_refused(graph):
    for rows in (graph.statements(), graph.measurements(), graph.query("SELECT * { }")):
        with pytest.raises(ValueError, match="a frame is of pandas or polars, not of 'Polars'"):
            rows.to_frame("Polars")


def test_a_frame_of_nothing_has_its_columns(graph):
    assert list(graph.statements()[:0].to_frame().columns)[:2] == ["id", "subject"]


def test_graphs_are_found_while_another_thread_makes_some(graph):
    done = threading.Event()

    def make_graphs():
        while not done.is_set():
            assert len([Graph(graph.graph.knowledge, graph.graph.vocabulary) for _ in range(50)]) == 50

    held = [Graph(graph.graph.knowledge, graph.graph.vocabulary) for _ in range(200)]
    maker, patience = threading.Thread(target=make_graphs), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        maker.start()
        assert all(set(held) <= set(graphs_in_use()) for _ in range(2000))
    finally:
        sys.setswitchinterval(patience)
        done.set()
        maker.join()


# ---- hostile texts ----------------------------------------------------------------------------------------


def hostile(payload: str) -> KnowledgeGraph:
    """Return a graph that has the payload in every text there is."""
    source = Source(payload, 1)
    place = Evidence(payload, Locator(section=payload, row=payload), source, (1,), (1,), payload, payload)
    entities = [
        Entity(name, f"{name} {payload}", kind, source, payload, (payload,), (payload,), payload)
        for name, kind in (("a", "Drug"), ("b", "Receptor"), ("c", "Process"))
    ]
    circumstances = Qualifiers(species=payload, dose=payload)
    claims = [
        Statement(
            f"{one}.{verb}.{other}", one, verb, other, sign, source,
            qualifiers=circumstances, evidence=(place,), normalised=payload, note=payload,
        )
        for one, verb, other, sign in (("a", "inhibits", "b", "-"), ("b", "increases", "c", "+"))
    ]  # fmt: skip
    value = Measurement(
        "m", "a", "b", "Ki", Quantity(payload, "=", Decimal(3)), source, "nM", payload, payload, payload,
        circumstances, (place,), payload, None, payload,
    )  # fmt: skip
    conflict = Conflict(
        "k", "sign", payload, tuple(claim.id for claim in claims), "open", None, payload, payload, source
    )
    document = Document(payload, payload, "vendor", source)
    base = KnowledgeBase((document,), tuple(entities), tuple(claims), (value,), (), (conflict,))
    return KnowledgeGraph(Checked(base, read_vocabulary(ROOT / "ontology"), ()))


def everything(graph: KnowledgeGraph, payload: str) -> list:
    return [
        graph,
        graph["a"],
        graph.search("a"),
        graph.statements(),
        graph.statements()[0],
        graph.measurements(),
        graph.measurements()[0],
        graph.paths("a", "c"),
        graph.paths("a", "c")[0],
        graph.conflicts(),
        graph.conflicts()[0],
        graph.effect("a", "c"),
        graph.what_if(inhibit=["a"]),
        graph.affinities("a"),
        graph.between("a", "c"),
        graph.neighbours("b"),
        graph.common("a", "b"),
        graph.subgraph("a", "c"),
        graph.reversal("a", "b", "c"),
        graph.selectivity("a", "b", "c"),
        graph.occupancy("a", "10 nM"),
        Table((payload or "x",), ((payload,),)),
        Triples(""),
    ]


TAGS = {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "b", "s", "span", "br", "details", "summary", "pre"}  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_stay_texts(payload):
    for thing in everything(hostile(payload), payload):
        shown = bundle(thing)
        outline = Outline(shown["text/html"])
        assert outline.open == []
        assert {tag for tag, _ in outline.elements} <= TAGS
        assert {name for _, given in outline.elements for name in given} <= {"class", "open", "style"}
        assert "\u202e" not in shown["text/html"] + shown["text/plain"]


def test_a_hostile_explorer_stays_in_its_frame():
    payload = "</iframe></title><script>document.title='OWNED'</script>\"'"
    explored = hostile(payload).explore()
    shown = bundle(explored)
    assert {tag for tag, _ in Outline(shown["text/html"]).elements} == {"div", "img", "iframe"}
    assert "<script" not in shown["image/svg+xml"]


def test_rows_are_still_encoded_as_before(graph):
    claim = graph.statements()[0]
    assert msgspec.json.decode(msgspec.json.encode(claim), type=Statement) == claim
