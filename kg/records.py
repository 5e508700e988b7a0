"""The YAML files' records as a pydantic model: what may be written, and the JSON Schema made from it.

Only the edge is here. A record says which fields exist and of what kind they are; whether the names in it
exist and make sense together is for the rules. Fields keep the order in which a curator writes them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, NonNegativeInt

from kg.bench_records import ProtocolRecord, WorkflowRecord
from kg.fields import Digest, Id, LocatorRecord, Name, Record, Text
from kg.model import (
    Basis,
    Certainty,
    ConflictKind,
    MaterialRole,
    PassageKind,
    Polarity,
    Sign,
    SourceKind,
    Stage,
    Status,
    Verdict,
)


class EvidenceRecord(Record):
    """One place where it is said."""

    document: Name | None = Field(None, description="id of a document; the file's own by default")
    at: LocatorRecord = LocatorRecord()
    refs: tuple[int, ...] | None = Field(
        None, description="numbers of the document's reference list cited there"
    )
    misfits: tuple[int, ...] = Field((), description="those of `refs` that do not support the claim")
    citation: Text | None = Field(None, description="remark on how the references fit the claim")
    note: Text | None = None


class QualifierFields(Record):
    """Circumstances; set for a passage they hold for everything in it."""

    species: Name | None = Field(None, description="entity of category Species")
    preparation: Text | None = Field(None, description="tissue, membranes, cells, in vivo …")
    phase: Literal["acute", "chronic"] | None = None
    duration: Text | None = Field(None, description="as printed: 21 days")
    dose: Text | None = Field(None, description="as printed: 30 mg/kg")
    route: Text | None = None
    directness: Literal["direct", "indirect"] | None = None
    strength: Text | None = Field(None, description="as printed: weak, potent, crucial")
    stimulus: Name | None = Field(None, description="entity in whose presence the effect was seen")
    compartment: Name | None = Field(None, description="entity of category Compartment")
    date: Text | None = Field(None, description="when it was found or done, as printed: 1951, late 1970s")
    by: Text | None = Field(None, description="who found or did it, as printed: Roland Kuhn, Pfizer")


class EvidenceFields(Record):
    """How a row says where it comes from: a place within its passage, or evidence of its own."""

    at: LocatorRecord = LocatorRecord()
    refs: tuple[int, ...] | None = None
    misfits: tuple[int, ...] | None = Field(None, description="references that do not support the claim")
    evidence: tuple[EvidenceRecord, ...] = ()
    citation: Text | None = Field(None, description="remark on how the passage's references fit the claim")
    note: Text | None = None


class StatementRecord(EvidenceFields, QualifierFields):
    """One claim: subject, predicate, object."""

    id: Id | None = Field(None, description="only where subject.predicate.object is taken")
    subject: Name
    predicate: Name
    object: Name
    than: Name | None = Field(None, description="third member of a comparison")
    sign: Sign | None = Field(None, description="only where the predicate leaves it open")
    polarity: Polarity = Field(
        "asserted", description="negated: tested, no effect. no data: not tested, or no result to be had"
    )
    certainty: Certainty = Field("asserted", description="hedged: may, suggests, is thought to")
    basis: Basis = Field("document", description="background: a textbook step, not said by the document")
    normalised: Text | None = Field(None, description="which print damage was repaired, and how")


class MeasuredFields(Record):
    """What is measured; said once for a table whose rows share it."""

    drug: Name | None = None
    form: Name | None = Field(None, description="salt or other form, an entity of category DrugForm")
    target: Name | None = None
    parameter: Name | None = None
    endpoint: Text | None = Field(None, description="what was measured: density, uptake, synthesis …")
    ligand: Name | None = Field(None, description="radioligand, an entity")
    unit: Name | None = None


class MeasurementRecord(MeasuredFields, EvidenceFields, QualifierFields):
    """One printed value. It needs a drug, a target and a parameter, its own or its passage's."""

    id: Id | None = Field(None, description="only where document.drug.target.parameter is taken")
    value: Text = Field(description="as printed: 79, >10,000, 39 ± 8, 15 - 17, Weak")
    normalised: Text | None = Field(None, description="which print damage was repaired, and how")
    same_as: Name | None = Field(
        None, description="id of the measurement that another document prints of the same value"
    )


def _claim(value: Any) -> Any:
    return {"claim": value} if isinstance(value, str) else value


class RepeatRecord(Record):
    """A claim made elsewhere that this passage makes again."""

    claim: Name
    at: LocatorRecord = LocatorRecord()
    refs: tuple[int, ...] | None = None
    misfits: tuple[int, ...] | None = Field(None, description="references that do not support the claim")
    citation: Text | None = Field(None, description="remark on how the references fit the claim")
    note: Text | None = Field(None, description="what this place adds to the claim")


_REPEAT_SCHEMA = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/RepeatRecord"}]}
Repeat = Annotated[RepeatRecord, BeforeValidator(_claim)]


