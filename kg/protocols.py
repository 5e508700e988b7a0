"""Protocols resolved and compared: what a step takes over from another, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple, TypeVar, get_args

from msgspec.structs import replace

from kg.graph import Graph
from kg.model import Frozen, Material, MaterialRole, Part, Protocol, Setting, Stage, Step
from kg.rich import Shown, counted
from kg.vocabulary import Vocabulary

P = TypeVar("P", Part, Step)


def resolved(graph: Graph, protocol: Protocol) -> Protocol:
    """Return a protocol whose steps say everything: what `same_as` names is put in, own values first.

    A step that names another keeps `same_as`, its own title, text, places and values; it takes over the
    other's text where it has none, and all parameters and parts that it does not set itself.
    """
    return replace(protocol, steps=tuple(_resolved(graph, step, ()) for step in protocol.steps))


def _resolved(graph: Graph, step: Step, seen: tuple[str, ...]) -> Step:
    name = step.same_as
    other = None if name is None or name in seen else _step(graph, name)
    if name is None or other is None:
        return step
    base = _resolved(graph, other, (*seen, name))
    parts = {part.id: part for part in base.parts}
    own = {part.id: _merged(part, parts[part.id]) if part.id in parts else part for part in step.parts}
    return replace(
        _merged(step, base),
        parts=tuple((parts | own).values()),
        side_by_side=step.side_by_side or base.side_by_side,
    )


def _step(graph: Graph, name: str) -> Step | None:
    owner, _, wanted = name.rpartition(".")
    protocol = graph.protocols.get(owner)
    return next((step for step in protocol.steps if step.id == wanted), None) if protocol else None


def _merged(own: P, base: Part) -> P:
    """Return a part with what it leaves unsaid taken from another."""
    return replace(
        own,
        text=own.text or base.text,
        short=own.short or base.short,
        parameters=_settings(own.parameters, base.parameters),
        formula=own.formula or base.formula,
        evidence=(*own.evidence, *(item for item in base.evidence if item not in own.evidence)),
        left_open=tuple(dict.fromkeys((*own.left_open, *base.left_open))),
    )


def _settings(own: Sequence[Setting], base: Sequence[Setting]) -> tuple[Setting, ...]:
    """Return the base's values with a part's own in their places; a name may be set more than once."""
    places = {key: index for index, key in enumerate(dict.fromkeys(map(_key, (*base, *own))))}
    said = set(map(_key, own))
    kept = (setting for setting in base if _key(setting) not in said)
    return tuple(sorted((*kept, *own), key=lambda setting: places[_key(setting)]))


def _key(setting: Setting) -> tuple[str, str]:
    return setting.name, setting.of or ""


def part_played(protocol: Protocol, entity: str) -> str | None:
    """Return what an entity is to a protocol, such as its target or a radioligand; None when nothing."""
    named = (
        ("assay", (protocol.assay,)),
        ("target", protocol.targets),
        ("species", protocol.species),
        *((material.role, (material.entity,)) for material in protocol.materials),
        ("drug", protocol.drugs),
    )
    return next((part for part, names in named if entity in names), None)


class Row(NamedTuple):
    """One difference: where (material or stage), of what, and how each side has it (None: not at all)."""

    section: str
    where: str
    name: str
    left: str | None
    right: str | None


class Comparison(Shown, Frozen, frozen=True):
    """What differs between two protocols, and how many things are alike and therefore not listed."""

    left: Protocol
    right: Protocol
    rows: tuple[Row, ...]
    alike: int

    def __repr__(self) -> str:
        return f"<Comparison of {self.left.id} and {self.right.id}: {counted(len(self.rows), 'difference')}>"


class _Cell(NamedTuple):
    """A thing as shown, and as compared."""

    shown: str
    compared: object


_Cells = dict[tuple[str, str], _Cell]


def compare(graph: Graph, left: Protocol, right: Protocol) -> Comparison:
    """Return the differences of two protocols, numbers compared as numbers in their base units."""
    one, other = resolved(graph, left), resolved(graph, right)
    pairs = (
        ("about", _about(graph, one), _about(graph, other)),
        ("materials", *_material_cells(graph, one, other)),
        ("steps", _step_cells(graph, one), _step_cells(graph, other)),
    )
    rows, alike = [], 0
    for section, first, second in pairs:
        for key in _order(section, first, second):
            a, b = first.get(key), second.get(key)
            if a and b and a.compared == b.compared:
                alike += 1
            else:
                rows.append(Row(section, *key, a.shown if a else None, b.shown if b else None))
    return Comparison(one, other, tuple(rows), alike)


def _order(section: str, first: _Cells, second: _Cells) -> list[tuple[str, str]]:
    """Return the keys of both sides, each group in its place on the bench, neighbours kept together."""
    keys = list(dict.fromkeys([*first, *second]))
    rank: Mapping[str, int] = {}
    if section != "about":
        rank = {name: i for i, name in enumerate(get_args(MaterialRole if section == "materials" else Stage))}
    return sorted(keys, key=lambda key: rank.get(key[0], 0))


def _about(graph: Graph, protocol: Protocol) -> _Cells:
    found = {
        "assay": (protocol.assay,) if protocol.assay else (),
        "drugs": protocol.drugs,
        "targets": protocol.targets,
        "species": protocol.species,
        "determines": protocol.determines,
    }
    return {
        ("protocol", name): _Cell(", ".join(graph.label(item) for item in items), frozenset(items))
        for name, items in found.items()
        if items
    }


def _material_cells(graph: Graph, left: Protocol, right: Protocol) -> tuple[_Cells, _Cells]:
    """Return the materials of both sides; those of one role are paired by entity or name, then in order."""
    first: _Cells = {}
    second: _Cells = {}
    for role in get_args(MaterialRole):
        for number, (a, b) in enumerate(_paired(_of_role(left, role), _of_role(right, role)), 1):
            suffix = "" if number == 1 else f" {number}"
            for side, material in ((first, a), (second, b)):
                if material:
                    cells = _material(graph, material)
                    side |= {(role, f"{name}{suffix}"): cell for name, cell in cells.items()}
    return first, second


def _of_role(protocol: Protocol, role: str) -> list[Material]:
    return [material for material in protocol.materials if material.role == role]


def _paired(
    left: Sequence[Material], right: Sequence[Material]
) -> Iterator[tuple[Material | None, Material | None]]:
    one, other = list(left), list(right)
    for a in sorted(left, key=_what):
        b = next((material for material in other if _what(material) == _what(a)), None)
        if b is not None:
            yield a, b
            one.remove(a)
            other.remove(b)
    while one and other:
        best = max(((a, b) for a in one for b in other), key=_likeness)
        yield best
        one.remove(best[0])
        other.remove(best[1])
    yield from zip_longest(one, other)


def _what(material: Material) -> str:
    return material.entity or material.name.casefold()


def _likeness(pair: tuple[Material, Material]) -> int:
    """Return how many words two names share."""
    one, other = (set(material.name.casefold().split()) for material in pair)
    return len(one & other)


def _material(graph: Graph, material: Material) -> dict[str, _Cell]:
    mark = "e.g. " if material.status == "example" else ""
    cells = {"what": _Cell(f"{mark}{material.name}", (_what(material), material.status))}
    if material.examples:
        cells["examples"] = _Cell(", ".join(material.examples), frozenset(material.examples))
    for setting in (*material.components, *material.parameters):
        key = _label(setting)
        cells[key] = _joined(cells.get(key), _cell(setting, graph.vocabulary))
    return cells


def _step_cells(graph: Graph, protocol: Protocol) -> _Cells:
    """Return a protocol's stages, each with the values that its steps and their parts set."""
    cells: _Cells = {}
    for stage, steps in _by_stage(protocol.steps).items():
        cells[stage, "done"] = _Cell("yes", True)
        for part in (part for step in steps for part in (step, *step.parts)):
            within = "" if isinstance(part, Step) else f"{part.id}: "
            for setting in part.parameters:
                key = (stage, f"{within}{_label(setting)}")
                cells[key] = _joined(cells.get(key), _cell(setting, graph.vocabulary))
    return cells


def _joined(before: _Cell | None, cell: _Cell) -> _Cell:
    if before is None or before.compared == cell.compared:
        return cell
    return _Cell(f"{before.shown}; {cell.shown}", (before.compared, cell.compared))


def _by_stage(steps: Iterable[Step]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(step.stage, []).append(step)
    return found


def _label(setting: Setting) -> str:
    return f"{setting.name} of {setting.of}" if setting.of else setting.name


def _cell(setting: Setting, vocabulary: Vocabulary) -> _Cell:
    """Return a value as shown and as compared: in the base unit of its dimension, with its relation."""
    quantity = setting.quantity
    unit = vocabulary.unit(setting.unit) if setting.unit else None
    factor = (unit.to_molar or unit.to_base or Decimal(1)) if unit else Decimal(1)
    numbers = tuple(
        None if number is None else (number * factor).normalize()
        for number in (quantity.value, quantity.low, quantity.high, quantity.error)
    )
    words = quantity.text.casefold() if quantity.relation == "qualitative" else ""
    kind = unit.dimension if unit else setting.unit or ""
    return _Cell(setting.printed, (quantity.relation, numbers, words, kind, setting.status))
