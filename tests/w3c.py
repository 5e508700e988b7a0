"""The W3C's tests of SPARQL 1.1 queries, read from a copy at `$KG_W3C`, put to an engine and compared.

`python tests/w3c.py` counts what raw pyoxigraph and ours pass. Nothing of the suite is in this repository.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

HERE = "https://w3c.example/"
"""What the suite's folder is called in IRIs."""
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KINDS = {
    "QueryEvaluationTest": "answer",
    "CSVResultFormatTest": "answer",
    "PositiveSyntaxTest": "good",
    "PositiveSyntaxTest11": "good",
    "NegativeSyntaxTest": "bad",
    "NegativeSyntaxTest11": "bad",
}
RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}


class Rows(NamedTuple):
    """Solutions, by variable; `ordered` when their order is part of the answer, `texts` when only that is."""

    solutions: list[dict[str, object]]
    ordered: bool = False
    texts: bool = False


Answer = bool | Rows | frozenset[ox.Triple]
Ask = Callable[["Case", ox.Store], Answer]


class Case(NamedTuple):
    """One test: its name, its kind, and files. A query that is to be read only has no result."""

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]
    result: Path | None

    @property
    def text(self) -> str:
        """The query."""
        return self.query.read_text("utf-8")

    @property
    def base(self) -> str:
        """What relative IRIs of the query are relative to."""
        return name_of(self.query)

    @property
    def asks_the_network(self) -> bool:
        """Whether another endpoint would be asked."""
        return re.search(r"\bSERVICE\b", self.text, re.IGNORECASE) is not None


def suite() -> Path | None:
    """Return where the suite is, if anywhere."""
    place = Path(os.environ.get("KG_W3C") or "/nowhere")
    return place if (place / "sparql11").is_dir() else None


def name_of(path: Path) -> str:
    """Return the IRI of a file of the suite."""
    return HERE + path.relative_to(suite() or path.root).as_posix()


def _path_of(node: object) -> Path:
    return (suite() or Path()) / _text(node).removeprefix(HERE)


def cases() -> list[Case]:
    """Return every test of queries in the suite, of 1.0 and of 1.1, sorted by name."""
    place = suite()
    if place is None:
        return []
    parts = (place / part for part in ("sparql11", "dawg-data-r2"))
    manifests = [path for part in parts for path in part.rglob("manifest.ttl")]
    asked = [path for path in manifests if path.parent.name != "entailment"]  # which is left to reasoners
    return sorted((case for path in asked for case in _listed(path)), key=lambda case: case.name)


def _listed(manifest: Path) -> Iterator[Case]:
    held = _graph(manifest)
    entries = {quad.object for quad in held.quads_for_pattern(None, ox.NamedNode(f"{RDF}first"), None)}
    for typed in held.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), None):
        entry, kept = typed.subject, KINDS.get(_text(typed.object).removeprefix(MF))
        if kept is None or entry not in entries:
            continue
        action, result = _one(held, entry, f"{MF}action"), _one(held, entry, f"{MF}result")
        whole = isinstance(action, ox.BlankNode)
        query = _path_of(_one(held, action, f"{QT}query") if whole else action)
        data = tuple(_path_of(node) for node in _all(held, action, f"{QT}data")) if whole else ()
        graphs = tuple(_path_of(node) for node in _all(held, action, f"{QT}graphData")) if whole else ()
        place = manifest.parent.relative_to(suite() or Path()).as_posix()
        name = f"{place}#{_text(entry).rpartition('#')[2]}"
        yield Case(name, kept, query, data, graphs, _path_of(result) if result and kept == "answer" else None)


def _graph(path: Path) -> ox.Store:
    held = ox.Store()
    held.load(path=str(path), format=FORMATS[path.suffix], base_iri=name_of(path))
    return held


def _text(node: object) -> str:
    return str(getattr(node, "value", ""))


def _all(held: ox.Store, subject: object, predicate: str) -> list[object]:
    return [quad.object for quad in held.quads_for_pattern(subject, ox.NamedNode(predicate), None)]


def _one(held: ox.Store, subject: object, predicate: str) -> object:
    return next(iter(_all(held, subject, predicate)), None)


def fill(case: Case, store: ox.Store) -> None:
    """Put the data of a test into an empty store, with the graphs that its query names by FROM."""
    named = re.findall(r"\bFROM\s+(?:NAMED\s+)?<([^<>:]+)>", case.text) if not case.data else []
    for path in case.data:
        store.load(path=str(path), format=FORMATS[path.suffix], base_iri=name_of(path))
    for path in {*case.graphs, *(case.query.parent / name for name in named)}:
        graph = ox.NamedNode(name_of(path))
        store.load(path=str(path), format=FORMATS[path.suffix], base_iri=name_of(path), to_graph=graph)


