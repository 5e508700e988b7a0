"""Which boxes and compartments a mechanism has, with their texts and sizes, before they are placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.model import Entity, Mechanism, Placement, Source, Statement
from kg.views.palette import BOXES
from kg.views.parts import Box, CategoryLike, Region
from kg.views.plan import PlaceKind
from kg.views.text import clean, whole, width_of, wrap

ELSEWHERE = "elsewhere"
NAME_SIZE, SYMBOL_SIZE, CAPTION_SIZE = 14.0, 11.0, 12.0
_KINDS: dict[str, PlaceKind] = {"Membrane": "membrane", "Organelle": "organelle"}
_ROOM = {
    "perturbing agent": 44.0,
    "process": 44.0,
    "phenotype": 46.0,
    "adverse effect": 46.0,
    "disease": 40.0,
    "small molecule": 30.0,
    "transporter": 38.0,
    "channel": 44.0,
    "transcription factor": 32.0,
    "group": 30.0,
    "enzyme": 28.0,
}


def placements_of(mechanism: Mechanism, statements: Sequence[Statement]) -> list[Placement]:
    """Return the compartments with every entity in exactly one: the first that names it, or «elsewhere»."""
    seen: set[str] = {placement.compartment for placement in mechanism.compartments}
    found: dict[str, Placement] = {}
    for placement in mechanism.compartments:
        fresh = tuple(dict.fromkeys(name for name in placement.entities if name not in seen))
        seen |= set(fresh)
        known = found.get(placement.compartment, Placement(placement.compartment, (), placement.within))
        found[placement.compartment] = Placement(known.compartment, known.entities + fresh, known.within)
    ends = (name for said in statements for name in (said.subject, said.object))
    rest = tuple(dict.fromkeys(name for name in ends if name not in seen))
    if rest:
        found[f"{ELSEWHERE}:"] = Placement(f"{ELSEWHERE}:", rest)
    return list(found.values())


def region_of(
    placement: Placement, placements: Sequence[Placement], entities: Mapping[str, Entity]
) -> Region:
    """Return a compartment with its name; what lies within another is drawn as an organelle."""
    known = entities.get(placement.compartment)
    alone = len(placements) == 1
    name = ("" if alone else ELSEWHERE) if placement.compartment == f"{ELSEWHERE}:" else placement.compartment
    label = clean(known.name if known else name)
    kind = _KINDS.get(known.category, "band") if known else "band"
    drawn = {other.compartment for other in placements}
    within = placement.within if placement.within in drawn else None
    lines = wrap(label, CAPTION_SIZE, 150.0 if within else 108.0)
    kind = "organelle" if within else kind
    return Region(id=placement.compartment, label=label, lines=lines, kind=kind, within=within or "")


def boxes_of(
    placements: Iterable[Placement],
    statements: Sequence[Statement],
    entities: Mapping[str, Entity],
    categories: Mapping[str, CategoryLike],
) -> list[Box]:
    """Return a box for every entity; only those no document claim speaks of are background."""
    stated = _named(said for said in statements if said.basis == "document")
    behind = _named(said for said in statements if said.basis == "background") - stated
    return [
        _box(entities.get(name) or _unknown(name), placement.compartment, categories, name in behind)
        for placement in placements
        for name in placement.entities
    ]


def _named(statements: Iterable[Statement]) -> set[str]:
    return {name for said in statements for name in (said.subject, said.object, said.than) if name}


def _unknown(name: str) -> Entity:
    return Entity(name, name, "Entity", Source("", 0))


def _box(entity: Entity, compartment: str, categories: Mapping[str, CategoryLike], background: bool) -> Box:
    category = categories.get(entity.category)
    glyph = category.glyph if category and category.glyph in BOXES else "other"
    lines = whole(entity.name, NAME_SIZE, 160.0)
    symbol = wrap(entity.symbol or "", SYMBOL_SIZE, 150.0, most=1)[0]
    sublabel = "" if symbol.casefold() in entity.name.casefold() else symbol
    width, height = _size(lines, sublabel, glyph)
    return Box(
        id=entity.id,
        label=clean(entity.name),
        lines=lines,
        sublabel=sublabel,
        category=clean(category.label if category else entity.category),
        glyph=glyph,
        x=0.0,
        y=0.0,
        width=width,
        height=height,
        compartment=compartment,
        background=background,
        definition=clean(entity.definition or ""),
        synonyms=tuple(clean(name) for name in entity.synonyms),
        xrefs=tuple(clean(curie) for curie in entity.xrefs),
        source=clean(str(entity.source)) if entity.source.line else "",
    )


def _size(lines: Sequence[str], sublabel: str, glyph: str) -> tuple[float, float]:
    """Return width and height that hold the text and the outline's own corners."""
    text = max(width_of(line, NAME_SIZE) for line in lines)
    widest = max(text, width_of(sublabel, SYMBOL_SIZE))
    height = 16.0 * len(lines) + (12.0 if sublabel else 0.0) + 12.0
    return max(58.0, round(widest + _ROOM.get(glyph, 24.0))), round(height)
