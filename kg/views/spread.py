"""Where the entities of a whole graph stand: by Graphviz's stress model, pushed apart, packed in shelves.

Deterministic: components, nodes and arcs are taken in the order given and every random start is fixed.
Lengths are CSS pixels, places are centres, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, cos, hypot, pi, sin, sqrt

Point = tuple[float, float]
Size = tuple[float, float]

ROOM = 3.4
"""How many times the area of a node, with its gap, the picture gives it before nodes are pushed apart."""
GAP = 14.0
STEPS = 140
MOST = 1_000
"""Nodes that Graphviz lays out in under a second; of more, clusters are laid out first."""
SMOOTHINGS = 4
APART = 90.0
"""Distance between components."""


def spread(sizes: Sequence[Size], links: Iterable[tuple[int, int]]) -> list[Point]:
    """Return a centre for every box, none overlapping (but for a few among thousands in a crowd).

    `links` join boxes by their numbers; loops and repeats do not matter.
    """
    joined = list(dict.fromkeys((min(link), max(link)) for link in links if link[0] != link[1]))
    places: list[Point] = [(0.0, 0.0)] * len(sizes)
    parts = _components(len(sizes), joined)
    inner: dict[int, list[tuple[int, int]]] = {}
    owner = {node: number for number, part in enumerate(parts) for node in part}
    for link in joined:
        inner.setdefault(owner[link[0]], []).append(link)
    laid = [
        _apart([sizes[node] for node in part], _component(part, sizes, inner.get(number, [])))
        for number, part in enumerate(parts)
    ]
    frames = [_frame([sizes[node] for node in part], spots) for part, spots in zip(parts, laid, strict=True)]
    for part, spots, frame, (left, top) in zip(parts, laid, frames, _shelves(frames), strict=True):
        for node, (x, y) in zip(part, spots, strict=True):
            places[node] = (round(x - frame[0] + left, 1), round(y - frame[1] + top, 1))
    return places


def _components(count: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the connected components, largest first, each in the order of its numbers."""
    near = _neighbours(count, links)
    seen: set[int] = set()
    parts = []
    for node in range(count):
        if node in seen:
            continue
        part, edge = {node}, [node]
        while edge:
            edge = list({other for here in edge for other in near[here]} - part)
            part.update(edge)
        seen |= part
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _neighbours(count: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    near: list[list[int]] = [[] for _ in range(count)]
    for one, other in links:
        near[one].append(other)
        near[other].append(one)
    return near


def _component(part: Sequence[int], sizes: Sequence[Size], links: Sequence[tuple[int, int]]) -> list[Point]:
    """Return places for one component: a point, a row, or what Graphviz makes of it, scaled to its boxes."""
    if len(part) < 3:
        return [(index * (sizes[part[0]][0] + 90.0), 0.0) for index in range(len(part))]
    numbers = {node: number for number, node in enumerate(part)}
    raw = _layout(len(part), [(numbers[one], numbers[other]) for one, other in links])
    wide = max(x for x, _ in raw) - min(x for x, _ in raw)
    high = max(y for _, y in raw) - min(y for _, y in raw)
    area = ROOM * sum((sizes[node][0] + GAP) * (sizes[node][1] + GAP) for node in part)
    scale = sqrt(area / max(wide * high, (wide + high) ** 2 / 40, 1e-6))
    return [(x * scale * 1.18, y * scale / 1.18) for x, y in raw]


def _stress(count: int, links: Sequence[tuple[int, int]]) -> list[Point]:
    """Return where Graphviz' stress model (`neato`, deterministic unlike `sfdp`) puts nodes by number."""
    from pygraphviz import AGraph

    graph = AGraph(directed=False, strict=True)
    graph.graph_attr.update(mode="sgd", overlap="true", start="1", splines="none")
    graph.node_attr.update(shape="point", width="0.01", height="0.01", label="")
    graph.add_nodes_from(range(count))
    graph.add_edges_from(links)
    graph.layout("neato")
    return [_point(graph.get_node(node).attr["pos"]) for node in range(count)]


def _layout(count: int, links: Sequence[tuple[int, int]]) -> list[Point]:
    """Return the stress layout of a connected graph; of a large one, that of its clusters, smoothed."""
    if count <= MOST:
        return _stress(count, links)
    near = _neighbours(count, links)
    cluster = _clusters(near)
    joined = {(cluster[one], cluster[other]) for one, other in links}
    outer = _layout(max(cluster) + 1, sorted({(min(a, b), max(a, b)) for a, b in joined if a != b}))
    spots = [
        (outer[own][0] + cos(node * 2.4) * 0.2, outer[own][1] + sin(node * 2.4) * 0.2)
        for node, own in enumerate(cluster)
    ]
    for _ in range(SMOOTHINGS):
        spots = [
            _between(spots[node], [spots[other] for other in around]) for node, around in enumerate(near)
        ]
    return spots


def _between(spot: Point, others: Sequence[Point]) -> Point:
    count = max(len(others), 1)
    x, y = sum(x for x, _ in others) / count, sum(y for _, y in others) / count
    return (spot[0] * 0.6 + x * 0.4, spot[1] * 0.6 + y * 0.4)


def _clusters(near: Sequence[Sequence[int]]) -> list[int]:
    """Return every node's cluster: each joins its least joined neighbour, the small ones first."""
    cluster: dict[int, int] = {}
    count = 0
    for node in sorted(range(len(near)), key=lambda node: (len(near[node]), node)):
        if node in cluster:
            continue
        other = min(near[node], key=lambda other: (other in cluster, len(near[other]), other))
        if other not in cluster:
            cluster[other], count = count, count + 1
        cluster[node] = cluster[other]
    return [cluster[node] for node in range(len(near))]


def _point(text: str) -> Point:
    x, y = text.split(",")[:2]
    return (float(x), -float(y))


def _apart(sizes: Sequence[Size], places: Sequence[Point]) -> list[Point]:
    """Push overlapping boxes apart, each pair along the way that is shorter, until none overlap."""
    spots = [[x, y] for x, y in places]
    cell = max((max(size) for size in sizes), default=1.0) + GAP
    for step in range(STEPS):
        if step % 12 == 11:  # a crowd that cannot part gets more room
            spots = [[x * 1.12, y * 1.12] for x, y in spots]
        cells: dict[tuple[int, int], list[int]] = {}
        for node, (x, y) in enumerate(spots):
            cells.setdefault((int(x // cell), int(y // cell)), []).append(node)
        if not _push(spots, sizes, cells, step):
            break
    return [(x, y) for x, y in spots]


_AROUND = ((0, 0), (1, 0), (0, 1), (1, 1), (-1, 1))


def _push(
    spots: list[list[float]], sizes: Sequence[Size], cells: dict[tuple[int, int], list[int]], step: int
) -> bool:
    """Move every overlapping pair apart by a little more than half of what is missing; tell if any was."""
    moved = False
    for (column, row), here in cells.items():
        for dx, dy in _AROUND:
            there = cells.get((column + dx, row + dy), ())
            for index, one in enumerate(here):
                for other in there if (dx, dy) != (0, 0) else here[index + 1 :]:
                    moved |= _part(spots[one], spots[other], sizes[one], sizes[other], step + one)
    return moved


def _part(one: list[float], other: list[float], size: Size, next_size: Size, turn: int) -> bool:
    dx, dy = other[0] - one[0], other[1] - one[1]
    short_x = (size[0] + next_size[0]) / 2 + GAP - abs(dx)
    short_y = (size[1] + next_size[1]) / 2 + GAP - abs(dy)
    if short_x <= 0 or short_y <= 0:
        return False
    if hypot(dx, dy) < 0.5:
        dx, dy = cos(turn * pi * 0.764), sin(turn * pi * 0.764)
    if short_x < short_y:
        by = (short_x * 0.52 if dx >= 0 else -short_x * 0.52, 0.0)
    else:
        by = (0.0, short_y * 0.52 if dy >= 0 else -short_y * 0.52)
    one[0], one[1] = one[0] - by[0], one[1] - by[1]
    other[0], other[1] = other[0] + by[0], other[1] + by[1]
    return True


Frame = tuple[float, float, float, float]


def _frame(sizes: Sequence[Size], places: Sequence[Point]) -> Frame:
    """Return left, top, width and height of the boxes."""
    both = list(zip(sizes, places, strict=True))
    left = min(x - size[0] / 2 for size, (x, _) in both)
    top = min(y - size[1] / 2 for size, (_, y) in both)
    right = max(x + size[0] / 2 for size, (x, _) in both)
    bottom = max(y + size[1] / 2 for size, (_, y) in both)
    return (left, top, right - left, bottom - top)


def _shelves(frames: Sequence[Frame]) -> list[Point]:
    """Return the left upper corner of every component, in rows as wide as the first or as a square."""
    if not frames:
        return []
    area = sum((width + APART) * (height + APART) for _, _, width, height in frames)
    widest = max(frames[0][2], ceil(sqrt(area) * 1.3))
    corners, x, y, high = [], 0.0, 0.0, 0.0
    for _, _, width, height in frames:
        if x > 0 and x + width > widest:
            x, y, high = 0.0, y + high + APART, 0.0
        corners.append((x, y))
        x, high = x + width + APART, max(high, height)
    return corners
