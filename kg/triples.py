"""What RDF is written with: IRIs of ids and terms, literals, and `Resource`, the triples of one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from kg.model import Evidence, Locator, Quantity, Source, Span
from kg.vocabulary import KG, KGO, Vocabulary

Object = ox.NamedNode | ox.Literal
Triple = tuple[ox.NamedNode, ox.NamedNode, Object]


def iri(name: str) -> ox.NamedNode:
    """Return the IRI of anything that has an id."""
    return ox.NamedNode(KG + name)


def term(name: str) -> ox.NamedNode:
    """Return the IRI of a class, predicate, parameter or unit of the ontology."""
    return ox.NamedNode(KGO + name)


NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "np": "http://www.nanopub.org/nschema#",
    "qudt": "http://qudt.org/schema/qudt/",
    "biolink": "https://w3id.org/biolink/vocab/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def std(curie: str) -> ox.NamedNode:
    """Return the IRI of a term of a borrowed vocabulary."""
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(NAMESPACES[prefix] + name)


def literal(value: str | int | Decimal) -> ox.Literal:
    """Return a string, integer or decimal literal; other datatypes are not used."""
    if isinstance(value, Decimal):
        return ox.Literal(format(value, "f"), datatype=std("xsd:decimal"))
    return ox.Literal(value)


class Resource:
    """Collects the triples of one resource; absent values add nothing."""

    def __init__(self, name: str, kind: str) -> None:
        self.subject = iri(name)
        self.triples: list[Triple] = [(self.subject, std("rdf:type"), term(kind))]

    def link(self, predicate: str, *names: str | None) -> None:
        """Point at other resources."""
        self.triples += [(self.subject, term(predicate), iri(name)) for name in names if name]

    def text(self, **values: str | int | Decimal | None) -> None:
        """Add literals under properties of the ontology."""
        for name, value in values.items():
            self.add(term(name), None if value is None else literal(value))

    def standard(self, curie: str, *values: str | None) -> None:
        """Add literals under a property of a borrowed vocabulary."""
        for value in values:
            self.add(std(curie), None if value is None else literal(value))

    def quantity(self, quantity: Quantity, unit: str | None, vocabulary: Vocabulary) -> None:
        """Add a printed number: relation, digits as written, bounds, error, and its unit where known."""
        self.text(relation=quantity.relation, as_written=quantity.text)
        self.text(value=quantity.value, low=quantity.low, high=quantity.high)
        self.text(error=quantity.error, error_kind=quantity.error_kind)
        known = vocabulary.unit(unit) if unit else None
        self.add(term("unit"), term(known.id) if known else None)
        self.add(std("qudt:hasUnit"), ox.NamedNode(known.exact) if known and known.exact else None)

    def add(self, predicate: ox.NamedNode, value: Object | None) -> None:
        """Add one triple."""
        if value is not None:
            self.triples.append((self.subject, predicate, value))

    def source(self, source: Source | None) -> None:
        """Add the line of YAML."""
        if source:
            self.text(source_file=source.file, source_line=source.line)


def place(about: Resource, locator: Locator) -> None:
    """Add the parts of a locator to a resource."""
    about.text(section=locator.section, paragraph=locator.paragraph, item=locator.item)
    about.text(table=locator.table, row=locator.row, column=locator.column)
    about.text(figure=locator.figure, page=locator.page)


def passage_name(document: str, span: Span) -> str:
    """Return the name of a stretch of a document's text, as RFC 5147 writes it behind an address."""
    return f"{document}#char={span.start},{span.end}"


def selected(about: Resource, document: str, span: Span) -> Iterator[Triple]:
    """Yield the triples of a passage and of its selector, as the Web Annotation vocabulary has them."""
    selector = iri(f"{document}#selector={span.start},{span.end}")
    about.add(std("oa:hasSource"), iri(document))
    about.add(std("oa:hasSelector"), selector)
    yield from about.triples
    yield (selector, std("rdf:type"), std("oa:TextPositionSelector"))
    yield (selector, std("oa:start"), literal(span.start))
    yield (selector, std("oa:end"), literal(span.end))


def sourced(about: Resource, owner: str, found: Iterable[Evidence]) -> Iterator[Triple]:
    """Yield a resource's triples and those of its evidence, numbered under `owner`."""
    numbered = [(f"{owner}.evidence.{number}", item) for number, item in enumerate(found, 1)]
    about.link("evidence", *(name for name, _ in numbered))
    yield from about.triples
    for name, item in numbered:
        yield from _evidence(name, about.subject, item)


def _evidence(name: str, body: ox.NamedNode, evidence: Evidence) -> Iterator[Triple]:
    about = Resource(name, "Evidence")
    about.add(std("oa:hasBody"), body)
    targets = [passage_name(evidence.document, span) for span in evidence.spans] or [evidence.document]
    for target in targets:
        about.add(std("oa:hasTarget"), iri(target))
    about.link("document", evidence.document)
    about.link("cites", *(f"{evidence.document}.ref.{number}" for number in evidence.references))
    place(about, evidence.locator)
    about.link("passage", *(passage_name(evidence.document, span) for span in evidence.spans))
    about.link("misfit", *(f"{evidence.document}.ref.{number}" for number in evidence.misfits))
    about.text(citation_remark=evidence.citation)
    about.standard("skos:note", evidence.note)
    about.source(evidence.source)
    yield from about.triples
