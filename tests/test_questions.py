"""Competency questions: each `.rq` in `tests/queries` has its reviewed answer beside it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from snapshot import assert_snapshot

from kg.sparql import Table

QUESTIONS = sorted((Path(__file__).parent / "queries").glob("*.rq"))


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_has_its_reviewed_answer(path, graph):
    answer = graph.query(path.read_text("utf-8"))
    assert isinstance(answer, Table)
    assert answer.rows, "a question that finds nothing tests nothing"
    text = io.StringIO()
    rows = [["" if value is None else value for value in row] for row in answer.rows]
    csv.writer(text, lineterminator="\n").writerows([answer.variables, *rows])
    assert_snapshot(f"questions/{path.stem}.csv", text.getvalue())
