"""Exact amounts: what a printed number allows as an interval of fractions, calculated with and written again.

An amount is never negative. Its ends are exact, and what cannot be exact (roots, logarithms) is rounded
outwards, so that an interval always encloses the truth. An error term is no bound and does not widen it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, Inexact
from fractions import Fraction
from functools import reduce

from kg.model import Frozen, Quantity
from kg.problems import NoAmount
from kg.quantity import interval

_DIGITS = 30
_NOTHING = Fraction(1, 10**20)
"""Relative width of what is one number but for the rounding of a root."""
_FEWEST, _MOST = 2, 12
Number = Fraction | Decimal | int


class Amount(Frozen, frozen=True):
    """An interval from `low` to `high` (None: no upper bound); an open end does not belong to it.

    A `low` of 0 is no lower bound. `approximate` tells that a print said «~», `digits` how many digits the
    shortest print had.

    >>> from kg.quantity import parse_quantity
    >>> ten, bound = (amount_of(parse_quantity(text)) for text in ("10", ">10,000"))
    >>> str(bound.over(ten)), str(ten.over(bound))
    ('>1,000', '<0.001')
    """

    low: Fraction
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False
    digits: int = _MOST

    @property
    def is_point(self) -> bool:
        """Tell whether it is one number."""
        return self.low == self.high

    @property
    def is_bound(self) -> bool:
        """Tell whether one end is missing."""
        return self.high is None or self.low == 0

    def holds(self, number: Number) -> bool:
        """Tell whether a number lies in it."""
        above = number >= self.low if not self.low_open else number > self.low
        return above and (
            self.high is None or (number <= self.high if not self.high_open else number < self.high)
        )

    def times(self, factor: Number) -> Amount:
        """Return it multiplied by an exact positive number."""
        by = Fraction(factor)
        return self._with(self.low * by, None if self.high is None else self.high * by)

    def plus(self, number: Number) -> Amount:
        """Return it with an exact number added that is not negative."""
        by = Fraction(number)
        return self._with(self.low + by, None if self.high is None else self.high + by)

    def _with(self, low: Fraction, high: Fraction | None) -> Amount:
        return Amount(low, high, self.low_open, self.high_open, self.approximate, self.digits)

    def inverse(self) -> Amount:
        """Return 1 divided by it: a lower bound becomes an upper one."""
        return Amount(
            low=Fraction(0) if self.high is None else 1 / self.high,
            high=1 / self.low if self.low else None,
            low_open=self.high is None or self.high_open,
            high_open=self.low_open,
            approximate=self.approximate,
            digits=self.digits,
        )

    def by(self, other: Amount) -> Amount:
        """Return the product of two independent amounts."""
        unbounded = self.high is None or other.high is None
        return Amount(
            low=self.low * other.low,
            high=None if self.high is None or other.high is None else self.high * other.high,
            low_open=self.low_open or other.low_open,
            high_open=not unbounded and (self.high_open or other.high_open),
            approximate=self.approximate or other.approximate,
            digits=min(self.digits, other.digits),
        )

    def over(self, other: Amount) -> Amount:
        """Return the ratio of two independent amounts: with a bound in it, it is a bound."""
        return self.by(other.inverse())

    def __str__(self) -> str:
        return written(self)


def amount_of(quantity: Quantity, factor: Number = 1) -> Amount:
    """Return what a printed number allows, times a factor to another unit.

    Raises `NoAmount` where there is no number, or none that an amount can have.
    """
    ends = interval(quantity)
    if ends is None:
        raise NoAmount(f"`{quantity.text}` is no number")
    low, high = (None if end is None else Fraction(end) * Fraction(factor) for end in ends)
    if (low is not None and low < 0) or (high is not None and high <= 0):
        raise NoAmount(f"`{quantity.text}` is not above zero")
    if low is not None and high is not None and low > high:
        raise NoAmount(f"`{quantity.text}` is an inverted range")
    numbers = (quantity.value, quantity.low, quantity.high)
    return Amount(
        low=low or Fraction(0),
        high=high,
        low_open=quantity.relation == ">" or not low,
        high_open=quantity.relation == "<",
        approximate=quantity.relation == "~",
        digits=min(significant(number) for number in numbers if number is not None),
    )


def widened(quantity: Quantity, factor: Number = 1) -> Amount:
    """Return a printed number with one error term to either side of it; without one, as `amount_of`."""
    amount = amount_of(quantity, factor)
    if quantity.error is None or amount.high is None:
        return amount
    by = Fraction(quantity.error) * Fraction(factor)
    low = max(Fraction(0), amount.low - by)
    return Amount(low, amount.high + by, not low, amount.high_open, amount.approximate, amount.digits)


def significant(number: Decimal) -> int:
    """Return how many digits of a number are significant as written.

    >>> significant(Decimal("0.040")), significant(Decimal("8500"))
    (2, 4)
    """
    return len(str(abs(int(number.scaleb(-int(number.as_tuple().exponent))))))


def envelope(amounts: Sequence[Amount]) -> Amount:
    """Return the least interval that encloses all of them: from the lowest to the highest, never a mean.

    It is approximate where one of its own ends is.
    """
    if not amounts:
        raise NoAmount("there is no value")
    low = min(amounts, key=lambda one: (one.low, one.low_open, one.approximate))
    highest = [one for one in amounts if one.high is None] or amounts
    high = max(highest, key=lambda one: (one.high or Fraction(0), not one.high_open, not one.approximate))
    return Amount(
        low=low.low,
        high=high.high,
        low_open=low.low_open,
        high_open=high.high_open,
        approximate=low.approximate or high.approximate,
        digits=max(one.digits for one in amounts),
    )


def geometric_mean(amounts: Sequence[Amount]) -> Amount:
    """Return the mean on the logarithmic scale, on which affinities are averaged.

    A lower bound among them makes the mean a lower bound, an upper one an upper. Raises `NoAmount` where
    both are among them, for then any mean is possible.
    """
    if not amounts:
        raise NoAmount("there is no value")
    unbounded, vanishing = any(one.high is None for one in amounts), any(one.low == 0 for one in amounts)
    if unbounded and vanishing:
        raise NoAmount("lower and upper bounds together leave the mean open")
    lows = _root(_product(one.low for one in amounts), len(amounts))
    highs = None if unbounded else _root(_product(one.high or Fraction(0) for one in amounts), len(amounts))
    return Amount(
        low=lows[0],
        high=highs and highs[1],
        low_open=any(one.low_open for one in amounts),
        high_open=not unbounded and any(one.high_open for one in amounts),
        approximate=any(one.approximate for one in amounts),
        digits=min(one.digits for one in amounts),
    )


def _product(numbers: Iterable[Fraction]) -> Fraction:
    return reduce(lambda one, other: one * other, numbers, Fraction(1))


def _root(number: Fraction, degree: int) -> tuple[Fraction, Fraction]:
    """Return the root of a number enclosed by two fractions, which are equal where it is exact."""
    if number == 0 or degree == 1:
        return number, number
    size = (len(str(number.numerator)) - len(str(number.denominator))) // degree
    scale = Fraction(10) ** (_DIGITS - size)
    scaled = number * scale**degree
    least = _whole_root(scaled.numerator // scaled.denominator, degree)
    exact = Fraction(least) ** degree == scaled
    return least / scale, (least if exact else least + 1) / scale


def _whole_root(number: int, degree: int) -> int:
    """Return the greatest whole number whose power is not above this one."""
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low


def potency(molar: Amount) -> tuple[Decimal | None, Decimal | None]:
    """Return the negative decimal logarithm of an amount in mol/L (pKi of a Ki), None where unbounded.

    >>> potency(Amount(Fraction(1, 10**8), Fraction(1, 10**8)))
    (Decimal('8'), Decimal('8'))
    """
    low = None if molar.high is None else _logarithm(molar.high, ROUND_CEILING)
    high = _logarithm(molar.low, ROUND_FLOOR) if molar.low else None
    return (None if low is None else -low), (None if high is None else -high)


def _logarithm(number: Fraction, rounding: str) -> Decimal:
    context = Context(prec=_DIGITS, rounding=rounding)
    found = context.divide(Decimal(number.numerator), Decimal(number.denominator)).log10(context)
    if not context.flags[Inexact]:
        return found
    return context.next_plus(found) if rounding == ROUND_CEILING else context.next_minus(found)


def written(amount: Amount, unit: Number = 1) -> str:
    """Return an amount in a unit of this size with the digits that its prints had, at least two.

    An interval is rounded outwards.

    >>> written(Amount(Fraction(1, 3), Fraction(2, 3), digits=2))
    '0.33–0.67'
    """
    digits = min(max(amount.digits, _FEWEST), _MOST)
    about = "~" if amount.approximate else ""
    low, high = amount.low / Fraction(unit), amount.high and amount.high / Fraction(unit)
    if high is None:
        sign = ">" if amount.low_open else "≥"
        return "any" if low == 0 else f"{sign}{about}{rounded(low, digits, down=True)}"
    if low == 0:
        return f"{'<' if amount.high_open else '≤'}{about}{rounded(high, digits, down=False)}"
    if high - low < low * _NOTHING:
        return f"{about}{rounded(low, digits)}"
    return f"{about}{rounded(low, digits, down=True)}–{rounded(high, digits, down=False)}"


def rounded(number: Fraction, digits: int, *, down: bool | None = None) -> str:
    """Return a number with so many significant digits, rounded down, up or (None) to the nearest.

    Whole numbers keep all their places, with commas at the thousands; ends after the point are cut.
    """
    if number == 0:
        return "0"
    places = digits - len(str(int(number))) if number >= 1 else digits + _zeros(number)
    scale = 10 ** max(places, 0)
    scaled = number * scale
    whole = round(scaled) if down is None else scaled.__floor__() if down else scaled.__ceil__()
    text = format(Decimal(whole).scaleb(-max(places, 0)), ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _zeros(number: Fraction) -> int:
    """Return how many zeros follow the point before the first digit of a number below 1."""
    found = len(str(number.denominator)) - len(str(number.numerator))
    return found - 1 if number * 10**found >= 1 else found


def written_potency(molar: Amount) -> str:
    """Return the negative logarithm of an amount in mol/L with two decimals, an interval rounded outwards.

    >>> written_potency(Amount(Fraction(1, 10**5), None, low_open=True))
    '<5.00'
    """
    low, high = potency(molar)
    about = "~" if molar.approximate else ""
    if high is None:
        return (
            "any" if low is None else f"{'>' if molar.high_open else '≥'}{about}{_decimals(low, ROUND_FLOOR)}"
        )
    if low is None:
        return f"{'<' if molar.low_open else '≤'}{about}{_decimals(high, ROUND_CEILING)}"
    if molar.is_point:
        return f"{about}{_decimals(low, ROUND_HALF_EVEN)}"
    return f"{about}{_decimals(low, ROUND_FLOOR)}–{_decimals(high, ROUND_CEILING)}"


def _decimals(number: Decimal, rounding: str) -> str:
    return str(number.quantize(Decimal("0.01"), rounding))
