"""Measured values on a diagram page: which have a place on the axis, and how they are drawn there."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from scenes import VOCABULARY, measured, scene, statement
from test_browser import pytestmark, show  # noqa: F401 (fixtures)
from test_views import HERE, PAYLOADS, drugs

from kg.model import Measurement, Mechanism
from kg.quantity import parse_quantity
from kg.views.claims import Span, span_of
from kg.views.scene import Scene


def value_of(text: str, unit: str | None = "nM", **fields: object) -> Measurement:
    quantity = parse_quantity(text)
    return msgspec.structs.replace(measured("a", "b"), id=text, quantity=quantity, unit=unit, **fields)


@pytest.mark.parametrize(
    ("text", "unit", "span"),
    [
        ("39 ± 8", "nM", Span(3.9e-08, 3.9e-08, 8e-09, False)),
        ("15 - 37", "nM", Span(1.5e-08, 3.7e-08, None, False)),
        ("~1-10", "nM", Span(1e-09, 1e-08, None, True)),
        (">10,000", "nM", Span(1e-05, None, None, False)),
        ("<2", "µM", Span(None, 2e-06, None, False)),
        ("0.5", "µM", Span(5e-07, 5e-07, None, False)),
        ("0", "nM", None),
        ("-1", "nM", None),
        ("0 - 5", "nM", None),
        ("50", "%", None),
        ("7", "h", None),
        ("50", None, None),
        ("50", "bananas", None),
        ("Weak", "nM", None),
    ],
)
def test_a_concentration_has_a_place_on_the_axis_and_nothing_else_has(text, unit, span):
    assert span_of(value_of(text, unit), VOCABULARY.units) == span


def measured_scene(*values: Measurement) -> Scene:
    said = [statement("a", "inhibits", "b")]
    mechanism = Mechanism("m", "A title", HERE, (), (said[0].id,))
    return scene(mechanism, drugs("a", "b"), said, measurements=values, units=VOCABULARY.units)


def test_values_are_plotted_as_dots_bars_and_arrows_and_still_listed(show):
    texts = ["1", "10", "100", "39 ± 8", "5 ± 9", "15 - 37", "> 100", "<2"]
    page = show(measured_scene(*(value_of(text) for text in texts), value_of("50", "%")))
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    drawn = page.run("""[...document.querySelectorAll('.plot .row')].map((row) => ({
      dots: [...row.querySelectorAll('circle')].map((dot) => [Number(dot.getAttribute('cx')), dot.classList.contains('open')]),
      bars: row.querySelectorAll('.bar').length, heads: row.querySelectorAll('.head').length,
      text: row.querySelector('title').textContent}))""")
    assert [row["text"].startswith(f"Ki {text} nM") for row, text in zip(drawn, texts, strict=True)] == [
        True
    ] * len(texts)
    one, ten, hundred = (row["dots"][0][0] for row in drawn[:3])
    assert ten - one == pytest.approx(hundred - ten, abs=0.2)
    assert [(len(row["dots"]), row["bars"], row["heads"]) for row in drawn] == [
        (1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 4, 0), (1, 3, 1), (0, 3, 0), (1, 1, 1), (1, 1, 1),
    ]  # fmt: skip
    assert [row["dots"][0][1] for row in drawn[6:]] == [True, True]
    ticks = page.run("[...document.querySelectorAll('.plot .tick')].map((tick) => tick.textContent)")
    assert ticks == ["1 nM", "10 nM", "100 nM"]
    label = page.run("document.querySelector('.plot').getAttribute('aria-label')")
    assert label == "8 measured concentrations on a logarithmic axis from 1 nM to 100 nM; listed below"
    assert page.run("document.querySelectorAll('#selection .claim li b').length") == len(texts) + 1
    assert page.logged == []


def test_wide_and_lone_values_keep_the_axis_readable(show):
    page = show(measured_scene(value_of("1", "pM"), value_of("5", "M"), value_of("1e-30", "pM")))
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    at = page.run(
        "[...document.querySelectorAll('.plot .tick')].map((tick) => Number(tick.getAttribute('x')))"
    )
    assert 2 <= len(at) <= 7
    assert all(other - one > 30 for one, other in pairwise(at))
    page = show(measured_scene(value_of("10")))
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    assert page.run("[...document.querySelectorAll('.plot .tick')].map((tick) => tick.textContent)") == [
        "10 nM",
        "100 nM",
    ]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_stay_text_in_a_plot(show, payload):
    quantity = msgspec.structs.replace(parse_quantity("5"), text=payload)
    page = show(
        measured_scene(
            msgspec.structs.replace(value_of("5"), quantity=quantity, parameter=payload, ligand=payload)
        )
    )
    page.run("diagram.select({kind: 'edge', id: 'e0'})")
    names = page.run(
        "[...new Set([...document.querySelectorAll('.plot *')].map((part) => part.tagName))].sort()"
    )
    assert names == ["circle", "g", "path", "text", "title"]
    assert page.run("document.querySelector('.plot').getBoundingClientRect().width") < 400
    assert (page.logged, page.outside()) == ([], [])
