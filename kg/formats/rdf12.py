"""Claims in RDF 1.2 Turtle: a claim reifies its triple, `kg:… rdf:reifies <<( subject predicate object )>>`.

For engines that read triple terms; rdflib does not yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.canonical import Names, canonical_names
from kg.formats.oxrdf import serialized
from kg.graph import Graph
from kg.model import Conflict, Statement
from kg.rdf import claim_triples
from kg.triples import Triple, iri, std, term

_PARTS = {std("rdf:subject"), std("rdf:predicate"), std("rdf:object")}


def write_reified(graph: Graph, found: Sequence[Conflict], canonical: bool = False) -> bytes:
    """Return all claims with what is said of them; what holds is asserted too, what was denied is not."""
    names: Names = canonical_names(graph) if canonical else {}
    triples = {triple for claim in graph.knowledge.statements for triple in _reified(graph, claim, names)}
    return serialized(sorted(triples, key=str), ox.RdfFormat.TURTLE, graph)


def _reified(graph: Graph, claim: Statement, names: Names) -> Iterator[ox.Triple]:
    subject, found = iri(claim.subject), iri(claim.object)
    said = ox.Triple(names.get(subject, subject), term(claim.predicate), names.get(found, found))
    yield ox.Triple(iri(claim.id), std("rdf:reifies"), said)
    for triple in claim_triples(graph, claim):
        if triple[1] not in _PARTS:
            yield _renamed(triple, names)


def _renamed(triple: Triple, names: Names) -> ox.Triple:
    subject, predicate, found = triple
    other = names.get(found, found) if isinstance(found, ox.NamedNode) else found
    return ox.Triple(names.get(subject, subject), predicate, other)


WRITERS = {"rdf12": write_reified}
