"""Competency questions: each of the library, and each `.py` in `tests/queries`, has its reviewed answer."""

from __future__ import annotations

import csv
import io
import runpy
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from conftest import ROOT
from snapshot import assert_snapshot

from kg.sparql import Table
from kg.sparql.library import read_library

LIBRARY = read_library(ROOT / "ontology" / "queries")
IN_PYTHON = sorted((Path(__file__).parent / "queries").glob("*.py"))


def assert_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    shown = [["" if value is None else value for value in row] for row in rows]
    assert shown, "a question that finds nothing tests nothing"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *shown])
    assert_snapshot(f"questions/{name}.csv", text.getvalue())


@pytest.mark.parametrize("known", LIBRARY, ids=lambda known: known.name)
def test_a_question_of_the_library_has_its_reviewed_answer(known, graph):
    answer = graph.ask(known.name)
    assert isinstance(answer, Table)
    assert_answer(known.name, answer.variables, answer.rows)


@pytest.mark.parametrize("path", IN_PYTHON, ids=lambda path: path.stem)
def test_a_question_in_python_has_its_reviewed_answer(path, graph):
    assert_answer(path.stem, *runpy.run_path(str(path))["answer"](graph))


def test_there_are_at_least_25_questions_and_each_says_what_it_asks():
    assert len(LIBRARY) + len(IN_PYTHON) >= 25
    for known in LIBRARY:
        assert "?" in known.question, known.name
        for parameter in known.parameters:
            assert f"?{parameter.name} " in known.sparql.replace(")", " "), (known.name, parameter.name)
    for path in IN_PYTHON:
        assert path.read_text("utf-8").startswith('"""'), path
