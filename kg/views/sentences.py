"""What a box or an arc says, in plain words on one line: for titles, tooltips and notes."""

from __future__ import annotations

from collections.abc import Iterable

from kg.views.claims import EvidenceView, StatementView
from kg.views.palette import ARCS
from kg.views.parts import Box, Edge

_DENIED = {"negated": "not: ", "no data": "no data: "}


def sentence(view: StatementView) -> str:
    """Return a claim in words; what was denied or not tested never reads as asserted."""
    than = f" than {view.than}" if view.than else ""
    return f"{_DENIED.get(view.polarity, '')}{view.subject} {view.predicate} {view.object}{than}"


def told(view: StatementView) -> str:
    """Return a claim in words with how it is known and where it is said."""
    known: list[str] = [view.certainty] if view.certainty != "asserted" else []
    known += ["background"] if view.basis == "background" else []
    disputed = view.conflicts or any(value.conflicts for value in view.measurements)
    known += ["sources disagree"] if disputed else []
    places = "; ".join(dict.fromkeys(map(_place, view.evidence)))
    return f"{sentence(view)}{_bracketed(known)}{f' [{places}]' if places else ''}"


def reading(edge: Edge) -> str:
    """Return every claim of an arc and how many documents say it, or what an arc without claims means."""
    said = ". ".join(map(told, edge.statements)) or ARCS.get(edge.arc, ARCS["none"]).label
    return f"{said}. {edge.n_sources} documents say it" if edge.n_sources > 1 else said


def about(box: Box) -> str:
    """Return a box's name, kind and definition, and the values of a step."""
    head = f"{box.label}{_bracketed([box.category] if box.category else [])}"
    values = "; ".join(f"{name}: {value}" for name, value in box.details)
    return ". ".join(part.rstrip(".") for part in (head, box.definition, values) if part)


def _place(evidence: EvidenceView) -> str:
    return ", ".join(part for part in (evidence.document, evidence.place) if part)


def _bracketed(words: Iterable[str]) -> str:
    text = ", ".join(words)
    return f" ({text})" if text else ""
