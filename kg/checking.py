"""Files → checked knowledge base: read, apply every rule, keep what is sound."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kg.checked import Checked
from kg.loading import Draft, Row, load
from kg.locating import Locating
from kg.model import Evidence, KnowledgeBase
from kg.problems import Problem
from kg.records import json_schema
from kg.resources import DataFile
from kg.rules import RULES, Context, Finding
from kg.vocabulary import Vocabulary, read_vocabulary

T = TypeVar("T")
_LONGEST_LINE = 10_000


def check(files: Iterable[DataFile], ontology: Path) -> Checked:
    """Read and check files against the ontology of a folder."""
    with _uncollected():
        return _check(files, ontology)


def _check(files: Iterable[DataFile], ontology: Path) -> Checked:
    vocabulary = read_vocabulary(ontology)
    draft, problems, texts = load(files, vocabulary)
    findings = findings_of(draft, vocabulary)
    problems += [finding.problem for finding in findings]
    bad = {id(finding.row) for finding in findings if finding.problem.severity == "error"}
    lines = {name: text.splitlines() for name, text in texts.items()}
    shown = sorted(_with_excerpt(problem, lines.get(problem.file, [])) for problem in set(problems))
    return Checked(assemble(draft, bad), vocabulary, tuple(shown))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the cyclic collector from walking, again and again, a tree that only grows and has no cycles.

    With a table of 20,000 values it took nearly half of the time.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def seed_schema(ontology: Path) -> dict[str, Any]:
    """Return the JSON Schema of the YAML files, with the ontology's names as choices."""
    vocabulary = read_vocabulary(ontology)
    return json_schema(
        predicates=sorted(vocabulary.predicates),
        categories=sorted(vocabulary.categories),
        parameters=sorted(vocabulary.parameters),
        units=sorted(vocabulary.units),
    )


def findings_of(draft: Draft, vocabulary: Vocabulary) -> list[Finding]:
    """Apply every rule to a draft."""
    context = Context(draft, vocabulary)
    return [finding for rule in RULES for finding in rule(context)]


def assemble(draft: Draft, bad: set[int]) -> KnowledgeBase:
    """Return the rows whose identity is not in `bad`, with repeated claims joined to their statements."""

    def good(rows: list[Row[T]]) -> tuple[T, ...]:
        return tuple(row.value for row in rows if id(row) not in bad)

    repeats: dict[str, list[Evidence]] = {}
    for repeat in good(draft.repeats):
        repeats.setdefault(repeat.claim, []).append(repeat.evidence)
    documents = good(draft.documents)
    declared = {document.id for document in documents}
    texts = tuple(text for text in good(draft.texts) if text.document in declared)
    locating = Locating(texts)
    return KnowledgeBase(
        documents=documents,
        entities=good(draft.entities),
        statements=tuple(locating.row(row, repeats.get(row.id, ())) for row in good(draft.statements)),
        measurements=tuple(map(locating.row, good(draft.measurements))),
        mechanisms=good(draft.mechanisms),
        conflicts=good(draft.conflicts),
        texts=texts,
        protocols=tuple(map(locating.protocol, good(draft.protocols))),
        workflows=tuple(map(locating.workflow, good(draft.workflows))),
    )


def _with_excerpt(problem: Problem, lines: list[str]) -> Problem:
    line = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    return msgspec.structs.replace(problem, excerpt=line[:_LONGEST_LINE] or None)
