"""The RDF face: one graph in every engine and format, direct edges only for what holds, no quality fault."""

from __future__ import annotations

import json
from decimal import Decimal

import networkx as nx
import pyoxigraph as ox
import pytest
from conftest import ROOT
from rdflib import Dataset, Graph, Literal, URIRef

import kg
from kg.formats import FORMATS
from kg.rdf import quads
from kg.sparql import Table

XSD = "http://www.w3.org/2001/XMLSchema#"
QUALITY = sorted((ROOT / "ontology" / "quality").glob("*.rq"))


def triples(data: str | bytes, form: str) -> set:
    return set(Graph().parse(data=data, format=form))


@pytest.fixture(scope="module")
def dataset(graph) -> Dataset:
    return graph.to_rdflib()


def test_every_format_holds_the_same_graph(graph, dataset):
    whole = set(dataset.default_graph)
    assert triples(graph.export("turtle"), "turtle") == whole
    trig = Dataset()
    trig.parse(data=graph.export("trig"), format="trig")
    assert set(trig.default_graph) == whole
    named = {context.identifier for context in dataset.graphs() if len(context)}
    assert {context.identifier for context in trig.graphs() if len(context)} == named
    assert triples(graph.export("json-ld"), "json-ld") == whole


def test_graphml_is_read_back_with_every_asserted_claim(graph):
    network = nx.parse_graphml(graph.export("graphml").decode())
    assert network.number_of_nodes() == len(graph.entities)
    assert network.number_of_edges() == graph.to_networkx().number_of_edges()


def test_a_format_goes_by_name_extension_or_media_type(graph):
    assert graph.export(".ttl") == graph.export("text/turtle") == graph.export("turtle")
    with pytest.raises(kg.UnknownName, match="turtle"):
        graph.export("turtel")
    assert len({known.extension for known in FORMATS}) == len(FORMATS)


def test_both_engines_answer_alike(graph, dataset):
    for sparql in (
        "SELECT ?s ?o { ?s kgo:inhibits ?o }",
        "SELECT ?d (COUNT(?c) AS ?n) { ?c kgo:polarity ?p ; kgo:evidence/kgo:document ?d } GROUP BY ?d",
        "SELECT ?m ?v { ?m kgo:value ?v FILTER(?v > 100) }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a kgo:Statement } } GROUP BY ?g",
    ):
        table = graph.query(sparql)
        assert isinstance(table, Table)
        assert table.rows
        theirs = sorted(tuple(_plain(graph, term) for term in row) for row in dataset.query(sparql))
        assert sorted(tuple(map(str, row)) for row in table.rows) == theirs


def _plain(graph, term) -> str:
    return (
        str(term.toPython())
        if isinstance(term, Literal)
        else graph.graph.vocabulary.prefixes.compress(str(term))
    )


def test_only_plain_datatypes_are_used(graph):
    allowed = {XSD + name for name in ("string", "integer", "decimal", "boolean", "date")}
    used = {quad.object.datatype.value for quad in quads(graph.graph) if isinstance(quad.object, ox.Literal)}
    assert used <= allowed


def test_digits_as_written_stay_beside_the_number(graph):
    table = graph.query(
        "SELECT ?text ?value { ?m kgo:drug kg:imipramine ; kgo:as_written ?text ; kgo:value ?value }"
    )
    found = {row["text"]: row["value"] for row in table}
    assert found[">10,000"] == Decimal(10000)


def test_what_does_not_hold_is_no_direct_edge(graph, dataset):
    negated = [*graph.statements(polarity="negated"), *graph.statements(polarity="no data")]
    compared = [claim for claim in graph.statements() if claim.than]
    assert negated
    assert compared
    network = graph.to_networkx()
    held = {(c.subject, c.predicate, c.object) for c in graph.statements() if graph.graph.is_edge(c)}
    for claim in [*negated, *compared]:
        key = (claim.subject, claim.predicate, claim.object)
        edge = graph.query(f"ASK {{ kg:{key[0]} kgo:{key[1]} kg:{key[2]} }}")
        assert edge == (key in held)
        resource = (
            f"ASK {{ kg:{claim.id} a kgo:Statement ; kgo:evidence ?e ; kgo:polarity '{claim.polarity}' }}"
        )
        assert graph.query(resource) is True
        assert not network.has_edge(claim.subject, claim.object, key=claim.id)


def test_a_document_is_a_graph_of_its_own(graph):
    count = "SELECT (COUNT(*) AS ?n) {{ GRAPH kg:{} {{ ?s a kgo:Statement }} }}"
    for name in ("B115768", "B1671792"):
        (row,) = graph.query(count.format(name))
        said = [claim for claim in graph.statements(document=name) if claim.basis == "document"]
        assert row["n"] == len(said) > 0


