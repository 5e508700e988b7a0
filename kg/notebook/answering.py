"""What the path explorer shows, as plain values for the page: rows of paths, a picture, offers, documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kg.graph import Graph
from kg.model import Conflict, Entity
from kg.names import fold
from kg.paths import Path, Paths, conflicts_on, read_path
from kg.views.claims import Claims, StatementView, View
from kg.views.diagram import Diagram
from kg.views.parts import Box, Edge
from kg.views.sentences import reading
from kg.views.svg import to_svg
from kg.views.text import clean

DRAWN = 12
"""Paths that are drawn together, the best; the chosen one is always drawn."""
OFFERED = 12
Row = dict[str, Any]


class ArcView(View, frozen=True):
    """An arc of the picture: its ends, what it says in one line, and the ids of its claims."""

    source: str
    target: str
    told: str
    claims: tuple[str, ...]


class BoxView(View, frozen=True):
    """An entity of the picture."""

    label: str
    category: str
    definition: str
    synonyms: tuple[str, ...]
    xrefs: tuple[str, ...]


class Picture(View, frozen=True):
    """A picture and what a click on it tells, by the ids that the groups of its SVG carry."""

    title: str
    svg: str
    arcs: Mapping[str, ArcView]
    boxes: Mapping[str, BoxView]
    claims: Mapping[str, StatementView]


def path_row(graph: Graph, path: Path, conflicts: Sequence[Conflict]) -> Row:
    """Return a path as the list shows it; `statements` has the ids of the claims of each step.

    >>> import kg
    >>> graph = kg.load()
    >>> row = path_row(graph.graph, graph.paths("igmesine", "cGMP")[0], graph.conflicts())
    >>> row["names"], row["sign"], row["claims"]
    (['igmesine', 'cGMP'], '-', 1)
    """
    claims = [[claim.id for claim in step.statements] for step in path.steps]
    return {
        "nodes": list(path.nodes),
        "names": [clean(graph.short(name)) for name in path.nodes],
        "signs": [step.sign for step in path.steps],
        "sign": path.sign,
        "score": path.score,
        "certainty": path.certainty,
        "basis": path.basis,
        "background": sum(step.basis == "background" for step in path.steps),
        "length": path.length,
        "claims": sum(map(len, claims)),
        "documents": [clean(name) for name in path.documents],
        "conflicts": [clean(row.topic) for row in conflicts_on(path, conflicts)],
        "reading": clean(read_path(graph, path)),
        "statements": claims,
    }


def drawn_with(paths: Paths, chosen: int | None, *, alone: bool) -> tuple[Path, ...]:
    """Return the paths of a picture: the best and the chosen one, or this one `alone`.

    Among the best the order does not change with the choice, so that the picture stays.
    """
    if alone and chosen is not None:
        return (paths[chosen],)
    return paths[:DRAWN] if chosen is None or chosen < DRAWN else (*paths[:DRAWN], paths[chosen])


def picture_of(diagram: Diagram, also: StatementView | None = None) -> Row:
    """Return a diagram as the page takes it, with the claims of its arcs and one other."""
    scene = diagram.scene
    views = [view for edge in scene.edges for view in edge.statements]
    shown = Picture(
        title=scene.title,
        svg=to_svg(scene, keyed=True),
        arcs={edge.id: _arc(edge) for edge in scene.edges},
        boxes={box.id: _box(box) for box in scene.boxes},
        claims={view.id: view for view in (*views, *([also] if also else []))},
    )
    built: Row = msgspec.json.decode(msgspec.json.encode(shown))
    return built


def _arc(edge: Edge) -> ArcView:
    return ArcView(edge.source, edge.target, reading(edge), tuple(view.id for view in edge.statements))


def _box(box: Box) -> BoxView:
    return BoxView(box.label, box.category, box.definition, box.synonyms, box.xrefs)


def claims_of_graph(graph: Graph, conflicts: Sequence[Conflict]) -> Claims:
    """Return what turns a claim of the graph into what a reader sees."""
    return Claims(
        entities=graph.entities,
        documents=graph.documents,
        measurements=graph.knowledge.measurements,
        conflicts=conflicts,
        predicates={name: row.label for name, row in graph.vocabulary.predicates.items()},
        units=graph.vocabulary.units,
    )


def offers(graph: Graph, text: str) -> list[Row]:
    """Return the entities that somebody who types this may mean, best first, and the name that fits.

    >>> import kg
    >>> [(row["name"], row["also"]) for row in offers(kg.load().graph, "sert")][0]
    ('serotonin transporter', 'SERT')
    """
    key, found = fold(text[:200]), graph.search(text[:200])
    named = [entity for entity in found if any(key in fold(name) for name in (entity.name, *_others(entity)))]
    return [_offer(graph, entity, key) for entity in (named or found)[:OFFERED]]


def _others(entity: Entity) -> tuple[str, ...]:
    return (*entity.synonyms, entity.symbol or "", entity.id)


def _offer(graph: Graph, entity: Entity, key: str) -> Row:
    category = graph.vocabulary.categories.get(entity.category)
    others = () if key in fold(entity.name) else _others(entity)[:-1]
    also = next((name for name in others if key in fold(name)), "")
    return {
        "id": entity.id,
        "name": clean(entity.name),
        "category": clean(category.label if category else entity.category),
        "also": clean(also),
    }


def documents_of(graph: Graph) -> list[Row]:
    """Return the documents that say something themselves, for the filter: id and title."""
    said = {name for row in graph.knowledge.statements if row.basis == "document" for name in row.documents}
    return [
        {"id": row.id, "title": clean(f"{row.id}: {row.title}")}
        for row in graph.knowledge.documents
        if row.id in said
    ]
