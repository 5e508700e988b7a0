"""The signs that steps and paths can have where claims oppose each other, and the answer over many paths.

A step whose claims oppose each other can have either sign, and so can a path through it whose other steps
are signed. `Path.sign` stays unknown there; these functions tell what could be. `ontology/signs.md` has the
tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from kg.paths.steps import Path, Step, net_sign

Direction = Literal["+", "-", "both", "unknown"]
PathSign = Literal["+", "-"]
EITHER: frozenset[PathSign] = frozenset({"+", "-"})
NEITHER: frozenset[PathSign] = frozenset()


def signs_of_step(step: Step) -> frozenset[PathSign]:
    """Return the signs that a step can have: one, both where claims oppose each other, or none."""
    if step.sign != "unknown":
        return frozenset({step.sign})
    return EITHER if step.reason == "claims oppose each other" else NEITHER


def signs_of_path(path: Path) -> frozenset[PathSign]:
    """Return the signs that a path can have: the products of what its steps can have."""
    could = [signs_of_step(step) for step in path.steps]
    if not all(could):
        return NEITHER
    if EITHER in could:
        return EITHER
    return frozenset({"+" if net_sign(path.steps) == "+" else "-"})


def direction_of(found: Iterable[Collection[PathSign]]) -> Direction:
    """Return the answer over the signs of many paths.

    >>> direction_of([{"+"}, set()]), direction_of([{"+"}, {"-"}]), direction_of([set()])
    ('+', 'both', 'unknown')
    """
    signs = {sign for could in found for sign in could}
    if len(signs) == 2:
        return "both"
    return next(iter(signs), "unknown")


def times(one: PathSign, other: PathSign) -> PathSign:
    """Return the product of two signs."""
    return "+" if one == other else "-"
