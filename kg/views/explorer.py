"""`Explorer`: the whole graph, or what is around one entity, as one interactive page without a network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import sqrt
from pathlib import Path

import msgspec

from kg.graph import Graph
from kg.model import Conflict
from kg.problems import TooLarge
from kg.resources import write_whole
from kg.views.columns import Columns, Picture
from kg.views.console import SCRIPTS as ASKING
from kg.views.console import STYLE, Console
from kg.views.explorer_still import explorer_svg
from kg.views.framed import Pictured
from kg.views.html import OPTIONS
from kg.views.packing import Details
from kg.views.page import DRAWING, page_network
from kg.views.spread import Point, spread

MOST = 10_000
"""Entities that a page shows at most: more could not be drawn quickly, nor read."""
SCRIPTS = (
    *DRAWING,
    "elements.js",
    "vector.js",
    "claims.js",
    "explore_data.js",
    "explore_view.js",
    "explore_paths.js",
    "explore_labels.js",
    "explore_picture.js",
    "explore_panel.js",
    "explore_filters.js",
    "explore_legend.js",
    "explore_tables.js",
    "explore_search.js",
    "walk.js",
    "explore_walk.js",
    "address.js",
    "explore_address.js",
    "paper.js",
    "explore_paper.js",
    "explore.js",
)
"""Our scripts in the order in which they run: each may use what those before it make."""


class Explorer(Pictured):
    """An interactive page of many entities: search, filters, neighbours, paths. Places are computed here."""

    def __init__(self, title: str, subtitle: str, columns: Columns, console: Console | None = None) -> None:
        self.title, self.subtitle, self.console = title, subtitle, console
        self._columns = columns

    @cached_property
    def picture(self) -> Picture:
        """Names, arcs and what they are filtered by."""
        return self._columns.picture()

    @cached_property
    def details(self) -> Details:
        """Claims, evidence and values."""
        return self._columns.details()

    @cached_property
    def sizes(self) -> list[tuple[float, float]]:
        """Width and height of each entity: the more arcs, the larger."""
        degree = [0] * len(self.picture.ids)
        for ends in zip(self.picture.source, self.picture.target, strict=True):
            for end in set(ends):
                degree[end] += 1
        return [(round(min(26 + 7 * sqrt(n), 110)), round(min(15 + 3 * sqrt(n), 52))) for n in degree]

    @cached_property
    def places(self) -> list[Point]:
        """Centre of each entity; the same for the same graph."""
        return spread(self.sizes, self._columns.links)

    @cached_property
    def html(self) -> str:
        """The whole page."""
        return self.page()

    @cached_property
    def svg(self) -> str:
        """Every entity and arc in its place, still."""
        return explorer_svg(self)

    def page(self, *, beside: bool = False) -> str:
        """Return the page; with links to the diagrams where they lie beside it, as `kg build` writes them."""
        network = page_network(
            self.title,
            "explore.html.j2",
            scripts=(*SCRIPTS[:-1], *(ASKING if self.console else ()), SCRIPTS[-1]),
            styles=("diagram.css", "explore.css", *((STYLE,) if self.console else ())),
            wasm=self.console is not None,
            subtitle=self.subtitle,
            console=self.console,
            beside=beside,
            picture=self.picture,
            details=self.details,
        )
        for number, ((x, y), (width, height)) in enumerate(zip(self.places, self.sizes, strict=True)):
            network.add_node(number, label=" ", shape="custom", x=x, y=y, size=[width, height])
        network.set_options(msgspec.json.encode(OPTIONS).decode())
        return str(network.generate_html())

    def write(self, path: str | Path) -> Path:
        """Write the page whole; return where. Raises `CannotWrite` when the place is not writable."""
        target = Path(path)
        write_whole(target, self.html.encode())
        return target

    def __repr__(self) -> str:
        return (
            f"<Explorer: {self.title}, {len(self.picture.ids)} entities, {len(self.picture.source)} arrows>"
        )


def explorer(
    graph: Graph,
    conflicts: Sequence[Conflict],
    seed: str | None = None,
    hops: int = 2,
    console: Console | None = None,
) -> Explorer:
    """Return the explorer of the whole graph, or of what is at most `hops` claims away from `seed` (an id).

    With a console it also answers SPARQL, always on the whole graph.

    Raises ValueError when `hops` is negative and `TooLarge` when there would be more than 10,000 entities.
    """
    if hops < 0:
        raise ValueError("hops must not be negative")
    members = list(graph.entities) if seed is None else neighbourhood(graph, seed, hops)
    if len(members) > MOST:
        advice = "query it first (kg query), or show what is around one entity (--seed ENTITY --hops 1)"
        raise TooLarge(f"{len(members):,} entities are more than a page can show ({MOST:,}); {advice}")
    if seed is None:
        return Explorer("All drug mechanisms", _counted(members), Columns(graph, members, conflicts), console)
    name = graph.label(seed)
    reach = f"{hops} claim{'' if hops == 1 else 's'} away at most; {_counted(members)}"
    return Explorer(f"Around {name}", reach, Columns(graph, members, conflicts, (seed,)), console)


def _counted(members: Sequence[str]) -> str:
    return f"{len(members):,} entities"


def neighbourhood(graph: Graph, seed: str, hops: int) -> list[str]:
    """Return the entities at most `hops` claims away, in any direction, in the order of the graph."""
    near: dict[str, set[str]] = {}
    for said in graph.knowledge.statements:
        near.setdefault(said.subject, set()).add(said.object)
        near.setdefault(said.object, set()).add(said.subject)
    found = edge = {seed}
    for _ in range(hops):
        edge = {other for name in edge for other in near.get(name, ())} - found
        found = found | edge
    return [name for name in graph.entities if name in found]
