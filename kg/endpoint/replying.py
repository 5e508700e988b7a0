"""`RemoteWorker`: answers of an endpoint in any form, asked for as of a process that answers queries here."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from kg.endpoint.asking import Endpoint, Rows, Term
from kg.problems import InvalidQuery
from kg.sparql.asking import NAMES_UNDER, unknown_among
from kg.sparql.frames import Timings
from kg.sparql.killable import Reply

_HELD = """ASK {{
  {{ {0} ?p ?o }} UNION {{ ?s {0} ?o }} UNION {{ ?s ?p {0} }} UNION {{ GRAPH {0} {{ ?s ?p ?o }} }}
}}"""


class RemoteWorker:
    """Stands where a `Worker` stands. The endpoint has its own limit of memory."""

    def __init__(self, endpoint: Endpoint, services: Collection[str] = ()) -> None:
        self._endpoint, self._services = endpoint, services

    def __enter__(self) -> RemoteWorker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def ask(
        self,
        sparql: str,
        media_type: str,
        timeout: float | None = None,
        *,
        graph_type: str = "",
    ) -> Reply:
        """Return the reply to a query: rows or truth in `media_type`, triples in `graph_type`, or that too.

        Raises what `Endpoint.query` does.
        """
        endpoint = self._endpoint.within(timeout)
        form, sent = endpoint.checked(sparql, self._services)
        if form in ("CONSTRUCT", "DESCRIBE"):
            syntax = ox.RdfFormat.from_media_type(graph_type or media_type)
            if syntax is None:
                raise InvalidQuery(f"a {form} cannot be answered as {media_type}")
            body = ox.serialize(endpoint.triples(sent), format=syntax) or b""
            return Reply("graph", () if body.strip() else hints(endpoint, sparql), _one(body))
        results = ox.QueryResultsFormat.from_media_type(media_type)
        if results is None:
            raise InvalidQuery(f"{'an' if form == 'ASK' else 'a'} {form} cannot be answered as {media_type}")
        answer = (
            {"head": {}, "boolean": endpoint.holds(sent)} if form == "ASK" else _document(endpoint.rows(sent))
        )
        empty = answer.get("boolean") is False or answer.get("results") == {"bindings": []}
        told = hints(endpoint, sparql) if empty else ()
        read = ox.parse_query_results(json.dumps(answer), format=ox.QueryResultsFormat.JSON)
        return Reply(
            "boolean" if form == "ASK" else "solutions", told, _one(read.serialize(format=results) or b"")
        )

    def time(self, sparql: str, timeout: float | None = None) -> Timings:
        """Return how long a query takes until its answer is here, whole, and how many rows it has."""
        endpoint = self._endpoint.within(timeout)
        form, sent = endpoint.checked(sparql, self._services)
        began = time.perf_counter()
        if form in ("CONSTRUCT", "DESCRIBE"):
            rows = sum(1 for _ in endpoint.triples(sent))
        else:
            rows = len(endpoint.rows(sent).rows) if form == "SELECT" else len([endpoint.holds(sent)])
        taken = time.perf_counter() - began
        return Timings(taken, taken if rows else None, taken, rows)


def hints(endpoint: Endpoint, sparql: str) -> tuple[str, ...]:
    """Return what was probably meant by names of the project that an endpoint does not hold.

    It is asked about each name, so only where a query found nothing.
    """

    def holds(address: str) -> bool:
        return endpoint.holds(_HELD.format(ox.NamedNode(address)))

    def names_under(address: str) -> Iterator[str]:
        for (found,) in endpoint.rows(NAMES_UNDER.format(address)).rows:
            if isinstance(found, ox.NamedNode):
                yield found.value.removeprefix(address)

    return unknown_among(sparql, holds, names_under)


def _one(body: bytes) -> Iterator[bytes]:
    yield body


def _document(found: Rows) -> dict[str, Any]:
    """Return rows as SPARQL 1.1 Query Results JSON."""
    rows = (zip(found.variables, row, strict=True) for row in found.rows)
    bindings = [{name: _term(term) for name, term in row if term is not None} for row in rows]
    return {"head": {"vars": list(found.variables)}, "results": {"bindings": bindings}}


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, ox.Literal):
        raise InvalidQuery("a triple as a value cannot be written")
    tagged = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value, **tagged}
