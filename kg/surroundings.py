"""What a graph tells of several entities together, and of what is around one. A part of the façade."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.paths import Arrows, Explanation, explain
from kg.walks import Walks


class Surroundings(Walks):
    """Questions about what lies between and around entities: a part of `KnowledgeGraph`."""

    def between(
        self,
        *entities: str,
        fewest: bool = False,
        avoid: Collection[str] = (),
        arrows: Arrows | None = None,
    ) -> Explanation:
        """Return the smallest connected explanation of two or more entities.

        It is a tree of steps, each in its own direction; `fewest` wants few steps rather than sure ones. Of
        entities that nothing joins, `.groups` tells which belong together. `.method` tells whether there is
        surely nothing smaller («exact», up to 8 entities). `arrows` says which claims may be used.

        >>> import kg
        >>> found = kg.load().between("igmesine", "BDNF", "cGMP")
        >>> found.connected, found.method, "sigma-1-receptor" in found.nodes
        (True, 'exact', True)
        """
        return explain(arrows or self.arrows(), self._ids(entities), fewest=fewest, avoid=self._ids(avoid))

    def _ids(self, names: Iterable[str]) -> list[str]:
        return [self._graph.entity(name).id for name in names]
