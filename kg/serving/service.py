"""What the server says of itself in RDF: the SPARQL service description, and VoID on the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.describing import LICENCE, is_release
from kg.knowledge_graph import KnowledgeGraph
from kg.resources import VERSION
from kg.triples import NAMESPACES
from kg.vocabulary import KG, KGO

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_KNOWN = {"sd": SD, "void": VOID, "formats": _FORMATS, "kg": KG, "kgo": KGO, **NAMESPACES}
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
            "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip
Object = ox.NamedNode | ox.BlankNode | ox.Literal


def graph_names(graph: KnowledgeGraph) -> tuple[str, ...]:
    """Return the addresses of the named graphs, sorted."""
    return tuple(sorted(str(name.value) for name in graph.store.named_graphs()))


def service_description(graph: KnowledgeGraph, here: str, media_type: str) -> bytes:
    """Return the description of the endpoint at `here`/sparql; each call names its parts alike."""
    service, default = ox.NamedNode(f"{here}/sparql"), ox.BlankNode("default")
    told = [
        _told(service, "rdf:type", f"{SD}Service"),
        _told(service, "sd:endpoint", service),
        _told(service, "sd:supportedLanguage", f"{SD}SPARQL11Query"),
        *(_told(service, "sd:resultFormat", _FORMATS + name) for name in _RESULTS),
        _told(service, "sd:defaultDataset", default),
        _told(default, "rdf:type", f"{SD}Dataset"),
        _told(default, "sd:defaultGraph", ox.BlankNode("everything")),
        *_graph(ox.BlankNode("everything"), _size(graph, None)),
    ]
    for number, name in enumerate(graph_names(graph)):
        entry, held = ox.BlankNode(f"entry{number}"), ox.BlankNode(f"graph{number}")
        told += [
            _told(default, "sd:namedGraph", entry),
            _told(entry, "rdf:type", f"{SD}NamedGraph"),
            _told(entry, "sd:name", ox.NamedNode(name)),
            _told(entry, "sd:graph", held),
            *_graph(held, _size(graph, name)),
        ]
    return written(told, media_type)


def void(graph: KnowledgeGraph, here: str, media_type: str) -> bytes:
    """Return what the data set is, how large, by which classes and properties, and where it can be had."""
    about = ox.NamedNode(f"{here}/.well-known/void#dataset")
    entity = next(iter(sorted(graph.entities)), None)
    told = [
        _told(about, "rdf:type", f"{VOID}Dataset"),
        _told(about, "dcterms:title", ox.Literal("Drug mechanisms")),
        *([_told(about, "dcterms:license", LICENCE)] if is_release(graph.graph) else []),
        _told(about, "dcterms:identifier", ox.Literal(graph.release)),
        _told(about, "dcterms:hasVersion", ox.Literal(VERSION)),
        _told(about, "void:uriSpace", ox.Literal(KG)),
        _told(about, "void:vocabulary", KGO),
        _told(about, "void:sparqlEndpoint", f"{here}/sparql"),
        _told(about, "void:dataDump", f"{here}/data?default"),
        _told(about, "void:triples", ox.Literal(_size(graph, None))),
        _told(about, "void:entities", ox.Literal(len(graph.entities))),
        *([_told(about, "void:exampleResource", KG + entity)] if entity else []),
        *_parts(graph, about),
    ]
    return written(told, media_type)


def _parts(graph: KnowledgeGraph, about: ox.NamedNode) -> Iterator[ox.Triple]:
    for kind, name, pattern, counted in (
        ("class", "class", "?s a ?part", "entities"),
        ("property", "property", "?s ?part ?o", "triples"),
    ):
        counts = f"SELECT ?part (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?part ORDER BY ?part"
        rows = graph.store.query(counts)
        assert isinstance(rows, ox.QuerySolutions)
        for number, row in enumerate(rows):
            part = ox.BlankNode(f"{kind}{number}")
            yield _told(about, f"void:{kind}Partition", part)
            yield _told(part, f"void:{name}", row["part"])
            yield _told(part, f"void:{counted}", row["n"])


def _graph(held: ox.BlankNode, size: int) -> Iterator[ox.Triple]:
    yield _told(held, "rdf:type", f"{SD}Graph")
    yield _told(held, "void:triples", ox.Literal(size))


def _size(graph: KnowledgeGraph, name: str | None) -> int:
    home = ox.DefaultGraph() if name is None else ox.NamedNode(name)
    return sum(1 for _ in graph.store.quads_for_pattern(None, None, None, home))


def _told(subject: ox.NamedNode | ox.BlankNode, predicate: str, value: Object | str) -> ox.Triple:
    prefix, _, name = predicate.partition(":")
    node = ox.NamedNode(value) if isinstance(value, str) else value
    return ox.Triple(subject, ox.NamedNode(_KNOWN[prefix] + name), node)


def written(triples: Sequence[ox.Triple], media_type: str) -> bytes:
    """Return triples in a format, with the prefixes in a fixed order."""
    form = ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.TURTLE
    text = ox.serialize(triples, format=form, prefixes=_KNOWN) or b""
    if form != ox.RdfFormat.TURTLE:
        return text
    lines = text.splitlines(keepends=True)
    head = [line for line in lines if line.startswith(b"@prefix")]
    return b"".join([*sorted(head), *lines[len(head) :]])
