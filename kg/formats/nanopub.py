"""Nanopublications in TriG: each claim of a document by itself, with where it comes from and who made it.

By the nanopublication guidelines: a head, the assertion, its provenance, and what is said of the publication.
A claim that was denied has no edge in its assertion. There is no date of making, and no signature: the same
graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.canonical import canonical_names, renamed
from kg.describing import LICENCE, SOFTWARE, dataset, is_release
from kg.formats.oxrdf import serialized
from kg.formats.rows import read_out
from kg.graph import Graph
from kg.model import Conflict, Statement
from kg.rdf import claim_triples
from kg.triples import Triple, iri, literal, std, term

_SOURCES = {term("source_file"), term("source_line")}
_EVIDENCE = term("evidence")


def write_nanopublications(graph: Graph, found: Sequence[Conflict], canonical: bool = False) -> bytes:
    """Return every claim that a document makes as a nanopublication."""
    claims = (claim for claim in graph.knowledge.statements if claim.basis == "document")
    written = {quad for claim in claims for quad in nanopublication(graph, claim)}
    named = renamed(written, canonical_names(graph)) if canonical else written
    ordered = sorted(named, key=lambda quad: (str(quad.graph_name), str(quad)))
    return serialized(ordered, ox.RdfFormat.TRIG, graph)


def nanopublication(graph: Graph, claim: Statement) -> Iterator[ox.Quad]:
    """Yield the four graphs of a claim's nanopublication."""
    itself = iri(f"nanopub/{claim.id}")
    parts = {name: ox.NamedNode(f"{itself.value}#{name}") for name in ("Head", *_MAKERS)}
    head: list[Triple] = [(itself, std("rdf:type"), std("np:Nanopublication"))]
    for name, part in (
        ("hasAssertion", "assertion"),
        ("hasProvenance", "provenance"),
        ("hasPublicationInfo", "pubinfo"),
    ):
        head.append((itself, std(f"np:{name}"), parts[part]))
    for triple in head:
        yield ox.Quad(*triple, parts["Head"])
    for name, made in _MAKERS.items():
        for triple in made(graph, claim, itself):
            yield ox.Quad(*triple, parts[name])


def _assertion(graph: Graph, claim: Statement, itself: ox.NamedNode) -> Iterator[Triple]:
    about = iri(claim.id)
    yield (about, std("rdf:type"), std("rdf:Statement"))
    yield (about, std("rdf:type"), std("biolink:Association"))
    for triple in claim_triples(graph, claim):
        if not _is_provenance(about, triple):
            yield triple


def _provenance(graph: Graph, claim: Statement, itself: ox.NamedNode) -> Iterator[Triple]:
    assertion = ox.NamedNode(f"{itself.value}#assertion")
    for document in claim.documents:
        yield (assertion, std("prov:wasDerivedFrom"), iri(document))
    for triple in claim_triples(graph, claim):
        if _is_provenance(iri(claim.id), triple):
            yield triple


def _is_provenance(about: ox.NamedNode, triple: Triple) -> bool:
    """Tell whether a triple of a claim is about where it is said."""
    subject, predicate, _ = triple
    derived = predicate in (_EVIDENCE, std("prov:wasDerivedFrom")) or predicate in _SOURCES
    return derived or subject.value.startswith(f"{about.value}.evidence.")


def _pubinfo(graph: Graph, claim: Statement, itself: ox.NamedNode) -> Iterator[Triple]:
    yield (itself, std("rdfs:label"), literal(read_out(graph, claim)))
    yield (itself, std("prov:wasAttributedTo"), SOFTWARE)
    yield (itself, std("dcterms:isPartOf"), dataset(graph))
    if is_release(graph):
        yield (itself, std("dcterms:license"), LICENCE)


_MAKERS = {"assertion": _assertion, "provenance": _provenance, "pubinfo": _pubinfo}
WRITERS = {"nanopublications": write_nanopublications}
