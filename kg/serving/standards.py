"""What the W3C's protocols ask for: SPARQL 1.1 Protocol, Graph Store Protocol, service description, VoID."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.knowledge_graph import KnowledgeGraph
from kg.serving.accepting import TRIPLES, Wanted, accepted, content_type, engine_type
from kg.serving.asking import METHODS, Asked, asked
from kg.serving.endpoint import Endpoint, not_acceptable
from kg.serving.keeping import Kept
from kg.serving.pool import Pool
from kg.serving.refusing import Refused
from kg.serving.service import graph_names, service_description, void
from kg.serving.settings import Settings
from kg.serving.tags import Tags, marked, unchanged
from kg.sparql.frames import Dataset
from kg.vocabulary import KG

_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ABOUT = """CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ SELECT DISTINCT ?s {{
    {{ VALUES ?s {{ <{0}> }} }} UNION
    {{ ?row rdf:subject|rdf:object|kgo:than|kgo:drug|kgo:target <{0}> . ?row kgo:evidence? ?s }}
  }} }}
  ?s ?p ?o
}}"""
Describe = Callable[[KnowledgeGraph, str, str], bytes]


class Standards:
    """Answers over one graph, with the workers of a pool."""

    def __init__(self, graph: KnowledgeGraph, settings: Settings, pool: Pool) -> None:
        self.graph, self._settings = graph, settings
        self._tags = Tags(graph.release)
        self.kept = Kept(settings.kept)
        self._endpoint = Endpoint(pool, self._tags, settings.timeout, self.kept)
        self._describe = lru_cache(32)(lambda describe, *of: describe(graph, *of))

    def routes(self) -> list[Route]:
        """Return the addresses answered here; every method comes through, to be refused in words."""
        every = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
        return [
            Route("/sparql", self.sparql, methods=every),
            Route("/data", self.data, methods=every),
            Route("/.well-known/void", self.void),
        ]

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The addresses of the named graphs."""
        return graph_names(self.graph)

    async def sparql(self, request: Request) -> Response:
        """Answer by the SPARQL 1.1 Protocol; without a query, describe the service."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": METHODS})
        found = await asked(request, self._settings, self.graphs)
        if found is None:
            return await self._described(request, service_description)
        return self._endpoint.answer(request, found)

    async def data(self, request: Request) -> Response:
        """Answer by the Graph Store Protocol, where it reads: `?default` or `?graph=ADDRESS`."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, OPTIONS"})
        if request.method not in ("GET", "HEAD"):
            raise Refused(405, "the graph is only read", Allow="GET, HEAD, OPTIONS")
        names = request.query_params.getlist("graph")
        whole = "default" in request.query_params
        if whole + len(names) != 1:
            raise Refused(400, "name one graph: ?default or ?graph=ADDRESS")
        if names and names[0] not in self.graphs:
            raise Refused(404, f"no graph is called <{names[0]}>")
        return self._endpoint.answer(request, Asked(_EVERYTHING, Dataset(tuple(names)) if names else None))

    def about(self, request: Request, entity: str, media_type: str) -> Response:
        """Answer with an entity, its claims and values and their evidence, as triples."""
        if not re.fullmatch(r"[\w.-]+", entity):
            raise Refused(404, "this entity has no address in RDF")
        return self._endpoint.answer(
            request, Asked(_ABOUT.format(KG + entity), None), Wanted(None, media_type)
        )

    async def void(self, request: Request) -> Response:
        """Describe the data set."""
        return await self._described(request, void)

    async def _described(self, request: Request, describe: Describe) -> Response:
        media_type = accepted(",".join(request.headers.getlist("accept")), TRIPLES)
        if media_type is None:
            raise not_acceptable(TRIPLES)
        here = own_address(request)
        tag = self._tags.of(describe.__name__, here, media_type)
        if (same := unchanged(request, tag, "Accept")) is not None:
            return same
        body = await run_in_threadpool(self._describe, describe, here, engine_type(media_type, "triples"))
        headers = {"Content-Type": content_type(media_type), "Vary": "Accept"}
        return marked(Response(body, headers=headers), tag)


def own_address(request: Request) -> str:
    """Return the address that a request knows this server by; raises `Refused` for one that is none."""
    host = request.headers.get("host", "")
    if not re.fullmatch(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?", host):
        raise Refused(400, "the Host header names no host")
    return f"{request.url.scheme}://{host}"
