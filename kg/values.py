"""What a graph answers by calculating with its measured values. The façade's part for numbers."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import TYPE_CHECKING

from kg.graph import AnEntity
from kg.parts import Part
from kg.problems import NoAmount

if TYPE_CHECKING:
    from kg.affinities.asking import Asked
    from kg.affinities.binding import Converted
    from kg.affinities.matrix import Matrices
    from kg.affinities.occupancy import Occupancies
    from kg.affinities.pooling import Pools
    from kg.affinities.selectivity import Selectivity
    from kg.views.charts import Chart


class Values(Part):
    """Questions about measured values: a part of `KnowledgeGraph`, with entities named as there."""

    def affinities(
        self, *drugs: AnEntity, targets: Collection[AnEntity] = (), parameters: Collection[str] = ()
    ) -> Matrices:
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
            drugs=self._graph.ids(drugs),
            targets=self._graph.ids(targets),
            parameters=tuple(self._graph.parameter(name).id for name in parameters),
        )

    def pools(
        self, drug: AnEntity, target: AnEntity | None = None, *, parameters: Collection[str] = ()
    ) -> Pools:
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
        self, *drugs: AnEntity, targets: Collection[AnEntity] = (), parameters: Collection[str] = ()
    ) -> Chart:
        """Return these affinities as heat maps and ranked dot plots: `.svg`, `.html`, `.write(path)`.

        >>> import kg
        >>> kg.load().draw_affinities("imipramine", targets=["SERT"]).title
        'Affinities of imipramine'
        """
        from kg.views.charts.affinities import affinity_chart

        found = self.affinities(*drugs, targets=targets, parameters=parameters)
        return affinity_chart(self._graph, found, self._disputes())

    def selectivity(
        self, drug: AnEntity, one: AnEntity, other: AnEntity, *, parameters: Collection[str] = ()
    ) -> Selectivity:
        """Return by how much a drug prefers one target to another, for each document and pooled.

        >>> import kg
        >>> found = kg.load().selectivity("imipramine", "SERT", "NET")
        >>> found.sources("first"), found.sources("second")
        (('B10784792', 'B1198808'), ('B1671792',))
        """
        from kg.affinities.matrix import AFFINITIES
        from kg.affinities.selectivity import selectivity

        ids = tuple(self._graph.parameter(name).id for name in parameters) or AFFINITIES
        found = self._graph.entity(drug).id
        values = (
            value
            for value in self._graph.knowledge.measurements
            if found in (value.drug, value.form) and value.parameter in ids
        )
        return selectivity(self._graph, values, found, *self._graph.ids((one, other)))

    def occupancy(
        self,
        drug: AnEntity,
        concentration: str,
        *,
        targets: Collection[AnEntity] = (),
        threshold: Fraction | float | str = Fraction(1, 2),
    ) -> Occupancies:
        """Return how much of each target a concentration of a drug occupies, from Kd or Ki.

        Hill slope 1; what has neither Kd nor Ki stays unknown. Raises `NoAmount` for no concentration.

        >>> import kg
        >>> found = kg.load().occupancy("imipramine", "100 nM", targets=["SERT", "DAT"])
        >>> [(one.target, str(one.share), one.engaged) for one in found]
        [('sert', '0.558–0.992', 'yes'), ('dat', '≤0.0117', 'no')]
        """
        from kg.affinities.occupancy import occupancies

        asked = self.concentration(concentration).molar
        share = Fraction(str(threshold)) if isinstance(threshold, float) else Fraction(threshold)
        found = self._graph.entity(drug).id
        matrices = self.affinities(drug, targets=targets)
        if found not in {name for matrix in matrices for name in matrix.drugs}:
            found = next((name for matrix in matrices for name in matrix.drugs), found)
        return occupancies(
            self._graph, matrices, found, asked, threshold=share, targets=self._graph.ids(targets)
        )

    def draw_occupancy(
        self,
        drug: AnEntity,
        concentration: str,
        *,
        targets: Collection[AnEntity] = (),
        threshold: Fraction | float | str = Fraction(1, 2),
    ) -> Chart:
        """Return occupancy against concentration, a band for each target: `.svg`, `.html`, `.write(path)`.

        >>> import kg
        >>> kg.load().draw_occupancy("igmesine", "100 nM").title
        'Occupancy by igmesine at 100 nM'
        """
        from kg.views.charts.curve import occupancy_chart

        found = self.occupancy(drug, concentration, targets=targets, threshold=threshold)
        name, asked = self._graph.entity(drug).id, self.concentration(concentration).molar
        return occupancy_chart(self._graph, name, asked, found, float(Fraction(str(threshold))))

    def concentration(self, text: str) -> Asked:
        """Return a concentration from text with its unit, such as `100nM`; raises `NoAmount` otherwise.

        >>> import kg
        >>> kg.load().concentration("> 10 µM").molar.low
        Fraction(1, 100000)
        """
        from kg.affinities.asking import read_concentration

        return read_concentration(text, self._graph.vocabulary)

    def cheng_prusoff(
        self,
        ic50: str,
        *,
        radioligand: str | None = None,
        kd: str | None = None,
        protocol: str | None = None,
        ligand: str | None = None,
    ) -> Converted:
        """Return the Ki of an IC50 by the equation of Cheng and Prusoff (1973), as an interval.

        Either `radioligand` and `kd` are concentrations, or a protocol of the graph tells what it uses.

        >>> import kg
        >>> from kg.amounts import written
        >>> found = kg.load().cheng_prusoff("39 nM", radioligand="3 nM", kd="3 nM")
        >>> written(found.ki.times(10**9))
        '20'
        """
        from kg.affinities.binding import by_protocol, converted
        from kg.protocols import resolved

        constant = None if kd is None else self.concentration(kd)
        if protocol is not None:
            how = resolved(self._graph, self._graph.protocol(protocol))
            chosen = None if ligand is None else self._graph.entity(ligand).id
            return by_protocol(self._graph, how, self.concentration(ic50), ligand=chosen, kd=constant)
        if radioligand is None or constant is None:
            raise NoAmount("the equation needs the radioligand's concentration and its Kd, or a protocol")
        return converted(self.concentration(ic50), self.concentration(radioligand), constant)
