"""Numbers as printed (`39 ± 8 SEM`, `>10,000`, `~1-10`, `15 - 17`, `Weak`) read without losing anything."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.model import ErrorKind, Quantity, Relation

_MOST_DIGITS = 30
_NUMBER = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d{1,30})?(?:(?<=\d)|(?=\.\d))(?:\.\d{1,30})?(?:[eE][-+−]?\d{1,3})?"
_RELATIONS: dict[str, Relation] = {
    "": "=", "=": "=", ">": ">", "<": "<", ">=": ">=", "≥": ">=", "<=": "<=", "≤": "<=", "~": "~", "≈": "~",
}  # fmt: skip
_AS_PRINTED = re.compile(
    rf"(?P<relation>>=|<=|[=<>≥≤~≈]?)\s*(?P<first>{_NUMBER})"
    rf"(?:\s*(?:±|\+/-)\s*(?P<error>(?![-−]){_NUMBER})(?:\s*\(?(?P<kind>S\.?D\.?|S\.?E\.?M\.?)\)?)?|\s*(?:-|–|—|to)\s*(?P<second>{_NUMBER}))?"
)

_NO_NUMBER = re.compile(
    r"[<>=≤≥~≈+−-]*\s*(?:nan|inf|infinity|n/?a|null|none|nil|-+)|[<>=≤≥~≈±+−-]+", re.IGNORECASE
)
"""What programs write where there is no number, or a sign that lost its own; it is no finding in words."""

_POWER = re.compile(r"(?<![\d.,])10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})")
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
"""A power of ten as printed: `10⁻⁵`."""


def parse_quantity(text: str) -> Quantity | None:
    """Read a printed number; text without a digit is qualitative, anything else unreadable is None.

    Checks nothing: an inverted range or a negative number is read as it stands, for the rules to report.

    >>> parse_quantity("> 10,000").relation, parse_quantity("39 ± 8").error
    ('>', Decimal('8'))
    """
    text = text.strip()
    if _NO_NUMBER.fullmatch(text):
        return None
    if not re.search(r"\d", text):
        return Quantity(text=text, relation="qualitative") if text else None
    match = _AS_PRINTED.fullmatch(_POWER.sub(_in_digits, text))
    if match is None:
        return None
    relation = _RELATIONS[match["relation"]]
    first, second, error = (_decimal(match[name]) for name in ("first", "second", "error"))
    if any(number is not None and abs(number.adjusted()) > _MOST_DIGITS for number in (first, second, error)):
        return None
    if second is None:
        kind = None if error is None else _error_kind(match["kind"])
        return Quantity(text=text, relation=relation, value=first, error=error, error_kind=kind)
    if relation not in ("=", "~"):
        return None
    return Quantity(text=text, relation="~" if relation == "~" else "range", low=first, high=second)


def meant(text: str) -> str | None:
    """Return what an unreadable number probably means, or None: decimal commas, spaces at the thousands.

    It is only a hint: `1.000,5` may be a misprint of something else.

    >>> meant("1.000,5"), meant("1 000"), meant("5 nM")
    ('1000.5', '1000', None)
    """
    joined = re.sub(r"(?<=\d)['’\s](?=\d{3}\b)", "", text)
    swapped = re.sub(r"\.(?=\d{3}\b)", "", joined).replace(",", ".")
    return next((one for one in (joined, swapped, joined.replace(",", "")) if _is_number(one)), None)


def _is_number(text: str) -> bool:
    quantity = parse_quantity(text)
    return quantity is not None and quantity.relation != "qualitative"


def _error_kind(printed: str | None) -> ErrorKind:
    return "unstated" if printed is None else "SEM" if "E" in printed else "SD"


def _in_digits(power: re.Match[str]) -> str:
    return f"1e{power[1].translate(_RAISED)}"


def _decimal(digits: str | None) -> Decimal | None:
    return Decimal(digits.replace(",", "").replace("−", "-")) if digits else None


def looks_flattened(quantity: Quantity) -> bool:
    """Tell whether a number looks like a bound that lost its sign: 10001 for `>10000`, as in some exports.

    >>> looks_flattened(parse_quantity("10001")), looks_flattened(parse_quantity(">10001"))
    (True, False)
    """
    number = quantity.value
    return quantity.relation == "=" and number is not None and number > 1000 and number % 1000 == 1


def interval(quantity: Quantity) -> tuple[Decimal | None, Decimal | None] | None:
    """Return the lowest and highest value the print allows (None: unbounded), or None without a number.

    An error term is not a bound and does not widen the interval.
    """
    match quantity.relation:
        case "qualitative":
            return None
        case ">" | ">=":
            return quantity.value, None
        case "<" | "<=":
            return Decimal(0), quantity.value
        case _ if quantity.value is not None:
            return quantity.value, quantity.value
        case _:
            return quantity.low, quantity.high
