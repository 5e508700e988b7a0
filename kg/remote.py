"""`connect`: the graph that a SPARQL 1.1 endpoint holds, asked there, and made anew where more is wanted."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from kg import resources
from kg.checked import Checked
from kg.graph import AnEntity
from kg.knowledge_graph import KnowledgeGraph
from kg.rich import Bundle, chosen
from kg.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from kg.endpoint import Endpoint
    from kg.endpoint.replying import RemoteWorker
    from kg.sparql import Answer
    from kg.sparql.explaining import Explanation
    from kg.vocabulary import Vocabulary

_LATE = ("_checked", "_graph", "_conflicts", "_arrows", "_disputes", "_homeless", "_place", "e", "p")


def connect(address: str, *, timeout: float = 60, merge_salts: bool = False) -> RemoteGraph:
    """Return the graph in the SPARQL endpoint at this address; nothing is asked yet.

    `timeout` is for each answer, in seconds. `default-graph-uri` in the address names the graph that stands
    for the default graph, as Virtuoso wants it. Raises `EndpointFailed` for what is no web address.
    """
    from kg.endpoint import Connection, Endpoint

    vocabulary = read_vocabulary(resources.folder("ontology"))
    endpoint = Endpoint(Connection(address, timeout=timeout), vocabulary.prefixes)
    return RemoteGraph(endpoint, vocabulary, merge_salts=merge_salts)


class RemoteGraph(KnowledgeGraph):
    """A graph in an endpoint. Queries are sent there; everything else reads rows that are fetched once.

    Fetched are entities, documents, claims, values and conflicts. Diagrams, protocols and the index of the
    documents are not in the RDF as they were curated: those mappings are empty. What an entity is to a
    protocol is asked for (`parts_played`).
    """

    def __init__(self, endpoint: Endpoint, vocabulary: Vocabulary, *, merge_salts: bool = False) -> None:
        self._endpoint, self._vocabulary, self._salts_merged = endpoint, vocabulary, merge_salts

    def __getattr__(self, name: str) -> Any:
        """Fetch the rows when something first reads them."""
        if name not in _LATE:
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        from kg.endpoint.rebuilding import rebuild
        from kg.reading import without_salts

        checked = Checked(rebuild(self._endpoint, self._vocabulary), self._vocabulary, ())
        super().__init__(without_salts(checked) if self._salts_merged else checked)
        return getattr(self, name)

    def __repr__(self) -> str:
        return f"<RemoteGraph: {self._endpoint.name}>"

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        return chosen({"text/plain": repr(self)}, include, exclude)  # without fetching the rows

    def query(
        self,
        sparql: str,
        *,
        timeout: float | None = None,
        memory: int | None = None,
        services: Collection[str] = (),
    ) -> Answer:
        """Answer a SPARQL 1.1 query at the endpoint, which has its own limit of `memory`.

        `SERVICE`, which the endpoint asks and not we, may only name the addresses of `services`. Raises
        `InvalidQuery`, `QueryStopped` and `EndpointFailed`.
        """
        return self._endpoint.within(timeout).query(sparql, services)

    def explain(
        self,
        sparql: str,
        *,
        timeout: float | None = None,
        memory: int = 0,
        services: Collection[str] = (),
    ) -> Explanation:
        """Return what the endpoint gets of a query, its algebra, and how long its answer takes to come."""
        from kg.sparql.explaining import Explanation, algebra_of

        with self.worker(memory=memory, services=services) as worker:
            timings = worker.time(sparql, timeout)
        _, sent = self._endpoint.checked(sparql, services)
        return Explanation(sent, algebra_of(sparql, self._vocabulary.prefixes), timings)

    def parts_played(self, entity: AnEntity) -> dict[str, str]:
        """Return what an entity is to each protocol that the endpoint holds."""
        from kg.endpoint.parts import parts_played

        return parts_played(self._endpoint, self.entity(entity).id)

    def worker(  # type: ignore[override]
        self, *, memory: int = 0, services: Collection[str] = ()
    ) -> RemoteWorker:
        """Return what answers queries of the endpoint in any form."""
        from kg.endpoint.replying import RemoteWorker

        return RemoteWorker(self._endpoint, services)
