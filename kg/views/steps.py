"""What a workflow draws: the steps of a protocol or its own, in their phases, each with what it follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.model import Certainty, Evidence, Part, Protocol, Setting, Source, Step, Stop
from kg.views.boxes import SYMBOL_SIZE
from kg.views.text import width_of

PHASES = {
    "apparatus": "Preparation", "preparation": "Preparation", "storage": "Preparation",
    "administration": "Administration",
    "setup": "Assay", "pre-incubation": "Assay", "initiation": "Assay", "incubation": "Assay", "test": "Test",
    "termination": "Separation", "washing": "Separation",
    "quantification": "Readout", "scoring": "Readout",
    "analysis": "Analysis",
}  # fmt: skip
_GLYPHS = {
    "Preparation": "preparation step",
    "Separation": "separation step",
    "Readout": "readout step",
    "Analysis": "analysis step",
}


class Node(NamedTuple):
    """A step before it is drawn, and the steps it follows."""

    id: str
    title: str
    lane: str
    glyph: str
    follows: tuple[str, ...]
    source: Source
    text: str = ""
    small: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    background: bool = False
    certainty: Certainty = "asserted"


def nodes_of(protocol: Protocol) -> tuple[Node, ...]:
    """Return the steps of a protocol; parts side by side stand between their step and the next.

    A step that only says that its parts are alternatives, without a value of its own, gives way to them.
    """
    found: list[Node] = []
    last: tuple[str, ...] = ()
    for step in protocol.steps:
        fresh = list(_nodes(protocol, step, last))
        last = tuple(node.id for node in fresh if node.id not in _followed(fresh))
        found += fresh
    return tuple(found)


def _followed(nodes: Iterable[Node]) -> set[str]:
    return {name for node in nodes for name in node.follows}


def _nodes(protocol: Protocol, step: Step, last: tuple[str, ...]) -> Iterator[Node]:
    lane = PHASES[step.stage]
    glyph = _GLYPHS.get(lane, "assay step")
    whole = _node(protocol, step.id, step, lane, glyph, last)
    parts = [(f"{step.id}.{part.id}", part) for part in step.parts]
    if not parts:
        yield whole
    elif step.side_by_side:
        if step.parameters:
            yield whole
            last = (step.id,)
        for name, part in parts:
            yield _node(protocol, name, part, lane, "alternative", last)
    else:
        if step.text or step.parameters:
            yield whole
            last = (step.id,)
        for name, part in parts:
            yield _node(protocol, name, part, lane, glyph, last)
            last = (name,)


def _node(protocol: Protocol, name: str, part: Part, lane: str, glyph: str, follows: tuple[str, ...]) -> Node:
    details = [(_named(protocol, setting), setting.printed) for setting in part.parameters]
    details += [
        (label, text) for label, text in (("formula", part.formula), ("print", part.normalised)) if text
    ]
    details += [("left open", text) for text in part.left_open]
    same = part.same_as if isinstance(part, Step) else None
    details += [("otherwise as", same)] if same else []
    return Node(
        id=name,
        title=part.title,
        lane=lane,
        glyph=glyph,
        follows=follows,
        source=part.source,
        text=part.text or "",
        small=(
            *([part.short] if part.short else []),
            *(_short(protocol, setting) for setting in part.parameters),
            *([part.formula] if part.formula else []),
        ),
        details=tuple(details),
        evidence=part.evidence,
    )


def _material(protocol: Protocol, role: str) -> str:
    named = [row.name for row in protocol.materials if row.role == role]
    return named[0] if len(named) == 1 and width_of(named[0], SYMBOL_SIZE) < 110 else role


def _named(protocol: Protocol, setting: Setting) -> str:
    return f"{setting.name} of {_material(protocol, setting.of)}" if setting.of else setting.name


def _short(protocol: Protocol, setting: Setting) -> str:
    """Return a value as it fits into a box: «50 µL [3H]citalopram», «25 °C», «3 replicates»."""
    of = f" {_material(protocol, setting.of)}" if setting.of else ""
    if setting.name == "volume":
        return f"{setting.printed}{of}"
    if setting.name in ("temperature", "duration", "concentration"):
        return f"{setting.printed}{of}"
    if setting.name == "protein":
        return f"{setting.printed} protein"
    if setting.name == "region":
        return f"{setting.printed} for{of}" if of else setting.printed
    if setting.name in ("replicates", "washes"):
        return f"{setting.printed} {setting.name}"
    return f"{setting.name}{of}: {setting.printed}"


def own_nodes(stops: Sequence[Stop]) -> Iterator[Node]:
    """Yield the steps that a workflow has itself; without `follows` one follows the one before."""
    before: tuple[str, ...] = ()
    for stop in stops:
        background = stop.basis == "background"
        details = [("basis", "background, not said by the document")] if background else []
        details += [("certainty", stop.certainty)] if stop.certainty != "asserted" else []
        yield Node(
            id=stop.id,
            title=stop.title,
            lane=stop.lane or "",
            glyph="background step" if background else "step",
            follows=before if stop.follows is None else stop.follows,
            source=stop.source,
            text=stop.detail or "",
            small=(stop.short,) if stop.short else (),
            details=tuple(details),
            evidence=stop.evidence,
            background=background,
            certainty=stop.certainty,
        )
        before = (stop.id,)