def answered(found: object) -> Answer:
    """Return what the engine found as it is compared."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QuerySolutions):
        names = [variable.value for variable in found.variables]
        return Rows([{name: row[name] for name in names if row[name] is not None} for row in found])
    return frozenset(found)  # type: ignore[call-overload]


def expected(case: Case) -> Answer:
    """Return what a test wants."""
    path = case.result
    assert path
    if path.suffix in RESULTS:
        return answered(ox.parse_query_results(path=str(path), format=RESULTS[path.suffix]))
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return Rows([{k: v for k, v in row.items() if v} for row in csv.DictReader(file)], texts=True)
    held = _graph(path)
    table = next(
        iter(held.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{RS}ResultSet"))), None
    )
    if table is None:
        return frozenset(quad.triple for quad in held)
    truth = _one(held, table.subject, f"{RS}boolean")
    if truth is not None:
        return _text(truth) == "true"
    solutions = _all(held, table.subject, f"{RS}solution")
    indexes = [_one(held, one, f"{RS}index") for one in solutions]
    if solutions and all(indexes):
        solutions.sort(key=lambda one: int(_text(_one(held, one, f"{RS}index"))))
    return Rows([dict(_bound(held, one)) for one in solutions], ordered=bool(solutions) and all(indexes))


def _bound(held: ox.Store, solution: object) -> Iterator[tuple[str, object]]:
    for binding in _all(held, solution, f"{RS}binding"):
        name = _one(held, binding, f"{RS}variable")
        yield _text(name), _one(held, binding, f"{RS}value")


def same(found: Answer, wanted: Answer) -> bool:
    """Tell whether two answers are one, but for the names of blank nodes and the spelling of numbers."""
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if isinstance(wanted, Rows) and wanted.texts:
        return isinstance(found, Rows) and sorted(_texts(found)) == sorted(_texts(wanted))
    ordered = isinstance(wanted, Rows) and wanted.ordered
    return _canonical(found, ordered) == _canonical(wanted, ordered)


def _texts(rows: Rows) -> Iterator[list[tuple[str, str]]]:
    """Yield solutions as CSV has them, blank nodes without their names."""
    for solution in rows.solutions:
        told = (
            (name, str(value) if isinstance(value, str | ox.BlankNode) else _text(value))
            for name, value in solution.items()
        )
        yield sorted((name, "_:" if text.startswith("_:") else text) for name, text in told)


def _canonical(answer: Rows | frozenset[ox.Triple], ordered: bool) -> set[ox.Quad]:
    """Return an answer as triples with blank nodes named alike, from a store, which spells numbers alike."""
    triples: Iterable[ox.Triple] = _as_triples(answer, ordered) if isinstance(answer, Rows) else answer
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    held = ox.Dataset(store)
    held.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(held)


def _as_triples(rows: Rows, ordered: bool) -> Iterator[ox.Triple]:
    for number, solution in enumerate(rows.solutions):
        row = ox.BlankNode()
        yield ox.Triple(row, ox.NamedNode(f"{RS}index"), ox.Literal(number if ordered else 0))
        for name, value in solution.items():
            yield ox.Triple(row, ox.NamedNode(f"{RS}value.{name}"), value)  # type: ignore[arg-type]


def passes(case: Case, ask: Ask) -> str:
    """Return why an engine fails a test, empty when it passes. `ask` raises SyntaxError for a bad query."""
    store = ox.Store()
    try:
        if case.kind == "answer":
            fill(case, store)
        found = ask(case, store)
    except SyntaxError as error:
        return "" if case.kind == "bad" else f"refused: {str(error).splitlines()[0]}"
    except (RuntimeError, OSError, ValueError) as error:
        return "" if case.kind == "good" else f"failed: {str(error).splitlines()[0]}"
    if case.kind != "answer":
        return "" if case.kind == "good" else "read, though it is wrong"
    return "" if same(found, expected(case)) else "another answer"


def raw(case: Case, store: ox.Store) -> Answer:
    """Ask pyoxigraph itself."""
    return answered(store.query(case.text, base_iri=case.base))


def main() -> None:
    """Count what both pass, and tell where they differ."""
    from test_w3c import Ours

    put = [case for case in cases() if not case.asks_the_network]
    failed: dict[str, dict[str, str]] = {"raw pyoxigraph": {}, "KnowledgeGraph.query": {}}
    for case in put:
        with Ours() as ours:
            for title, ask in zip(failed, (raw, ours), strict=True):
                if why := passes(case, ask):
                    failed[title][case.name] = why
    for title, told in failed.items():
        print(f"{title}: {len(put) - len(told)} of {len(put)} passed")  # noqa: T201
    for name in sorted({name for told in failed.values() for name in told}):
        print(f"  {name}: {' | '.join(told.get(name, 'passed') for told in failed.values())}")  # noqa: T201


if __name__ == "__main__":
    import w3c  # as the tests know it

    w3c.main()
