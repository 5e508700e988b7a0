"""Exact amounts: intervals that enclose the truth, bounds that stay bounds, refusals that say why."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.amounts import Amount, amount_of, envelope, geometric_mean, potency, rounded, widened, written
from kg.problems import NoAmount
from kg.quantity import parse_quantity

POSITIVE = st.fractions(Fraction(1, 10**9), 10**9, max_denominator=10**9)


def read(text: str) -> Amount:
    return amount_of(parse_quantity(text))


@st.composite
def truths(draw) -> tuple[Fraction, Amount]:
    """A number, and an interval that holds it: a point, a range or a bound to either side."""
    number, other = draw(POSITIVE), draw(POSITIVE)
    kind = draw(st.sampled_from(["point", "above", "below", "range"]))
    if kind == "point":
        return number, Amount(number, number)
    if kind == "above":
        return number, Amount(min(number, other), None)
    if kind == "below":
        return number, Amount(Fraction(0), max(number, other), low_open=True)
    return number, Amount(min(number, other), max(number, other))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("10", "2", "5"),
        (">10,000", "79", ">126"),
        ("79", ">10,000", "<0.0079"),
        ("15 - 37", "0.9 - 4.6", "3.2–42"),
        ("~10-100", "~1-10", "~1–100"),
        (">10", ">10", "any"),
        ("<3", "6", "<0.5"),
        (">=3", "6", "≥0.5"),
    ],
)
def test_a_ratio_of_a_bound_is_a_bound_and_of_a_range_a_range(one, other, ratio):
    assert str(read(one).over(read(other))) == ratio


@pytest.mark.parametrize(
    ("texts", "mean"),
    [
        (["10", "1000"], "100"),
        (["10", ">1000"], ">100"),
        (["10", "<1000"], "<100"),
        (["1 - 4", "9 - 16"], "3–8"),
        (["2", "3"], "2.4"),
        (["~10", "10"], "~10"),
    ],
)
def test_a_mean_of_bounds_is_a_bound(texts, mean):
    found = geometric_mean([read(text) for text in texts])
    assert str(found) == mean


def test_lower_and_upper_bounds_together_have_no_mean():
    with pytest.raises(NoAmount, match="leave the mean open"):
        geometric_mean([read(">10"), read("<3"), read("5")])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Weak", "no number"),
        ("0", "above zero"),
        ("-5", "above zero"),
        ("<0", "above zero"),
        ("17 - 15", "inverted"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text, why):
    with pytest.raises(NoAmount, match=why):
        read(text)


def test_an_error_widens_only_where_asked_and_never_below_zero():
    assert str(read("39 ± 8")) == "39"
    assert str(widened(parse_quantity("39 ± 8"))) == "31–47"
    assert str(widened(parse_quantity("5 ± 9"))) == "≤14"
    assert widened(parse_quantity("39")).is_point


def test_an_envelope_is_from_lowest_to_highest_and_keeps_what_is_open():
    assert str(envelope([read("8,500"), read(">10,000")])) == "≥8,500"
    assert str(envelope([read("1.4"), read("~1-10"), read("79")])) == "~1–79"
    assert str(envelope([read("0.9"), read("~1-10"), read("79")])) == "0.9–79"
    assert envelope([read("<5"), read("3")]) == read("<5")


@settings(deadline=None)
@given(truths(), truths())
def test_ratio_and_product_hold_the_true_ones(one, other):
    assert one[1].over(other[1]).holds(one[0] / other[0])
    assert one[1].by(other[1]).holds(one[0] * other[0])
    assert one[1].inverse().holds(1 / one[0])


@settings(deadline=None)
@given(st.lists(truths(), min_size=1, max_size=5))
def test_a_mean_holds_the_true_one(found):
    try:
        mean = geometric_mean([amount for _, amount in found])
    except NoAmount:
        assume(False)
    product = Fraction(1)
    for number, _ in found:
        product *= number
    assert mean.low ** len(found) <= product
    assert mean.high is None or product <= mean.high ** len(found)


@settings(deadline=None)
@given(st.lists(truths(), min_size=2, max_size=4))
def test_the_order_of_values_never_matters(found):
    amounts = [amount for _, amount in found]
    assert len({envelope(order) for order in permutations(amounts)}) == 1
    try:
        assert len({geometric_mean(order) for order in permutations(amounts)}) == 1
    except NoAmount:
        assert any(amount.high is None for amount in amounts)


@settings(deadline=None)
@given(truths())
def test_potency_encloses_and_writing_rounds_outwards(found):
    number, amount = found
    low, high = potency(amount)
    assert low is None or low <= _exact_log(number)[1]
    assert high is None or high >= _exact_log(number)[0]
    text = written(amount).replace(",", "")
    if "–" in text:
        least, most = map(Fraction, text.split("–"))
        assert least <= amount.low <= amount.high <= most


def _exact_log(number: Fraction) -> tuple[Decimal, Decimal]:
    found = -(Decimal(number.numerator) / Decimal(number.denominator)).log10()
    return found - Decimal("1e-20"), found + Decimal("1e-20")


def test_powers_of_ten_have_whole_potencies():
    assert potency(read("10").times(Decimal("1e-9"))) == (Decimal(8), Decimal(8))
    assert potency(read(">10,000").times(Decimal("1e-9"))) == (None, Decimal(5))


@settings(deadline=None)
@given(st.decimals("0.000001", 10**6, places=6), st.sampled_from(["1e-3", "1e-6", "1e-9", "1e-12"]))
def test_conversion_to_another_unit_and_back_changes_nothing(number, factor):
    amount = Amount(Fraction(number), Fraction(number))
    assert amount.times(Decimal(factor)).times(1 / Fraction(Decimal(factor))) == amount


@settings(deadline=None)
@given(POSITIVE, st.integers(1, 8))
def test_rounding_is_outward_and_close(number, digits):
    down, up = (Fraction(rounded(number, digits, down=way).replace(",", "")) for way in (True, False))
    assert down <= number <= up
    assert up - down <= number / 10 ** (digits - 1)