@pytest.mark.parametrize("path", QUALITY, ids=lambda path: path.stem)
def test_no_quality_query_finds_a_fault(path, graph, dataset):
    sparql = path.read_text("utf-8")
    answer = graph.query(sparql)
    assert isinstance(answer, Table)
    assert [dict(row) for row in answer][:3] == []


def test_the_shipped_graph_conforms_to_its_shapes(dataset):
    from pyshacl import validate

    shapes = Graph().parse(ROOT / "ontology" / "shapes.ttl")
    whole = Graph().parse(
        ROOT / "ontology" / "mechanisms.ttl"
    )  # the shapes read predicates and super-classes
    for triple in dataset.default_graph:
        whole.add(triple)
    conforms, _, text = validate(whole, shacl_graph=shapes, inference="none")
    assert conforms, text[:2000]


def test_the_shipped_graph_is_consistent_by_owl_2_rl(dataset):
    import owlrl

    whole = Graph().parse(ROOT / "ontology" / "mechanisms.ttl")
    for triple in dataset.default_graph:
        whole.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole)
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    assert list(whole.objects(None, error)) == []


def test_an_undeclared_prefix_is_met_with_the_nearest(graph):
    with pytest.raises(kg.InvalidQuery, match=r"line 2, column 4: prefix `kog:` .* `kg") as caught:
        graph.query("SELECT * {\n?a kog:inhibits ?b }")
    assert str(caught.value).endswith("?a kog:inhibits ?b }\n     ^")


def test_jsonld_uses_the_shipped_context(graph):
    shipped = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))
    assert json.loads(graph.export("json-ld"))["@context"] == shipped["@context"]


def test_networkx_attributes_are_typed(graph):
    network = graph.to_networkx()
    assert isinstance(network, nx.MultiDiGraph)
    attributes = network.edges["igmesine", "sigma-1-receptor", "igmesine.agonist_of.sigma-1-receptor"]
    assert attributes["sign"] == "+"
    assert "B115768" in attributes["documents"]
    assert isinstance(attributes["qualifiers"], dict)


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("ASK { kg:igmesine.agonist_of.sigma-1-receptor a kgo:Statement }", True),
        (
            "ASK { ?c rdf:subject kg:igmesine ; kgo:evidence/kgo:cites kg:B115768.ref.1 }",
            True,
        ),
        ("ASK { FILTER('kg:a.b.c' = \"kg:a.b.c\") } # kg:a.b.c", True),
        ("ASK { <https://w3id.org/drug-mechanisms/B115768.ref.1> a kgo:Reference }", True),
        ('ASK { FILTER("""a "kg:a.b.c" b""" = \'a "kg:a.b.c" b\') }', True),
    ],
)
def test_ids_with_dots_may_be_written_as_names(graph, sparql, expected):
    assert graph.query(sparql) is expected


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT * {\n  SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "line 2, column 3: SERVICE"),
        ("SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }", "line 1, column 12: SERVICE"),
        ("SELECT * " + "{" * 50_000 + "}" * 50_000, "nested deeper"),
        ("SELECT * { FILTER" + "(" * 50_000, "nested deeper"),
        ("", "the query is empty"),
        ("INSERT DATA { kg:a kg:b kg:c }", "line 1"),
        ("LOAD <http://127.0.0.1:1/>", "line 1"),
    ],
)
def test_what_the_engine_must_not_be_given_is_refused(graph, sparql, told):
    with pytest.raises(kg.InvalidQuery, match=told):
        graph.query(sparql)


def test_the_word_service_elsewhere_is_harmless(graph):
    sparql = 'ASK { ?service rdfs:label ?l . FILTER(?l != "SERVICE" && kg:service != <http://x/SERVICE>) } # SERVICE'
    assert graph.query(sparql) is True


def test_numbers_and_booleans_are_typed(graph):
    (row,) = graph.query("SELECT (1 AS ?i) (1.50 AS ?d) (1e0 AS ?f) (true AS ?b) {}")
    assert [type(value) for value in row.values()] == [int, Decimal, float, bool]


def test_a_literal_that_is_no_value_of_its_datatype_stays_a_text(graph):
    (row,) = graph.query(
        'SELECT ("xyz"^^xsd:integer AS ?i) ("1"^^xsd:boolean AS ?b) ("?"^^xsd:decimal AS ?d) {}'
    )
    assert row == {"i": "xyz", "b": True, "d": "?"}


def test_the_column_of_an_error_is_that_of_the_query_as_written(graph):
    sparql = "ASK { kg:igmesine.agonist_of.sigma-1-receptor a kgo:Statement ; kog:basis ?b }"
    with pytest.raises(kg.InvalidQuery, match=f"line 1, column {sparql.index('kog:') + 1}: prefix `kog:`"):
        graph.query(sparql)
