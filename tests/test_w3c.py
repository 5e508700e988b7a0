"""What raw Oxigraph passes of the W3C's tests of SPARQL 1.1 queries, `KnowledgeGraph.query` passes as well."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from w3c import Answer, Case, Rows, answered, cases, passes, raw, suite

import kg
from kg.problems import InvalidQuery
from kg.queries import Queries
from kg.sparql import Table, Triples
from kg.sparql.answers import value_of
from kg.sparql.killable import Worker
from kg.sparql.storing import build_store

ABSENT = "no copy of the W3C's SPARQL tests: KG_W3C names no folder with sparql11/"
JSON = "application/sparql-results+json"
MEANT = {
    "dawg-data-r2/syntax-sparql2#syntax-dataset-01": "FROM names a graph that the store does not hold",
    "dawg-data-r2/syntax-sparql2#syntax-dataset-02": "FROM NAMED names a graph that the store does not hold",
}
"""What raw Oxigraph passes and ours does not, and why that is meant."""


@cache
def shipped() -> kg.KnowledgeGraph:
    return kg.load(cache=False)


class Ours:
    """Asks as `KnowledgeGraph.query` does, here and in a worker, which must tell the same; a store per data set."""

    def __init__(self) -> None:
        self._held = ExitStack()
        self._made: dict[object, tuple[Queries, Worker]] = {}

    def __enter__(self) -> Ours:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def __call__(self, case: Case, store: ox.Store) -> Answer:
        asked, worker = self._asked(case, store)
        sparql = f"BASE <{case.base}>\n{case.text}"
        try:
            here = asked.query(sparql)
            if case.kind != "answer":
                return True
            reply = worker.ask(sparql, JSON, 60, graph_type="application/n-triples")
            whole = b"".join(reply.chunks)
        except InvalidQuery as error:
            failed = str(error).startswith("the query failed")
            raise (RuntimeError if failed else SyntaxError)(str(error)) from None
        found = _parsed(reply.kind, whole)
        if not _alike(here, found):
            raise RuntimeError("answers otherwise here than in a worker")
        return found

    def _asked(self, case: Case, store: ox.Store) -> tuple[Queries, Worker]:
        key = (case.data, case.graphs, case.query if case.kind == "answer" and not case.data else None)
        if key not in self._made:
            place = Path(self._held.enter_context(TemporaryDirectory())) / "w3c.store"
            build_store(place, lambda empty: empty.bulk_extend(store))
            asked = Queries(shipped().graph, tuple, place)
            self._made[key] = asked, self._held.enter_context(asked.worker())
        return self._made[key]


def _parsed(kind: str, whole: bytes) -> Answer:
    if kind == "graph":
        return frozenset(quad.triple for quad in ox.parse(whole, format=ox.RdfFormat.N_TRIPLES))
    return answered(ox.parse_query_results(whole, format=ox.QueryResultsFormat.JSON))


def _alike(here: object, found: Answer) -> bool:
    """Tell whether plain values are those of terms, but for the names of blank nodes."""
    if isinstance(found, bool):
        return here is found
    if isinstance(found, frozenset):
        assert isinstance(here, Triples)
        return len(list(ox.parse(here.turtle.encode(), format=ox.RdfFormat.TURTLE))) == len(found)
    assert isinstance(here, Table) and isinstance(found, Rows)
    prefixes = shipped().graph.vocabulary.prefixes
    told = ({name: value_of(term, prefixes) for name, term in row.items()} for row in found.solutions)
    plain = ({name: value for name, value in row.items() if value is not None} for row in here)
    return Counter(map(_unnamed, plain)) == Counter(map(_unnamed, told))


def _unnamed(row: dict[str, object]) -> tuple[str, ...]:
    return tuple(
        sorted(f"{name} {'_:' if str(value).startswith('_:') else value}" for name, value in row.items())
    )


GROUPS = {name: list(group) for name, group in groupby(cases(), key=lambda case: case.name.partition("#")[0])}


@pytest.mark.skipif(suite() is None, reason=ABSENT)
def test_there_are_tests():
    assert len(cases()) > 250
    assert not MEANT.keys() - {case.name for case in cases()}


@pytest.mark.skipif(suite() is None, reason=ABSENT)
@pytest.mark.parametrize("group", GROUPS)
def test_what_oxigraph_passes_we_pass(group):
    with Ours() as ours:
        for case in GROUPS[group]:
            if case.asks_the_network:
                with pytest.raises(InvalidQuery):
                    shipped().query(case.text)
            elif not passes(case, raw):
                why = passes(case, ours)
                assert bool(why) == (case.name in MEANT), f"{case.name}: {why or 'passed'}"
