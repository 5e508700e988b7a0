"""The library of questions: each with its parameters, its SPARQL and how its answer begins."""

from __future__ import annotations

from collections.abc import Iterator

import kg
from generators.markdown import fence, page, table, verbatim
from kg.sparql import Table
from kg.sparql.library import NamedQuery

SHOWN = 4
"""Rows of an answer that are shown."""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the one page."""
    graph = kg.load()
    yield (
        "reference/questions.md",
        page("# Questions", _FIRST, *(_section(graph, one) for one in graph.questions())),
    )


def _section(graph: kg.KnowledgeGraph, asked: NamedQuery) -> str:
    parameters = table(
        ["parameter", "type", "default"],
        ([f"`--{one.name}`", one.kind, f"`{one.default}`"] for one in asked.parameters),
    )
    command = " ".join(
        ["kg query", asked.name, *(f"--{one.name} '{one.default}'" for one in asked.parameters)]
    )
    return page(
        f"(question-{asked.name})=\n## {asked.name}",
        asked.question,
        parameters if asked.parameters else "",
        fence("console", f"$ {command}"),
        _beginning(graph.ask(asked.name)),
        fence("sparql", asked.sparql),
    )


def _beginning(answer: object) -> str:
    if not isinstance(answer, Table):
        return ""
    cells = [[verbatim(cell) for cell in row] for row in answer.rows[:SHOWN]]
    more = len(answer) - SHOWN
    return page(table(answer.variables, cells), f"… and {more} more." if more > 0 else "")


_FIRST = """What is asked often is asked by name: `kg query NAME` in the shell, `graph.ask("NAME", …)` in
Python. Each question is a file of `ontology/queries`; a value is put in as a term, never as text. Below
each stands how its answer begins with the default values."""