class PassageRecord(QualifierFields):
    """A place of the file's document and what it says, read from top to bottom."""

    at: LocatorRecord
    refs: tuple[int, ...] = ()
    misfits: tuple[int, ...] = Field((), description="those of `refs` that do not support the claims")
    citation: Text | None = Field(
        None, description="remark on `refs`, for every row without `refs` of its own"
    )
    measured: MeasuredFields = MeasuredFields()
    statements: tuple[StatementRecord, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    measurements: tuple[MeasurementRecord, ...] = ()


class EntityRecord(Record):
    """A thing with a category and names."""

    id: Id
    name: Text
    category: Name
    symbol: Text | None = Field(None, description="short name for diagrams")
    synonyms: tuple[Text, ...] = ()
    xrefs: tuple[Text, ...] = Field((), description="CURIEs, only where certain")
    definition: Text | None = None


class ReferenceRecord(Record):
    """An entry of a document's reference list."""

    number: int = Field(ge=1)
    title: Text
    kind: SourceKind = "unknown"
    authors: Text | None = Field(None, description="as named in the text: Can et al.")
    date: Text | None = Field(None, description="as named in the text: 2012")
    doi: Text | None = None
    pmid: Text | None = None


class SilenceRecord(Record):
    """A part of a document that asserts nothing to be curated: an offer, an address, a list of titles."""

    at: LocatorRecord
    reason: Text


class DocumentRecord(Record):
    """A source."""

    id: Id
    title: Text
    kind: SourceKind
    authors: Text | None = None
    publisher: Text | None = None
    date: Text | None = None
    label: Text | None = Field(None, description="compound printed on the label")
    about: tuple[Name, ...] = Field((), description="what the text is really about")
    doi: Text | None = None
    pmid: Text | None = None
    note: Text | None = None
    references: tuple[ReferenceRecord, ...] = ()
    silent: tuple[SilenceRecord, ...] = Field((), description="what is not knowledge, said once")


class IndexedRecord(Record):
    """A passage of a document's text: its place, its position and the digest of its words."""

    at: LocatorRecord
    span: tuple[NonNegativeInt, NonNegativeInt] = Field(description="start and end in the normalised text")
    sha256: Digest
    kind: PassageKind = "text"


class TextRecord(Record):
    """Index of a document's text, written by `kg index`; a curator may correct the places."""

    document: Name
    sha256: Digest = Field(description="of the file")
    characters: int = Field(ge=1, description="length of the normalised text")
    passages: tuple[IndexedRecord, ...]


class PlacementRecord(Record):
    """A compartment of a diagram and what stands in it."""

    compartment: Name
    within: Name | None = Field(None, description="compartment that encloses this one")
    entities: tuple[Name, ...] = ()


class MechanismRecord(Record):
    """A diagram."""

    id: Id
    title: Text
    document: Name | None = None
    at: LocatorRecord = LocatorRecord()
    description: Text | None = None
    compartments: tuple[PlacementRecord, ...] = Field((), description="outermost first")
    statements: tuple[Name, ...] = Field(description="ids: subject.predicate.object")
    main_chain: tuple[Name, ...] = Field((), description="the story, in order")


def _distinct(sides: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(sides)) < len(sides):
        raise ValueError("two different sides are wanted")
    return sides


class ConflictRecord(Record):
    """Claims or values that cannot all hold as they stand."""

    id: Id
    kind: ConflictKind
    topic: Text
    sides: Annotated[tuple[Name, ...], AfterValidator(_distinct)] = Field(
        min_length=2, description="ids of statements, measurements, documents, references, entities"
    )
    difference: Text | None = Field(None, description="what differs between the sides")
    verdict: Verdict = "open"
    reason: Text | None = None


class FileRecord(Record):
    """One YAML file; every part is optional."""

    document: DocumentRecord | None = None
    documents: tuple[DocumentRecord, ...] = ()
    entities: tuple[EntityRecord, ...] = ()
    passages: tuple[PassageRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    measurements: tuple[MeasurementRecord, ...] = ()
    mechanisms: tuple[MechanismRecord, ...] = ()
    conflicts: tuple[ConflictRecord, ...] = ()
    protocols: tuple[ProtocolRecord, ...] = ()
    workflows: tuple[WorkflowRecord, ...] = ()
    text: TextRecord | None = None


def json_schema(
    *, predicates: list[str], categories: list[str], parameters: list[str], units: list[str]
) -> dict[str, Any]:
    """Return the JSON Schema of a seed file, with the ontology's names as choices for editors to offer."""
    schema = FileRecord.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Seed file of the drug mechanism graph"
    for record, field, choices in (
        ("StatementRecord", "predicate", predicates),
        ("EntityRecord", "category", categories),
        ("MeasurementRecord", "parameter", parameters),
        ("MeasurementRecord", "unit", units),
        ("MeasuredFields", "parameter", parameters),
        ("MeasuredFields", "unit", units),
        ("SettingRecord", "unit", units),
    ):
        schema["$defs"][record]["properties"][field]["enum"] = choices
    schema["$defs"]["PassageRecord"]["properties"]["repeats"]["items"] = _REPEAT_SCHEMA
    return schema


ROW_LISTS = frozenset(
    {"documents", "entities", "passages", "statements", "repeats", "measurements", "mechanisms", "conflicts"}
    | {"protocols", "workflows"}
)
"""Lists whose items stand or fall alone: one bad row does not take its neighbours with it."""

CHOICES: dict[str, tuple[str, ...]] = {
    "sign": get_args(Sign),
    "polarity": get_args(Polarity),
    "certainty": get_args(Certainty),
    "basis": get_args(Basis),
    "kind": (*get_args(SourceKind), *get_args(ConflictKind)),
    "verdict": get_args(Verdict),
    "phase": ("acute", "chronic"),
    "directness": ("direct", "indirect"),
    "stage": get_args(Stage),
    "role": get_args(MaterialRole),
    "status": get_args(Status),
}
