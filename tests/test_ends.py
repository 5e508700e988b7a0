"""Heads of arcs stand apart at a box, and names are whole: two things a reader stumbles over otherwise."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import IGMESINE, IMIPRAMINE, picture, statement
from test_views import drugs, small, trespassing

from kg.views.ends import GAP, apart, separated
from kg.views.geometry import Rect
from kg.views.plan import Link
from kg.views.scene import Scene
from kg.views.text import whole, width_of, wrap

BOXES = {"a": Rect(0, 0, 100, 30), "b": Rect(200, 0, 300, 30), "c": Rect(100, 200, 200, 240)}


def blots(drawn: Scene) -> list[tuple[str, str]]:
    """Return pairs of arcs whose heads cover each other at one box."""
    ends = [(edge.target, edge.points[-1], edge.id) for edge in drawn.edges if edge.points]
    return [(a[2], b[2]) for a, b in combinations(ends, 2) if a[0] == b[0] and dist(a[1], b[1]) < 9]


def line(start: tuple[float, float], end: tuple[float, float]):
    (x, y), (u, v) = start, end
    return (start, (x + (u - x) / 3, y + (v - y) / 3), (x + (u - x) * 2 / 3, y + (v - y) * 2 / 3), end)


def test_heads_stand_apart_in_every_shipped_diagram(graph):
    shown = {name: graph.view(name).scene for name in (*graph.mechanisms, *graph.workflows)}
    assert {name: found for name, drawn in shown.items() if (found := blots(drawn))} == {}


@pytest.mark.parametrize("notation", [IGMESINE, IMIPRAMINE])
def test_heads_stand_apart_in_made_up_ones(notation):
    assert blots(picture(notation)) == []


def test_two_heads_on_one_corner_move_apart_in_the_order_they_come_from():
    links = [Link("left", "a", "c"), Link("right", "b", "c")]
    curves = {"left": line((50, 30), (150, 200)), "right": line((250, 30), (150, 200))}
    moved = apart(curves, links, BOXES)
    (x, y), (u, v) = moved["left"][-1], moved["right"][-1]
    assert (y, v) == (200, 200)
    assert u - x == pytest.approx(GAP)
    assert (moved["left"][0], moved["right"][0]) == (curves["left"][0], curves["right"][0])


def test_ends_that_lie_apart_stay_where_they_are():
    links = [Link("left", "a", "c"), Link("right", "b", "c")]
    curves = {"left": line((50, 30), (120, 200)), "right": line((250, 30), (180, 200))}
    assert apart(curves, links, BOXES) == curves


def test_tails_may_share_a_place():
    links = [Link("one", "a", "b"), Link("two", "a", "c")]
    curves = {"one": line((100, 15), (200, 15)), "two": line((100, 15), (150, 200))}
    assert apart(curves, links, BOXES) == curves


def test_an_end_is_not_moved_into_a_foreign_box():
    boxes = BOXES | {"wall": Rect(152, 150, 300, 199)}
    links = [Link("left", "a", "c"), Link("right", "a", "c")]
    curves = {"left": line((50, 30), (148, 200)), "right": line((50, 30), (150, 200))}
    moved = apart(curves, links, boxes)
    drawn = [boxes["wall"].holds(point) for curve in moved.values() for point in curve]
    assert not any(drawn)


def test_many_heads_at_a_small_box_share_its_side():
    names = [f"n{index}" for index in range(9)]
    drawn = small(drugs(*names, "hub"), [statement(name, "activates", "hub") for name in names])
    ends = sorted(edge.points[-1] for edge in drawn.edges)
    assert min(dist(a, b) for a, b in pairwise(ends)) > 2
    assert trespassing(drawn) == []


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8), st.floats(0, 12))
def test_separated_places_keep_gap_order_and_bounds(places, gap):
    found = separated(places, gap, 0.0, 100.0)
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(found))
    assert found[0] >= -1e-6 and found[-1] <= 100 + 1e-6
    if all(b - a >= gap for a, b in pairwise(places)):
        assert found == pytest.approx(places)


def test_no_name_is_cut_in_a_shipped_diagram(graph):
    shown = [graph.view(name).scene for name in (*graph.mechanisms, *graph.workflows)]
    assert [box.label for drawn in shown for box in drawn.boxes if "…" in "".join(box.lines)] == []


def test_a_box_grows_before_its_name_is_cut():
    name = "pathways and transmitter systems below the sigma-1 receptor"
    assert wrap(name, 14, 160)[-1].endswith("…")
    lines = whole(name, 14, 160)
    assert " ".join(lines) == name
    assert len(lines) == 3
    assert all(width_of(line, 14) <= 200 for line in lines)
    longest = whole("word " * 400, 14, 160)
    assert len(longest) == 6
    assert longest[-1].endswith("…")
    assert whole("imipramine", 14, 160) == wrap("imipramine", 14, 160)
    assert whole("to be … continued", 14, 160) == wrap("to be … continued", 14, 160)
