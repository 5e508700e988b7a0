"""Entities under the names that UniProt, ChEBI and others gave them, for joining with their data, and back.

The name of an entity is its first exact match by the order of `ORDER`; one whose match another entity shares,
or that has none, keeps the project's own. Nothing else is renamed, and the own name is then the exact match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.graph import Graph
from kg.triples import iri, std

ORDER = (
    "UniProt", "HGNC", "CHEBI", "GO", "UBERON", "CL", "MONDO", "HP", "NCBITaxon", "BAO", "MESH",
    "CHEMBL.COMPOUND", "PUBCHEM.COMPOUND", "DRUGBANK",
)  # fmt: skip
"""Prefixes of databases whose addresses are names in RDF; a CAS number has a page only."""
Names = Mapping[Any, ox.NamedNode]


def canonical_names(graph: Graph) -> dict[ox.NamedNode, ox.NamedNode]:
    """Return the standard name of each entity that has one of its own.

    >>> import kg
    >>> canonical_names(kg.load().graph)[iri("sigma-1-receptor")].value
    'http://purl.uniprot.org/uniprot/Q99720'
    """
    shared = Counter(xref for entity in graph.knowledge.entities for xref in set(entity.xrefs))
    found = {}
    for entity in graph.knowledge.entities:
        ranked = [xref for prefix in ORDER for xref in entity.xrefs if xref.startswith(f"{prefix}:")]
        address = graph.vocabulary.prefixes.expand(ranked[0]) if ranked else None
        if address and shared[ranked[0]] == 1:
            found[iri(entity.id)] = ox.NamedNode(address)
    return found


def renamed(quads: Iterable[ox.Quad], names: Names) -> Iterator[ox.Quad]:
    """Yield quads with these names changed; a thing that is the exact match of its new name has the old one.

    With the names turned round, what was renamed is as it was.
    """
    match = std("skos:exactMatch")
    for quad in quads:
        subject, found = names.get(quad.subject, quad.subject), names.get(quad.object, quad.object)
        if quad.predicate == match and subject == quad.object:
            found = quad.subject
        yield ox.Quad(subject, quad.predicate, found, quad.graph_name)
