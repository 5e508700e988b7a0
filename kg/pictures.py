"""What of a graph is drawn: curated diagrams, paths, parts and predictions. A part of the façade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.model import Mechanism, Workflow
from kg.parts import Part

if TYPE_CHECKING:
    from kg.paths import Common, Explanation, Path, Predicted, Subgraph, WhatIf
    from kg.views.atlas import Atlas
    from kg.views.changes import Forecast
    from kg.views.diagram import Diagram


class Pictures(Part):
    """Diagrams of a graph: a part of `KnowledgeGraph`, with entities named as there."""

    def view(self, mechanism: str) -> Diagram:
        """Return a curated mechanism or workflow as a diagram: `.html`, `.svg`, … `.write(path)`.

        >>> import kg
        >>> kg.load().view("radioligand-binding-workflow").scene.kind
        'workflow'
        """
        from kg.views.diagram import workflow_diagram

        found = self._graph.pictured(mechanism)
        if isinstance(found, Workflow):
            return workflow_diagram(self._graph, found)
        return self._drawn(found)

    def draw_paths(self, paths: Sequence[Path]) -> Diagram:
        """Return these paths as one diagram, in the compartments where the curated diagrams have them.

        >>> import kg
        >>> graph = kg.load()
        >>> graph.draw_paths(graph.paths("igmesine", "cGMP")).scene.title
        'From igmesine to cyclic guanosine monophosphate'
        """
        from kg.paths import as_mechanism

        ends = [self._graph.label(paths[0].nodes[at]) for at in (0, -1)] if paths else []
        title = f"From {ends[0]} to {ends[1]}" if ends else "No path"
        return self._drawn(as_mechanism(self._graph, paths, title))

    def draw(self, found: Explanation | Common | Subgraph) -> Diagram:
        """Return what joins entities, what two have in common, or a part of the graph, as one diagram.

        >>> import kg
        >>> graph = kg.load()
        >>> graph.draw(graph.between("igmesine", "BDNF", "cGMP")).scene.title
        'Between igmesine, brain-derived neurotrophic factor and cyclic guanosine monophosphate'
        """
        from kg.paths import claims_as_mechanism, drawable

        title, claims = drawable(self._graph, found)
        return self._drawn(claims_as_mechanism(self._graph, claims, title))

    def draw_what_if(self, found: WhatIf, rows: Sequence[Predicted] | None = None) -> Diagram:
        """Return a prediction as a diagram: its best paths, each box marked with its direction.

        `rows` says which predictions are drawn, all where it is left out.

        >>> import kg
        >>> graph = kg.load()
        >>> graph.draw_what_if(graph.what_if(inhibit=["SERT"])).scene.title
        'Prediction, not a claim: what if serotonin transporter is inhibited?'
        """
        from kg.paths import as_prediction
        from kg.views.forecasts import forecasts_of

        drawn = as_prediction(self._graph, found, found.rows if rows is None else rows)
        return self._drawn(drawn, forecasts_of(self._graph, found))

    def _drawn(
        self, mechanism: Mechanism, forecasts: Mapping[str, Forecast] = MappingProxyType({})
    ) -> Diagram:
        from kg.views.diagram import diagram

        return diagram(self._graph, mechanism, self._disputes(), forecasts)

    def atlas(self) -> Atlas:
        """Return every curated diagram in one page, with every entity and claim as a table.

        `.html` is the page, `.write(path)` writes it.

        >>> import kg
        >>> len(kg.load().atlas().scenes)
        12
        """
        from kg.views.atlas import Atlas

        names = (*self._graph.mechanisms, *self._graph.workflows)
        return Atlas(self._graph, [self.view(name).scene for name in names], self._disputes())
