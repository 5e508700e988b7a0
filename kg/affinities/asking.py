"""Concentrations as a question gives them (`100nM`, `39 ± 8 nM`): read with their unit, or refused."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.amounts import Amount, amount_of, widened
from kg.model import Frozen, Quantity
from kg.names import nearest
from kg.problems import NoAmount
from kg.quantity import meant, parse_quantity
from kg.vocabulary import Vocabulary

_UNIT = re.compile(
    r"(?P<number>.*[\d.])\s*(?P<kind>\(?S\.?(?:D|E\.?M)\.?\)?)?\s*(?P<unit>[^\d\s.].*)?", re.DOTALL
)


class Asked(Frozen, frozen=True):
    """A concentration as it was given."""

    quantity: Quantity
    unit: str
    to_molar: Decimal

    @property
    def molar(self) -> Amount:
        """Return it in mol/L; the error does not widen it."""
        return amount_of(self.quantity, self.to_molar)

    @property
    def molar_with_error(self) -> Amount:
        """Return it in mol/L, one error term to either side."""
        return widened(self.quantity, self.to_molar)

    @property
    def printed(self) -> str:
        """Return it as given, with its unit."""
        return f"{self.quantity.text} {self.unit}"


def read_concentration(text: str, vocabulary: Vocabulary) -> Asked:
    """Return a number with its unit; raises `NoAmount`, with what was probably meant, where it is none."""
    match = _UNIT.fullmatch(text.strip())
    if match is None:
        raise NoAmount(f"`{text}` is no concentration; write a number and a unit, such as 100 nM")
    if not match["unit"]:
        raise NoAmount(f"`{text}` has no unit; nM and µM differ by a factor of a thousand")
    unit = vocabulary.unit(match["unit"])
    known = {row.notation for row in vocabulary.units.values() if row.to_molar is not None}
    if unit is None or unit.to_molar is None:
        near = nearest(match["unit"], sorted(known)) or sorted(known)
        raise NoAmount(f"`{match['unit']}` is no unit of concentration; did you mean {' or '.join(near)}?")
    quantity = parse_quantity(" ".join(part for part in (match["number"], match["kind"]) if part))
    if quantity is None:
        probably = meant(match["number"])
        hint = f"; was it {probably}?" if probably else ": 79, >10,000, 39 ± 8, 15 - 17, ~5"
        raise NoAmount(f"`{match['number']}` is not a number as printed{hint}")
    asked = Asked(quantity, unit.notation, unit.to_molar)
    amount_of(quantity, unit.to_molar)
    return asked
