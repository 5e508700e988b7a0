"""`RemoteWorker`: answers of an endpoint in any form, asked for as of a process that answers queries here."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from kg.endpoint.asking import Endpoint, Rows, Term
from kg.problems import InvalidQuery
from kg.sparql.killable import Reply


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
            return Reply("graph", (), _one(ox.serialize(endpoint.triples(sent), format=syntax) or b""))
        results = ox.QueryResultsFormat.from_media_type(media_type)
        if results is None:
            raise InvalidQuery(f"{'an' if form == 'ASK' else 'a'} {form} cannot be answered as {media_type}")
        answer = (
            {"head": {}, "boolean": endpoint.holds(sent)} if form == "ASK" else _document(endpoint.rows(sent))
        )
        read = ox.parse_query_results(json.dumps(answer), format=ox.QueryResultsFormat.JSON)
        return Reply(
            "boolean" if form == "ASK" else "solutions", (), _one(read.serialize(format=results) or b"")
        )


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
