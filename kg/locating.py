"""Evidence joined with the positions of its passages, wherever evidence stands: claims, values, protocols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from kg.model import Evidence, Material, Measurement, Part, Protocol, Statement, Step, Stop, Text, Workflow
from kg.places import Places

C = TypeVar("C", Statement, Measurement, Material, Part, Step, Stop)


class Locating:
    """Fills in the positions of evidence in documents whose text has an index."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.places = {text.document: Places(text) for text in texts}

    def evidence(self, evidence: Evidence) -> Evidence:
        """Return evidence with the positions of the passages that its place names."""
        if evidence.document not in self.places:
            return evidence
        found = self.places[evidence.document].find(evidence.locator)
        return msgspec.structs.replace(evidence, spans=tuple(passage.span for passage in found))

    def row(self, row: C, further: Iterable[Evidence] = ()) -> C:
        """Return a claim, value or part with its evidence, and further evidence, located."""
        located = tuple(self.evidence(item) for item in (*row.evidence, *further))
        return msgspec.structs.replace(row, evidence=located)

    def protocol(self, protocol: Protocol) -> Protocol:
        """Return a protocol with the evidence of all its parts located."""
        return msgspec.structs.replace(
            protocol,
            materials=tuple(map(self.row, protocol.materials)),
            steps=tuple(map(self.step, protocol.steps)),
        )

    def step(self, step: Step) -> Step:
        """Return a step with its own and its parts' evidence located."""
        return msgspec.structs.replace(self.row(step), parts=tuple(map(self.row, step.parts)))

    def workflow(self, workflow: Workflow) -> Workflow:
        """Return a workflow with the evidence of its steps located."""
        return msgspec.structs.replace(workflow, steps=tuple(map(self.row, workflow.steps)))


def evidence_of(protocol: Protocol) -> Iterator[tuple[tuple[str | int, ...], Evidence]]:
    """Yield every piece of a protocol's evidence with the path of the part that carries it."""
    for index, material in enumerate(protocol.materials):
        yield from ((("materials", index), item) for item in material.evidence)
    for index, step in enumerate(protocol.steps):
        yield from ((("steps", index), item) for item in step.evidence)
        for inner, part in enumerate(step.parts):
            yield from ((("steps", index, "parts", inner), item) for item in part.evidence)
