"""RDF for others: borrowed words that exist, a description that counts, standard names, nanopublications, RDF 1.2."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from msgspec.structs import replace
from rdflib import RDF, Dataset, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDFS, SKOS, VOID

import kg
from kg.canonical import ORDER, canonical_names, renamed
from kg.graph import Graph as Index
from kg.rdf import quads
from kg.resources import VERSION

KG = "https://w3id.org/drug-mechanisms/"
KGO = Namespace(f"{KG}ontology#")
NP = Namespace("http://www.nanopub.org/nschema#")
OA = {"hasBody", "hasTarget", "hasSource", "hasSelector", "start", "end", "TextPositionSelector"}
RELEASE = f"{KG}release/{VERSION}"


@pytest.fixture(scope="module")
def triples(graph) -> set[ox.Triple]:
    return {quad.triple for quad in quads(graph.graph) if isinstance(quad.graph_name, ox.DefaultGraph)}


@pytest.fixture(scope="module")
def publications(graph) -> Dataset:
    dataset = Dataset(default_union=True)
    dataset.parse(data=graph.export("nanopublications"), format="trig")
    return dataset


def test_every_borrowed_word_is_one_of_its_vocabulary(triples, publications):
    from rdflib.namespace import DCAT

    used = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    used |= {str(term) for quad in publications.quads() for term in quad[:3] if isinstance(term, URIRef)}
    for vocabulary in (DCAT, DCTERMS, OWL, PROV, RDFS, SKOS, VOID, RDF):
        words = {name.removeprefix(str(vocabulary)) for name in used if name.startswith(str(vocabulary))} - {
            ""
        }
        assert words
        assert {word for word in words if word not in vocabulary} == set()
    assert {name.split("#")[1] for name in used if name.startswith("http://www.w3.org/ns/oa#")} - {""} == OA


def test_evidence_is_an_annotation_of_a_stretch_of_text(graph):
    assert len(graph.query("SELECT ?e { ?e a kgo:Evidence ; oa:hasBody ?what ; oa:hasTarget ?where }")) > 500
    assert (
        graph.query("ASK { ?e a kgo:Evidence FILTER NOT EXISTS { ?e oa:hasTarget ?where ; oa:hasBody ?b } }")
        is False
    )
    assert graph.query("ASK { ?e kgo:passage ?p FILTER NOT EXISTS { ?e oa:hasTarget ?p } }") is False
    selected = """SELECT ?p { ?p a kgo:Passage ; kgo:document ?d ; oa:hasSource ?d ; oa:hasSelector ?s .
                  ?s a oa:TextPositionSelector ; oa:start ?a ; oa:end ?b }"""
    assert len(graph.query(selected)) == len(graph.query("SELECT ?p { ?p a kgo:Passage }")) > 100
    mapped = (
        "ASK { kgo:Evidence rdfs:subClassOf oa:Annotation . kgo:Passage rdfs:subClassOf oa:SpecificResource }"
    )
    assert graph.query(mapped) is True


def test_claims_are_associations_derived_from_their_documents(graph):
    counted = "SELECT (COUNT(?c) AS ?n) {{ ?c a/rdfs:subClassOf* {} }}"
    for kind in ("biolink:Association", "rdf:Statement"):
        (row,) = graph.query(counted.format(kind))
        assert row["n"] == len(graph.statements())
    derived = {
        (row["c"], row["d"])
        for row in graph.query("SELECT ?c ?d { ?c prov:wasDerivedFrom ?d . ?c kgo:evidence ?e }")
    }
    rows = (*graph.statements(), *graph.measurements())
    assert derived == {(f"kg:{row.id}", f"kg:{document}") for row in rows for document in row.documents}


def test_a_value_has_the_unit_of_qudt_only_where_that_is_the_same(graph):
    (row,) = graph.query("SELECT (COUNT(*) AS ?n) { ?v qudt:hasUnit ?u . ?v kgo:unit/skos:exactMatch ?u }")
    assert row["n"] > 50
    assert (
        graph.query("ASK { ?v qudt:hasUnit ?u FILTER NOT EXISTS { ?v kgo:unit/skos:exactMatch ?u } }")
        is False
    )


def test_the_release_is_described_and_counted(graph, triples):
    described = {quad.triple for quad in quads(graph.graph) if quad.graph_name == ox.NamedNode(RELEASE)}
    assert described < triples
    about = Graph().parse(data=ox.serialize(described, format=ox.RdfFormat.N_TRIPLES), format="nt")
    release, rest = URIRef(RELEASE), triples - described

    def value(name: str) -> int:
        return about.value(release, VOID[name]).toPython()

    assert value("triples") == len(rest)
    assert value("distinctSubjects") == len({triple.subject for triple in rest})
    assert value("distinctObjects") == len({triple.object for triple in rest})
    assert value("entities") == len(graph.entities)
    properties = Counter(triple.predicate.value for triple in rest)
    parts = about.objects(release, VOID.propertyPartition)
    found = {
        str(about.value(part, VOID.property)): about.value(part, VOID.triples).toPython() for part in parts
    }
    assert found == dict(properties)
    assert value("properties") == len(properties)
    classes = Counter(triple.object.value for triple in rest if triple.predicate.value == str(RDF.type))
    parts = about.objects(release, VOID.classPartition)
    found = {
        str(about.value(part, VOID["class"])): about.value(part, VOID.entities).toPython() for part in parts
    }
    assert found == dict(classes)
    assert value("classes") == len(classes)
    assert "publicdomain/zero/1.0" in about.value(release, DCTERMS.license)
    assert str(about.value(release, OWL.versionInfo)) == VERSION
    assert len(list(about.objects(release, PROV.wasDerivedFrom))) == len(graph.documents)
    assert (about.value(release, PROV.wasAttributedTo), RDF.type, PROV.SoftwareAgent) in about


def test_there_are_graphs_of_documents_and_of_the_release_only(graph):
    names = {
        quad.graph_name.value for quad in quads(graph.graph) if isinstance(quad.graph_name, ox.NamedNode)
    }
    documents = {KG + name for name in graph.documents} | {f"{KG}background"}
    assert names - documents == {RELEASE}


def test_with_data_of_ones_own_it_is_no_release(write):
    own = kg.load(write("entities: [{id: new-drug, name: new drug, category: Drug}]"))
    assert own.query("ASK { ?d a dcat:Dataset ; dcterms:license ?l }") is False
    (row,) = own.query("SELECT ?d { ?d a dcat:Dataset }")
    assert row["d"] == f"{KG}local/{VERSION}"


def test_standard_names_and_back_is_the_same_graph(graph):
    names = canonical_names(graph.graph)
    own = set(quads(graph.graph))
    standard = set(quads(graph.graph, canonical=True))
    assert len(own) == len(standard)
    assert own != standard
    assert set(renamed(standard, {new: old for old, new in names.items()})) == own
    left = {term for quad in standard for term in (quad.subject, quad.object)} & set(names)
    matched = {quad.object for quad in standard if quad.predicate.value == str(SKOS.exactMatch)}
    assert left <= matched
    assert len(set(names.values())) == len(names) > 100


def test_a_standard_name_is_the_first_exact_match_by_the_order(graph):
    prefixes = graph.graph.vocabulary.prefixes
    assert all(prefixes.find(prefix) for prefix in ORDER)
    for entity, name in canonical_names(graph.graph).items():
        xrefs = graph.entities[entity.value.removeprefix(KG)].xrefs
        ranked = sorted(
            (xref for xref in xrefs if xref.split(":")[0] in ORDER),
            key=lambda x: ORDER.index(x.split(":")[0]),
        )
        assert prefixes.expand(ranked[0]) == name.value


def test_names_that_two_share_stay_apart(graph):
    base = graph.graph.knowledge
    shared = tuple(replace(entity, xrefs=("CHEBI:1",)) for entity in base.entities[:2])
    assert canonical_names(Index(replace(base, entities=shared), graph.graph.vocabulary)) == {}
    assert len(canonical_names(Index(replace(base, entities=shared[:1]), graph.graph.vocabulary))) == 1


@pytest.mark.parametrize("form", ["turtle", "json-ld", "trig", "nanopublications"])
def test_exports_take_standard_names(graph, form):
    sigma = URIRef("http://purl.uniprot.org/uniprot/Q99720")
    dataset = Dataset()
    parser = {"nanopublications": "trig"}.get(form, form)
    dataset.parse(data=graph.export(form, canonical=True), format=parser)
    edges = {str(s) for s, p, o, _ in dataset.quads((None, KGO.agonist_of, sigma, None))}
    assert edges
    assert not any(dataset.quads((None, KGO.agonist_of, URIRef(f"{KG}sigma-1-receptor"), None)))


def test_every_claim_of_a_document_is_a_nanopublication(graph, publications):
    found = set(publications.subjects(RDF.type, NP.Nanopublication))
    claims = [claim for claim in graph.statements() if claim.basis == "document"]
    assert {str(one) for one in found} == {f"{KG}nanopub/{claim.id}" for claim in claims}
    heads = list(publications.quads((None, RDF.type, NP.Nanopublication, None)))
    assert len(heads) == len(found)
    named = set()
    for itself, _, _, head in heads:
        parts = [
            publications.value(itself, NP[name])
            for name in ("hasAssertion", "hasProvenance", "hasPublicationInfo")
        ]
        graphs = [publications.graph(name) for name in (head, *parts)]
        assert len({head, *parts}) == 4
        assert all(len(one) > 0 for one in graphs)
        assert len(graphs[0]) == 4
        assert (parts[0], PROV.wasDerivedFrom, None) in graphs[2]
        assert (itself, DCTERMS.license, None) in graphs[3]
        named |= {str(one) for one in (head, *parts)}
    assert named == {str(one.identifier) for one in publications.graphs() if len(one)} - {
        "urn:x-rdflib:default"
    }


def test_a_nanopublication_asserts_what_holds_and_nothing_else(graph, publications):
    for claim in graph.statements():
        if claim.basis == "document":
            part = publications.graph(URIRef(f"{KG}nanopub/{claim.id}#assertion"))
            edge = (URIRef(KG + claim.subject), KGO[claim.predicate], URIRef(KG + claim.object))
            assert (edge in part) == graph.graph.is_edge(claim)
            assert str(part.value(URIRef(KG + claim.id), KGO.polarity)) == claim.polarity


def test_claims_in_rdf_1_2_reify_their_triple(graph):
    found = [quad.triple for quad in ox.parse(graph.export("rdf12"), format=ox.RdfFormat.TURTLE)]
    reifies = {t.subject.value: t.object for t in found if t.predicate.value == f"{RDF}reifies"}
    assert set(reifies) == {KG + claim.id for claim in graph.statements()}
    asserted = set(found)
    for claim in graph.statements():
        said = reifies[KG + claim.id]
        assert [term.value for term in said] == [
            KG + claim.subject,
            str(KGO[claim.predicate]),
            KG + claim.object,
        ]
        others = [other for other in graph.statements(subject=claim.subject, object=claim.object)
                  if other.predicate == claim.predicate and graph.graph.is_edge(other)]  # fmt: skip
        assert (said in asserted) == bool(others)
