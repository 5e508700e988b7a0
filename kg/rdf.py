"""The graph as RDF 1.1: quads for Oxigraph and an rdflib `Dataset` for interchange.

Every asserted claim is a direct edge (`kg:igmesine kgo:agonist_of kg:sigma-1-receptor`) and every claim,
negated ones too, a resource with polarity, certainty, qualifiers and evidence. The default graph holds
everything; a named graph per document (and `kg:background`) holds again what that document says.
Literals are integers, decimals, dates, booleans and strings only; digits as written are strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.dates import Years, parse_date
from kg.graph import Graph
from kg.model import (
    Conflict,
    Document,
    Entity,
    Evidence,
    Locator,
    Measurement,
    Mechanism,
    Qualifiers,
    Source,
    Statement,
)
from kg.vocabulary import KG, KGO

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.term import Node

_Object = ox.NamedNode | ox.Literal
_Triple = tuple[ox.NamedNode, ox.NamedNode, _Object]


def iri(name: str) -> ox.NamedNode:
    """Return the IRI of anything that has an id."""
    return ox.NamedNode(KG + name)


def term(name: str) -> ox.NamedNode:
    """Return the IRI of a class, predicate, parameter or unit of the ontology."""
    return ox.NamedNode(KGO + name)


_BACKGROUND = iri("background")
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _std(curie: str) -> ox.NamedNode:
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(NAMESPACES[prefix] + name)


def _literal(value: str | int | Decimal) -> ox.Literal:
    if isinstance(value, Decimal):
        return ox.Literal(format(value, "f"), datatype=_std("xsd:decimal"))
    return ox.Literal(value)


class _Resource:
    """Collects the triples of one resource; absent values add nothing."""

    def __init__(self, name: str, kind: str) -> None:
        self.subject = iri(name)
        self.triples: list[_Triple] = [(self.subject, _std("rdf:type"), term(kind))]

    def link(self, predicate: str, *names: str | None) -> None:
        self.triples += [(self.subject, term(predicate), iri(name)) for name in names if name]

    def text(self, **values: str | int | Decimal | None) -> None:
        for name, value in values.items():
            self.add(term(name), None if value is None else _literal(value))

    def standard(self, curie: str, *values: str | None) -> None:
        for value in values:
            self.add(_std(curie), None if value is None else _literal(value))

    def add(self, predicate: ox.NamedNode, value: _Object | None) -> None:
        if value is not None:
            self.triples.append((self.subject, predicate, value))

    def source(self, source: Source | None) -> None:
        if source:
            self.text(source_file=source.file, source_line=source.line)


def quads(graph: Graph, found: Iterable[Conflict] = ()) -> Iterator[ox.Quad]:
    """Yield the whole graph, with these conflicts; each quad at most once."""
    for triple in _shared(graph, found):
        yield ox.Quad(*triple)
    for statement in graph.knowledge.statements:
        yield from _in_graphs(_claim(graph, statement), _graphs(graph, statement))
    for measurement in graph.knowledge.measurements:
        yield from _in_graphs(_measurement(graph, measurement), [iri(name) for name in measurement.documents])


def _in_graphs(triples: Iterable[_Triple], names: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
    for triple in triples:
        yield ox.Quad(*triple)
        for name in names:
            yield ox.Quad(*triple, name)


def _graphs(graph: Graph, statement: Statement) -> list[ox.NamedNode]:
    """Return the named graphs that hold a claim: background steps go together, whoever taught them."""
    if statement.basis == "background":
        return [_BACKGROUND]
    return [iri(name) for name in statement.documents if name in graph.documents]


def _shared(graph: Graph, found: Iterable[Conflict]) -> Iterator[_Triple]:
    for entity in graph.knowledge.entities:
        yield from _entity(graph, entity)
    for document in graph.knowledge.documents:
        yield from _document(document)
    for mechanism in graph.knowledge.mechanisms:
        yield from _mechanism(mechanism)
    for conflict in found:
        yield from _conflict(conflict)


def _entity(graph: Graph, entity: Entity) -> Iterator[_Triple]:
    about = _Resource(entity.id, entity.category)
    about.standard("rdfs:label", entity.name)
    about.standard("skos:altLabel", *entity.synonyms)
    about.standard("skos:definition", entity.definition)
    about.text(symbol=entity.symbol)
    for xref in entity.xrefs:
        expanded = graph.vocabulary.prefixes.expand(xref)
        about.add(_std("skos:exactMatch"), ox.NamedNode(expanded) if expanded else None)
    about.source(entity.source)
    yield from about.triples


def _document(document: Document) -> Iterator[_Triple]:
    about = _Resource(document.id, "Document")
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
        cited = _Resource(f"{document.id}.ref.{reference.number}", "Reference")
        cited.text(
            number=reference.number, source_kind=reference.kind, doi=reference.doi, pmid=reference.pmid
        )
        cited.standard("dcterms:title", reference.title)
        cited.standard("dcterms:creator", reference.authors)
        cited.standard("dcterms:date", reference.date)
        yield from cited.triples


def _claim(graph: Graph, statement: Statement) -> Iterator[_Triple]:
    subject, predicate, object_ = iri(statement.subject), term(statement.predicate), iri(statement.object)
    if graph.is_edge(statement):
        yield (subject, predicate, object_)
    about = _Resource(statement.id, "Statement")
    about.add(_std("rdf:subject"), subject)
    about.add(_std("rdf:predicate"), predicate)
    about.add(_std("rdf:object"), object_)
    about.link("than", statement.than)
    about.text(sign=statement.sign, polarity=statement.polarity)
    about.text(certainty=statement.certainty, basis=statement.basis)
    about.text(normalised=statement.normalised)
    about.standard("skos:note", statement.note)
    yield from _sourced(about, statement)


def _sourced(about: _Resource, row: Statement | Measurement) -> Iterator[_Triple]:
    _qualify(about, row.qualifiers)
    about.source(row.source)
    names = [f"{row.id}.evidence.{number}" for number, _ in enumerate(row.evidence, 1)]
    about.link("evidence", *names)
    yield from about.triples
    for name, evidence in zip(names, row.evidence, strict=True):
        yield from _evidence(name, evidence)


def _qualify(about: _Resource, qualifiers: Qualifiers) -> None:
    for name, value in qualifiers.items():
        if name in ("species", "stimulus", "compartment"):
            about.link(name, value)
        elif name == "date":
            years = parse_date(value) or Years(None, None)
            about.text(dated=value, first_year=years.first, last_year=years.last)
        else:
            about.text(**{"named_form" if name == "form" else name: value})


def _evidence(name: str, evidence: Evidence) -> Iterator[_Triple]:
    about = _Resource(name, "Evidence")
    about.link("document", evidence.document)
    about.link("cites", *(f"{evidence.document}.ref.{number}" for number in evidence.references))
    _place(about, evidence.locator)
    about.link("misfit", *(f"{evidence.document}.ref.{number}" for number in evidence.misfits))
    about.text(citation_remark=evidence.citation)
    about.standard("skos:note", evidence.note)
    about.source(evidence.source)
    yield from about.triples


def _place(about: _Resource, locator: Locator) -> None:
    about.text(section=locator.section, paragraph=locator.paragraph, item=locator.item)
    about.text(table=locator.table, row=locator.row, column=locator.column)
    about.text(figure=locator.figure, page=locator.page)


def _measurement(graph: Graph, measurement: Measurement) -> Iterator[_Triple]:
    about = _Resource(measurement.id, "Measurement")
    about.link("drug", measurement.drug)
    about.link("form", measurement.form)
    about.link("target", measurement.target)
    about.link("ligand", measurement.ligand)
    about.add(term("parameter"), term(measurement.parameter))
    quantity = measurement.quantity
    about.text(relation=quantity.relation, as_written=quantity.text)
    about.text(value=quantity.value, low=quantity.low, high=quantity.high, error=quantity.error)
    unit = graph.vocabulary.unit(measurement.unit) if measurement.unit else None
    about.add(term("unit"), term(unit.id) if unit else None)
    about.link("same_value_as", *graph.same_values.get(measurement.id, ()))
    about.text(endpoint=measurement.endpoint, normalised=measurement.normalised)
    about.standard("skos:note", measurement.note)
    yield from _sourced(about, measurement)


def _mechanism(mechanism: Mechanism) -> Iterator[_Triple]:
    about = _Resource(mechanism.id, "Mechanism")
    about.standard("dcterms:title", mechanism.title)
    about.standard("skos:definition", mechanism.description)
    about.link("document", mechanism.document)
    about.link("has_statement", *mechanism.statements)
    _place(about, mechanism.locator)
    about.source(mechanism.source)
    yield from about.triples


def _conflict(conflict: Conflict) -> Iterator[_Triple]:
    about = _Resource(conflict.id, "Conflict")
    about.text(kind=conflict.kind, topic=conflict.topic, fold=conflict.fold, verdict=conflict.verdict)
    about.text(difference=conflict.difference, reason=conflict.reason)
    about.link("has_side", *conflict.sides)
    about.source(conflict.source)
    yield from about.triples


def prefixes(graph: Graph) -> dict[str, str]:
    """Return the prefixes that queries may use undeclared."""
    return {record.prefix: record.uri_prefix for record in graph.vocabulary.prefixes.prefixes}


def to_rdflib(graph: Graph, found: Iterable[Conflict]) -> Dataset:
    """Return the graph as an rdflib `Dataset`: everything in the default graph, documents as named graphs."""
    from rdflib import Dataset

    dataset = Dataset()
    for prefix, address in prefixes(graph).items():
        dataset.bind(prefix, address, replace=True)
    for quad in quads(graph, found):
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
