"""`Diagram`: a scene that can be written as a file, or shown as the value of a notebook's cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from kg.graph import Graph
from kg.model import Conflict, Mechanism, Workflow
from kg.resources import write_whole
from kg.views.changes import Forecast
from kg.views.framed import Pictured
from kg.views.pictures import Look, picture_named
from kg.views.scene import Scene, scene_of


class Diagram(Pictured):
    """A picture of a mechanism or workflow: a page that needs no network, or one of the still formats."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def html(self) -> str:
        """The whole page."""
        return self.drawn("html").decode()

    @cached_property
    def svg(self) -> str:
        """The same picture, still."""
        return self.drawn("svg").decode()

    @property
    def sbgn(self) -> str:
        """A mechanism as SBGN-ML, activity flow; raises `NoActivityFlow` for a workflow."""
        return self.drawn("sbgn").decode()

    @property
    def dot(self) -> str:
        """The same diagram in Graphviz's language."""
        return self.drawn("dot").decode()

    @property
    def png(self) -> bytes:
        """The still picture in pixels, two a unit; raises `MissingExtra` without resvg-py."""
        return self.drawn("png")

    @property
    def pdf(self) -> bytes:
        """The still picture as a page of its own size; raises `MissingExtra` without typst."""
        return self.drawn("pdf")

    def drawn(self, form: str, *, legend: bool = False, scale: float = 2.0) -> bytes:
        """Return the picture in a format by name or extension: html, svg, png, pdf, sbgn, dot.

        `legend` puts the legend below a still picture (the page has its own), `scale` is the pixels of a PNG
        per unit. Raises `UnknownName`, or `MissingExtra` when a library of an extra is not installed.

        >>> import kg
        >>> kg.load().view("igmesine-nmda-mechanism").drawn("svg", legend=True).startswith(b"<svg")
        True
        """
        return picture_named(form).write(self.scene, Look(legend, scale))

    def write(
        self, path: str | Path, form: str | None = None, *, legend: bool = False, scale: float = 2.0
    ) -> Path:
        """Write the picture, whole, in this format, or in the one that the name's ending says; return where.

        A name without an ending gets the page. Raises what `drawn` raises, and `CannotWrite` when the place
        is not writable.
        """
        target = Path(path)
        write_whole(target, self.drawn(form or target.suffix or "html", legend=legend, scale=scale))
        return target

    def __repr__(self) -> str:
        return f"<Diagram: {self.scene.title}, {len(self.scene.boxes)} boxes, {len(self.scene.edges)} arrows>"


def diagram(
    graph: Graph,
    mechanism: Mechanism,
    found: Sequence[Conflict],
    forecasts: Mapping[str, Forecast] = MappingProxyType({}),
) -> Diagram:
    """Return the diagram of a mechanism, its boxes marked with `forecasts` where there are some."""
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
        forecasts=forecasts,
    )
    return Diagram(scene)


def workflow_diagram(graph: Graph, workflow: Workflow) -> Diagram:
    """Return the diagram of a workflow."""
    from kg.views.workflow import workflow_scene

    return Diagram(workflow_scene(graph, workflow))
