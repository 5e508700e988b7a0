"""What `kg check` may report: every rule with its reason, an example and its repair."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from generators.markdown import fence, page, table, toctree
from kg.catalogue.rule import Rule

FAMILIES = ("text", "shape", "names", "bench", "meaning", "whole", "places")


def pages() -> Iterator[tuple[str, str]]:
    """Yield the list of all rules and a page for each family."""
    listed = []
    for family in FAMILIES:
        module = import_module(f"kg.catalogue.{family}")
        rules: tuple[Rule, ...] = getattr(module, family.upper())
        codes, _, topic = (module.__doc__ or "").partition(": ")
        title = f"{codes}: {topic.splitlines()[0].rstrip('.')}"
        yield f"reference/rules/{family}.md", page(f"# {title}", *map(_section, rules))
        listed += [[f"[{rule.code}](#{rule.code})", rule.name, rule.severity, rule.checks] for rule in rules]
    rows = table(["code", "problem", "severity", "what is checked"], listed)
    yield "reference/rules/index.md", page("# Rules", _FIRST, toctree(FAMILIES), "## All rules", rows)


def _section(rule: Rule) -> str:
    parts = [
        f"({rule.code})=\n## {rule.code} {rule.name}",
        f"{rule.checks} ({rule.severity})",
        f"**Why**: {rule.why}",
        f"**Fix**: {rule.fix}.",
    ]
    for title, example in (("Has it", rule.example), ("Repaired", rule.repair)):
        if example:
            parts.append(f"{title}:\n\n{fence('text', example)}")
    return page(*parts)


_FIRST = """`kg check` reports every problem of every file in one run, with file, line, column and what
was probably meant. An error keeps the row out of the graph, a warning does not. `kg rule KG302` prints
what stands here; a test runs every example and every repair."""
