"""Competency questions: each `.rq` or `.py` in `tests/queries` has its reviewed answer among the snapshots."""

from __future__ import annotations

import csv
import io
import runpy
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from snapshot import assert_snapshot

from kg.sparql import Table

FOLDER = Path(__file__).parent / "queries"
IN_SPARQL = sorted(FOLDER.glob("*.rq"))
IN_PYTHON = sorted(FOLDER.glob("*.py"))


def assert_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    shown = [["" if value is None else value for value in row] for row in rows]
    assert shown, "a question that finds nothing tests nothing"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *shown])
    assert_snapshot(f"questions/{name}.csv", text.getvalue())


@pytest.mark.parametrize("path", IN_SPARQL, ids=lambda path: path.stem)
def test_a_question_in_sparql_has_its_reviewed_answer(path, graph):
    answer = graph.query(path.read_text("utf-8"))
    assert isinstance(answer, Table)
    assert_answer(path.stem, answer.variables, answer.rows)


@pytest.mark.parametrize("path", IN_PYTHON, ids=lambda path: path.stem)
def test_a_question_in_python_has_its_reviewed_answer(path, graph):
    assert_answer(path.stem, *runpy.run_path(str(path))["answer"](graph))


def test_there_are_at_least_25_questions_and_each_says_what_it_asks():
    questions = [*IN_SPARQL, *IN_PYTHON]
    assert len(questions) >= 25
    for path in questions:
        first = path.read_text("utf-8").splitlines()[0]
        assert first.startswith(("# ", '"""')), path
