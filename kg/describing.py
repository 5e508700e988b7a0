"""The graph described as a data set (DCAT, VoID, PROV): version, licence, software, sources, counts.

The shipped graph is a release, with its version in its name and under CC0. A graph that somebody has added
data to is not, and its licence is theirs to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

import pyoxigraph as ox

from kg.graph import Graph
from kg.resources import VERSION
from kg.triples import NAMESPACES, Triple, iri, literal, std
from kg.vocabulary import KG, KGO

LICENCE = ox.NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
SOFTWARE = iri(f"software/{VERSION}")
_SHIPPED = "seeds/"


class Tally:
    """Counts triples as they pass; the same one twice is one."""

    def __init__(self) -> None:
        self._seen: set[Triple] = set()

    def add(self, triple: Triple) -> None:
        """Count one."""
        self._seen.add(triple)

    def counts(self) -> dict[str, int]:
        """Return how much there is, by VoID property."""
        return {
            "triples": len(self._seen),
            "classes": len(self.instances()),
            "properties": len(self.properties()),
            "distinctSubjects": len({subject for subject, _, _ in self._seen}),
            "distinctObjects": len({found for _, _, found in self._seen}),
        }

    def instances(self) -> Counter[ox.NamedNode]:
        """Return how many things are of each class."""
        kind = std("rdf:type")
        return Counter(
            found
            for _, predicate, found in self._seen
            if predicate == kind and isinstance(found, ox.NamedNode)
        )

    def properties(self) -> Counter[ox.NamedNode]:
        """Return how many triples have each property."""
        return Counter(predicate for _, predicate, _ in self._seen)


def is_release(graph: Graph) -> bool:
    """Tell whether everything in a graph is shipped with the package."""
    base = graph.knowledge
    rows = chain(base.documents, base.entities, base.statements, base.measurements, base.protocols)
    sources = (getattr(row, "source", None) for row in rows)
    return all(source is not None and source.file.startswith(_SHIPPED) for source in sources)


def dataset(graph: Graph) -> ox.NamedNode:
    """Return the name of a graph as a data set; its description is in the named graph of this name."""
    return iri(f"{'release' if is_release(graph) else 'local'}/{VERSION}")


def description(graph: Graph, tally: Tally) -> Iterator[Triple]:
    """Yield the description of a graph whose triples were counted; it is not counted itself."""
    about = dataset(graph)
    for kind in ("dcat:Dataset", "void:Dataset", "prov:Entity"):
        yield (about, std("rdf:type"), std(kind))
    released = is_release(graph)
    title = "Drug mechanisms" if released else "Drug mechanisms, with data that is not shipped"
    yield (about, std("dcterms:title"), literal(title))
    yield (about, std("owl:versionInfo"), literal(VERSION))
    if released:
        yield (about, std("dcterms:license"), LICENCE)
    yield (about, std("void:uriSpace"), literal(KG))
    for address in (KGO, *(NAMESPACES[name] for name in ("skos", "dcterms", "oa", "prov"))):
        yield (about, std("void:vocabulary"), ox.NamedNode(address))
    yield (about, std("prov:wasAttributedTo"), SOFTWARE)
    for document in graph.knowledge.documents:
        yield (about, std("prov:wasDerivedFrom"), iri(document.id))
    yield from _software()
    yield from _counts(graph, about, tally)


def _software() -> Iterator[Triple]:
    yield (SOFTWARE, std("rdf:type"), std("prov:SoftwareAgent"))
    yield (SOFTWARE, std("rdfs:label"), literal(f"drug-mechanisms {VERSION}"))
    yield (SOFTWARE, std("owl:versionInfo"), literal(VERSION))


def _counts(graph: Graph, about: ox.NamedNode, tally: Tally) -> Iterator[Triple]:
    yield (about, std("void:entities"), literal(len(graph.knowledge.entities)))
    for name, count in tally.counts().items():
        yield (about, std(f"void:{name}"), literal(count))
    for kind, counted, found in (
        ("class", "entities", tally.instances()),
        ("property", "triples", tally.properties()),
    ):
        for term, count in sorted(found.items(), key=str):
            short = quote(graph.vocabulary.prefixes.compress(term.value), safe=":")
            part = ox.NamedNode(f"{about.value}#{kind}={short}")
            yield (about, std(f"void:{kind}Partition"), part)
            yield (part, std("rdf:type"), std("void:Dataset"))
            yield (part, std(f"void:{kind}"), term)
            yield (part, std(f"void:{counted}"), literal(count))
