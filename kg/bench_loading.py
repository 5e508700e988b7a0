"""Records of protocols and workflows → typed values, each part with its place and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from kg import bench_records as b
from kg.catalogue import problem
from kg.fields import LocatorRecord
from kg.model import (
    Evidence,
    Locator,
    Material,
    Part,
    Protocol,
    Quantity,
    Setting,
    Source,
    Step,
    Stop,
    Workflow,
)
from kg.problems import Problem
from kg.quantity import parse_quantity
from kg.vocabulary import Vocabulary
from kg.yamltext import Node, find, locate
from kg.yamltext import Step as Key

R = TypeVar("R")


def read_protocol(
    record: b.ProtocolRecord, node: Node, file: str, document: str, vocabulary: Vocabulary
) -> tuple[Protocol, list[Problem]]:
    """Return a protocol and the problems of its values; one that cannot be read stays as words."""
    reader = _Reader(node, file, record.document or document, record.at, vocabulary)
    protocol = Protocol(
        **record.model_dump(include=_ALIKE),
        document=reader.document,
        locator=_locator(record.at),
        references=record.refs,
        materials=tuple(reader.material(item, path) for item, path in _each(record.materials, "materials")),
        steps=tuple(reader.step(item, path) for item, path in _each(record.steps, "steps")),
        source=reader.source(()),
    )
    return protocol, reader.problems


_ALIKE = {
    "id",
    "title",
    "objective",
    "scope",
    "assay",
    "drugs",
    "targets",
    "species",
    "determines",
    "left_open",
}


def read_workflow(record: b.WorkflowRecord, node: Node, file: str, document: str) -> Workflow:
    """Return a workflow; its steps' evidence is in its own document unless they name another."""
    own = record.document or document
    stops = (_stop(item, node, ("steps", index), file, own) for index, item in enumerate(record.steps))
    return Workflow(
        **record.model_dump(include={"id", "title", "description", "protocol"}),
        document=own or None,
        locator=_locator(record.at),
        steps=tuple(stops),
        source=_source(node, (), file),
    )


def _stop(record: b.StopRecord, node: Node, path: tuple[Key, ...], file: str, document: str) -> Stop:
    def evidence(item: b.StopEvidenceRecord, index: int) -> Evidence:
        source = _source(node, (*path, "evidence", index), file)
        return Evidence(
            item.document or document, _locator(item.at), source, item.refs, citation=item.citation
        )

    found = tuple(evidence(item, index) for index, item in enumerate(record.evidence))
    fields = record.model_dump(exclude={"evidence"})
    return Stop(**fields, evidence=found, source=_source(node, path, file))


def _each(
    items: Iterable[R], field: str, within: tuple[Key, ...] = ()
) -> Iterator[tuple[R, tuple[Key, ...]]]:
    for index, item in enumerate(items):
        yield item, (*within, field, index)


def _locator(record: LocatorRecord) -> Locator:
    return Locator(**record.model_dump())


def _source(node: Node, path: tuple[Key, ...], file: str) -> Source:
    found = find(node, path) or node
    return Source(file, found.line, found.column)


class _Reader:
    """Turns one protocol's records into values and collects what cannot be read."""

    def __init__(
        self, node: Node, file: str, document: str, at: LocatorRecord, vocabulary: Vocabulary
    ) -> None:
        self.node = node
        self.file = file
        self.document = document
        self.at = at
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []

    def source(self, path: tuple[Key, ...]) -> Source:
        return _source(self.node, path, self.file)

    def evidence(
        self, record: b.PlacedFields, path: tuple[Key, ...], around: LocatorRecord | None = None
    ) -> tuple[Evidence, ...]:
        """Return the place of a part: its own within that of its step and of the protocol."""
        places = [self.at, *([around] if around else []), record.at]
        merged = {key: value for at in places for key, value in at.model_dump(exclude_none=True).items()}
        place = Locator(**merged)
        return (Evidence(self.document, place, self.source(path), record.refs, citation=record.citation),)

    def material(self, record: b.MaterialRecord, path: tuple[Key, ...]) -> Material:
        fields = record.model_dump(exclude={"components", "parameters", "at", "refs", "citation"})
        return Material(
            **fields,
            components=self.settings(record.components, (*path, "components")),
            parameters=self.settings(record.parameters, (*path, "parameters")),
            evidence=self.evidence(record, path),
            source=self.source(path),
        )

    def part(self, record: b.PartRecord, path: tuple[Key, ...], around: LocatorRecord) -> Part:
        return Part(
            **record.model_dump(include=_OWN),
            parameters=self.settings(record.parameters, (*path, "parameters")),
            evidence=self.evidence(record, path, around),
            source=self.source(path),
        )

    def step(self, record: b.StepRecord, path: tuple[Key, ...]) -> Step:
        return Step(
            **record.model_dump(include={*_OWN, "stage", "side_by_side", "same_as"}),
            parameters=self.settings(record.parameters, (*path, "parameters")),
            parts=tuple(self.part(item, at, record.at) for item, at in _each(record.parts, "parts", path)),
            evidence=self.evidence(record, path),
            source=self.source(path),
        )

    def settings(self, records: Iterable[b.SettingRecord], path: tuple[Key, ...]) -> tuple[Setting, ...]:
        return tuple(self.setting(record, (*path, index)) for index, record in enumerate(records))

    def setting(self, record: b.SettingRecord, path: tuple[Key, ...]) -> Setting:
        quantity = parse_quantity(record.value)
        if quantity is None:
            place = locate(self.node, (*path, "value"))
            unread = f"`{record.value}` is not a number as printed"
            self.problems.append(problem("KG206", self.file, *place, unread))
            quantity = Quantity(record.value, "qualitative")
        unit = self.vocabulary.unit(record.unit or "")
        return Setting(
            name=record.name,
            quantity=quantity,
            unit=unit.notation if unit else record.unit,
            of=record.of,
            status=record.status,
            note=record.note,
        )


_OWN = {"id", "title", "text", "short", "formula", "left_open", "normalised"}
