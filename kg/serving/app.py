"""The application: every route over one graph, and what lies around all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.knowledge_graph import KnowledgeGraph
from kg.problems import AmbiguousName, UnknownName
from kg.serving import api
from kg.serving.hosts import Hosts, known_hosts
from kg.serving.observing import Metrics, Observed, memory_taken
from kg.serving.pages import Pages
from kg.serving.pool import Pool
from kg.serving.refusing import Refused, told
from kg.serving.settings import Settings
from kg.serving.standards import Standards

_TOLD = ("ETag", "Retry-After", "X-Hint", "Content-Disposition")


def application(graph: KnowledgeGraph, settings: Settings, *, quiet: bool = False) -> ASGIApp:
    """Return the server of a graph; `quiet` writes no line per request."""
    metrics = Metrics()
    pool = Pool(
        lambda: graph.worker(memory=settings.memory),
        size=settings.workers,
        room=settings.waiting,
        patience=settings.timeout,
    )
    standards = Standards(graph, settings, pool)
    metrics.gauges |= {
        "kg_queries_running": ("Queries that have a worker.", lambda: pool.running),
        "kg_queries_waiting": ("Queries that wait for a worker.", lambda: pool.waiting),
        "kg_answers_repeated": ("Answers given again without a worker.", lambda: standards.kept.repeated),
        "kg_answers_kept_bytes": ("Bytes of answers kept to be given again.", lambda: standards.kept.bytes),
        "process_resident_memory_bytes": ("Memory of the server without its workers.", memory_taken),
    }

    async def counted(_: Request) -> Response:
        return PlainTextResponse(metrics.text(), media_type="text/plain; version=0.0.4")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        pool.close()

    return Starlette(
        routes=[
            *standards.routes(),
            *api.routes(graph, settings.searching),
            *Pages(graph, standards, settings.searching).routes(),
            Route("/metrics", counted),
            Route("/favicon.ico", lambda _: Response(status_code=204)),
        ],
        middleware=[
            Middleware(Observed, metrics=metrics, quiet=quiet),
            Middleware(Hosts, names=known_hosts(settings.host, settings.hosts)),
            *_cors(settings),
        ],
        exception_handlers=FAULTS,
        lifespan=lifespan,
    )


def _cors(settings: Settings) -> list[Middleware]:
    if not settings.origins:
        return []
    methods = ["GET", "HEAD", "POST", "OPTIONS"]
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=methods,
            allow_headers=["*"],
            expose_headers=_TOLD,
            max_age=86400,
        )
    ]


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return told(error.status, str(error), error.headers)


def _unknown(_: Request, error: Exception) -> Response:
    return told(409 if isinstance(error, AmbiguousName) else 404, str(error)[:2000])


def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405 and request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": "GET, HEAD, OPTIONS"})
    return told(error.status_code, error.detail, error.headers)


FAULTS = {Refused: _refused, UnknownName: _unknown, AmbiguousName: _unknown, HTTPException: _not_found}
"""What becomes of the errors that a route raises."""
