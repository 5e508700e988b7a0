"""Which claims say that a drug raises or lowers something, and the marks that the boxes of it carry.

A mark rests on what is claimed of the drug and the thing themselves, never on a path between them, and a
claim about a group is a mark on the group. It has no opinion where claims disagree: both marks stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.model import CERTAINTIES, Basis, Certainty, Entity, Statement
from kg.views.claims import Change, StatementView
from kg.views.parts import Box, CategoryLike, PredicateLike, Prediction

DRUGS = frozenset({"Drug", "DrugForm"})
"""What moves things in a picture; a reagent or radioligand is a tool and not under study."""
DIRECTIONS: tuple[Change, ...] = ("raised", "lowered")
_ASPECTS = frozenset({"activity", "abundance", "expression"})
_ARCS = frozenset({"stimulation", "inhibition"})
_CAUSES = frozenset({"has_effect", "contributes_to"})
"""Predicates that name a cause of something, and no change of it."""


class Forecast(NamedTuple):
    """How a thing would move in an imagined experiment, and what else to tell of it."""

    prediction: Prediction
    details: tuple[tuple[str, str], ...] = ()


class Mark(NamedTuple):
    """That drugs move a thing in one direction, as surely as the strongest of the claims behind it.

    A predicted direction has no claims behind it.
    """

    direction: Change | Prediction
    basis: Basis
    certainty: Certainty
    views: tuple[StatementView, ...]


def drugs_of(entities: Mapping[str, Entity], categories: Mapping[str, CategoryLike]) -> frozenset[str]:
    """Return the ids of the entities that are drugs or forms of one."""
    kinds = {name for name, category in categories.items() if not DRUGS.isdisjoint(category.ancestors)}
    return frozenset(name for name, entity in entities.items() if entity.category in kinds)


def change_of(statement: Statement, predicate: PredicateLike | None) -> Change:
    """Return what the object of a claim is said to undergo; nothing unless the claim asserts a direction.

    The predicate's aspect and arc in the ontology decide: «inhibits» and «antagonist of» lower an activity,
    «binds» and an unsigned «modulates» move nothing, «has metabolite» makes and does not raise.
    """
    if predicate is None or predicate.causal != "forward" or predicate.aspect not in _ASPECTS:
        return ""
    if statement.predicate in _CAUSES or predicate.arc not in {*_ARCS, "modulation"}:
        return ""
    if statement.polarity != "asserted" or statement.than or statement.subject == statement.object:
        return ""
    signs: dict[str, Change] = {"+": "raised", "-": "lowered"}
    return signs.get(statement.sign, "")


def marks_of(claimed: Iterable[tuple[str, StatementView]]) -> dict[str, tuple[Mark, ...]]:
    """Return the marks of each thing from claims by the thing that they act on, «raised» first."""
    found: dict[str, dict[Change, list[StatementView]]] = {}
    for thing, view in claimed:
        if view.change:
            found.setdefault(thing, {}).setdefault(view.change, []).append(view)
    return {
        thing: tuple(_mark(direction, by[direction]) for direction in DIRECTIONS if direction in by)
        for thing, by in found.items()
    }


def predicted_marks(boxes: Iterable[Box]) -> dict[str, tuple[Mark, ...]]:
    """Return the marks of boxes with a prediction."""
    return {box.id: (Mark(box.prediction, "document", "asserted", ()),) for box in boxes if box.prediction}


def _mark(direction: Change, views: Iterable[StatementView]) -> Mark:
    ordered = tuple(sorted(views, key=_strength))
    return Mark(direction, ordered[0].basis, ordered[0].certainty, ordered)


def _strength(view: StatementView) -> tuple[bool, int, str]:
    return (view.basis != "document", CERTAINTIES.index(view.certainty), view.id)


def told_of(mark: Mark) -> str:
    """Return a mark in words: by which drugs, how it is said, how surely, and where."""
    if not mark.views:
        return mark.direction
    return f"{mark.direction} by {', '.join(dict.fromkeys(map(_told, mark.views)))}"


def _told(view: StatementView) -> str:
    indirect = ["indirect"] if ("directness", "indirect") in view.qualifiers else []
    background = ["background"] if view.basis == "background" else []
    documents = dict.fromkeys(item.document for item in view.evidence)
    return (
        f"{view.subject} ({'; '.join([view.predicate, *indirect, view.certainty, *background, *documents])})"
    )
