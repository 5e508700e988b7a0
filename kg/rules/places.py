"""Rules about places: what a locator names is in the index of its document's text, and the index is sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.loading import Row
from kg.model import Locator, Text
from kg.names import meant, nearest
from kg.places import Places, is_indexed, is_one_place
from kg.rules.context import Context, Finding
from kg.yamltext import Step


def unfound_places(context: Context) -> Iterator[Finding]:
    """KG601 and KG602."""
    places = {row.value.document: Places(row.value) for row in reversed(context.draft.texts)}
    for row, path, document, locator in _located(context):
        if document not in places or locator == Locator():
            continue
        found = places[document].find(locator)
        if not is_indexed(locator):
            message = f"{locator or 'a column'} of {document} is no place that its index knows"
            yield Finding(row, row.problem("KG602", path, message))
        elif not found:
            message = f"{document} has no {locator}"
            yield Finding(row, row.problem("KG601", path, message, _hint(places[document], locator)))
        elif path[0] != "silent" and not is_one_place(found):
            shown = "; ".join(str(passage.locator) for passage in found[:3])
            message = f"{locator} of {document} names {len(found)}: {shown}{' …' if len(found) > 3 else ''}"
            yield Finding(row, row.problem("KG602", path, message))


def _located(context: Context) -> Iterator[tuple[Row[Any], tuple[Step, ...], str, Locator]]:
    """Yield every locator of the data with its row, its field and its document."""
    for row, path, evidence in context.evidence:
        yield row, path, evidence.document, evidence.locator
    for mechanism in context.draft.mechanisms:
        yield mechanism, ("at",), mechanism.value.document or "", mechanism.value.locator
    for workflow in context.draft.workflows:
        yield workflow, ("at",), workflow.value.document or "", workflow.value.locator
    for row, path, evidence in context.bench_evidence():
        yield row, (*path, "at"), evidence.document, evidence.locator
    for document in context.draft.documents:
        for index, silence in enumerate(document.value.silent):
            yield document, ("silent", index, "at"), document.value.id, silence.locator


def _hint(places: Places, locator: Locator) -> str | None:
    """Return the nearest name of the part that is not found, or what there is."""
    if locator.section and locator.section not in places.sections():
        return meant(locator.section, places.sections())
    within = places.within(locator.section)
    for part in ("item", "table", "row", "figure", "paragraph"):
        there = [str(getattr(place, part)) for place in within if getattr(place, part) is not None]
        wanted = getattr(locator, part)
        if wanted is not None and str(wanted) not in there:
            near = nearest(str(wanted), there) or tuple(dict.fromkeys(there))[:6]
            return f"its {part}s there: {', '.join(near)}" if near else f"there is no {part} in that section"
    return None


def unsound_indexes(context: Context) -> Iterator[Finding]:
    """KG603. A document has one text and so one index: the first counts."""
    first: dict[str, Row[Text]] = {}
    for row in context.draft.texts:
        other = first.setdefault(row.value.document, row)
        if other is not row:
            message = f"{row.value.document} has an index already, in {other.value.source}"
            yield Finding(row, row.problem("KG603", ("document",), message))
        yield from _unsound(row)


def _unsound(row: Row[Text]) -> Iterator[Finding]:
    end, seen = 0, set[Locator]()
    for index, passage in enumerate(row.value.passages):
        path: tuple[Step, ...] = ("passages", index)
        span = passage.span
        if not end <= span.start < span.end <= row.value.characters:
            message = f"{span} overlaps what is before it, is empty, or ends behind the text"
            yield Finding(row, row.problem("KG603", (*path, "span"), message))
        if passage.locator in seen:
            yield Finding(row, row.problem("KG603", (*path, "at"), f"{passage.locator} is indexed twice"))
        seen.add(passage.locator)
        end = max(end, span.end)


def unknown_texts(context: Context) -> Iterator[Finding]:
    """KG305. An index belongs to a document that is declared."""
    for row in context.draft.texts:
        name = row.value.document
        if context.lacks(name, context.documents):
            hint = meant(name, context.documents)
            yield Finding(row, row.problem("KG305", ("document",), f"`{name[:80]}`", hint))
