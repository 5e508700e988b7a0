"""Which arcs a mechanism's claims make, and how each is drawn: head, basis, certainty, name, marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kg.graph import by_strength
from kg.model import Statement
from kg.views.changes import change_of
from kg.views.claims import Claims, StatementView
from kg.views.geometry import along, rounded
from kg.views.palette import ARCS
from kg.views.parts import Edge, PredicateLike
from kg.views.plan import Plan
from kg.views.text import wrap

LABEL_SIZE = 11.0
_SAID_BY_HEAD = {
    "activates",
    "inhibits",
    "increases",
    "decreases",
    "modulates",
    "produces",
    "contributes_to",
    "transports",
}


class Sketch(NamedTuple):
    """An arc before it is routed."""

    id: str
    source: str
    target: str
    arc: str
    said: tuple[Statement, ...]
    views: tuple[StatementView, ...]
    label: str


def sketches_of(
    statements: Sequence[Statement],
    predicates: Mapping[str, PredicateLike],
    claims: Claims,
    drugs: Collection[str] = (),
) -> list[Sketch]:
    """Gather parallel claims with the same ends, sign, head and denial into one arc.

    The claims by which `drugs` raise or lower something say so.
    """
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for said in statements:
        predicate = predicates.get(said.predicate)
        ends = (said.subject, said.object)
        ends = ends[::-1] if predicate and predicate.causal == "backward" else ends
        groups.setdefault((*ends, arc_of(said, predicate), said.sign, said.polarity), []).append(said)
    return [
        Sketch(f"e{index}", key[0], key[1], key[2], tuple(group), views, _label(group, views))
        for index, (key, group) in enumerate(groups.items())
        for views in [tuple(_view(said, predicates, claims, drugs) for said in group)]
    ]


def _view(
    statement: Statement, predicates: Mapping[str, PredicateLike], claims: Claims, drugs: Collection[str]
) -> StatementView:
    predicate = predicates.get(statement.predicate)
    acts = predicate is not None and predicate.causal != "none"
    change = change_of(statement, predicate) if statement.subject in drugs else ""
    return replace(claims.view(statement), acts=acts, change=change)


def arc_of(statement: Statement, predicate: PredicateLike | None) -> str:
    """Return the arc of a claim; a modulation whose direction the curator gives is drawn with it."""
    arc = predicate.arc if predicate and predicate.arc in ARCS else "none"
    if arc == "modulation":
        return {"+": "stimulation", "-": "inhibition"}.get(statement.sign, arc)
    return arc


def _label(group: Sequence[Statement], views: Sequence[StatementView]) -> str:
    """Return what the head does not already say, or nothing."""
    names = dict.fromkeys(
        view.predicate for said, view in zip(group, views, strict=True) if said.predicate not in _SAID_BY_HEAD
    )
    return wrap(" · ".join(names), LABEL_SIZE, 170.0, most=1)[0]


def disputed(sketch: Sketch) -> bool:
    """Tell whether a claim of the arc, or a value that belongs to it, is a side of a conflict."""
    return any(view.conflicts or any(value.conflicts for value in view.measurements) for view in sketch.views)


def sources_of(said: Sequence[Statement]) -> int:
    """Return how many documents make these claims; one that says it at several places counts once."""
    return len({item.document for statement in said for item in statement.evidence})


def edge_of(sketch: Sketch, plan: Plan, main: set[str]) -> Edge:
    """Return the arc as it is drawn; one with several claims is drawn as the strongest of them is known."""
    points = plan.curves.get(sketch.id, ())
    first, strongest = sketch.said[0], min(sketch.said, key=by_strength)
    conflict = disputed(sketch)
    middle = along(points, 0.5) if points else None
    mark = plan.marks.get(sketch.id, middle) if conflict else None
    return Edge(
        id=sketch.id,
        source=sketch.source,
        target=sketch.target,
        label=sketch.label,
        sign=first.sign,
        arc=sketch.arc,
        basis=strongest.basis,
        certainty=strongest.certainty,
        polarity=first.polarity,
        conflict=conflict,
        main=any(said.id in main for said in sketch.said),
        n_sources=sources_of(sketch.said),
        points=points,
        middle=middle and rounded(middle),
        label_at=plan.labels.get(sketch.id),
        mark_at=mark and rounded(mark),
        statements=sketch.views,
        count_at=plan.counts.get(sketch.id),
    )
