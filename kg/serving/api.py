"""The JSON API: one table of addresses, what can be asked there, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from threading import Event
from typing import Any

import msgspec
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.formats.rows import conflict_row, entity_row, measurement_row, path_row, statement_row
from kg.knowledge_graph import KnowledgeGraph
from kg.model import Entity
from kg.names import fold
from kg.problems import AmbiguousName, KgError, UnknownName
from kg.serving.refusing import Refused
from kg.serving.searching import SEARCHING, search, while_there
from kg.serving.shapes import (
    ConflictRow,
    EntityPage,
    EntityRow,
    Fault,
    FoundPaths,
    MeasurementRow,
    Names,
    Rows,
    StatementRow,
)
from kg.serving.tags import Answering, Tags
from kg.serving.wishes import (
    CompleteWish,
    ConflictWish,
    EntityWish,
    MeasurementWish,
    NoWish,
    PathWish,
    StatementWish,
    Wish,
    wish_of,
)

_ENCODER = msgspec.json.Encoder(decimal_format="number")


class Address(msgspec.Struct, frozen=True):
    """An address of the API: `answer` takes graph, wish and the last part of `path` where that is open."""

    path: str
    wish: type[msgspec.Struct]
    gives: Any
    answer: Callable[..., object]
    purpose: str


def counts(graph: KnowledgeGraph, _: NoWish, __: str) -> object:
    """Return how many rows of each kind there are."""
    return graph.counts()


def entities(graph: KnowledgeGraph, wish: EntityWish, _: str) -> object:
    """Return entities, best first where something is searched."""
    found: Iterable[Entity] = graph.entities.values() if wish.search is None else graph.search(wish.search)
    return _stretch([row for row in found if wish.category in (None, row.category)], wish, entity_row)


def entity(graph: KnowledgeGraph, _: NoWish, name: str) -> object:
    """Return everything about one entity."""
    found = graph.entity(name)
    said = [row for row in graph.statements() if found.id in (row.subject, row.object, row.than)]
    values = [row for row in graph.measurements() if found.id in (row.drug, row.target, row.form, row.ligand)]
    return {
        **entity_row(found),
        "statements": [statement_row(row) for row in said],
        "measurements": [measurement_row(row, graph.graph) for row in values],
        "protocols": graph.parts_played(found.id),
    }


def statements(graph: KnowledgeGraph, wish: StatementWish, _: str) -> object:
    """Return claims that fit every parameter given."""
    return _stretch(graph.statements(**_filters(wish)), wish, statement_row)


def statement(graph: KnowledgeGraph, _: NoWish, name: str) -> object:
    """Return one claim."""
    if name not in graph.graph.statements:
        raise UnknownName("statement", name)
    return statement_row(graph.graph.statements[name])


def measurements(graph: KnowledgeGraph, wish: MeasurementWish, _: str) -> object:
    """Return values that fit every parameter given."""
    found = graph.measurements(**_filters(wish))
    return _stretch(found, wish, lambda row: measurement_row(row, graph.graph))


def conflicts(graph: KnowledgeGraph, wish: ConflictWish, _: str) -> object:
    """Return conflicts, curated and found."""
    return _stretch(graph.conflicts(fold=wish.fold), wish, conflict_row)


def paths(
    graph: KnowledgeGraph, wish: PathWish, _: str, gone: Event | None = None, seconds: float = SEARCHING
) -> object:
    """Return mechanism paths, best first."""
    found = search(graph, wish, gone or Event(), seconds)
    rows = [path_row(graph.graph, path, graph.conflicts()) for path in found[: wish.limit]]
    return {"total": len(found), "stopped": found.stopped, "items": rows}


def complete(graph: KnowledgeGraph, wish: CompleteWish, _: str) -> object:
    """Return prefixes, predicates and entities that go on from what was typed; what begins so comes first."""
    prefix, colon, local = wish.text.rpartition(":")
    wanted = fold(local)
    named = list(_nameable(graph, prefix if colon else None, local))
    fitting = [row for row in named if any(wanted in fold(text) for text in row)]
    begins = [
        row for row in fitting if any(fold(text).startswith(wanted) for text in (row[0].split(":")[1], *row))
    ]
    rows = list(dict.fromkeys([*begins, *fitting]))[:20]
    return {"items": [{"name": name, "label": label} for name, label in rows]}


def _nameable(graph: KnowledgeGraph, prefix: str | None, local: str) -> Iterator[tuple[str, str]]:
    """Yield names under a prefix, or prefixes and entities where none was typed yet."""
    known = graph.graph.vocabulary
    if prefix == "kgo":
        yield from ((f"kgo:{predicate.id}", predicate.label) for predicate in known.predicates.values())
        yield from ((f"kgo:{category.id}", category.label) for category in known.categories.values())
    if prefix is None:
        yield from ((f"{record.prefix}:", record.uri_prefix) for record in known.prefixes.prefixes)
    if prefix in (None, "kg"):
        found = graph.search(local) if local else graph.entities.values()
        yield from ((f"kg:{entity.id}", entity.name) for entity in found)


ADDRESSES = (
    Address("/api/counts", NoWish, dict[str, int], counts, "How much there is of each kind."),
    Address("/api/entities", EntityWish, Rows[EntityRow], entities, "Entities."),
    Address("/api/entities/{name}", NoWish, EntityPage, entity, "All about an entity, by any of its names."),
    Address("/api/statements", StatementWish, Rows[StatementRow], statements, "Claims."),
    Address("/api/statements/{name}", NoWish, StatementRow, statement, "One claim, by its id."),
    Address("/api/measurements", MeasurementWish, Rows[MeasurementRow], measurements, "Measured values."),
    Address("/api/conflicts", ConflictWish, Rows[ConflictRow], conflicts, "What cannot hold together."),
    Address("/api/paths", PathWish, FoundPaths, paths, "Mechanism paths between two entities."),
    Address("/api/complete", CompleteWish, Names, complete, "Names that go on from what was typed."),
)
"""Every address, in the order of the document."""


def routes(graph: KnowledgeGraph, searching: float = SEARCHING) -> list[Route]:
    """Return the routes of the API over a graph, with its own description; `searching` is in seconds."""
    from kg.serving.openapi import document

    described, tags = msgspec.json.encode(document(ADDRESSES)), Tags(graph.release)

    async def description(_: Request) -> Response:
        return Response(described, media_type="application/json")

    found = [
        Route(address.path.replace("{name}", "{name:path}"), tags.on(_answered(graph, address, searching)))
        for address in ADDRESSES
    ]
    return [Route("/api/openapi.json", tags.on(description)), *found]


def _answered(graph: KnowledgeGraph, address: Address, searching: float) -> Answering:
    def answer(request: Request, gone: Event) -> bytes:
        wish = wish_of(address.wish, request.query_params)
        more = (gone, searching) if address.answer is paths else ()
        return _ENCODER.encode(address.answer(graph, wish, request.path_params.get("name", ""), *more))

    limiter = CapacityLimiter(2 if address.answer is paths else 20)

    async def respond(request: Request) -> Response:
        try:
            body = await while_there(request, partial(answer, request), limiter)
            return Response(body, media_type="application/json")
        except (Refused, UnknownName, AmbiguousName) as error:
            return faulty(error)

    return respond


def faulty(error: KgError) -> Response:
    """Return an error as a problem document with the nearest names."""
    status = error.status if isinstance(error, Refused) else 404
    if isinstance(error, AmbiguousName):
        status = 409
    titles = {
        400: "The request cannot be read",
        404: "No such name",
        409: "Several things have this name",
        503: "It takes too long",
    }
    candidates = tuple(getattr(error, "candidates", ()))
    fault = Fault("about:blank", titles.get(status, "Refused"), status, str(error)[:2000], candidates)
    return Response(msgspec.json.encode(fault), status, media_type="application/problem+json")


def _filters(wish: Wish) -> dict[str, Any]:
    given = msgspec.structs.asdict(wish)
    return {name: value for name, value in given.items() if name not in ("limit", "offset")}


def _stretch(found: Sequence[Any], wish: Wish, row: Callable[[Any], object]) -> object:
    chosen = islice(found, wish.offset, wish.offset + wish.limit)
    return {"total": len(found), "items": [row(item) for item in chosen]}
