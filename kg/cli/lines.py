"""A claim, a place where it is said, and a path, each as a line of text; a step with all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.cli.output import DIM, parts, signed

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Evidence, Statement
    from kg.paths import Path, Step

HEADS = {"+": "─▶", "-": "─⊣", "unknown": "─◇"}
TAILS = {"+": "◀─", "-": "⊢─", "unknown": "◇─"}
"""The same steps, seen from the entity that is acted on."""


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


def print_step(graph: Graph, step: Step, indent: int = 5) -> None:
    """Print the claims of a step and those that deny it, each with its places."""
    print_claims(graph, (*step.statements, *step.denials), indent)


def print_claims(graph: Graph, claims: Iterable[Statement], indent: int = 5) -> None:
    """Print claims, each with its places."""
    for statement in claims:
        print_claim(graph, statement, indent)


def print_claim(graph: Graph, statement: Statement, indent: int = 5) -> None:
    """Print a claim with its sign, and each place where it is said on a line of its own."""
    parts(" " * indent, signed(statement.sign), f" {claim_line(graph, statement)}")
    for evidence in statement.evidence:
        parts(" " * (indent + 4), (evidence_line(evidence), DIM))


def path_line(graph: Graph, path: Path) -> str:
    """Return a path as a chain of arrows, whose heads tell the sign of each step."""
    chain = graph.short(path.nodes[0])
    for step in path.steps:
        chain += f" {HEADS[step.sign]} {graph.short(step.target)}"
    return chain
