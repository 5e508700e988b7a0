"""What a step is worth: factors between 0 and 1, each with its reason; a path's score is their product.

| factor | value | of what |
|---|---|---|
| length | 1/2 | every step is one more thing that may fail |
| certainty | 1; extrapolated 3/4; hedged 0.6 | the claim that gives the sign |
| basis | document 1; background 0.8 | that claim |
| documents | 1 − 0.2 / n | n documents that say it |
| source | 1; weak 0.8 | whether every place rests on a vendor, a forum, an encyclopaedia… only |
| affinity | pX / 9, from 0.4 to 1; not measured 0.8 | a drug's tightest Ki, Kd or IC50 at a protein |
| hub | (arrows from the cause × arrows to the effect) ^ −0.2 | both ends; Himmelstein & Baranzini 2015 |

The weights are a choice, not a measurement: they order paths for reading and prove nothing.
"""

from __future__ import annotations

from math import log2

import msgspec

from kg.model import Certainty

STEP = 0.5
CERTAINTY: dict[Certainty, float] = {"asserted": 1.0, "extrapolated": 0.75, "hedged": 0.6}
BACKGROUND = 0.8
WEAK = 0.8
UNMEASURED = 0.8
DAMPING = 0.2


class Factor(msgspec.Struct, frozen=True):
    """One part of a score and what it was taken from."""

    name: str
    value: float
    why: str


def documents_factor(count: int) -> Factor:
    """Return what independent documents are worth.

    >>> documents_factor(2).value
    0.9
    """
    return Factor("documents", 1 - 0.2 / max(count, 1), f"{count} document{'s' * (count != 1)}")


def affinity_factor(power: float | None, printed: str) -> Factor:
    """Return what an affinity is worth; `power` is its pX, the negative logarithm of mol/L.

    >>> round(affinity_factor(8.0, "Ki 10 nM").value, 2)
    0.89
    """
    if power is None:
        return Factor("affinity", UNMEASURED, printed)
    return Factor("affinity", min(1.0, max(0.4, power / 9)), printed)


def hub_factor(outgoing: int, incoming: int) -> Factor:
    """Return what passing through well-connected entities costs.

    >>> round(hub_factor(1, 32).value, 2)
    0.5
    """
    why = f"{outgoing} from the cause, {incoming} to the effect"
    return Factor("hub", float(max(outgoing * incoming, 1)) ** -DAMPING, why)


def cost_of(factors: tuple[Factor, ...]) -> float:
    """Return the factors as something to add up: −log2 of their product, at least 1."""
    return max(1.0, -sum(log2(factor.value) for factor in factors))
