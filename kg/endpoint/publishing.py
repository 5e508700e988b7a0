"""The graph written to a triple store: through the Graph Store Protocol, or as files for its bulk loader.

Each graph is put: its first chunk empties what was there, the others are added. What has blank nodes (the
ontology's unions) goes in the first, so that no list is torn and no chunk does harm by being sent twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import msgspec
import pyoxigraph as ox

from kg.endpoint.asking import Endpoint
from kg.endpoint.transport import Connection, shown
from kg.problems import EndpointFailed
from kg.resources import write_whole

_N_TRIPLES = "application/n-triples"
_FINE = (200, 201, 204)
_STORES = (
    ("/sparql", "/sparql-graph-crud-auth"),  # Virtuoso
    ("/query", "/store"),  # Oxigraph
)
CHUNK = 50_000
"""Triples in a request: about 8 MB."""


class Published(msgspec.Struct, frozen=True):
    """A graph that was written: its name, None for the default graph, and how many triples it has."""

    graph: str | None
    triples: int


def graph_store(address: str) -> str | None:
    """Return where Oxigraph and Virtuoso have the graph store of a query address, None for other endings.

    >>> graph_store("http://localhost:7878/query")
    'http://localhost:7878/store'
    """
    parts = urlsplit(address)
    for ending, store in _STORES:
        if parts.path.endswith(ending):
            path = parts.path.removesuffix(ending) + store
            return urlunsplit(parts._replace(path=path, query="", fragment=""))
    return None


def publish(
    quads: Iterable[ox.Quad],
    endpoint: Endpoint,
    store: Connection,
    *,
    replace: bool = False,
    chunk: int = CHUNK,
    told: Callable[[Published], None] = lambda _: None,
) -> tuple[Published, ...]:
    """Write quads to a graph store and count them again through its endpoint.

    Where the endpoint's address names one `default-graph-uri`, the default graph is written to that graph.
    Raises `EndpointFailed` when there is something already and `replace` is not given, when the server
    refuses, or when it holds another number of triples in the end than were sent.
    """
    home = _default_graph(endpoint)
    whole = endpoint.everywhere
    if not replace and whole.holds(_anything(home)):
        raise EndpointFailed(f"{endpoint.name} is not empty; --replace writes the graphs over")
    done = []
    for name, lines in _by_graph(quads, home).items():
        _put(store, name, lines, chunk)
        held = _count(whole, name)
        if held != len(lines):
            raise EndpointFailed(
                f"{endpoint.name} holds {held} of {len(lines)} triples of {name or 'default'}"
            )
        done.append(Published(name, len(lines)))
        told(done[-1])
    return tuple(done)


def write_bulk(quads: Iterable[ox.Quad], folder: Path, home: str | None = None) -> tuple[Path, ...]:
    """Write `graph.nq` for loaders of N-Quads, and for Virtuoso's a `.nt` with a `.graph` for each graph.

    `home` is the graph that the default graph is written to. Virtuoso's `ld_dir` reads the name of a file's
    graph from the file of the same name with `.graph` behind.
    """
    found = _by_graph(quads, home)
    lines = (_quad_line(line, name) for name, group in found.items() for line in sorted(group))
    written = [folder / "graph.nq"]
    write_whole(written[0], "".join(lines).encode())
    for number, (name, group) in enumerate(found.items()):
        place = folder / "graphs" / f"{number:04}.nt"
        write_whole(place, "".join(sorted(group)).encode())
        written.append(place)
        if name is not None:
            write_whole(place.with_name(f"{place.name}.graph"), f"{name}\n".encode())
    return tuple(written)


def _default_graph(endpoint: Endpoint) -> str | None:
    names = endpoint.default_graphs
    if len(names) > 1:
        raise EndpointFailed("the address names several default graphs; name one to publish to")
    return names[0] if names else None


def _by_graph(quads: Iterable[ox.Quad], home: str | None) -> dict[str | None, set[str]]:
    """Return the lines of each graph, the default one first."""
    found: dict[str | None, set[str]] = {home: set()}
    for quad in quads:
        name = quad.graph_name
        key = home if isinstance(name, ox.DefaultGraph) else name.value
        found.setdefault(key, set()).add(f"{quad.triple} .\n")
    return found


def _quad_line(line: str, name: str | None) -> str:
    return line if name is None else line.removesuffix(".\n") + f"{ox.NamedNode(name)} .\n"


def _put(store: Connection, name: str | None, lines: set[str], chunk: int) -> None:
    """Put the first chunk, which empties the graph, and add the others."""
    for method, part in _parts(lines, chunk):
        key = "graph-uri" if "sparql-graph-crud" in store.address else "graph"
        query = "default" if name is None else urlencode({key: name}, quote_via=quote)
        joint = "&" if urlsplit(store.address).query else "?"
        headers = {"Content-Type": _N_TRIPLES}
        response = store.send(method, f"{store.address}{joint}{query}", headers, "".join(part).encode())
        if response.status not in _FINE:
            reason = " ".join(response.body[:300].decode(errors="replace").split())
            told = f"{shown(store.address)} answers {response.status} to {method} of {name or 'default'}"
            raise EndpointFailed(f"{told}: {reason}")


def _parts(lines: set[str], chunk: int) -> Iterator[tuple[str, list[str]]]:
    whole = sorted(line for line in lines if line.startswith("_:") or " _:" in line)
    others = sorted(lines.difference(whole))
    room = max(chunk - len(whole), 0)
    yield "PUT", whole + others[:room]
    for start in range(room, len(others), chunk):
        yield "POST", others[start : start + chunk]


def _anything(home: str | None) -> str:
    within = (
        "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }" if home is None else f"GRAPH <{home}> {{ ?s ?p ?o }}"
    )
    return f"ASK {{ {within} }}"


def _count(endpoint: Endpoint, name: str | None) -> int:
    pattern = "?s ?p ?o" if name is None else f"GRAPH <{name}> {{ ?s ?p ?o }}"
    found = endpoint.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(str(next(iter(found))["n"])) if not isinstance(found, bool) else 0  # type: ignore[arg-type]
