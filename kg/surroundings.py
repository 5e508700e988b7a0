"""What a graph tells of several entities together, and of what is around one. A part of the façade."""

from __future__ import annotations

from collections.abc import Collection

from kg.graph import AnEntity
from kg.paths import (
    Arrows,
    Common,
    Explanation,
    Neighbours,
    Subgraph,
    Way,
    common,
    explain,
    neighbours,
    subgraph,
)
from kg.walks import Walks, choice


class Surroundings(Walks):
    """Questions about what lies between and around entities: a part of `KnowledgeGraph`."""

    def between(
        self,
        *entities: AnEntity,
        fewest: bool = False,
        avoid: Collection[AnEntity] = (),
        arrows: Arrows | None = None,
    ) -> Explanation:
        """Return the smallest connected explanation of two or more entities.

        It is a tree of steps, each in its own direction; `fewest` wants few steps rather than sure ones. Of
        entities that nothing joins, `.groups` tells which belong together. `.method` tells whether there is
        surely nothing smaller («exact», up to 8 entities). `arrows` says which claims may be used.

        >>> import kg
        >>> found = kg.load().between("igmesine", "BDNF", "cGMP")
        >>> found.connected, found.method, found.joints
        (True, 'exact', ('antidepressant-like-effect', 'trkb'))
        """
        return explain(
            arrows or self.arrows(), self._graph.ids(entities), fewest=fewest, avoid=self._graph.ids(avoid)
        )

    def neighbours(
        self, entity: AnEntity, *, hops: int = 1, way: Way = "both", arrows: Arrows | None = None
    ) -> Neighbours:
        """Return what an entity acts on, what acts on it, and what else is claimed of it.

        Every neighbour comes with the best path of at most `hops` steps; `way` is «out», «in» or «both».

        >>> import kg
        >>> found = kg.load().neighbours("igmesine", way="out")
        >>> [(path.nodes[-1], path.sign) for path in found.outgoing if path.nodes[-1] == "cgmp"]
        [('cgmp', '-')]
        """
        choice("direction", way, Way)
        return neighbours(arrows or self.arrows(), self._graph.entity(entity).id, hops=hops, way=way)

    def common(
        self, one: AnEntity, other: AnEntity, *, hops: int = 1, arrows: Arrows | None = None
    ) -> Common:
        """Return what two entities both act on and what acts on both, at most `hops` steps away.

        `.agreement` of each tells whether both raise it, both lower it, or do the opposite.

        >>> import kg
        >>> found = kg.load().common("imipramine", "fluoxetine")
        >>> [(row.entity, row.agreement) for row in found.targets if row.entity == "sert"]
        [('sert', 'both lower')]
        """
        return common(arrows or self.arrows(), *self._graph.ids([one, other]), hops=hops)

    def subgraph(self, *entities: AnEntity, hops: int = 2, arrows: Arrows | None = None) -> Subgraph:
        """Return the claims among entities and on the paths of at most `hops` steps between each two.

        >>> import kg
        >>> kg.load().subgraph("igmesine", "cGMP", "nitric oxide", hops=2).between
        ('nmda-receptor', 'soluble-guanylyl-cyclase')
        """
        return subgraph(arrows or self.arrows(), self._graph.ids(entities), hops=hops)
