"""What a reader sees on asking about an arc: its claims, their evidence, conflicts and measured values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Literal
from urllib.parse import quote

import msgspec

from kg.model import (
    Basis,
    Certainty,
    Conflict,
    Document,
    Entity,
    Evidence,
    Measurement,
    Polarity,
    Qualifiers,
    Reference,
    Sign,
    SourceKind,
    Statement,
)
from kg.quantity import interval
from kg.views.text import clean
from kg.vocabulary import Unit

_DOI = re.compile(r"10\.\d{4,9}/[\x21-\x7e]{1,200}")
_PMID = re.compile(r"\d{1,9}")
Change = Literal["", "raised", "lowered"]


class View(msgspec.Struct, frozen=True):
    """A frozen value whose JSON names every field."""


class CitedView(View, frozen=True):
    """A work that the document cites at that place; its title asserts nothing."""

    number: int
    title: str
    kind: SourceKind
    link: str | None


class EvidenceView(View, frozen=True):
    """Who says it, where, resting on what. `background` marks literature behind a step no guide states."""

    document: str
    title: str
    place: str
    kind: SourceKind
    background: bool
    link: str | None
    cited: tuple[CitedView, ...]
    note: str


class Span(View, frozen=True):
    """A concentration in mol/L from its lowest to its highest; None at an end: as far as anybody knows.

    `error` is the printed ± of a single value and does not widen it.
    """

    low: float | None
    high: float | None
    error: float | None
    approximate: bool


class MeasurementView(View, frozen=True):
    """One printed value as text. `span` is None where it is no concentration above zero."""

    id: str
    parameter: str
    value: str
    context: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    conflicts: tuple[str, ...]
    source: str
    span: Span | None = None


class StatementView(View, frozen=True):
    """One claim in words. `than` is empty unless the claim compares."""

    id: str
    subject: str
    predicate: str
    object: str
    than: str
    sign: Sign
    polarity: Polarity
    certainty: Certainty
    basis: Basis
    qualifiers: tuple[tuple[str, str], ...]
    evidence: tuple[EvidenceView, ...]
    conflicts: tuple[str, ...]
    measurements: tuple[MeasurementView, ...]
    note: str
    source: str
    acts: bool = True
    """Whether one thing acts on another, so that paths walk it."""
    change: Change = ""
    """What a drug does to the object by this claim."""


class Claims:
    """Turns statements into views; knows the names, documents, values and conflicts they refer to."""

    def __init__(
        self,
        *,
        entities: Mapping[str, Entity],
        documents: Mapping[str, Document],
        measurements: Sequence[Measurement],
        conflicts: Sequence[Conflict],
        predicates: Mapping[str, str],
        units: Mapping[str, Unit] | None = None,
    ) -> None:
        self._entities = entities
        self._documents = documents
        self._predicates = predicates
        self._units = units or {}
        self._measured: dict[tuple[str, str], list[Measurement]] = {}
        for value in measurements:
            self._measured.setdefault((value.drug, value.target), []).append(value)
        self._disputed: dict[str, list[str]] = {}
        for conflict in conflicts:
            if conflict.kind == "citation" or conflict.verdict == "no conflict":
                continue
            for side in conflict.sides:
                self._disputed.setdefault(side, []).append(conflict_text(conflict))

    def name(self, entity: str) -> str:
        """Return the name of an entity; an unknown id is its own name."""
        known = self._entities.get(entity)
        return clean(known.name if known else entity)

    def view(self, statement: Statement) -> StatementView:
        """Return a statement as a reader sees it."""
        return StatementView(
            id=statement.id,
            subject=self.name(statement.subject),
            predicate=clean(self._predicates.get(statement.predicate, statement.predicate)),
            object=self.name(statement.object),
            than=self.name(statement.than) if statement.than else "",
            sign=statement.sign,
            polarity=statement.polarity,
            certainty=statement.certainty,
            basis=statement.basis,
            qualifiers=self._qualifiers(statement.qualifiers),
            evidence=tuple(self._evidence(item, statement.basis) for item in statement.evidence),
            conflicts=tuple(self._disputed.get(statement.id, ())),
            measurements=tuple(self.value(value) for value in self._values(statement)),
            note=clean(" ".join(text for text in (statement.note, statement.normalised) if text)),
            source=clean(str(statement.source)),
        )

    def _qualifiers(self, qualifiers: Qualifiers) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.name(value)) for name, value in qualifiers.items())

    def _values(self, statement: Statement) -> Iterable[Measurement]:
        return self._measured.get((statement.subject, statement.object), ())

    def _evidence(self, evidence: Evidence, basis: Basis) -> EvidenceView:
        document = self._documents.get(evidence.document)
        references = {item.number: item for item in document.references} if document else {}
        cited = (references.get(number) or Reference(number, "") for number in evidence.references)
        return EvidenceView(
            document=clean(evidence.document),
            title=clean(document.title if document else evidence.document),
            place=clean(str(evidence.locator)),
            kind=document.kind if document else "unknown",
            background=basis == "background",
            link=link_to(document.doi, document.pmid) if document else None,
            cited=tuple(_cited(item) for item in cited),
            note=clean(" ".join(text for text in (evidence.citation, evidence.note) if text)),
        )

    def evidence(self, evidence: Evidence, basis: Basis) -> EvidenceView:
        """Return a place as a reader sees it."""
        return self._evidence(evidence, basis)

    def value(self, value: Measurement) -> MeasurementView:
        """Return a measured value as a reader sees it."""
        extra = (("endpoint", value.endpoint), ("ligand", value.ligand), ("form", value.form))
        named = tuple((name, self.name(text)) for name, text in extra if text)
        return MeasurementView(
            id=value.id,
            parameter=clean(value.parameter),
            value=clean(value.printed),
            context=(*named, *self._qualifiers(value.qualifiers)),
            places=tuple(self._printed(item) for item in value.evidence),
            conflicts=tuple(self._disputed.get(value.id, ())),
            source=clean(str(value.source)),
            span=span_of(value, self._units),
        )

    def _printed(self, evidence: Evidence) -> str:
        place = str(evidence.locator)
        return clean(f"{evidence.document}, {place}" if place else evidence.document)


def span_of(value: Measurement, units: Mapping[str, Unit]) -> Span | None:
    """Return where a measured concentration lies on a logarithmic axis, in mol/L, or None."""
    unit, ends = units.get((value.unit or "").strip()), interval(value.quantity)
    if unit is None or unit.to_molar is None or ends is None:
        return None
    bounded = value.quantity.relation in ("<", "<=")
    low, high = (None if end is None else float(end * unit.to_molar) for end in ends)
    low = None if bounded else low
    shown = [end for end in (low, high) if end is not None]
    if not shown or not all(0 < end < inf for end in shown):
        return None
    error = None if value.quantity.error is None else float(value.quantity.error * unit.to_molar)
    return Span(low, high, error, value.quantity.relation == "~")


def _cited(reference: Reference) -> CitedView:
    link = link_to(reference.doi, reference.pmid)
    return CitedView(reference.number, clean(reference.title), reference.kind, link)


def conflict_text(conflict: Conflict) -> str:
    """Return a conflict in one line: what is disputed, what differs, what the curator makes of it."""
    fold = "" if conflict.fold is None else f"{conflict.fold}-fold "
    head = f"{conflict.topic} ({fold}{conflict.kind} conflict, {conflict.verdict})"
    parts = (part.rstrip(".") for part in (head, conflict.difference, conflict.reason) if part)
    return clean(". ".join(parts) + ".")


def link_to(doi: str | None, pmid: str | None) -> str | None:
    """Return an https address made from a well-formed DOI or PubMed id; anything else gives no link."""
    if doi and _DOI.fullmatch(doi):
        return "https://doi.org/" + quote(doi, safe="/.-_();:")
    if pmid and _PMID.fullmatch(pmid):
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    return None
