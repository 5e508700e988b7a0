"""What the rules look at: the draft, the vocabulary, and the draft's rows by id."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from kg.loading import Draft, Row
from kg.locating import evidence_of
from kg.model import Document, Entity, Evidence, Measurement, Statement
from kg.problems import Problem
from kg.vocabulary import Vocabulary
from kg.yamltext import Step

R = TypeVar("R", bound=Row[Any])


class Finding(NamedTuple):
    """A row at fault and what is wrong with it."""

    row: Row[Any]
    problem: Problem


class Context:
    """The draft with indexes. The first row of an id wins; `duplicate_ids` reports the others."""

    def __init__(self, draft: Draft, vocabulary: Vocabulary) -> None:
        self.draft = draft
        self.vocabulary = vocabulary

    @cached_property
    def entities(self) -> dict[str, Row[Entity]]:
        """Entity rows by id."""
        return _first_by_id(self.draft.entities)

    @cached_property
    def documents(self) -> dict[str, Row[Document]]:
        """Document rows by id."""
        return _first_by_id(self.draft.documents)

    @cached_property
    def claims(self) -> dict[str, Row[Statement] | Row[Measurement]]:
        """Statement and measurement rows by id."""
        return _first_by_id(self.sourced())

    @cached_property
    def sides(self) -> set[str]:
        """Ids of all that conflicts may name: claims, values, documents, references and entities."""
        references = {
            f"{row.value.id}.ref.{reference.number}"
            for row in self.draft.documents
            for reference in row.value.references
        }
        return {*self.claims, *self.documents, *self.entities} | references

    @cached_property
    def statements(self) -> dict[str, Row[Statement]]:
        """Statement rows by id."""
        return _first_by_id(self.draft.statements)

    @cached_property
    def measurements(self) -> dict[str, Row[Measurement]]:
        """Measurement rows by id."""
        return _first_by_id(self.draft.measurements)

    def lacks(self, name: str, known: Container[str]) -> bool:
        """Tell whether a name is not known and to blame for it.

        Where a row of this id was there but unsound, that row's own problem says enough.
        """
        return name not in known and name not in self.draft.cut

    def category(self, entity: str) -> str | None:
        """Return the category of an entity, or None when it is unknown."""
        row = self.entities.get(entity)
        return row.value.category if row else None

    def sourced(self) -> Iterator[Row[Statement] | Row[Measurement]]:
        """Yield every row that carries evidence."""
        yield from self.draft.statements
        yield from self.draft.measurements

    @cached_property
    def evidence(self) -> tuple[tuple[Row[Any], tuple[Step, ...], Evidence], ...]:
        """Every piece of evidence with its row and the path of its own field."""
        return tuple(self._evidence())

    def _evidence(self) -> Iterator[tuple[Row[Any], tuple[Step, ...], Evidence]]:
        for row in self.sourced():
            own = len(row.value.evidence) - _given(row)
            for index, evidence in enumerate(row.value.evidence):
                path: tuple[Step, ...] = ("evidence", index - own) if index >= own else ("at",)
                yield row, path, evidence
        for repeat in self.draft.repeats:
            yield repeat, ("at",), repeat.value.evidence

    def bench_evidence(self) -> Iterator[tuple[Row[Any], tuple[Step, ...], Evidence]]:
        """Yield every place that a protocol or workflow names, with its row and the path of what is there."""
        for protocol in self.draft.protocols:
            yield from ((protocol, path, evidence) for path, evidence in evidence_of(protocol.value))
        for workflow in self.draft.workflows:
            for index, stop in enumerate(workflow.value.steps):
                for number, evidence in enumerate(stop.evidence):
                    yield workflow, ("steps", index, "evidence", number), evidence


def _first_by_id(rows: Iterable[R]) -> dict[str, R]:
    found: dict[str, R] = {}
    for row in rows:
        found.setdefault(row.value.id, row)
    return found


def _given(row: Row[Any]) -> int:
    """Return how many pieces of evidence the row itself lists (the passage adds one before them)."""
    from kg.yamltext import ListNode, find

    node = find(row.node, ("evidence",))
    return len(node.items) if isinstance(node, ListNode) else 0
