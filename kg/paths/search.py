"""Looking for mechanism paths: the best of them by score, or those of a sign, through or around entities."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, Protocol

from kg.graph import Graph
from kg.paths.arrows import Arrows, Which
from kg.paths.steps import Path, Paths, Stopped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.engine.frontier import Frontier, Ways
    from kg.engine.network import Network
    from kg.engine.ranked import Best

Wanted = Literal["+", "-", "any"]


class Walkable(Protocol):
    """Arrows that can be walked and shown: those of a graph, or of an edge list."""

    @property
    def network(self) -> Network:
        """The arrows as arrays."""

    @property
    def ways(self) -> Ways:
        """How to walk them, and what each step costs."""

    def path(self, nodes: tuple[str, ...]) -> Path:
        """Return the path along these entities."""


def find_paths(
    graph: Graph | Walkable,
    source: str,
    target: str,
    *,
    max_length: int = 6,
    at_most: int = 1000,
    sign: Wanted = "any",
    via: Collection[str] = (),
    avoid: Collection[str] = (),
    which: Which = Which(),  # noqa: B008 (it never changes)
    timeout: float | None = None,
    stop: Callable[[], bool] | None = None,
) -> Paths:
    """Return the best simple paths between two entity ids with at most `max_length` steps, by score.

    `via` names entities that every path passes, `avoid` some that none does. The search ends after
    `timeout` seconds, or when it is interrupted or `stop` gives true, with what was found; `stopped` then
    tells, and also where there are more than `at_most`. Raises ValueError when a limit is below one.
    """
    if max_length < 1 or at_most < 1:
        raise ValueError("max_length and at_most must be at least 1")
    from kg.engine.ranked import Best

    arrows = Arrows(graph, which) if isinstance(graph, Graph) else graph
    best = Best(at_most + 1, _SIGNS[sign])
    stopped = watched(
        _search(arrows, source, target, best, min(max_length, arrows.network.steps), via, avoid),
        timeout,
        stop,
    )
    found = [tuple(arrows.network.names[node] for node in row) for row in best.rows()]
    if len(found) > at_most:
        stopped = stopped or "count"
    return Paths((arrows.path(nodes) for nodes in found[:at_most]), stopped)


class Stream:
    """Paths as they are found, the shortest first, once. `stopped` tells why more were not looked for."""

    def __init__(self, paths: Iterator[Path | None], timeout: float | None = None) -> None:
        self._paths = paths
        self._end = time.monotonic() + timeout if timeout is not None else float("inf")
        self.stopped: Stopped | None = None

    def __iter__(self) -> Iterator[Path]:
        try:
            for path in self._paths:
                if path is not None:
                    yield path
                if time.monotonic() > self._end:
                    self.stopped = "time"
                    return
        except KeyboardInterrupt:
            self.stopped = "interrupt"


def stream_paths(
    arrows: Walkable,
    source: str,
    target: str,
    *,
    max_length: int = 6,
    sign: Wanted = "any",
    via: Collection[str] = (),
    avoid: Collection[str] = (),
    timeout: float | None = None,
) -> Stream:
    """Return the simple paths between two ids as they are found, length by length; see `find_paths`."""
    if max_length < 1:
        raise ValueError("max_length must be at least 1")
    found = _found(arrows, source, target, min(max_length, arrows.network.steps), via, avoid)
    return Stream(_shown(arrows, found, _SIGNS[sign]), timeout)


_SIGNS: dict[Wanted, Literal[1, -1] | None] = {"+": 1, "-": -1, "any": None}


def _shown(arrows: Walkable, found: Iterator[Frontier], sign: Literal[1, -1] | None) -> Iterator[Path | None]:
    names = arrows.network.names
    for piece in found:
        kept = piece if sign is None else piece.take(piece.sign == sign)
        for row in range(len(kept)):
            yield arrows.path(tuple(names[int(column[row])] for column in kept.nodes))
        yield None


def watched(
    search: Iterator[None], timeout: float | None, stop: Callable[[], bool] | None = None
) -> Stopped | None:
    """Let a search run until it is through, out of time, interrupted or told to stop."""
    end = time.monotonic() + timeout if timeout is not None else float("inf")
    try:
        for _ in search:
            if time.monotonic() > end:
                return "time"
            if stop is not None and stop():
                return "interrupt"
    except KeyboardInterrupt:
        return "interrupt"
    return None


def _search(
    arrows: Walkable,
    source: str,
    target: str,
    best: Best,
    max_length: int,
    via: Collection[str],
    avoid: Collection[str],
) -> Iterator[None]:
    from kg.engine.ranked import improve

    if set(via) <= {source, target}:
        ends = _ends(arrows, source, target, avoid)
        if ends:
            allowed = _allowed(arrows, avoid)
            yield from improve(best, *ends, arrows.ways, max_length=max_length, allowed=allowed)
        return
    for piece in _found(arrows, source, target, max_length, via, avoid):
        best.add(piece)
        yield


def _found(
    arrows: Walkable,
    source: str,
    target: str,
    max_length: int,
    via: Collection[str],
    avoid: Collection[str],
) -> Iterator[Frontier]:
    """Yield every path through and around these entities, shortest first, in pieces."""
    from kg.engine.simple import simple_paths

    ends = _ends(arrows, source, target, avoid)
    try:
        passed = [arrows.network.names.number(name) for name in via if name not in (source, target)]
    except KeyError:
        return
    if ends:
        allowed = _allowed(arrows, avoid)
        for piece in simple_paths(*ends, arrows.ways, max_length=max_length, allowed=allowed):
            yield piece.passing(passed)


def _ends(arrows: Walkable, source: str, target: str, avoid: Collection[str]) -> tuple[int, int] | None:
    """Return the numbers of both ends, None where no arrow touches one or it is to be avoided."""
    if set(avoid) & {source, target}:
        return None
    try:
        return arrows.network.names.number(source), arrows.network.names.number(target)
    except KeyError:
        return None


def _allowed(arrows: Walkable, avoid: Collection[str]) -> NDArray[np.bool_]:
    import numpy as np

    allowed = np.ones(arrows.network.nodes, bool)
    for name in avoid:
        with suppress(KeyError):  # what no arrow touches is on no path
            allowed[arrows.network.names.number(name)] = False
    return allowed
