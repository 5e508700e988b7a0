"""The graph as RDF 1.1: quads for Oxigraph and an rdflib `Dataset` for interchange.

Every asserted claim is a direct edge (`kg:igmesine kgo:agonist_of kg:sigma-1-receptor`) and every claim,
negated ones too, a resource with polarity, certainty, qualifiers and evidence. The default graph holds
everything; a named graph per document (and `kg:background`) holds again what that document says, and the one
of the release its description.
Literals are integers, decimals, dates, booleans and strings only; digits as written are strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.bench_rdf import protocol_triples, workflow_triples
from kg.canonical import canonical_names, renamed
from kg.dates import Years, parse_date
from kg.describing import Tally, dataset, description
from kg.graph import Graph
from kg.model import (
    Conflict,
    Document,
    Entity,
    Measurement,
    Mechanism,
    Passage,
    Qualifiers,
    Statement,
    Text,
)
from kg.places import Places
from kg.triples import (
    NAMESPACES,
    Resource,
    Triple,
    iri,
    literal,
    passage_name,
    place,
    selected,
    sourced,
    std,
    term,
)

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.term import Node

_BACKGROUND = iri("background")


def quads(graph: Graph, found: Iterable[Conflict] = (), canonical: bool = False) -> Iterator[ox.Quad]:
    """Yield the whole graph, with these conflicts, described as a data set.

    With `canonical`, entities have the names of other databases where they have one there (`kg.canonical`).
    """
    whole = _described(graph, found)
    return renamed(whole, canonical_names(graph)) if canonical else whole


def _described(graph: Graph, found: Iterable[Conflict]) -> Iterator[ox.Quad]:
    tally = Tally()
    for quad in _content(graph, found):
        if isinstance(quad.graph_name, ox.DefaultGraph):
            tally.add((quad.subject, quad.predicate, quad.object))  # type: ignore[arg-type]
        yield quad
    yield from _in_graphs(description(graph, tally), [dataset(graph)])


def _content(graph: Graph, found: Iterable[Conflict]) -> Iterator[ox.Quad]:
    for triple in _shared(graph, found):
        yield ox.Quad(*triple)
    for statement in graph.knowledge.statements:
        yield from _in_graphs(claim_triples(graph, statement), _graphs(graph, statement))
    for measurement in graph.knowledge.measurements:
        yield from _in_graphs(_measurement(graph, measurement), [iri(name) for name in measurement.documents])
    for protocol in graph.knowledge.protocols:
        yield from _in_graphs(protocol_triples(protocol, graph.vocabulary), [iri(protocol.document)])


def _in_graphs(triples: Iterable[Triple], names: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
    for triple in triples:
        yield ox.Quad(*triple)
        for name in names:
            yield ox.Quad(*triple, name)


def _graphs(graph: Graph, statement: Statement) -> list[ox.NamedNode]:
    """Return the named graphs that hold a claim: background steps go together, whoever taught them."""
    if statement.basis == "background":
        return [_BACKGROUND]
    return [iri(name) for name in statement.documents if name in graph.documents]


def _shared(graph: Graph, found: Iterable[Conflict]) -> Iterator[Triple]:
    for entity in graph.knowledge.entities:
        yield from _entity(graph, entity)
    for document in graph.knowledge.documents:
        yield from _document(document)
    for text in graph.knowledge.texts:
        yield from _text(text, graph.documents[text.document])
    for mechanism in graph.knowledge.mechanisms:
        yield from _mechanism(mechanism)
    for workflow in graph.knowledge.workflows:
        yield from workflow_triples(workflow)
    for conflict in found:
        yield from _conflict(conflict)


def _entity(graph: Graph, entity: Entity) -> Iterator[Triple]:
    about = Resource(entity.id, entity.category)
    about.standard("rdfs:label", entity.name)
    about.standard("skos:altLabel", *entity.synonyms)
    about.standard("skos:definition", entity.definition)
    about.text(symbol=entity.symbol)
    for xref in entity.xrefs:
        expanded = graph.vocabulary.prefixes.expand(xref)
        about.add(std("skos:exactMatch"), ox.NamedNode(expanded) if expanded else None)
    about.source(entity.source)
    yield from about.triples


def _document(document: Document) -> Iterator[Triple]:
    about = Resource(document.id, "Document")
    about.standard("dcterms:title", document.title)
    about.standard("dcterms:publisher", document.publisher)
    about.standard("dcterms:creator", document.authors)
    about.standard("dcterms:date", document.date)
    about.text(source_kind=document.kind, label_compound=document.label)
    about.text(doi=document.doi, pmid=document.pmid)
    about.link("about", *document.about)
    about.standard("skos:note", document.note)
    about.source(document.source)
    for reference in document.references:
        about.link("has_reference", f"{document.id}.ref.{reference.number}")
    yield from about.triples
    for reference in document.references:
        cited = Resource(f"{document.id}.ref.{reference.number}", "Reference")
        cited.text(
            number=reference.number, source_kind=reference.kind, doi=reference.doi, pmid=reference.pmid
        )
        cited.standard("dcterms:title", reference.title)
        cited.standard("dcterms:creator", reference.authors)
        cited.standard("dcterms:date", reference.date)
        yield from cited.triples


def _text(text: Text, document: Document) -> Iterator[Triple]:
    """Yield the passages of a text, as RFC 5147 names stretches of plain text, and the digest of its file."""
    yield (iri(document.id), term("sha256"), literal(text.sha256))
    silent = Places(text).silent(document)
    for passage in text.passages:
        yield from _passage(document.id, passage, silent.get(passage.span))


def _passage(document: str, passage: Passage, silent: str | None) -> Iterator[Triple]:
    about = Resource(passage_name(document, passage.span), "Passage")
    about.link("document", document)
    place(about, passage.locator)
    about.text(sha256=passage.span.sha256, passage_kind=passage.kind, silent=silent)
    yield from selected(about, document, passage.span)


def claim_triples(graph: Graph, statement: Statement) -> Iterator[Triple]:
    """Yield a claim: its edge where it holds, what is said of it, and its evidence."""
    subject, predicate, object_ = iri(statement.subject), term(statement.predicate), iri(statement.object)
    if graph.is_edge(statement):
        yield (subject, predicate, object_)
    about = Resource(statement.id, "Statement")
    about.add(std("rdf:subject"), subject)
    about.add(std("rdf:predicate"), predicate)
    about.add(std("rdf:object"), object_)
    about.link("than", statement.than)
    about.text(sign=statement.sign, polarity=statement.polarity)
    about.text(certainty=statement.certainty, basis=statement.basis)
    about.text(normalised=statement.normalised)
    about.standard("skos:note", statement.note)
    yield from _sourced(about, statement)


def _sourced(about: Resource, row: Statement | Measurement) -> Iterator[Triple]:
    _qualify(about, row.qualifiers)
    about.source(row.source)
    for document in row.documents:
        about.add(std("prov:wasDerivedFrom"), iri(document))
    yield from sourced(about, row.id, row.evidence)


def _qualify(about: Resource, qualifiers: Qualifiers) -> None:
    for name, value in qualifiers.items():
        if name in ("species", "stimulus", "compartment"):
            about.link(name, value)
        elif name == "date":
            years = parse_date(value) or Years(None, None)
            about.text(dated=value, first_year=years.first, last_year=years.last)
        else:
            about.text(**{"named_form" if name == "form" else name: value})


def _measurement(graph: Graph, measurement: Measurement) -> Iterator[Triple]:
    about = Resource(measurement.id, "Measurement")
    about.link("drug", measurement.drug)
    about.link("form", measurement.form)
    about.link("target", measurement.target)
    about.link("ligand", measurement.ligand)
    about.add(term("parameter"), term(measurement.parameter))
    about.quantity(measurement.quantity, measurement.unit, graph.vocabulary)
    about.link("same_value_as", *graph.same_values.get(measurement.id, ()))
    about.text(endpoint=measurement.endpoint, normalised=measurement.normalised)
    about.standard("skos:note", measurement.note)
    yield from _sourced(about, measurement)


def _mechanism(mechanism: Mechanism) -> Iterator[Triple]:
    about = Resource(mechanism.id, "Mechanism")
    about.standard("dcterms:title", mechanism.title)
    about.standard("skos:definition", mechanism.description)
    about.link("document", mechanism.document)
    about.link("has_statement", *mechanism.statements)
    place(about, mechanism.locator)
    about.source(mechanism.source)
    yield from about.triples


def _conflict(conflict: Conflict) -> Iterator[Triple]:
    about = Resource(conflict.id, "Conflict")
    about.text(kind=conflict.kind, topic=conflict.topic, fold=conflict.fold, verdict=conflict.verdict)
    about.text(difference=conflict.difference, reason=conflict.reason)
    about.link("has_side", *conflict.sides)
    about.source(conflict.source)
    yield from about.triples


def prefixes(graph: Graph) -> dict[str, str]:
    """Return the prefixes that queries may use undeclared."""
    return {record.prefix: record.uri_prefix for record in graph.vocabulary.prefixes.prefixes}


def to_rdflib(graph: Graph, found: Iterable[Conflict], canonical: bool = False) -> Dataset:
    """Return the graph as an rdflib `Dataset`: everything in the default graph, documents as named graphs."""
    from rdflib import Dataset

    dataset = Dataset()
    for prefix, address in prefixes(graph).items():
        dataset.bind(prefix, address, replace=True)
    for quad in quads(graph, found, canonical):
        home = (
            dataset.default_graph
            if isinstance(quad.graph_name, ox.DefaultGraph)
            else dataset.graph(quad.graph_name.value)
        )
        home.add((_to_rdflib(quad.subject), _to_rdflib(quad.predicate), _to_rdflib(quad.object)))
    return dataset


def _to_rdflib(found: object) -> Node:
    from rdflib import Literal, URIRef

    if isinstance(found, ox.Literal):
        plain = found.datatype.value == f"{NAMESPACES['xsd']}string"
        return Literal(found.value) if plain else Literal(found.value, datatype=URIRef(found.datatype.value))
    assert isinstance(found, ox.NamedNode)
    return URIRef(found.value)
