"""`Endpoint`: queries sent by the SPARQL 1.1 Protocol, answers read in pages where the server cuts them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
import pyoxigraph as ox

from kg.curie import PrefixMap
from kg.endpoint.transport import Connection, Response, shown
from kg.endpoint.wording import is_cut, page_of, spelled_out
from kg.problems import EndpointFailed, InvalidQuery, QueryStopped
from kg.sparql.answers import Answer, Table, Triples, Value, value_of
from kg.sparql.asking import declared, evaluated
from kg.sparql.guarding import guarded, tokens
from kg.triples import NAMESPACES
from kg.vocabulary import KG

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_CAP_HEADER = "x-sparql-maxrows"
_CAPS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000)
"""At so many rows an answer looks cut, also where the server does not say so."""
_BLANK = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')
"""How Virtuoso names blank nodes, which is no name that SPARQL knows."""
_GRAPHS = ("default-graph-uri", "named-graph-uri")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Row = tuple[Term, ...]


class Rows(msgspec.Struct, frozen=True):
    """A SELECT's answer as it came; `cap` is how many rows the server gives at most, where it cut them."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    cap: int | None = None


class Endpoint:
    """A SPARQL 1.1 endpoint. `default-graph-uri` in its address names the graphs that queries are put to."""

    def __init__(self, connection: Connection, prefixes: PrefixMap, *, whole: bool = False) -> None:
        parts = urlsplit(connection.address)
        self._connection, self._prefixes = connection, prefixes
        fixed = parse_qsl(parts.query)
        self._fixed = [(key, value) for key, value in fixed if not (whole and key in _GRAPHS)]
        self._address = urlunsplit(parts._replace(query="", fragment=""))

    @property
    def name(self) -> str:
        """The address, as it may be printed."""
        return shown(self._address)

    @property
    def default_graphs(self) -> tuple[str, ...]:
        """The graphs that stand for the default graph, as the address names them."""
        return tuple(value for key, value in self._fixed if key == "default-graph-uri")

    @property
    def everywhere(self) -> Endpoint:
        """The same endpoint with the graphs that it takes for the default graph by itself."""
        return Endpoint(self._connection, self._prefixes, whole=True)

    def within(self, timeout: float | None) -> Endpoint:
        """Return the same endpoint, given so many seconds for an answer; None leaves them as they are."""
        if timeout is None:
            return self
        return Endpoint(self._connection.within(timeout), self._prefixes)

    def query(self, sparql: str, services: Collection[str] = ()) -> Answer:
        """Answer a SPARQL 1.1 query as the embedded store does.

        Raises `InvalidQuery` for what cannot be read or must not be sent, `QueryStopped` when there is no
        answer in time, and `EndpointFailed` when the endpoint cannot answer.
        """
        form, sent = self.checked(sparql, services)
        if form in ("CONSTRUCT", "DESCRIBE"):
            known = declared(self._prefixes)
            found = ox.serialize(self.triples(sent), format=ox.RdfFormat.TURTLE, prefixes=known) or b""
            return Triples(found.decode())
        if form == "ASK":
            return self.holds(sent)
        found_rows = self.rows(sent)
        read = (tuple(self._value(term) for term in row) for row in found_rows.rows)
        return Table(found_rows.variables, tuple(read))

    def holds(self, sparql: str) -> bool:
        """Return the answer of an ASK; Virtuoso may give it as a table."""
        found = self._results(sparql)
        if isinstance(found, bool):
            return found
        value = self._value(found.rows[0][0]) if found.rows else False
        return value in (True, 1, "true", "1")

    def rows(self, sparql: str) -> Rows:
        """Return all rows of a SELECT: page by page where the server does not give them at once."""
        found = self._results(sparql)
        if isinstance(found, bool):
            raise EndpointFailed(f"{self.name} answers a SELECT with yes or no")
        if found.cap is None:
            return found
        if is_cut(sparql):
            told = (
                f"{self.name} gives at most {found.cap:,} rows, and the query has a LIMIT, OFFSET or VALUES"
            )
            raise EndpointFailed(f"{told} of its own: page it by hand")
        return Rows(found.variables, tuple(self._pages(sparql, found)))

    def rows_at_once(self, sparql: str) -> Rows:
        """Return the rows of one answer, of which `cap` tells whether they may be all."""
        found = self._results(sparql)
        assert isinstance(found, Rows)
        return found

    def triples(self, sparql: str) -> Iterator[ox.Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE."""
        response = self._post(sparql, _TRIPLES)
        form = ox.RdfFormat.from_media_type(response.media_type)
        if form is None and response.media_type == "text/plain":
            form = ox.RdfFormat.N_TRIPLES
        if form is None:
            raise EndpointFailed(f"{self.name} answers with {response.media_type or 'nothing named'}")
        return (quad.triple for quad in ox.parse(response.body, format=form))

    def _pages(self, sparql: str, first: Rows) -> Iterator[Row]:
        size, start = first.cap or 1, 0
        while True:
            page = self._results(page_of(sparql, first.variables, size, start))
            assert isinstance(page, Rows)
            yield from page.rows
            start += len(page.rows)
            if len(page.rows) < size:
                return

    def checked(self, sparql: str, services: Collection[str]) -> tuple[str, str]:
        """Return the form of a query and the text to send; raises `InvalidQuery`."""
        guarded(sparql, services)
        words = _words(sparql)
        if "SERVICE" not in words:  # the parser of the embedded store would already ask the other address
            evaluated(ox.Store(), self._prefixes, sparql)
        form = next((word for word in words if word in _FORMS), None)
        if form is None:
            raise InvalidQuery("a query is a SELECT, ASK, CONSTRUCT or DESCRIBE")
        sent = spelled_out(sparql, declared(self._prefixes))
        guarded(sent, services)
        return form, sent

    def _results(self, sparql: str) -> Rows | bool:
        response = self._post(sparql, _JSON)
        try:
            body = _BLANK.sub(rb"\1", response.body)
            found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            names = tuple(variable.value for variable in found.variables)
            rows = tuple(tuple(row[name] for name in names) for row in found)
        except (SyntaxError, ValueError) as error:
            raise EndpointFailed(f"{self.name} answers what is no SPARQL result: {error}") from None
        return Rows(names, rows, _cap(response, len(rows)))

    def _post(self, sparql: str, accept: str) -> Response:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        named = self._named if self.default_graphs and "GRAPH" in _words(sparql) else ()
        body = urlencode([("query", sparql), *self._fixed, *named]).encode()
        response = self._connection.send("POST", self._address, headers, body)
        if response.status == 200:
            return response
        told = f"{self.name} answers {response.status}: {_first_lines(response)}"
        if response.status in (504, 408) or "timeout" in told.casefold():
            raise QueryStopped("time", told)
        raise EndpointFailed(told)

    @cached_property
    def _named(self) -> tuple[tuple[str, str], ...]:
        """The graphs of the project beside the default one, where the address does not name them.

        A query that is told its default graph has no named graphs, by the Protocol; in Virtuoso it has all
        in the store, those of others and its own default graph too.
        """
        if any(key == "named-graph-uri" for key, _ in self._fixed):
            return ()
        known = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{KG}"))'
        found = self.everywhere.rows(f"SELECT DISTINCT ?g WHERE {{ {known} }}").rows
        names = sorted(row[0].value for row in found if isinstance(row[0], ox.NamedNode))
        return tuple(("named-graph-uri", name) for name in names if name not in self.default_graphs)

    def _value(self, term: Term) -> Value:
        """Return a term as a Python value; Virtuoso writes booleans as 1 and 0."""
        if isinstance(term, ox.Literal) and term.datatype.value == f"{NAMESPACES['xsd']}boolean":
            return term.value in ("true", "1")
        return value_of(term, self._prefixes)


def _words(sparql: str) -> list[str]:
    return [(match["word"] or "").upper() for match in tokens(sparql)]


def _cap(response: Response, count: int) -> int | None:
    told = response.headers.get(_CAP_HEADER, "")
    if told.isdecimal() and count >= int(told):
        return count
    return count if count in _CAPS else None


def _first_lines(response: Response) -> str:
    text = response.body[:4_000].decode(errors="replace")
    plain = unescape(re.sub(r"<[^<>]*>", " ", text)) if "html" in response.media_type else text
    return " ".join(plain.split())[:300] or "nothing more"
