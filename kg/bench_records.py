"""Records of work at the bench: protocols with materials and steps, and workflows."""

from __future__ import annotations

from pydantic import Field

from kg.fields import Id, LocatorRecord, Name, Record, StepId, Text
from kg.model import Basis, Certainty, MaterialRole, Stage, Status


class SettingRecord(Record):
    """A value that a protocol sets, its digits as printed."""

    name: Text = Field(description="temperature, duration, volume, concentration …, or a buffer's component")
    value: Text = Field(description="as printed: 37, 60 - 90, ~25, ice-cold")
    unit: Name | None = None
    of: Text | None = Field(
        None, description="what it is a volume of: the role of a material where it is one"
    )
    status: Status = Field("stated", description="typical: usually. example: e.g.")
    note: Text | None = None


class PlacedFields(Record):
    """Where in the protocol's section something is said, and what is cited there."""

    at: LocatorRecord = LocatorRecord()
    refs: tuple[int, ...] = ()
    citation: Text | None = Field(None, description="remark on how the references fit")


class MaterialRecord(PlacedFields):
    """What a protocol uses, by the part it plays."""

    role: MaterialRole
    name: Text
    entity: Name | None = None
    status: Status = Field("stated", description="example: one possibility (e.g.)")
    examples: tuple[Text, ...] = Field((), description="what the document names as possibilities")
    components: tuple[SettingRecord, ...] = Field((), description="of a buffer")
    parameters: tuple[SettingRecord, ...] = ()
    normalised: Text | None = Field(None, description="which print damage was repaired, and how")
    note: Text | None = None


class PartRecord(PlacedFields):
    """A part of a step."""

    id: StepId = Field(description="unique within its step; alike in protocols that are to be compared")
    title: Text
    text: Text | None = Field(None, description="what is done, paraphrased")
    short: Text | None = Field(None, description="a few words for its box in a workflow, under the title")
    parameters: tuple[SettingRecord, ...] = ()
    formula: Text | None = None
    left_open: tuple[Text, ...] = Field((), description="what the document does not say")
    normalised: Text | None = Field(None, description="which print damage was repaired, and how")


class StepRecord(PartRecord):
    """A step of a protocol, in order."""

    stage: Stage
    parts: tuple[PartRecord, ...] = ()
    side_by_side: bool = Field(False, description="parts beside each other: kinds of wells, alternatives")
    same_as: Name | None = Field(None, description="protocol.step that it is done as, but for what it says")


class ProtocolRecord(Record):
    """How an experiment is done according to a document."""

    id: Id
    title: Text
    document: Name | None = Field(None, description="id of a document; the file's own by default")
    at: LocatorRecord = LocatorRecord()
    refs: tuple[int, ...] = ()
    objective: Text = Field(description="what it is to find out, paraphrased")
    scope: Text | None = Field(None, description="what it stands for: a generic protocol, a period …")
    assay: Name | None = Field(None, description="entity of category Assay")
    drugs: tuple[Name, ...] = ()
    targets: tuple[Name, ...] = ()
    species: tuple[Name, ...] = ()
    determines: tuple[Name, ...] = Field((), description="parameters: Ki, IC50 …")
    materials: tuple[MaterialRecord, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    left_open: tuple[Text, ...] = Field((), description="what the document says nowhere")


class StopEvidenceRecord(PlacedFields):
    """One place where a step of a workflow is said."""

    document: Name | None = Field(None, description="id of a document; the workflow's own by default")


class StopRecord(Record):
    """A step of a workflow."""

    id: StepId
    title: Text
    short: Text | None = Field(None, description="a few words for its box, under the title")
    detail: Text | None = Field(None, description="what is done, paraphrased")
    lane: Text | None = Field(None, description="phase of the work, drawn as a band")
    certainty: Certainty = "asserted"
    basis: Basis = Field(
        "document", description="background: completes the picture, not said by the document"
    )
    follows: tuple[Name, ...] | None = Field(None, description="ids of steps; the one before by default")
    evidence: tuple[StopEvidenceRecord, ...] = ()


class WorkflowRecord(Record):
    """A diagram of work in order: a protocol's steps, or steps of its own."""

    id: Id
    title: Text
    document: Name | None = None
    at: LocatorRecord = LocatorRecord()
    description: Text | None = None
    protocol: Name | None = Field(None, description="protocol whose steps are drawn")
    steps: tuple[StopRecord, ...] = ()
