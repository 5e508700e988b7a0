"""A query given to a store: guarded, answered, its errors explained, its unknown names noticed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache, partial

import pyoxigraph as ox

from kg.curie import PrefixMap
from kg.names import meant
from kg.problems import InvalidQuery
from kg.sparql.answers import Answer, answer_of
from kg.sparql.frames import Dataset
from kg.sparql.guarding import explained, guarded, is_plain, names_in, own_prefixes
from kg.vocabulary import KG, KGO

NAMES_UNDER = 'SELECT DISTINCT ?s WHERE {{ ?s a ?kind FILTER(STRSTARTS(STR(?s), "{0}")) }}'
_SHORT = 4000
"""So many characters may a query have that is remembered."""
Found = ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples


def query(store: ox.Store, prefixes: PrefixMap, sparql: str, services: Collection[str] = ()) -> Answer:
    """Answer a SPARQL 1.1 query; raises `InvalidQuery` with line, column and caret when it cannot be read.

    `SERVICE` may only name an address of `services`: nothing else here asks the network.
    """
    try:
        return answer_of(evaluated(store, prefixes, sparql, services), prefixes)
    except InvalidQuery:
        raise
    except (RuntimeError, OSError, ValueError) as error:
        raise InvalidQuery(f"the query failed: {error}") from None


def evaluated(
    store: ox.Store,
    prefixes: PrefixMap,
    sparql: str,
    services: Collection[str] = (),
    dataset: Dataset | None = None,
) -> Found:
    """Return what the engine makes of a query, before its rows are read; raises `InvalidQuery`.

    `dataset` takes the place of what the query says of graphs.
    """
    text, known = sparql, _of_plain(prefixes, sparql) if len(sparql) <= _SHORT else None
    if known is None:
        text = guarded(sparql, services, partial(_holds, store))
        known = prefixes.named_in(text)
    try:
        if dataset is None:
            return store.query(text, prefixes=known)
        return store.query(
            text,
            prefixes=known,
            default_graph=[ox.NamedNode(name) for name in dataset.default],
            named_graphs=[ox.NamedNode(name) for name in dataset.named],
        )
    except SyntaxError as error:
        raise InvalidQuery(explained(str(error), sparql, declared(prefixes))) from None


@lru_cache(256)
def _of_plain(prefixes: PrefixMap, sparql: str) -> dict[str, str] | None:
    """Return the prefixes of a query in which nothing can be refused, None for one that must be guarded.

    This depends on the text alone, so that it is remembered.
    """
    return prefixes.named_in(sparql) if is_plain(sparql) else None


def _holds(store: ox.Store, address: str) -> bool:
    try:
        return store.contains_named_graph(ox.NamedNode(address))
    except ValueError:
        return False


def declared(prefixes: PrefixMap) -> dict[str, str]:
    """Return the prefixes that queries may use undeclared."""
    return {record.prefix: record.uri_prefix for record in prefixes.prefixes}


def unknown_names(store: ox.Store, sparql: str) -> tuple[str, ...]:
    """Return what was probably meant by names of the project in a query that its graph does not hold.

    >>> import kg
    >>> graph = kg.load()
    >>> unknown_names(graph.store, "SELECT * { kg:serotonine ?p ?o }")[0][:60]
    'kg:serotonine is not in the graph; did you mean `kg:serotoni'
    """
    return unknown_among(sparql, partial(is_known, store), partial(names_under, store))


def unknown_among(
    sparql: str, holds: Callable[[str], bool], names_under: Callable[[str], Iterable[str]]
) -> tuple[str, ...]:
    """Return what was probably meant by names of the project in a query that `holds` does not know.

    `names_under` gives the names under an address, without it.
    """
    told = []
    prefixes = {"kg": KG, "kgo": KGO} | own_prefixes(sparql)
    for name in dict.fromkeys(names_in(sparql)):
        prefix, _, local = name.partition(":")
        address, local = prefixes.get(prefix), re.sub(r"\\(.)", r"\1", local)
        if address not in (KG, KGO) or not local or holds(address + local):
            continue
        known = [f"{prefix}:{found}" for found in names_under(address) if is_name(found)]
        near = meant(name, known)
        told.append(f"{name} is not in the graph" + (f"; {near}" if near else ""))
    return tuple(told)


def is_known(store: ox.Store, address: str) -> bool:
    """Tell whether an address occurs in a store, as a graph or within one."""
    node = ox.NamedNode(address)
    patterns = ((node, None, None), (None, node, None), (None, None, node), (None, None, None, node))
    return any(next(store.quads_for_pattern(*pattern), None) is not None for pattern in patterns)


def names_under(store: ox.Store, address: str) -> Iterator[str]:
    """Yield the local names of everything described under an address."""
    rows = store.query(NAMES_UNDER.format(address))
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        yield str(row["s"].value).removeprefix(address)


def is_name(local: str) -> bool:
    """Tell whether a local name is one that people write, and no numbered part of something."""
    return not re.search(r"\.(evidence|ref)\.|#", local)
