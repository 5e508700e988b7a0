"""Rules about protocols and workflows: steps that exist, once, in no circle, and set what can be set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.loading import Row
from kg.model import Part, Setting, Step
from kg.names import meant
from kg.rules.context import Context, Finding
from kg.yamltext import Step as Key

_Path = tuple[Key, ...]


def duplicate_steps(context: Context) -> Iterator[Finding]:
    """KG320."""
    both: tuple[Row[Any], ...] = (*context.draft.protocols, *context.draft.workflows)
    for row in both:
        yield from _twice(row, ("steps",), [step.id for step in row.value.steps])
    for protocol in context.draft.protocols:
        for index, step in enumerate(protocol.value.steps):
            yield from _twice(protocol, ("steps", index, "parts"), [part.id for part in step.parts])


def _twice(row: Row[Any], path: _Path, ids: Iterable[str]) -> Iterator[Finding]:
    seen = Counter[str]()
    for index, name in enumerate(ids):
        seen[name] += 1
        if seen[name] > 1:
            yield Finding(row, row.problem("KG320", (*path, index, "id"), f"`{name}`"))


def unknown_steps(context: Context) -> Iterator[Finding]:
    """KG321."""
    known = {f"{row.value.id}.{step.id}" for row in context.draft.protocols for step in row.value.steps}
    for row in context.draft.protocols:
        for index, step in enumerate(row.value.steps):
            owner = (step.same_as or "").rpartition(".")[0]
            if step.same_as and step.same_as not in known and owner not in context.draft.cut:
                yield _unknown(row, ("steps", index, "same_as"), step.same_as, known)
    protocols = {row.value.id for row in context.draft.protocols}
    for flow in context.draft.workflows:
        drawn = flow.value.protocol
        if drawn and context.lacks(drawn, protocols):
            yield _unknown(flow, ("protocol",), drawn, protocols)
        own = {stop.id for stop in flow.value.steps}
        for index, stop in enumerate(flow.value.steps):
            for number, name in enumerate(stop.follows or ()):
                if name not in own:
                    yield _unknown(flow, ("steps", index, "follows", number), name, own)


def _unknown(row: Row[Any], path: _Path, name: str, known: Iterable[str]) -> Finding:
    return Finding(row, row.problem("KG321", path, f"`{name[:80]}`", meant(name, known)))


def circular_steps(context: Context) -> Iterator[Finding]:
    """KG322. A step cannot be done as itself, nor come before itself, however many others are between."""
    after: dict[str, tuple[str, ...]] = {
        f"{row.value.id}.{step.id}": (step.same_as,) if step.same_as else ()
        for row in context.draft.protocols
        for step in row.value.steps
    }
    for row in context.draft.protocols:
        for index, step in enumerate(row.value.steps):
            if _returns(f"{row.value.id}.{step.id}", after):
                path: _Path = ("steps", index, "same_as")
                yield Finding(row, row.problem("KG322", path, f"`{step.same_as}` leads back here"))
    for flow in context.draft.workflows:
        before = {stop.id: stop.follows or () for stop in flow.value.steps}
        for index, stop in enumerate(flow.value.steps):
            if _returns(stop.id, before):
                path = ("steps", index, "follows")
                yield Finding(flow, flow.problem("KG322", path, f"`{stop.id}` would come before itself"))


def _returns(start: str, after: Mapping[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    waiting = list(after.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting += after.get(name, ())
    return False


def without_steps(context: Context) -> Iterator[Finding]:
    """KG420."""
    for row in context.draft.protocols:
        if not row.value.steps:
            yield Finding(row, row.problem("KG420", ("id",), f"`{row.value.id}`"))
    for flow in context.draft.workflows:
        if bool(flow.value.steps) == bool(flow.value.protocol):
            both = "has steps and a protocol" if flow.value.steps else "has neither steps nor a protocol"
            yield Finding(flow, flow.problem("KG420", ("id",), f"`{flow.value.id}` {both}"))


def other_kinds(context: Context) -> Iterator[Finding]:
    """KG421."""
    for row in context.draft.protocols:
        named: list[tuple[_Path, str, str]] = [(("assay",), row.value.assay or "", "Assay")]
        named += [(("species", i), name, "Species") for i, name in enumerate(row.value.species)]
        for path, name, wanted in named:
            category = context.category(name)
            if category and not context.vocabulary.is_a(category, (wanted,)):
                message = f"`{name}` is a {category}; {path[0]} must be {wanted}"
                yield Finding(row, row.problem("KG421", path, message))


def stops_without_evidence(context: Context) -> Iterator[Finding]:
    """KG403 for the steps of workflows; those of protocols carry their protocol's section."""
    for row in context.draft.workflows:
        for index, stop in enumerate(row.value.steps):
            if not stop.evidence:
                yield Finding(row, row.problem("KG403", ("steps", index, "id"), f"`{stop.id}`"))


def settings(context: Context) -> Iterator[tuple[Row[Any], _Path, Setting]]:
    """Yield every value that a protocol sets, with its row and path."""
    for row in context.draft.protocols:
        for index, material in enumerate(row.value.materials):
            at: _Path = ("materials", index)
            yield from _numbered(row, (*at, "components"), material.components)
            yield from _numbered(row, (*at, "parameters"), material.parameters)
        for path, part in _parts(row.value.steps):
            yield from _numbered(row, (*path, "parameters"), part.parameters)


def _parts(steps: Iterable[Step]) -> Iterator[tuple[_Path, Part]]:
    for index, step in enumerate(steps):
        yield ("steps", index), step
        for number, part in enumerate(step.parts):
            yield ("steps", index, "parts", number), part


def _numbered(
    row: Row[Any], path: _Path, found: Iterable[Setting]
) -> Iterator[tuple[Row[Any], _Path, Setting]]:
    for index, setting in enumerate(found):
        yield row, (*path, index), setting


def unsound_settings(context: Context) -> Iterator[Finding]:
    """KG306, KG407, KG408 and KG409 for the values of protocols; only a temperature may be below zero."""
    for row, path, setting in settings(context):
        quantity = setting.quantity
        unit = context.vocabulary.unit(setting.unit) if setting.unit else None
        numbers = [number for number in (quantity.value, quantity.low, quantity.high) if number is not None]
        shown = f"`{quantity.text}`"
        if setting.unit and unit is None:
            hint = meant(setting.unit, context.vocabulary.units)
            yield Finding(row, row.problem("KG306", (*path, "unit"), f"`{setting.unit[:80]}`", hint))
        if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
            yield Finding(row, row.problem("KG407", (*path, "value"), shown))
        if any(number < 0 for number in numbers) and (unit is None or unit.dimension != "temperature"):
            yield Finding(row, row.problem("KG408", (*path, "value"), shown))
        if quantity.relation in (">", "<", ">=", "<=") and quantity.error is not None:
            yield Finding(row, row.problem("KG409", (*path, "value"), shown))
