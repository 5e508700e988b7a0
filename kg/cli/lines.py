"""A claim, a place where it is said, and a path, each as a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Evidence, Statement
    from kg.paths import Path

HEADS = {"+": "─▶", "-": "─⊣", "unknown": "─◇"}


def claim_line(graph: Graph, statement: Statement) -> str:
    """Return a claim in words with what limits it."""
    from kg.formats.rows import limits, read_out

    extras = [limits(graph, statement), "" if statement.certainty == "asserted" else statement.certainty]
    extras.append("background" if statement.basis == "background" else "")
    told = "; ".join(extra for extra in extras if extra)
    claim = read_out(graph, statement)
    return f"{claim} ({told})" if told else claim


def evidence_line(evidence: Evidence) -> str:
    """Return one place as document, locator, cited numbers and line of YAML."""
    cited = f" [{', '.join(map(str, evidence.references))}]" if evidence.references else ""
    return f"{evidence.document}, {evidence.locator}{cited}  {evidence.source}"


def path_line(graph: Graph, path: Path) -> str:
    """Return a path as a chain of arrows, whose heads tell the sign of each step."""
    chain = graph.short(path.nodes[0])
    for step in path.steps:
        chain += f" {HEADS[step.sign]} {graph.short(step.target)}"
    return chain
