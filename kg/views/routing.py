"""A way around boxes for the rare arc that Graphviz would draw through one: shortest, with few bends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise

from kg.views.geometry import Curve, Point, Rect, crosses, straight

CLEARANCE = 9.0
BEND = 40.0
Step = tuple[int, int]
State = tuple[int, int, int]


def detour(source: str, target: str, boxes: Mapping[str, Rect]) -> Curve:
    """Return a curve of straight stretches and round corners from box to box that enters no other box."""
    walls = [rect for name, rect in boxes.items() if name not in (source, target)]
    start, end = boxes[source], boxes[target]
    direct = straight([_leaving(start, end.centre), _leaving(end, start.centre)])
    if not crosses(direct, [wall.grown(2) for wall in walls]):
        return direct
    xs, ys = _lines(boxes.values())
    way = _cheapest(start, end, xs, ys, [wall.grown(CLEARANCE - 3) for wall in walls])
    return straight(_trimmed(way, start, end)) if way else direct


def loop(rect: Rect) -> Curve:
    """Return a small loop at the right side of a box."""
    x, y = rect.right, rect.centre[1]
    return ((x, y - 7), (x + 22, y - 16), (x + 22, y + 16), (x, y + 7))


def _leaving(rect: Rect, towards: Point) -> Point:
    """Return where the line from a box's middle to a point leaves the box."""
    x, y = rect.centre
    dx, dy = towards[0] - x, towards[1] - y
    shares = [(rect.right - x) / abs(dx)] if dx else []
    shares += [(rect.bottom - y) / abs(dy)] if dy else []
    share = min(shares, default=0.0)
    return (x + dx * share, y + dy * share)


def _lines(boxes: Iterable[Rect]) -> tuple[list[float], list[float]]:
    """Return the x and y on which a way may run: middles of boxes, and just outside each side."""
    xs: set[float] = set()
    ys: set[float] = set()
    for rect in boxes:
        around = rect.grown(CLEARANCE)
        xs |= {around.left, around.right, rect.centre[0]}
        ys |= {around.top, around.bottom, rect.centre[1]}
    return sorted(xs), sorted(ys)


def _cheapest(
    start: Rect, end: Rect, xs: Sequence[float], ys: Sequence[float], walls: Sequence[Rect]
) -> list[Point]:
    """Search the grid of lines (Dijkstra); a state is a crossing and the direction it was entered in."""
    free = [[not any(wall.holds((x, y)) for wall in walls) for y in ys] for x in xs]
    first = (xs.index(start.centre[0]), ys.index(start.centre[1]))
    last = (xs.index(end.centre[0]), ys.index(end.centre[1]))
    costs: dict[State, float] = {(*first, 0): 0.0, (*first, 1): 0.0}
    came: dict[State, State] = {}
    queue = [(0.0, (*first, 0)), (0.0, (*first, 1))]
    while queue:
        cost, state = heappop(queue)
        if state[:2] == last:
            return _walked(state, came, xs, ys)
        if cost > costs[state]:
            continue
        for following, extra in _steps(state, xs, ys, free):
            total = cost + extra
            if total < costs.get(following, float("inf")):
                costs[following], came[following] = total, state
                heappush(queue, (total, following))
    return []


def _steps(
    state: State, xs: Sequence[float], ys: Sequence[float], free: Sequence[Sequence[bool]]
) -> Iterable[tuple[State, float]]:
    i, j, axis = state
    for di, dj, along in ((1, 0, 0), (-1, 0, 0), (0, 1, 1), (0, -1, 1)):
        p, q = i + di, j + dj
        if 0 <= p < len(xs) and 0 <= q < len(ys) and free[p][q]:
            yield (p, q, along), abs(xs[p] - xs[i]) + abs(ys[q] - ys[j]) + (BEND if along != axis else 0.0)


def _walked(
    state: State, came: Mapping[State, State], xs: Sequence[float], ys: Sequence[float]
) -> list[Point]:
    states = [state]
    while states[-1] in came:
        states.append(came[states[-1]])
    points = [(xs[i], ys[j]) for i, j, _ in reversed(states)]
    bends = [
        point
        for before, point, after in zip(points, points[1:], points[2:], strict=False)
        if not (before[0] == point[0] == after[0] or before[1] == point[1] == after[1])
    ]
    return [points[0], *bends, points[-1]]


def _trimmed(way: Sequence[Point], start: Rect, end: Rect) -> list[Point]:
    """Cut the parts of the way that run inside its own two boxes."""
    points = _cut(list(way), start)
    return _cut(points[::-1], end)[::-1]


def _cut(points: list[Point], rect: Rect) -> list[Point]:
    for index, (a, b) in enumerate(pairwise(points)):
        if not rect.holds(b):
            return [_border(rect, a, b), *points[index + 1 :]]
    return points


def _border(rect: Rect, inside: Point, outside: Point) -> Point:
    x = min(max(outside[0], rect.left), rect.right)
    y = min(max(outside[1], rect.top), rect.bottom)
    return (x, inside[1]) if inside[1] == outside[1] else (inside[0], y)
