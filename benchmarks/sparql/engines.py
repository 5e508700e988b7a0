"""Ours and its peers, each loading, opening and answering in a process of its own, with the fewest steps.

A new engine is a class in `ENGINES`. `python -m benchmarks.sparql.engines ENGINE WORK FOLDER` prints JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

MADE, QUADS, QUESTIONS = "made.kg", "graph.nq", "questions.json"
TIME_OUT = 120
"""Seconds that a question may take; the rest of its shape is then not put to that engine."""
ENOUGH = 0.01
"""Seconds of the processor that each question is put for, since a new process is cold."""
Row = tuple[Any, ...]


class Ours:
    """`KnowledgeGraph.query` on the store that is kept in the cache."""

    def __init__(self, folder: Path) -> None:
        from kg.cache import fetch
        from kg.knowledge_graph import KnowledgeGraph

        os.environ["KG_CACHE_DIR"] = str(folder / "cache")
        checked = fetch(folder / MADE)
        assert checked
        self.graph = KnowledgeGraph(checked)
        self.prefixes = checked.vocabulary.prefixes

    def load(self, folder: Path) -> None:
        """Put the graph where this engine keeps it."""
        shutil.rmtree(folder / "cache", ignore_errors=True)
        assert self.graph.store_folder

    def ask(self, sparql: str) -> Iterable[Row]:
        """Return the rows of a question."""
        return self.graph.query(sparql).rows  # type: ignore[union-attr]

    def text(self, sparql: str) -> str:
        """Return a question as this engine wants it."""
        return sparql

    def plain(self, value: Any) -> str:
        """Return a value of a row as every engine's is compared."""
        return _number(value) if isinstance(value, Decimal | int) else self.prefixes.expand(value) or value


class Peer:
    """An engine without our prefixes, whose rows hold terms."""

    def text(self, sparql: str) -> str:
        """Return a question as this engine wants it."""
        from benchmarks.sparql.shapes import declared

        return declared(sparql)

    def plain(self, value: Any) -> str:
        """Return a value of a row as every engine's is compared."""
        text = str(getattr(value, "value", value))
        kind = str(getattr(getattr(value, "datatype", None), "value", getattr(value, "datatype", None)))
        return _number(Decimal(text)) if kind.endswith(("#decimal", "#integer")) else text


class Raw(Peer):
    """pyoxigraph itself, on disk; rows are tuples of its terms."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "raw"

    @cached_property
    def store(self) -> Any:
        """What is on disk."""
        import pyoxigraph as ox

        return ox.Store.read_only(str(self.folder))

    def load(self, folder: Path) -> None:
        """Put the graph where this engine keeps it."""
        import pyoxigraph as ox

        store = ox.Store(str(_emptied(self.folder)))
        store.bulk_load(path=str(folder / QUADS), format=ox.RdfFormat.N_QUADS)
        store.optimize()
        store.flush()

    def ask(self, sparql: str) -> Iterable[Row]:
        """Return the rows of a question."""
        return [tuple(row) for row in self.store.query(sparql)]


class Values(Raw):
    """pyoxigraph itself; the terms of its rows are read, as texts and numbers."""

    def ask(self, sparql: str) -> Iterable[Row]:
        """Return the rows of a question."""
        return [tuple(_read(term) for term in row) for row in self.store.query(sparql)]

    def plain(self, value: Any) -> str:
        """Return a value of a row as every engine's is compared."""
        return _number(value) if isinstance(value, Decimal | int) else value


class InOxrdflib(Peer):
    """rdflib's interface over Oxigraph, on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "oxrdflib"

    @cached_property
    def dataset(self) -> Any:
        """What is on disk."""
        return _opened(self.folder)

    def load(self, folder: Path) -> None:
        """Put the graph where this engine keeps it."""
        dataset = _opened(_emptied(self.folder))
        dataset.parse(str(folder / QUADS), format="ox-nq", transactional=False)
        dataset.close()

    def ask(self, sparql: str) -> Iterable[Row]:
        """Return the rows of a question."""
        return [tuple(row) for row in self.dataset.query(sparql)]


class InRdflib(Peer):
    """rdflib in memory: it keeps nothing, so that it loads whenever it is opened."""

    def __init__(self, folder: Path) -> None:
        from rdflib import Dataset

        self.dataset = Dataset()

    def load(self, folder: Path) -> None:
        """Put the graph where this engine keeps it."""
        self.dataset.parse(str(folder / QUADS), format="nquads")

    def ask(self, sparql: str) -> Iterable[Row]:
        """Return the rows of a question."""
        return [tuple(row) for row in self.dataset.query(sparql)]


ENGINES = {"kg": Ours, "pyoxigraph": Raw, "values": Values, "oxrdflib": InOxrdflib, "rdflib": InRdflib}


def _opened(folder: Path) -> Any:
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    store = OxigraphStore()
    store.open(str(folder))
    return Dataset(store=store)


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _number(value: Decimal | int) -> str:
    return str(Decimal(value).normalize())


def _read(term: Any) -> Any:
    kind = str(getattr(getattr(term, "datatype", None), "value", "")).rpartition("#")[2]
    read = {"decimal": Decimal, "integer": int}.get(kind, str)
    return None if term is None else read(term.value)


def load(engine: Any, folder: Path) -> dict[str, float]:
    """Load, and return seconds of the processor and by the clock, and the bytes held at most above before."""
    before = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    wall, start = time.perf_counter(), time.process_time()
    engine.load(folder)
    taken = {"seconds": time.process_time() - start, "wall": time.perf_counter() - wall}
    return taken | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before}


def answer(engine: Any, asked: dict[str, list[str]], runs: int) -> dict[str, list[list[Any]]]:
    """Return, by shape and question, the digest of the rows, their number, and the seconds of each run."""
    return {
        name: [_timed(engine, engine.text(sparql), runs) for sparql in texts] for name, texts in asked.items()
    }


def _timed(engine: Any, sparql: str, runs: int) -> list[Any]:
    signal.signal(signal.SIGALRM, _over)
    signal.alarm(TIME_OUT)
    taken: list[list[float]] = []
    rows: list[Row] = []
    with suppress(TimeoutError):
        while len(taken) < runs or sum(seconds for seconds, _ in taken) < ENOUGH:
            wall, start = time.perf_counter(), time.process_time()
            rows = list(engine.ask(sparql))
            taken.append([time.process_time() - start, time.perf_counter() - wall])
    signal.alarm(0)
    told = sorted([engine.plain(value) for value in row] for row in rows)
    return [hashlib.sha256(json.dumps(told).encode()).hexdigest(), len(rows), taken]


def _over(*_: object) -> None:
    raise TimeoutError


def main(name: str, work: str, folder: str) -> None:
    """Do the work and print what it took: `load`, `first` or, three times over, `ask3`."""
    place = Path(folder)
    engine = ENGINES[name](place)
    asked = json.loads((place / QUESTIONS).read_text())
    found: dict[str, Any] = {}
    if work == "load" or name == "rdflib":
        found["load"] = load(engine, place)
    if work == "first":
        assert list(engine.ask(engine.text(asked["point"][0])))
    if work.startswith("ask"):
        found["answers"] = answer(engine, asked, int(work.removeprefix("ask")))
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
