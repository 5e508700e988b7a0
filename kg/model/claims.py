"""What is claimed and measured: entities, statements, quantities, measurements, conflicts."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from kg.model.places import Evidence, Frozen, Source
from kg.rich import Shown, counted

Sign = Literal["+", "-", "0", "unsigned"]
"""Effect of subject on object: raises, lowers, structural (no effect is meant), or direction not given."""
Polarity = Literal["asserted", "negated", "no data"]
Certainty = Literal["asserted", "hedged", "extrapolated"]
CERTAINTIES: tuple[Certainty, ...] = ("asserted", "extrapolated", "hedged")
"""Surest first."""
Basis = Literal["document", "background"]
Relation = Literal["=", ">", "<", ">=", "<=", "~", "range", "qualitative"]
ErrorKind = Literal["SD", "SEM", "unstated"]
ConflictKind = Literal["sign", "value", "comparison", "species", "identity", "reason", "citation"]
Verdict = Literal["open", "context", "error", "compatible", "no conflict"]
"""`no conflict` is for what looks like one and is none: other parameters, other units, a value at a bound."""


class Entity(Shown, Frozen, frozen=True):
    """A thing with an id, a category, names and cross-references."""

    id: str
    name: str
    category: str
    source: Source
    symbol: str | None = None
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    definition: str | None = None

    def __repr__(self) -> str:
        return f"<Entity {self.id}: {self.name}, {self.category}>"


class Qualifiers(Frozen, frozen=True):
    """The circumstances under which a claim or a number holds. Dose and duration are as printed."""

    species: str | None = None
    preparation: str | None = None
    phase: Literal["acute", "chronic"] | None = None
    duration: str | None = None
    dose: str | None = None
    route: str | None = None
    directness: Literal["direct", "indirect"] | None = None
    strength: str | None = None
    stimulus: str | None = None
    """Entity in whose presence the effect was seen (NMDA in «NMDA-induced»)."""
    compartment: str | None = None
    date: str | None = None
    """When it was found or done, as printed: «before 2004»."""
    by: str | None = None
    """Who found or did it, as printed."""
    form: str | None = None
    """Name of the salt or other form that was measured, where it was merged into its base drug."""

    def items(self) -> tuple[tuple[str, str], ...]:
        """Return the qualifiers that were given, in a fixed order."""
        pairs = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return tuple((name, value) for name, value in pairs if value is not None)


class Statement(Shown, Frozen, frozen=True):
    """One curated claim. `sign` is the predicate's, or the curator's where the predicate leaves it open."""

    id: str
    subject: str
    predicate: str
    object: str
    sign: Sign
    source: Source
    than: str | None = None
    """Third member of a comparison: «higher affinity for object *than*»."""
    polarity: Polarity = "asserted"
    certainty: Certainty = "asserted"
    basis: Basis = "document"
    qualifiers: Qualifiers = Qualifiers()
    evidence: tuple[Evidence, ...] = ()
    normalised: str | None = None
    """What print damage was repaired, and how."""
    note: str | None = None

    @property
    def ends(self) -> tuple[str, ...]:
        """Return the entities that the claim is about: subject, object, and what it compares with."""
        return (self.subject, self.object) if self.than is None else (self.subject, self.object, self.than)

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents that make this claim, each once, in the order first cited."""
        return tuple(dict.fromkeys(item.document for item in self.evidence))

    def __repr__(self) -> str:
        told = {"asserted": "", "negated": "not: ", "no data": "no data: "}[self.polarity]
        than = f" than {self.than}" if self.than else ""
        claim = f"{told}{self.subject} {self.predicate} {self.object}{than}"
        return f"<Statement {claim}; {self.sign}, {self.certainty}, {counted(len(self.evidence), 'place')}>"


class Quantity(Frozen, frozen=True):
    """A number as printed: its relation, its digits (decimals keep them) and its error, never a midpoint.

    `value` is the printed number, which is a bound when `relation` is one; `low` and `high` are the ends of
    a printed range. A printed «~1-10» has relation «~» with both ends.
    """

    text: str
    relation: Relation
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    error: Decimal | None = None
    error_kind: ErrorKind | None = None
    """What the error is, where there is one: standard deviation, standard error of the mean, or not said."""


class Measurement(Shown, Frozen, frozen=True):
    """A number (or a qualitative finding) that a document prints for a drug at a target."""

    id: str
    drug: str
    target: str
    parameter: str
    quantity: Quantity
    source: Source
    unit: str | None = None
    form: str | None = None
    """Salt or other form that the document names, when it is not the drug itself."""
    endpoint: str | None = None
    ligand: str | None = None
    qualifiers: Qualifiers = Qualifiers()
    evidence: tuple[Evidence, ...] = ()
    normalised: str | None = None
    """What print damage was repaired, and how."""
    same_as: str | None = None
    """Another document's print of this same value, whose species, unit or ligand may be printed otherwise."""
    note: str | None = None

    @property
    def printed(self) -> str:
        """Return the value as printed, with its unit."""
        return f"{self.quantity.text} {self.unit or ''}".strip()

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents that print this value, each once."""
        return tuple(dict.fromkeys(item.document for item in self.evidence))

    def __repr__(self) -> str:
        where = counted(len(self.evidence), "place")
        return f"<Measurement {self.parameter} of {self.drug} at {self.target}: {self.printed}, {where}>"


class Conflict(Shown, Frozen, frozen=True):
    """Two or more claims or values that cannot all hold as they stand, and what a curator makes of it.

    `sides` are ids of statements and measurements; of documents, references (`B157457.ref.3`) and entities
    too, where what is disputed is what is cited or what is meant. `fold` is the ratio of the nearest bounds
    where the sides are numbers. `source` is absent when the conflict was found by comparison and nobody
    curated it.
    """

    id: str
    kind: ConflictKind
    topic: str
    sides: tuple[str, ...]
    verdict: Verdict = "open"
    fold: Decimal | None = None
    difference: str | None = None
    reason: str | None = None
    source: Source | None = None

    def __repr__(self) -> str:
        return f"<Conflict {self.kind}: {self.topic}; {counted(len(self.sides), 'side')}, {self.verdict}>"
