"""Ki from IC50 by the equation of Cheng and Prusoff, with intervals carried through and assumptions told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kg.affinities.asking import Asked, read_concentration
from kg.amounts import Amount, written
from kg.graph import Graph
from kg.model import Frozen, Material, Protocol, Setting
from kg.problems import NoAmount
from kg.rich import Shown

EQUATION = "Ki = IC50 / (1 + [L]/Kd)"
SOURCE = (
    "Cheng Y, Prusoff WH (1973) Relationship between the inhibition constant (KI) and the concentration of "
    "inhibitor which causes 50 per cent inhibition (I50) of an enzymatic reaction. "
    "Biochem Pharmacol 22:3099–3108, doi:10.1016/0006-2952(73)90196-2"
)
ASSUMPTIONS = (
    "competition for one site, reversible, Hill slope 1",
    "equilibrium was reached",
    "[L] is the free concentration of the radioligand: binding uses up little of it, and of the competitor",
    "Kd is that of the radioligand under the conditions of this assay",
    "IC50 is of specific binding",
)
_ABOUT_ONE = Amount(Fraction(1), Fraction(1), approximate=True)
_AT_KD = re.compile(r"(?:near|at|about|close to|equal to|around) (?:its|the) K_?d", re.IGNORECASE)


class Converted(Shown, Frozen, frozen=True):
    """A Ki in mol/L; `with_errors` has the printed errors to either side, where there are any.

    `ratio` is [L]/Kd, and `given` tells where it came from.
    """

    ic50: Amount
    ratio: Amount
    ki: Amount
    with_errors: Amount | None
    given: str

    def __repr__(self) -> str:
        ki, ic50 = (written(one, Fraction(1, 10**9)) for one in (self.ki, self.ic50))
        return f"<Ki {ki} nM from IC50 {ic50} nM>"


def cheng_prusoff(ic50: Amount, ratio: Amount) -> Amount:
    """Return IC50 / (1 + [L]/Kd) from an IC50 and the ratio [L]/Kd.

    >>> from fractions import Fraction
    >>> ten, one = Amount(Fraction(10), Fraction(10)), Amount(Fraction(1), Fraction(1))
    >>> str(cheng_prusoff(ten, one))
    '5'
    """
    return ic50.over(ratio.plus(1))


def converted(ic50: Asked, radioligand: Asked, kd: Asked) -> Converted:
    """Return the Ki of an IC50 measured against this much of a radioligand with this Kd."""
    return _converted(ic50, *_ratios(radioligand, kd), f"[L] {radioligand.printed}, Kd {kd.printed}")


def by_protocol(
    graph: Graph, protocol: Protocol, ic50: Asked, *, ligand: str | None = None, kd: Asked | None = None
) -> Converted:
    """Return the Ki of an IC50 measured as a protocol says, its steps resolved.

    The protocol says how much radioligand it uses, perhaps «near its Kd»; the Kd must be given otherwise.
    Raises `NoAmount` telling what the protocol leaves open.
    """
    material = _radioligand(protocol, ligand)
    used = next(_concentrations(protocol, material), None)
    if used is None:
        raise NoAmount(f"{protocol.id} does not say at which concentration it uses {material.name}")
    if _AT_KD.search(used.quantity.text):
        given = f"{protocol.id}: {material.name} {used.printed}, so that [L]/Kd is about 1"
        return _converted(ic50, _ABOUT_ONE, _ABOUT_ONE, given)
    if kd is None:
        raise NoAmount(f"{protocol.id} uses {used.printed} of {material.name}, and not its Kd: give --kd")
    radioligand = read_concentration(f"{used.quantity.text} {used.unit or ''}", graph.vocabulary)
    given = f"{protocol.id}: {material.name} {used.printed}, Kd {kd.printed}"
    return _converted(ic50, *_ratios(radioligand, kd), given)


def _radioligand(protocol: Protocol, ligand: str | None) -> Material:
    """Return the radioligand of a protocol, the one asked for where it has several."""
    found = [material for material in protocol.materials if material.role == "radioligand"]
    chosen = [material for material in found if ligand in (None, material.entity)]
    if len(chosen) != 1:
        names = ", ".join(material.entity or material.name for material in found)
        raise NoAmount(f"{protocol.id} has these radioligands: {names or 'none'}; choose one by --ligand")
    return chosen[0]


def _concentrations(protocol: Protocol, material: Material) -> Iterator[Setting]:
    """Yield what a protocol says of a radioligand's concentration: with the material, then in its steps."""
    own = (setting for setting in material.parameters if setting.name.endswith("concentration"))
    yield from own
    for step in protocol.steps:
        for part in (step, *step.parts):
            for setting in part.parameters:
                if setting.of == "radioligand" and setting.name.endswith("concentration"):
                    yield setting


def _ratios(radioligand: Asked, kd: Asked) -> tuple[Amount, Amount]:
    """Return [L]/Kd, and the same with the errors of both to either side."""
    return radioligand.molar.over(kd.molar), radioligand.molar_with_error.over(kd.molar_with_error)


def _converted(ic50: Asked, ratio: Amount, widest: Amount, given: str) -> Converted:
    ki = cheng_prusoff(ic50.molar, ratio)
    broad = cheng_prusoff(ic50.molar_with_error, widest)
    return Converted(ic50.molar, ratio, ki, None if broad == ki else broad, given)
