"""What an endpoint says of all things of a class, page by page: name → property → values.

First their names, then some hundred things at a time by name: never by OFFSET, so that every page costs the
same and no engine has to keep an order of rows. A page that the server cuts is asked for with fewer things.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.endpoint.asking import Endpoint, Rows
from kg.problems import EndpointFailed
from kg.triples import NAMESPACES
from kg.vocabulary import KG, KGO

Values = dict[str, list[str]]
Things = dict[str, Values]
"""By the id of a thing: its properties as CURIEs, with IRIs of the project as ids, others in full."""

_NAMES = 5_000
_PAGE = 200
_TYPE = f"<{NAMESPACES['rdf']}type>"


def fetch(endpoint: Endpoint, classes: Iterable[str], properties: Iterable[str] = ()) -> Things:
    """Return the things of these classes of the ontology with everything (or these properties) said of them.

    Raises `EndpointFailed` when the endpoint gives less than it holds.
    """
    wanted = " ".join(f"<{_full(name)}>" for name in properties)
    only = f" VALUES ?property {{ {wanted} }}" if wanted else ""
    found: Things = {}
    names = _names(endpoint, classes)
    start, size = 0, _PAGE
    while start < len(names):
        page = endpoint.rows_at_once(_page(names[start : start + size], only))
        if page.cap is not None and size > 1:
            size //= 2
            continue
        _collect(found, page)
        start += size
    if len(found) != len(names):
        raise EndpointFailed(f"{endpoint.name} holds {len(names)} things and gave {len(found)} of them")
    return found


def _names(endpoint: Endpoint, classes: Iterable[str]) -> list[str]:
    """Return the IRIs of all things of these classes, sorted; asked for in pages, each behind the last."""
    kinds = " ".join(f"<{KGO}{name}>" for name in sorted(classes))
    found: list[str] = []
    while True:
        behind = f' FILTER(STR(?thing) > "{found[-1]}")' if found else ""
        named = f"VALUES ?kind {{ {kinds} }} ?thing {_TYPE} ?kind .{behind}"
        asked = f"SELECT DISTINCT ?thing WHERE {{ {named} }} ORDER BY STR(?thing) LIMIT {_NAMES}"
        rows = endpoint.rows_at_once(asked).rows
        found += [row[0].value for row in rows if isinstance(row[0], ox.NamedNode)]
        if not rows:
            return found


def _page(names: Iterable[str], only: str) -> str:
    things = " ".join(str(ox.NamedNode(name)) for name in names)
    named = f"VALUES ?thing {{ {things} }}{only}"
    return f"SELECT ?thing ?property ?value WHERE {{ {named} ?thing ?property ?value }}"


def _collect(found: Things, page: Rows) -> None:
    for thing, prop, value in page.rows:
        assert isinstance(thing, ox.NamedNode) and isinstance(prop, ox.NamedNode)
        said = found.setdefault(_short(thing.value), {}).setdefault(_short(prop.value), [])
        text = _short(value.value) if isinstance(value, ox.NamedNode) else getattr(value, "value", str(value))
        if text not in said:
            said.append(text)


_SHORTER = {KG: "", KGO: "kgo:", **{address: f"{prefix}:" for prefix, address in NAMESPACES.items()}}


def _short(iri: str) -> str:
    """Return an id of the project, or a term as a CURIE; other IRIs as they are."""
    for address in sorted(_SHORTER, key=len, reverse=True):
        if iri.startswith(address):
            return _SHORTER[address] + iri.removeprefix(address)
    return iri


def _full(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return {**NAMESPACES, "kgo": KGO}[prefix] + name
