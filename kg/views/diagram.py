"""`Diagram`: a scene that can be written as a file, or shown as the value of a notebook's cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape
from pathlib import Path

from kg.graph import Graph
from kg.model import Conflict, Mechanism, Workflow
from kg.resources import write_whole
from kg.views.scene import Scene, scene_of


class Diagram:
    """An interactive picture of a mechanism: one HTML text that needs no network."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def html(self) -> str:
        """The whole page."""
        from kg.views.html import to_html

        return to_html(self.scene)

    @cached_property
    def svg(self) -> str:
        """The same picture, still."""
        from kg.views.svg import to_svg

        return to_svg(self.scene)

    def write(self, path: str | Path) -> Path:
        """Write the page, or the still picture when the name ends in `.svg`, whole; return where.

        Raises `CannotWrite` when the place is not writable.
        """
        target = Path(path)
        text = self.svg if target.suffix.lower() == ".svg" else self.html
        write_whole(target, text.encode())
        return target

    def _repr_html_(self) -> str:
        allowed = "allow-scripts allow-popups allow-downloads"
        frame = "width:100%;height:640px;border:1px solid #ccc"
        return f'<iframe sandbox="{allowed}" style="{frame}" srcdoc="{escape(self.html)}"></iframe>'

    def __repr__(self) -> str:
        return f"<Diagram: {self.scene.title}, {len(self.scene.boxes)} boxes, {len(self.scene.edges)} arrows>"


def diagram(graph: Graph, mechanism: Mechanism, found: Sequence[Conflict]) -> Diagram:
    """Return the diagram of a curated mechanism."""
    said = [graph.statements[name] for name in mechanism.statements if name in graph.statements]
    scene = scene_of(
        mechanism,
        entities=graph.entities,
        statements=said,
        documents=graph.documents,
        measurements=graph.knowledge.measurements,
        conflicts=found,
        categories=graph.vocabulary.categories,
        predicates=graph.vocabulary.predicates,
        units=graph.vocabulary.units,
    )
    return Diagram(scene)


def workflow_diagram(graph: Graph, workflow: Workflow) -> Diagram:
    """Return the diagram of a workflow."""
    from kg.views.workflow import workflow_scene

    return Diagram(workflow_scene(graph, workflow))
