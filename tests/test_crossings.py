"""Of several drawings the clearest is kept: never more crossings than at first, always the same one."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from itertools import pairwise
from math import pi

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenes import IMIPRAMINE, picture
from test_views import intruders, mechanisms, overlapping, small, trespassing

from kg.views import layout, search
from kg.views.crossings import cost, crossings, line_of, meetings, turning
from kg.views.geometry import Curve, Rect, straight
from kg.views.plan import Link, Place, Spot
from kg.views.rows import rows_of
from kg.views.scene import Scene
from kg.views.slack import choices, loosened
from kg.views.untangling import untangled

SHIPPED = 11
"""As many crossings has Graphviz in all, when it is free of compartments and rows."""


def crossed(drawn: Scene) -> int:
    return crossings({edge.id: edge.points for edge in drawn.edges if edge.points})


def test_shipped_diagrams_cross_no_more_than_graphviz_does_without_compartments(graph):
    found = {name: crossed(graph.view(name).scene) for name in (*graph.mechanisms, *graph.workflows)}
    assert sum(found.values()) <= SHIPPED, found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(mechanisms())
def test_random_mechanisms_cross_no_more_than_the_first_drawing(made):
    entities, said, compartments = made
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "rounded", lambda point: point)
        best = small(entities, said, compartments)
        patch.setattr(search, "TRIES", 1)
        patch.setattr(layout, "untangled", lambda curves, *_: dict(curves))
        first = small(entities, said, compartments)
    assert crossed(best) <= crossed(first)


def test_a_large_picture_is_drawn_only_once(monkeypatch):
    asked = []
    drawn_by_dot = search.drawn_by_dot
    monkeypatch.setattr(search, "drawn_by_dot", lambda *given: asked.append(1) or drawn_by_dot(*given))
    monkeypatch.setattr(search, "EFFORT", 3)
    drawn = picture(IMIPRAMINE)
    assert len(asked) == 1
    assert (overlapping(drawn), trespassing(drawn), intruders(drawn)) == ([], [], [])


def test_another_process_draws_the_same_picture():
    code = "import kg, sys; sys.stdout.write(kg.load().view('igmesine-calcium-mechanism').svg)"
    prints = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout
        prints.add(hashlib.sha256(out).hexdigest())
    assert len(prints) == 1


# ---- what is counted ------------------------------------------------------------------------------------


def test_arcs_that_cross_are_counted_and_those_that_only_meet_are_not():
    across = {"a": straight([(0, 0), (100, 100)]), "b": straight([(0, 100), (100, 0)])}
    assert crossings(across) == 1
    assert crossings(across | {"c": straight([(0, 20), (60, 200)])}) == 2
    assert crossings({"a": straight([(0, 0), (100, 100)]), "b": straight([(0, 0), (100, 0)])}) == 0
    assert crossings({"a": straight([(0, 0), (100, 0)]), "b": straight([(0, 9), (100, 9)]), "none": ()}) == 0


curves = st.lists(st.tuples(*[st.floats(0, 300)] * 2), min_size=7, max_size=7).map(tuple)


@settings(deadline=None)
@given(curves, curves)
def test_crossings_are_found_where_every_pair_of_stretches_is_compared(one, other):
    def points(curve):
        line = line_of(curve)
        return [] if line is None else [p for _, part in line.parts for p in pairwise(part)]

    def left(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    every = [(a, b, c, d) for a, b in points(one) for c, d in points(other)]
    found = sum(left(a, b, c) != left(a, b, d) and left(c, d, a) != left(c, d, b) for a, b, c, d in every)
    assert meetings(line_of(one), line_of(other)) == found


def test_a_turn_is_measured_in_radians():
    assert turning(straight([(0, 0), (50, 20)])) == pytest.approx(0, abs=1e-6)
    assert turning(straight([(0, 0), (100, 0), (100, 100)])) == pytest.approx(pi / 2, abs=0.02)


def test_crossings_long_ways_and_crooked_chains_cost_more():
    boxes = {"a": Rect(0, 0, 40, 20), "b": Rect(0, 60, 40, 80)}
    links = [Link("l", "a", "b")]
    plain = {"l": straight([(20, 20), (20, 60)])}
    least = cost(plain, boxes, links, [])
    assert cost({"l": straight([(20, 20), (90, 40), (20, 60)])}, boxes, links, []) > least
    assert cost(plain, boxes | {"b": Rect(30, 60, 70, 80)}, links, []) > least + 30
    assert cost(plain, boxes, links, [(frozenset({"c"}), Rect(10, 30, 30, 50))]) > least
    assert cost(plain, boxes, links, [(frozenset({"a"}), Rect(10, 30, 30, 50))]) == least


# ---- what is tried --------------------------------------------------------------------------------------

BANDS = [Place("outside", "band"), Place("membrane", "membrane"), Place("inside", "band")]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["outside", "membrane", "inside"]), min_size=1, max_size=9),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14),
    st.integers(0, 99),
)
def test_boxes_change_rows_within_their_band_and_no_arc_is_turned_round(homes, ends, seed):
    spots = [Spot(f"s{index}", 80, 30, home) for index, home in enumerate(homes)]
    count = len(spots)
    links = [Link(f"l{n}", f"s{a % count}", f"s{b % count}") for n, (a, b) in enumerate(ends)]
    roots = {place.id: place.id for place in BANDS}
    rows = rows_of(spots, BANDS, roots, links)
    other = loosened(spots, BANDS, BANDS, links, rows, random.Random(seed))
    home = {spot.id: spot.place for spot in spots}
    for name, row in other.of.items():
        first, last = other.spans[home[name]]
        assert first <= row <= last
    assert other.spans["membrane"][0] == other.spans["membrane"][1]
    assert set(other.of.values()) | {row for span in other.spans.values() for row in span} == set(
        range(other.spans["inside"][1] + 1)
    )
    for link in links:
        a, b = link.source, link.target
        if home[a] == home[b] and rows.of[a] < rows.of[b]:
            assert other.of[a] < other.of[b]


def test_only_boxes_with_room_have_a_choice_of_rows():
    spots = [Spot(name, 80, 30, "inside") for name in ("a", "b", "c", "side")]
    links = [Link("1", "a", "b"), Link("2", "b", "c"), Link("3", "side", "c")]
    rows = rows_of(spots, BANDS, {"inside": "inside"}, links)
    assert choices(spots, BANDS, BANDS, links, rows) == [("side", rows.of["a"])]


# ---- what is drawn another way --------------------------------------------------------------------------


def redrawn(curves: dict[str, Curve], links: list[Link], boxes: dict[str, Rect], organelles=()) -> dict:
    return untangled(curves, links, boxes, organelles)


BOXES = {"a": Rect(0, 0, 100, 30), "b": Rect(0, 200, 100, 230), "c": Rect(200, 200, 300, 230)}
LINKS = [Link("left", "a", "b"), Link("right", "a", "c")]
TANGLED = {
    "left": straight([(80, 30), (80, 200)]),
    "right": straight([(20, 30), (20, 120), (250, 120), (250, 200)]),
}


def test_arcs_that_cross_behind_their_box_are_drawn_apart():
    assert crossings(TANGLED) == 1
    found = redrawn(TANGLED, LINKS, BOXES)
    assert crossings(found) == 0


def test_clear_arcs_stay_as_they_are():
    clear = {"left": straight([(50, 30), (50, 200)]), "right": straight([(80, 30), (250, 200)])}
    assert redrawn(clear, LINKS, BOXES) == clear


def test_no_arc_is_drawn_through_a_box_or_a_foreign_organelle():
    wide = Rect(-400, 90, 500, 140)
    walled = BOXES | {"wall": wide}
    assert redrawn(TANGLED, LINKS, walled) == TANGLED
    assert redrawn(TANGLED, LINKS, BOXES, [(frozenset({"other"}), wide)]) == TANGLED
    assert crossings(redrawn(TANGLED, LINKS, BOXES, [(frozenset({"a"}), wide)])) == 0


def test_an_arc_over_a_row_goes_below_it_where_it_crosses_nothing():
    boxes = {name: Rect(x, 100, x + 80, 130) for name, x in (("a", 0), ("b", 110), ("c", 220))}
    boxes["top"] = Rect(110, 0, 190, 30)
    links = [Link("over", "a", "c"), Link("down", "top", "b")]
    curves = {
        "over": ((60, 100), (80, 60), (110, 60), (150, 60), (190, 60), (220, 60), (240, 100)),
        "down": straight([(150, 30), (150, 100)]),
    }
    assert crossings(curves) == 1
    found = redrawn(curves, links, boxes)
    assert crossings(found) == 0
    assert max(y for _, y in found["over"]) > 130
