"""Every problem the project can report, as a table: what is checked, why, an example and its repair.

`kg rule CODE` prints an entry; the tests run every example and every repair.
"""

from __future__ import annotations

from kg.catalogue.bench import BENCH
from kg.catalogue.meaning import MEANING
from kg.catalogue.names import NAMES
from kg.catalogue.places import PLACES
from kg.catalogue.rule import Rule
from kg.catalogue.shape import SHAPE
from kg.catalogue.text import TEXT
from kg.catalogue.whole import WHOLE
from kg.problems import Problem

RULES: tuple[Rule, ...] = (*TEXT, *SHAPE, *NAMES, *BENCH, *MEANING, *WHOLE, *PLACES)
RULE: dict[str, Rule] = {rule.code: rule for rule in RULES}


def problem(code: str, file: str, line: int, column: int, message: str, hint: str | None = None) -> Problem:
    """Return a problem of the kind `code`; without a hint of its own it carries the rule's remedy."""
    rule = RULE[code]
    return Problem(file, line, column, code, rule.severity, f"{rule.name}: {message}", hint or rule.fix)


__all__ = ["RULE", "RULES", "Rule", "problem"]
