"""The atlas: every diagram in one offline file, with an index, and every entity and claim as a table.

Each diagram is the page it is alone, in a sandboxed frame; what the pages share, vis-network above all, is
held once and put back when a page is opened. Nothing of it runs in the atlas itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from kg.graph import Graph
from kg.model import Conflict, Entity
from kg.resources import write_whole
from kg.views.claims import Claims, StatementView, View
from kg.views.html import SCRIPTS, STYLES, to_html
from kg.views.page import codes, policy, styled, template_environment
from kg.views.scene import Scene
from kg.views.text import clean


class Sheet(View, frozen=True):
    """A diagram of the atlas: its page without the code that all pages share."""

    id: str
    title: str
    subtitle: str
    kind: str
    description: str
    html: str


class EntityRow(View, frozen=True):
    """An entity and the diagrams it stands in."""

    name: str
    category: str
    synonyms: tuple[str, ...]
    xrefs: tuple[str, ...]
    definition: str
    sheets: tuple[tuple[str, str], ...]
    source: str


class Atlas:
    """Every curated diagram of a graph as one page; `.html`, `.write(path)`."""

    def __init__(self, graph: Graph, scenes: Sequence[Scene], found: Sequence[Conflict]) -> None:
        self._graph = graph
        self._found = found
        self.scenes = tuple(scenes)

    @cached_property
    def html(self) -> str:
        """The whole page."""
        return to_atlas(self.scenes, self.entities(), self.statements())

    def write(self, path: str | Path) -> Path:
        """Write the page whole; return where. Raises `CannotWrite` when the place is not writable."""
        target = Path(path)
        write_whole(target, self.html.encode())
        return target

    def entities(self) -> tuple[EntityRow, ...]:
        """Return every entity by name, with the diagrams it stands in."""
        rows = (self._row(entity) for entity in self._graph.knowledge.entities)
        return tuple(sorted(rows, key=lambda row: row.name.casefold()))

    def _row(self, entity: Entity) -> EntityRow:
        held = tuple((scene.id, scene.title) for scene in self.scenes if entity.id in self._held[scene.id])
        category = self._graph.vocabulary.categories.get(entity.category)
        return EntityRow(
            name=clean(entity.name),
            category=clean(category.label if category else entity.category),
            synonyms=tuple(map(clean, entity.synonyms)),
            xrefs=tuple(map(clean, entity.xrefs)),
            definition=clean(entity.definition or ""),
            sheets=held,
            source=clean(str(entity.source)),
        )

    @cached_property
    def _held(self) -> dict[str, set[str]]:
        return {scene.id: {box.id for box in scene.boxes} for scene in self.scenes}

    def statements(self) -> tuple[StatementView, ...]:
        """Return every claim as a reader sees it, in file order."""
        claims = Claims(
            entities=self._graph.entities,
            documents=self._graph.documents,
            measurements=(),
            conflicts=self._found,
            predicates={name: row.label for name, row in self._graph.vocabulary.predicates.items()},
        )
        return tuple(map(claims.view, self._graph.knowledge.statements))

    def __repr__(self) -> str:
        return f"<Atlas: {len(self.scenes)} diagrams>"


def to_atlas(
    scenes: Sequence[Scene], entities: Sequence[EntityRow], statements: Sequence[StatementView]
) -> str:
    """Return the page of these diagrams and tables."""
    shared, style = codes(SCRIPTS, vis_network=True), styled(STYLES)
    own, own_style = codes(("elements.js", "atlas.js"), vis_network=False), styled(("atlas.css",))
    template = template_environment().get_template("atlas.html.j2")
    return template.render(
        sheets=[_sheet(scene, shared, style) for scene in scenes],
        entities=entities,
        statements=statements,
        scripts=own,
        style=own_style,
        shared={"codes": [str(code) for code in shared], "style": str(style)},
        policy=policy((*own, *shared), (own_style, style)),
    )


def _sheet(scene: Scene, shared: Sequence[str], style: str) -> Sheet:
    html = to_html(scene).replace(f"<style>{style}</style>", "<style data-shared></style>", 1)
    for number, code in enumerate(shared):
        html = html.replace(f"<script>{code}</script>", f'<script data-shared="{number}"></script>', 1)
    return Sheet(scene.id, scene.title, scene.subtitle, scene.kind, scene.description, html)
