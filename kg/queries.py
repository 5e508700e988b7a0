"""What a graph answers in SPARQL, on a store that is kept on disk beside the cache. A part of the façade."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from kg import resources
from kg.cache import code_state, folder
from kg.graph import Graph
from kg.model import Conflict
from kg.parts import Part

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.sparql import Answer
    from kg.sparql.explaining import Explanation
    from kg.sparql.killable import Worker
    from kg.sparql.library import NamedQuery


class Queries(Part):
    """SPARQL on a graph and its conflicts, or on the store at `place`, whatever it holds, in its stead."""

    def __init__(
        self, graph: Graph, conflicts: Callable[[], tuple[Conflict, ...]], place: Path | None = None
    ) -> None:
        super().__init__(graph, conflicts)
        self._homeless: TemporaryDirectory[str] | None = None
        self._place = place

    @property
    def store_folder(self) -> Path:
        """Where the graph's Oxigraph store is on disk, made where it is missing; nobody may write to it.

        It lies in the cache folder, under the digest of all that it holds, or, where nothing can be cached,
        in a temporary folder that goes with this object.
        """
        if self._place is None or not self._place.is_dir():  # caches are emptied by others
            self._place = self._make_store()
        return self._place

    def _make_store(self) -> Path:
        from kg.sparql.storing import build_store, kept_store

        home = folder()
        if home is not None:
            try:
                return kept_store(home, self.release, self._fill)
            except OSError:
                pass  # as with the cache: a place that cannot be written is done without
        self._homeless = TemporaryDirectory(prefix="kg-store-")
        place = Path(self._homeless.name) / "graph.store"
        build_store(place, self._fill)
        return place

    @cached_property
    def store(self) -> Store:
        """The graph and the ontology as an Oxigraph store that can only be read."""
        from kg.sparql.storing import open_store

        return open_store(self.store_folder)

    def query(
        self,
        sparql: str,
        *,
        timeout: float | None = None,
        memory: int | None = None,
        services: Collection[str] = (),
    ) -> Answer:
        """Answer a SPARQL 1.1 query: a `Table`, a `bool`, or `Triples`. The project's prefixes are declared.

        With `timeout` (seconds) or `memory` (bytes) it runs in a process of its own, which is killed when it
        takes more, and `QueryStopped` is raised. `SERVICE` may only name the addresses of `services`. Raises
        `InvalidQuery` with line, column and caret.

        >>> import kg
        >>> len(kg.load().query("SELECT ?target { kg:igmesine kgo:agonist_of ?target }"))
        1
        """
        prefixes = self._graph.vocabulary.prefixes
        if timeout is None and memory is None:
            from kg.sparql import query

            return query(self.store, prefixes, sparql, services)
        from kg.sparql.killable import answered

        with self.worker(memory=memory or 0, services=services) as worker:
            return answered(worker, prefixes, sparql, timeout)

    def questions(self) -> tuple[NamedQuery, ...]:
        """Return the questions that `ask` answers: name, question, parameters with type and default.

        >>> import kg
        >>> str(kg.load().questions()[0].parameters[0])
        '--subject ENTITY (default igmesine)'
        """
        from kg.sparql.library import read_library

        return read_library(resources.folder("ontology") / "queries")

    def question(self, name: str, values: Mapping[str, object] | None = None) -> str:
        """Return the SPARQL of a question of the library, with these values put in as terms.

        Raises `UnknownName` with the nearest for a question, parameter or value that is not known.
        """
        from kg.sparql.library import question_named

        return question_named(self.questions(), name).with_values(self._graph, values or {})

    def ask(
        self, name: str, /, *, timeout: float | None = None, memory: int | None = None, **values: object
    ) -> Answer:
        """Answer a question of the library; values are given by name, as `kg query --list` shows them.

        >>> import kg
        >>> next(iter(kg.load().ask("targets-below", drug="imipramine", ki="10 nM")))["target"]
        'histamine H1 receptor'
        """
        return self.query(self.question(name, values), timeout=timeout, memory=memory)

    def explain(
        self,
        sparql: str,
        *,
        timeout: float | None = None,
        memory: int = 0,
        services: Collection[str] = (),
    ) -> Explanation:
        """Return what the engine gets of a query, its algebra, and how long it takes, measured by running it.

        >>> import kg
        >>> kg.load().explain("SELECT ?target { kg:igmesine kgo:agonist_of ?target }").timings.rows
        1
        """
        from kg.sparql.explaining import Explanation, algebra_of, with_prefixes

        prefixes = self._graph.vocabulary.prefixes
        with self.worker(memory=memory, services=services) as worker:
            timings = worker.time(sparql, timeout)
        return Explanation(with_prefixes(sparql, prefixes), algebra_of(sparql, prefixes), timings)

    def worker(self, *, memory: int = 0, services: Collection[str] = ()) -> Worker:
        """Return a process that answers queries over this graph and can be killed; close it when done.

        >>> import kg
        >>> with kg.load().worker() as worker:
        ...     worker.ask("ASK { kg:igmesine ?p ?o }", "application/sparql-results+json", 10).kind
        'boolean'
        """
        from kg.sparql.killable import Worker

        prefixes = resources.folder("ontology") / "prefixes.json"
        return Worker(self.store_folder, prefixes, memory=memory, services=tuple(services))

    def _fill(self, store: Store) -> None:
        from kg.sparql.storing import fill

        fill(store, self._graph, self._disputes(), resources.folder("ontology"))

    @cached_property
    def release(self) -> str:
        """The digest of all that the graph holds and of the code that reads it."""
        encoder = msgspec.msgpack.Encoder(order="deterministic")  # sets have another order in each process
        held = encoder.encode((self._graph.knowledge, self._graph.vocabulary))
        ontology = (resources.folder("ontology") / "mechanisms.ttl").read_bytes()
        return sha256(b"\0".join((code_state().encode(), held, ontology))).hexdigest()
