"""Printed numbers keep relation, digits, error and range."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.quantity import interval, parse_quantity


@pytest.mark.parametrize(
    ("text", "relation", "value", "low", "high", "error"),
    [
        ("79", "=", "79", None, None, None),
        ("1.10", "=", "1.10", None, None, None),
        (">10,000", ">", "10000", None, None, None),
        ("> 10", ">", "10", None, None, None),
        ("≤5", "<=", "5", None, None, None),
        (".5", "=", "0.5", None, None, None),
        ("1e-9", "=", "1E-9", None, None, None),
        ("39 +/- 8", "=", "39", None, None, "8"),
        ("39 ± 8", "=", "39", None, None, "8"),
        ("15 - 17", "range", None, "15", "17", None),
        ("0.9–4.6", "range", None, "0.9", "4.6", None),
        ("~1-10", "~", None, "1", "10", None),
        ("~5", "~", "5", None, None, None),
        ("17 - 15", "range", None, "17", "15", None),
        ("-5", "=", "-5", None, None, None),
        ("> 39 ± 8", ">", "39", None, None, "8"),
        ("Weak inhibition", "qualitative", None, None, None, None),
    ],
)
def test_a_printed_number_keeps_everything_it_says(text, relation, value, low, high, error):
    quantity = parse_quantity(text)
    numbers = [
        None if n is None else str(n) for n in (quantity.value, quantity.low, quantity.high, quantity.error)
    ]
    assert (quantity.relation, *numbers) == (relation, value, low, high, error)
    assert quantity.text == text


@pytest.mark.parametrize(
    "text",
    [
        "39 nM",
        "1,00",
        "12 34",
        "> 5 - 7",
        "n=3",
        "1.2.3",
        "",
        "1e9999999999999999999",
        "1e400",
        "9" * 99,
    ],
)
def test_what_cannot_be_read_exactly_is_not_read(text):
    assert parse_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("39 ± 8", "unstated"),
        ("39 ± 8 SEM", "SEM"),
        ("39 +/- 8 (S.E.M.)", "SEM"),
        ("39 ± 8 (SD)", "SD"),
        ("39", None),
    ],
)
def test_an_error_says_what_it_is_or_that_it_does_not(text, kind):
    assert parse_quantity(text).error_kind == kind


def test_bounds_and_ranges_become_intervals_never_midpoints():
    read = {text: interval(parse_quantity(text)) for text in (">10", "<3", "2-4", "7", "weak")}
    assert read == {
        ">10": (Decimal(10), None),
        "<3": (Decimal(0), Decimal(3)),
        "2-4": (Decimal(2), Decimal(4)),
        "7": (Decimal(7), Decimal(7)),
        "weak": None,
    }


@given(st.decimals(0, 10**9, places=3, allow_nan=False), st.sampled_from(["", ">", "<", ">=", "<=", "~"]))
def test_digits_and_relation_survive(number, relation):
    quantity = parse_quantity(f"{relation}{number:,}")
    assert quantity.value == number
    assert str(quantity.value) == str(number)
    assert quantity.relation == (relation or "=")
