"""Looking for mechanism paths: the best of them by score, or those of a sign, through or around entities."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from kg.graph import Graph
from kg.paths.arrows import Arrows, Which
from kg.paths.steps import Paths, Stopped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.engine.ranked import Best

Wanted = Literal["+", "-", "any"]


def find_paths(
    graph: Graph | Arrows,
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
) -> Paths:
    """Return the best simple paths between two entity ids with at most `max_length` steps, by score.

    `via` names entities that every path passes, `avoid` some that none does. The search ends after
    `timeout` seconds, or when it is interrupted, with what was found; `stopped` then tells, and also where
    there are more than `at_most`. Raises ValueError when a limit is below one.
    """
    if max_length < 1 or at_most < 1:
        raise ValueError("max_length and at_most must be at least 1")
    from kg.engine.ranked import Best

    arrows = graph if isinstance(graph, Arrows) else Arrows(graph, which)
    best = Best(at_most + 1, None if sign == "any" else 1 if sign == "+" else -1)
    stopped = watched(
        _search(arrows, source, target, best, min(max_length, len(arrows.steps)), via, avoid), timeout
    )
    found = [tuple(arrows.network.names[node] for node in row) for row in best.rows()]
    if len(found) > at_most:
        stopped = stopped or "count"
    return Paths((arrows.path(nodes) for nodes in found[:at_most]), stopped)


def watched(search: Iterator[None], timeout: float | None) -> Stopped | None:
    """Let a search run until it is through, out of time or interrupted."""
    end = time.monotonic() + timeout if timeout is not None else float("inf")
    try:
        for _ in search:
            if time.monotonic() > end:
                return "time"
    except KeyboardInterrupt:
        return "interrupt"
    return None


def _search(
    arrows: Arrows,
    source: str,
    target: str,
    best: Best,
    max_length: int,
    via: Collection[str],
    avoid: Collection[str],
) -> Iterator[None]:
    from kg.engine.ranked import improve
    from kg.engine.simple import simple_paths

    names = arrows.network.names
    if set(avoid) & {source, target}:
        return
    try:
        ends = names.number(source), names.number(target)
        passed = [names.number(name) for name in via if name not in (source, target)]
    except KeyError:
        return
    allowed = _allowed(arrows, avoid)
    if not passed:
        yield from improve(best, *ends, arrows.ways, max_length=max_length, allowed=allowed)
        return
    for piece in simple_paths(*ends, arrows.ways, max_length=max_length, allowed=allowed):
        best.add(piece.passing(passed))
        yield


def _allowed(arrows: Arrows, avoid: Collection[str]) -> NDArray[np.bool_]:
    import numpy as np

    allowed = np.ones(arrows.network.nodes, bool)
    for name in avoid:
        with suppress(KeyError):  # what no arrow touches is on no path
            allowed[arrows.network.names.number(name)] = False
    return allowed
