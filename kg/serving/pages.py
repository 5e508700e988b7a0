"""Pages for people: home, search, the query editor, an entity with its claims, paths, and the diagrams."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property, lru_cache, partial
from threading import Event
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.knowledge_graph import KnowledgeGraph
from kg.model import Entity, Mechanism, Workflow
from kg.paths import Path, Paths, read_path
from kg.problems import AmbiguousName, KgError, UnknownName
from kg.serving.accepting import TRIPLES, accepted
from kg.serving.endpoint import not_acceptable
from kg.serving.refusing import Refused
from kg.serving.rendering import address, page
from kg.serving.searching import SEARCHING, search, while_there
from kg.serving.standards import Standards
from kg.serving.tags import Answering, Tags, marked, unchanged
from kg.serving.wishes import PathWish, wish_of
from kg.sparql import is_known
from kg.views.claims import Claims
from kg.views.text import clean
from kg.vocabulary import KG

_MOST = 200
_DRAWN = 30
_KEPT = 128


class Pages:
    """The pages of one graph."""

    def __init__(self, graph: KnowledgeGraph, standards: Standards, searching: float = SEARCHING) -> None:
        self._graph, self._standards, self._searching = graph, standards, searching
        self._tags = Tags(graph.release)
        self._drawn = lru_cache(64)(self._draw)
        self._entity_pages = lru_cache(_KEPT)(self._entity_page)
        self._claims = Claims(
            entities=graph.entities,
            documents=graph.documents,
            measurements=(),
            conflicts=graph.conflicts(),
            predicates={name: row.label for name, row in graph.graph.vocabulary.predicates.items()},
        )

    def routes(self) -> list[Route]:
        """Return the addresses answered here."""
        light, searching, drawing = CapacityLimiter(20), CapacityLimiter(2), CapacityLimiter(1)
        threaded = {
            "/": (self.home, light),
            "/search": (self.search, light),
            "/query": (self.query, light),
            "/resource/{name:path}": (self.resource, light),
            "/paths": (self.paths, searching),
            "/paths/drawn": (self.paths_drawn, drawing),  # Graphviz draws one at a time
            "/diagram/{name:path}": (self.diagram, drawing),
        }
        rows = [
            Route(path, self._tags.on(_threaded(answer, limiter)))
            for path, (answer, limiter) in threaded.items()
        ]
        return [*rows, Route("/entity/{name:path}", self.entity)]

    def home(self, _: Request, __: Event) -> Response:
        """Show what there is."""
        kinds: dict[str, list[Entity]] = {}
        for row in sorted(self._graph.entities.values(), key=lambda row: row.name.casefold()):
            kinds.setdefault(self._category(row), []).append(row)
        return page(
            "home.html.j2",
            title="Drug mechanisms",
            counts=self._graph.counts(),
            diagrams=self._diagrams(),
            categories=sorted(kinds.items(), key=lambda kind: kind[0].casefold()),
        )

    def search(self, request: Request, _: Event) -> Response:
        """List the entities in which a text occurs."""
        text = request.query_params.get("text", "")[:300]
        found = self._graph.search(text)
        return page(
            "search.html.j2", title="Search", searched=clean(text), total=len(found), found=found[:_MOST]
        )

    def query(self, _: Request, __: Event) -> Response:
        """Show the query editor, with the questions of the library to start from."""
        return page("query.html.j2", script="query.js", title="Query", examples=self._examples)

    @cached_property
    def _examples(self) -> list[tuple[str, str]]:
        """Questions of the library in words and in SPARQL, where this graph has what they ask about."""
        found = []
        for row in self._graph.questions():
            with suppress(KgError):
                found.append((clean(row.question), self._graph.question(row.name)))
        return found

    async def entity(self, request: Request) -> Response:
        """Answer with a page or with RDF, by the address' ending or by what is accepted."""
        name, media_type = self._wanted(request)
        found = await run_in_threadpool(self._graph.entity, name)
        if media_type != "text/html":
            return self._standards.about(request, found.id, media_type)
        if found.id != name:
            return RedirectResponse(address(found.id), 303)
        tag = self._tags.of(found.id)
        if (same := unchanged(request, tag, "Accept")) is not None:
            return same
        kept = await run_in_threadpool(self._entity_pages, found.id)
        return marked(Response(kept.body, headers={**kept.headers, "Vary": "Accept"}), tag)

    def _wanted(self, request: Request) -> tuple[str, str]:
        name = request.path_params["name"]
        for ending, media_type in ((".ttl", "text/turtle"), (".jsonld", "application/ld+json")):
            if name.endswith(ending) and name not in self._graph.entities:
                return name.removesuffix(ending), media_type
        offered = ("text/html", *TRIPLES[:4])
        found = accepted(",".join(request.headers.getlist("accept")), offered)
        if found is None:
            raise not_acceptable(offered)
        return name, found

    def _entity_page(self, name: str) -> HTMLResponse:
        graph, claims, found = self._graph, self._claims, self._graph.entities[name]
        said = [row for row in graph.statements() if found.id in (row.subject, row.object, row.than)]
        values = [
            row for row in graph.measurements() if found.id in (row.drug, row.target, row.form, row.ligand)
        ]
        return page(
            "entity.html.j2",
            title=clean(found.name),
            name=clean(found.name),
            category=self._category(found),
            entity=found,
            diagrams=self._diagrams(found.id),
            claims=[(row, claims.view(row)) for row in said],
            values=[(row, claims.value(row)) for row in values],
            label=claims.name,
        )

    def resource(self, request: Request, _: Event) -> Response:
        """Lead from the name of anything in the data to its page, or to what the graph says of it."""
        name, graph = request.path_params["name"], self._graph.graph
        if name in graph.entities:
            return RedirectResponse(address(name), 303)
        if name in graph.mechanisms or name in graph.workflows:
            return RedirectResponse(f"/diagram/{quote(name, safe='')}", 303)
        owner = name.split("#")[0].partition(".evidence.")[0]
        if owner in graph.statements:
            return RedirectResponse(f"{address(graph.statements[owner].subject)}#{quote(owner)}", 303)
        if owner in graph.measurements:
            return RedirectResponse(f"{address(graph.measurements[owner].drug)}#{quote(owner)}", 303)
        if re.fullmatch(r"[\w.:/#-]+", name) and is_known(self._graph.store, KG + name):
            return RedirectResponse(f"/sparql?{urlencode({'query': f'DESCRIBE <{KG}{name}>'})}", 303)
        raise Refused(404, f"no page is about {clean(name)[:200]}")

    def diagram(self, request: Request, _: Event) -> Response:
        """Show a curated diagram, drawn once."""
        return HTMLResponse(self._drawn(self._graph.graph.pictured(request.path_params["name"]).id))

    def _draw(self, name: str) -> str:
        return self._graph.view(name).html

    def paths(self, request: Request, gone: Event) -> Response:
        """Show a form, and the paths it asks for."""
        given = request.query_params
        shown = {name: clean(given.get(name, "any" if name in ("sign", "basis") else "")) for name in
                 ("source", "target", "sign", "basis")}  # fmt: skip
        show = partial(page, "paths.html.j2", title="Paths", wish=shown)
        if not (given.get("source") and given.get("target")):
            return show(asked=False, fault="", found=())
        try:
            found, wish = self._found(request, gone)
        except (Refused, UnknownName, AmbiguousName) as error:
            status = error.status if isinstance(error, Refused) else 400
            return show(asked=True, status=status, fault=clean(str(error)[:600]), found=())
        return show(
            asked=True,
            fault="",
            found=[self._path(path) for path in found[: wish.limit]],
            total=len(found),
            stopped=found.stopped,
            drawing=f"/paths/drawn?{urlencode(sorted(given.multi_items()))}",
        )

    def paths_drawn(self, request: Request, gone: Event) -> Response:
        """Show the best paths as a diagram."""
        found, wish = self._found(request, gone)
        return HTMLResponse(self._graph.draw_paths(found[: min(wish.limit, _DRAWN)]).html)

    def _found(self, request: Request, gone: Event) -> tuple[Paths, PathWish]:
        wish = wish_of(PathWish, request.query_params)
        return search(self._graph, wish, gone, self._searching), wish

    def _path(self, path: Path) -> dict[str, object]:
        signs = ("", *(step.sign for step in path.steps))
        chain = zip(path.nodes, map(self._claims.name, path.nodes), signs, strict=True)
        return {
            "chain": list(chain),
            "sign": path.sign,
            "score": path.score,
            "certainty": path.certainty,
            "documents": [clean(name) for name in path.documents],
            "reading": clean(read_path(self._graph.graph, path)),
            "claims": [claim for step in path.steps for claim in step.statements],
        }

    def _category(self, entity: Entity) -> str:
        category = self._graph.graph.vocabulary.categories.get(entity.category)
        return clean(category.label if category else entity.category)

    def _diagrams(self, entity: str | None = None) -> list[dict[str, str]]:
        """Return the curated diagrams, or those with claims about an entity."""
        graph = self._graph
        held = {
            row.id: {end for name in row.statements if name in graph.graph.statements
                     for end in graph.graph.statements[name].ends}
            for row in graph.mechanisms.values()
        }  # fmt: skip
        rows: Iterable[Mechanism | Workflow] = (*graph.mechanisms.values(), *graph.workflows.values())
        return [
            {"title": clean(row.title), "address": f"/diagram/{quote(row.id, safe='')}"}
            for row in rows
            if entity is None or entity in held.get(row.id, ())
        ]


def _threaded(answer: Callable[[Request, Event], Response], limiter: CapacityLimiter) -> Answering:
    """Run an answer in a thread, at most as many of its kind at once as its limiter lets."""

    async def respond(request: Request) -> Response:
        return await while_there(request, partial(answer, request), limiter)

    return respond
