"""Which row of the picture each box stands in: bands in their order, causal depth within a band."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.views.plan import Link, Place, Spot

WIDEST = 1080.0
"""A row wider than this is broken into two or more."""


class Rows(NamedTuple):
    """Row of every spot from the top, and first and last row of every band."""

    of: dict[str, int]
    spans: dict[str, tuple[int, int]]


def rows_of(
    spots: Sequence[Spot], bands: Sequence[Place], roots: Mapping[str, str], links: Sequence[Link]
) -> Rows:
    """Give every spot its row; an empty band still takes one."""
    of: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    start = 0
    for band in bands:
        members = [spot for spot in spots if roots[spot.place] == band.id]
        depth = {spot.id: 0 for spot in members} if band.kind == "membrane" else _depths(members, links, of)
        rows = depth if band.kind == "membrane" else _broken(members, depth)
        of |= {spot: start + row for spot, row in rows.items()}
        spans[band.id] = (start, start + max(rows.values(), default=0))
        start = spans[band.id][1] + 1
    return Rows(of, spans)


def _depths(members: Sequence[Spot], links: Sequence[Link], above: Mapping[str, int]) -> dict[str, int]:
    """Return the longest way to each member from a member that nothing in this band acts on."""
    order = [spot.id for spot in members]
    after = _acyclic(order, links)
    depth = dict.fromkeys(order, 0)
    for spot in _sorted(order, after):
        for effect in after[spot]:
            depth[effect] = max(depth[effect], depth[spot] + 1)
    return _pulled_down(depth, after, _reached(links, above))


def _acyclic(order: Sequence[str], links: Sequence[Link]) -> dict[str, list[str]]:
    """Return the links among these spots, without those that close a circle."""
    known = set(order)
    targets: dict[str, list[str]] = {spot: [] for spot in order}
    for link in links:
        if link.source in known and link.target in known and link.source != link.target:
            targets[link.source].append(link.target)
    return _without_back_links(order, targets)


def _without_back_links(order: Sequence[str], targets: Mapping[str, list[str]]) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {spot: [] for spot in order}
    state = dict.fromkeys(order, 0)
    called = {target for found in targets.values() for target in found}
    for start in sorted(order, key=lambda spot: spot in called):
        stack = [(start, iter(targets[start]))] if not state[start] else []
        state[start] = 1 if stack else state[start]
        while stack:
            spot, rest = stack[-1]
            target = next(rest, None)
            if target is None:
                state[spot] = 2
                stack.pop()
            elif state[target] != 1:
                kept[spot].append(target)
                if not state[target]:
                    state[target] = 1
                    stack.append((target, iter(targets[target])))
    return kept


def _sorted(order: Sequence[str], after: Mapping[str, list[str]]) -> list[str]:
    """Return causes before their effects."""
    waiting = dict.fromkeys(order, 0)
    for effects in after.values():
        for effect in effects:
            waiting[effect] += 1
    ready = [spot for spot in order if not waiting[spot]]
    for spot in ready:
        for effect in after[spot]:
            waiting[effect] -= 1
            if not waiting[effect]:
                ready.append(effect)
    return ready


def _reached(links: Iterable[Link], above: Mapping[str, int]) -> set[str]:
    return {link.target for link in links if link.source in above}


def _pulled_down(
    depth: Mapping[str, int], after: Mapping[str, list[str]], reached: set[str]
) -> dict[str, int]:
    """Move a box that only joins a chain later down to just above where it joins."""
    called = {effect for effects in after.values() for effect in effects}
    moved = dict(depth)
    for spot, effects in after.items():
        if effects and spot not in called and spot not in reached:
            moved[spot] = min(depth[effect] for effect in effects) - 1
    levels = {level: row for row, level in enumerate(sorted(set(moved.values())))}
    return {spot: levels[level] for spot, level in moved.items()}


def _broken(members: Sequence[Spot], depth: Mapping[str, int]) -> dict[str, int]:
    """Break rows that are too wide, dealing their boxes out alternately so that arcs pass between."""
    rows: dict[str, int] = {}
    start = 0
    for level in sorted(set(depth.values())):
        row = [spot for spot in members if depth[spot.id] == level]
        parts = int(sum(spot.width + 30 for spot in row) // WIDEST) + 1
        rows |= {spot.id: start + index % parts for index, spot in enumerate(row)}
        start += parts
    return rows
