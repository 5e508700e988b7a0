"""`Tally`: of all paths that come by, how many reach each node in each direction, and the best of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.paths.signs import direction_of
from kg.paths.what_if import Predicted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.engine.frontier import Frontier
    from kg.paths.arrows import Arrows
    from kg.paths.signs import PathSign
    from kg.paths.steps import Path

UP, DOWN, NONE = 0, 1, 2


class _Best(NamedTuple):
    """The order of paths: those of one sign, the cheap, the short, then by their nodes."""

    disputed: bool
    cost: float
    length: int
    nodes: tuple[int, ...]


class Tally:
    """Counts and best paths by node and direction; `full` once there were `at_most` paths."""

    def __init__(self, arrows: Arrows, at_most: int) -> None:
        self._arrows, self._at_most = arrows, at_most
        self._nodes = arrows.network.nodes
        self._counts = np.zeros((3, self._nodes), np.int64)
        self._best: tuple[dict[int, _Best], ...] = ({}, {}, {})
        self._unsigned = self._without_sign()
        self._seen = 0
        self.full = False

    def _without_sign(self) -> NDArray[np.int64]:
        """Return the steps that have no sign and could have none, as source · nodes + target, sorted."""
        names = self._arrows.network.names
        bare = [
            names.number(source) * self._nodes + names.number(target)
            for (source, target), step in self._arrows.steps.items()
            if step.sign == "unknown" and step.reason != "claims oppose each other"
        ]
        return np.array(sorted(bare), np.int64)

    def add(self, found: Frontier, sign: int) -> None:
        """Take paths into account that start with a sign."""
        room = self._at_most - self._seen
        if len(found) > room:
            found, self.full = found.take(slice(0, room)), True
        self._seen += len(found)
        disputed = self._disputed(found)
        for kind, signed in ((UP, sign), (DOWN, -sign)):
            self._take(kind, found, disputed | (found.sign == signed), disputed)
        self._take(NONE, found, (found.sign == 0) & ~disputed, disputed)

    def _disputed(self, found: Frontier) -> NDArray[np.bool_]:
        """Return which paths could have either sign: without one, by steps whose claims oppose each other."""
        open_to: NDArray[np.bool_] = found.sign == 0
        for source, target in zip(found.nodes, found.nodes[1:], strict=False):
            if open_to.any():
                open_to &= ~np.isin(source.astype(np.int64) * self._nodes + target, self._unsigned)
        return open_to

    def _take(self, kind: int, found: Frontier, rows: NDArray[np.bool_], disputed: NDArray[np.bool_]) -> None:
        self._counts[kind] += np.bincount(found.last[rows], minlength=self._nodes)
        chosen, unsure = found.take(rows), disputed[rows]
        order = np.lexsort((*reversed(chosen.nodes), chosen.cost, unsure))
        ends, first = np.unique(chosen.last[order], return_index=True)
        for end, row in zip(ends.tolist(), order[first].tolist(), strict=True):
            nodes = tuple(int(column[row]) for column in chosen.nodes)
            best = _Best(bool(unsure[row]), float(chosen.cost[row]), len(nodes), nodes)
            self._best[kind][end] = min(best, self._best[kind].get(end, best))

    def rows(self) -> Iterator[Predicted]:
        """Yield the prediction for every node that was reached."""
        for node in np.flatnonzero(self._counts.any(axis=0)).tolist():
            raising, lowering, unsigned = (int(count) for count in self._counts[:, node])
            could: list[set[PathSign]] = [{"+"} if raising else set(), {"-"} if lowering else set()]
            yield Predicted(
                entity=self._arrows.network.names[node],
                direction=direction_of(could),
                raised_by=self._path(UP, node),
                lowered_by=self._path(DOWN, node),
                undirected=self._path(NONE, node),
                raising=raising,
                lowering=lowering,
                unsigned=unsigned,
            )

    def _path(self, kind: int, node: int) -> Path | None:
        best = self._best[kind].get(node)
        return best and self._arrows.path(tuple(self._arrows.network.names[number] for number in best.nodes))
