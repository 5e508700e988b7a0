"""How time grows with the number of edges: measured on lists from 0.1 to 8 million, drawn as one SVG."""

from __future__ import annotations

import os
import statistics
import time
from math import log10
from pathlib import Path
from typing import NamedTuple

from networks.answering import kg_best, kg_shortest, kg_simple
from networks.asking import drawn
from networks.made import HETIONET, edge_list

MILLIONS = (0.1, 0.3, 1, 2.25, 4, 8)
RUNS = 3
WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 470, 24, 352
EDGES, SECONDS = (0.08e6, 10e6), (5e-5, 20)
MARK = '<circle cx="{:.1f}" cy="{:.1f}" r="3"/>'


class Line(NamedTuple):
    """What was measured: for each number of edges the median seconds."""

    title: str
    dash: str
    points: list[tuple[int, float]]


def grown(folder: Path, count: int) -> list[Line]:
    """Measure lists with Hetionet's kinds of edge, so many times its edges between √ so many its nodes."""
    from kg.engine.edgelist import read_edge_list

    lines = [
        Line("read the edge list", "", []),
        Line("10 best signed paths ≤ 6", "8 3", []),
        Line("all simple paths ≤ 4", "2 3", []),
        Line("a shortest signed path", "8 3 2 3", []),
    ]
    whole = sum(edges.count for edges in HETIONET.edges)
    for millions in MILLIONS:
        file = edge_list(HETIONET, folder, round(millions * 1e6 / whole, 3))
        taken = []
        for _ in range(RUNS):
            start = time.process_time()
            network = read_edge_list(file)
            taken.append(time.process_time() - start)
        signed = drawn(network, ("Compound", "Biological Process"), count)
        either = drawn(network, ("Compound", "Disease"), count)
        for question, pairs in ((kg_best, signed), (kg_simple, either), (kg_shortest, signed)):
            answer = question(network)
            each = []
            for pair in pairs:
                start = time.process_time()
                answer(*pair)
                each.append(time.process_time() - start)
            taken.append(statistics.median(each))
        for line, seconds in zip(lines, [statistics.median(taken[:RUNS]), *taken[RUNS:]], strict=True):
            line.points.append((network.arrows, seconds))
            print(f"{network.arrows:9,} edges {seconds * 1000:12.3f} ms  {line.title}", flush=True)
        print(f"load {os.getloadavg()[0]:.1f}")
    return lines


def draw(lines: list[Line], path: Path) -> None:
    """Write the plot: both axes by powers of ten, each line with its own dashes and its title at its end."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="Time against number of edges, both by powers of ten" '
        'font-family="sans-serif" font-size="12" fill="#222" stroke-width="1.5">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for millions in MILLIONS:
        x = _x(millions * 1e6)
        parts.append(f'<path d="M{x:.1f} {TOP}V{BOTTOM}" stroke="#ddd" fill="none"/>')
        parts.append(f'<text x="{x:.1f}" y="{BOTTOM + 18}" text-anchor="middle">{millions:g}</text>')
    for power, told in ((-4, "0.1 ms"), (-3, "1 ms"), (-2, "10 ms"), (-1, "0.1 s"), (0, "1 s"), (1, "10 s")):
        y = _y(10.0**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="#ddd" fill="none"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{told}</text>')
    middle = (LEFT + RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{BOTTOM + 38}" text-anchor="middle">edges, in millions</text>')
    for line in lines:
        places = [(_x(edges), _y(seconds)) for edges, seconds in line.points]
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
        parts.append(f'<path d="M{way}" fill="none" stroke="#222"{dash}/>')
        parts += [MARK.format(x, y) for x, y in places]
        parts.append(f'<text x="{RIGHT + 8}" y="{places[-1][1] + 4:.1f}">{line.title}</text>')
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", "utf-8")


def _x(edges: float) -> float:
    return LEFT + (RIGHT - LEFT) * _share(edges, EDGES)


def _y(seconds: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * _share(seconds, SECONDS)


def _share(value: float, ends: tuple[float, float]) -> float:
    return (log10(value) - log10(ends[0])) / (log10(ends[1]) - log10(ends[0]))
