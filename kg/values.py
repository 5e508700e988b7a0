"""What a graph answers by calculating with its measured values. The façade's part for numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from kg.graph import Graph
from kg.model import Conflict

if TYPE_CHECKING:
    from kg.affinities.matrix import Matrix
    from kg.affinities.pooling import Pool
    from kg.views.charts import Chart


class Values:
    """Questions about measured values: a part of `KnowledgeGraph`, with entities named as there."""

    def __init__(self, graph: Graph, conflicts: Callable[[], tuple[Conflict, ...]]) -> None:
        self._graph = graph
        self._disputes = conflicts

    def affinities(
        self, *drugs: str, targets: Collection[str] = (), parameters: Collection[str] = ()
    ) -> tuple[Matrix, ...]:
        """Return a matrix of drugs and targets for each parameter, sorted by affinity.

        A cell is an interval from the lowest to the highest source (in mol/L), never a mean.

        >>> import kg
        >>> (ki,) = kg.load().affinities("imipramine", targets=["SERT", "NET"])
        >>> [(cell.target, len(cell.values), len(cell.conflicts) > 0) for cell in ki.cells]
        [('sert', 4, True), ('net', 4, True)]
        """
        from kg.affinities.matrix import matrices

        return matrices(
            self._graph,
            self._disputes(),
            drugs=self._ids(drugs),
            targets=self._ids(targets),
            parameters=tuple(self._graph.parameter(name).id for name in parameters),
        )

    def pools(
        self, drug: str, target: str | None = None, *, parameters: Collection[str] = ()
    ) -> tuple[Pool, ...]:
        """Return the values of a drug in pools that have everything in common, with what was left out.

        >>> import kg
        >>> pools = kg.load().pools("igmesine", "sigma-1", parameters=["IC50"])
        >>> [(pool.key.species, len(pool.taken), len(pool.left_out)) for pool in pools]
        [('rat', 1, 0), ('guinea-pig', 0, 1)]
        """
        from kg.affinities.pooling import pools

        cells = (
            cell
            for matrix in self.affinities(
                drug, targets=() if target is None else (target,), parameters=parameters
            )
            for cell in matrix.cells
        )
        values = [value for cell in cells for value in (*cell.values, *(one.value for one in cell.left_out))]
        return pools(self._graph, values)

    def draw_affinities(
        self, *drugs: str, targets: Collection[str] = (), parameters: Collection[str] = ()
    ) -> Chart:
        """Return these affinities as heat maps and ranked dot plots: `.svg`, `.html`, `.write(path)`.

        >>> import kg
        >>> kg.load().draw_affinities("imipramine", targets=["SERT"]).title
        'Affinities of imipramine'
        """
        from kg.views.charts.affinities import affinity_chart

        found = self.affinities(*drugs, targets=targets, parameters=parameters)
        return affinity_chart(self._graph, found, self._disputes())

    def _ids(self, names: Collection[str]) -> tuple[str, ...]:
        return tuple(self._graph.entity(name).id for name in names)
