"""Which claims and values rest on weak sources only, or on a reference that does not fit; and why."""

from __future__ import annotations

from kg.graph import Graph
from kg.model import Evidence, Measurement, SourceKind, Statement

WEAK: frozenset[SourceKind] = frozenset({"vendor", "forum", "self", "encyclopaedia", "unknown"})
"""Kinds of source that pass on what others found and are answerable to nobody for it: a company's page, a
question forum, a publisher citing itself, an encyclopaedia, a bare address. A database, a textbook, a
review, a method protocol and a primary paper are not weak, fitting or not."""


def weakness(graph: Graph, row: Statement | Measurement) -> tuple[str, ...]:
    """Return why a claim or value is weakly sourced, one reason a place; empty when it is not.

    A place is weak when every reference cited there is of a weak kind or does not fit, or, where nothing is
    cited, when the document itself is of a weak kind. A claim is weak when all its places are, or when one
    of its references does not fit.
    """
    places = [_place(graph, evidence) for evidence in row.evidence]
    misfitting = any(evidence.misfits for evidence in row.evidence)
    if not misfitting and not all(weak for weak, _ in places):
        return ()
    told = (
        why for evidence, (weak, why) in zip(row.evidence, places, strict=True) if weak or evidence.misfits
    )
    return tuple(dict.fromkeys(told))


def _place(graph: Graph, evidence: Evidence) -> tuple[bool, str]:
    """Tell whether a place is weak, and what it rests on."""
    document = graph.documents.get(evidence.document)
    if not evidence.references:
        kind = document.kind if document else "unknown"
        return kind in WEAK, f"{evidence.document} ({kind}) cites nothing"
    kinds = {reference.number: reference.kind for reference in document.references} if document else {}
    cited = [(number, kinds.get(number, "unknown")) for number in evidence.references]
    weak = all(kind in WEAK or number in evidence.misfits for number, kind in cited)
    told = (f"[{n}] {kind}{', does not fit' if n in evidence.misfits else ''}" for n, kind in cited)
    remark = f": {evidence.citation}" if evidence.citation else ""
    return weak, f"{evidence.document} cites {'; '.join(told)}{remark}"
