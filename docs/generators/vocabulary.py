"""The ontology as pages: predicates, categories, parameters and units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generators.markdown import page, table
from kg.resources import folder
from kg.vocabulary import Category, Predicate, Vocabulary, read_vocabulary

SIGNS = {
    "+": "Predicates that raise (+)",
    "-": "Predicates that lower (−)",
    "unsigned": "Predicates of no given direction",
    "0": "Predicates of structure and comparison (0)",
}


def pages() -> Iterator[tuple[str, str]]:
    """Yield the one page."""
    words = read_vocabulary(folder("ontology"))
    yield (
        "reference/vocabulary.md",
        page(
            "# Predicates, categories, parameters, units",
            _FIRST,
            *(_predicates(words, sign, title) for sign, title in SIGNS.items()),
            "## Categories",
            "An entity has one category; one that holds others is for domains, ranges and queries.",
            "\n".join(_tree(words.categories.values(), "Entity")),
            "## Parameters",
            "What a measured number is. The dimension tells which units it may have.",
            table(
                ["parameter", "dimension", "what it is"],
                ([f"`{one.id}`", one.dimension, one.definition] for one in words.parameters.values()),
            ),
            "## Units",
            _units(words),
        ),
    )


def _predicates(words: Vocabulary, sign: str, title: str) -> str:
    chosen = [one for one in words.predicates.values() if one.sign == sign]
    return page(f"## {title}", *map(_predicate, chosen))


def _predicate(one: Predicate) -> str:
    told = [
        f"subject: {_names(one.domain)}",
        f"object: {_names(one.range)}",
        f"about: {one.aspect}",
        f"walked: {one.causal}",
        f"drawn as: {one.arc}",
    ]
    told += ["works both ways"] if one.symmetric else []
    told += [f"compares: the third member stands beside the {one.comparator}"] if one.comparator else []
    return page(f"(predicate-{one.id})=\n### {one.id}", one.definition, " · ".join(told))


def _names(categories: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(categories))


def _tree(categories: Iterable[Category], parent: str, depth: int = 0) -> Iterator[str]:
    """Yield a category and, set in, what it holds."""
    known = {one.id: one for one in categories}
    yield f"{'  ' * depth}- `{parent}`: {known[parent].definition}"
    within = [one for one in known.values() if parent in one.ancestors and one.id != parent]
    for one in within:
        if not any(other.id != one.id and other.id in one.ancestors for other in within):
            yield from _tree(known.values(), one.id, depth + 1)


def _units(words: Vocabulary) -> str:
    units = {one.id: one for one in words.units.values()}.values()
    rows = (
        [f"`{one.notation}`", ", ".join(f"`{name}`" for name in one.alternatives), one.dimension]
        for one in units
    )
    return table(["unit", "also written", "dimension"], rows)


_FIRST = """The words of `ontology/mechanisms.ttl`. A [predicate](../how-to/predicate.md) has a domain and
a range, which `kg check` holds a claim to, and a sign, from which [net signs](../explanation/signs.md)
follow."""
