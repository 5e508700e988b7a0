"""Questions to start from in the query editor: three of ours, and the library's where there is one."""

from __future__ import annotations

from typing import NamedTuple

from kg import resources


class Example(NamedTuple):
    """A question in words and in SPARQL."""

    title: str
    sparql: str


_OWN = (
    Example(
        "What does igmesine act on?",
        "SELECT ?acts ?target WHERE {\n  kg:igmesine ?acts ?target .\n  ?acts kgo:curated true\n}",
    ),
    Example(
        "What was tested and found to have no effect?",
        "SELECT ?claim ?subject ?predicate ?object WHERE {\n"
        '  ?claim kgo:polarity "negated" ; rdf:subject ?subject ;\n'
        "         rdf:predicate ?predicate ; rdf:object ?object .\n} ORDER BY ?claim",
    ),
    Example(
        "At which targets is a Ki below 10 nM?",
        "SELECT ?drug ?target ?written WHERE {\n"
        '  ?value kgo:drug ?drug ; kgo:target ?target ; kgo:parameter kgo:Ki ; kgo:relation "=" ;\n'
        "         kgo:value ?ki ; kgo:as_written ?written .\n  FILTER(?ki < 10)\n} ORDER BY ?ki",
    ),
)


def examples() -> tuple[Example, ...]:
    """Return the questions; one of the library has its title in its first line, a comment."""
    found = sorted((resources.folder("ontology") / "queries").rglob("*.rq"))
    return (*_OWN, *(_titled(path.read_text("utf-8"), path.stem) for path in found))


def _titled(text: str, name: str) -> Example:
    first = text.split("\n", 1)[0]
    return Example(first.lstrip("# ").strip() if first.startswith("#") else name, text)
