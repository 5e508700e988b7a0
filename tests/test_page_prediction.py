"""The page of a prediction: its marks say what is predicted, and none says what is claimed."""

from __future__ import annotations

import json

from pages import ink, marked, press_switch
from test_browser import pytestmark, show  # noqa: F401 (fixtures)


def test_marks_of_a_prediction_are_drawn_told_and_switched(show, graph):
    scene = graph.draw_what_if(graph.what_if(inhibit=["SERT"], drugs=["igmesine"])).scene
    page = show(scene)
    marks, _ = marked(page)
    assert marks == {name: [mark.direction for mark in found] for name, found in scene.marks.items()}
    assert marks["sert"] == ["set lowered"]
    assert {told for found in marks.values() for told in found} >= {"predicted both", "predicted unknown"}
    before = ink(page)
    press_switch(page, "mark:predicted raised")
    assert ink(page) != before
    assert ["predicted raised"] not in marked(page)[0].values()
    page.run(f"diagram.select({json.dumps({'kind': 'box', 'id': 'serotonin-release'})})")
    told = page.run("document.getElementById('selection').textContent")
    assert "↓ predicted lowered" in told
    assert "with SERT lowered: SERT takes up serotonin" in told
    assert page.logged == []
    assert page.outside() == []
