"""The ontology read once: categories, predicates, parameters, units and prefixes as plain frozen values.

Read with Oxigraph's Turtle parser, which starts twenty times faster than rdflib.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec

from kg.curie import PrefixMap, read_prefixes
from kg.model import Sign
from kg.rich import Shown

KG = "https://w3id.org/drug-mechanisms/"
KGO = "https://w3id.org/drug-mechanisms/ontology#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

Causal = Literal["forward", "backward", "none"]


class Category(msgspec.Struct, frozen=True):
    """A class of entities. `ancestors` includes the category itself."""

    id: str
    label: str
    definition: str
    ancestors: frozenset[str]
    glyph: str


class Predicate(Shown, msgspec.Struct, frozen=True):
    """A relation type: what it joins, which sign it gives and how it is drawn."""

    id: str
    label: str
    definition: str
    domain: frozenset[str]
    range: frozenset[str]
    sign: Sign
    aspect: str
    arc: str
    causal: Causal
    comparator: Literal["object", "subject"] | None = None
    symmetric: bool = False

    def __repr__(self) -> str:
        return f"<Predicate {self.id}: {self.label}, sign {self.sign}>"


class Parameter(msgspec.Struct, frozen=True):
    """What a number measures (Ki, IC50, …) and the dimension its unit must have."""

    id: str
    label: str
    definition: str
    dimension: str


class Unit(msgspec.Struct, frozen=True):
    """A unit as curators write it, with its factor to mol/L where it is a concentration."""

    id: str
    notation: str
    alternatives: tuple[str, ...]
    dimension: str
    ucum: str
    to_molar: Decimal | None = None
    to_base: Decimal | None = None
    """Factor to the unit of its dimension whose own factor is 1; a concentration has `to_molar`."""
    exact: str = ""
    """Its address in the QUDT vocabulary, where that has the very same unit."""


class Vocabulary(msgspec.Struct, frozen=True):
    """Everything the ontology folder says, by id (units by every notation)."""

    categories: dict[str, Category]
    predicates: dict[str, Predicate]
    parameters: dict[str, Parameter]
    units: dict[str, Unit]
    prefixes: PrefixMap

    def is_a(self, category: str, allowed: Iterable[str]) -> bool:
        """Tell whether a category is one of the allowed ones or a kind of one."""
        known = self.categories.get(category)
        return known is not None and not known.ancestors.isdisjoint(allowed)

    def unit(self, notation: str) -> Unit | None:
        """Return the unit written so, under any of its notations."""
        return self.units.get(notation.strip())


_Facts = dict[str, dict[str, list[str]]]


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read `mechanisms.ttl` and `prefixes.json` of an ontology folder."""
    facts = _facts((folder / "mechanisms.ttl").read_bytes())
    return Vocabulary(
        categories={category.id: category for category in _categories(facts)},
        predicates={predicate.id: predicate for predicate in _predicates(facts)},
        parameters={parameter.id: parameter for parameter in _parameters(facts)},
        units={name: unit for unit in _units(facts) for name in (unit.notation, *unit.alternatives)},
        prefixes=read_prefixes((folder / "prefixes.json").read_bytes()),
    )


def _facts(turtle: bytes) -> _Facts:
    import pyoxigraph as ox

    facts: _Facts = {}
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        subject = f"_:{quad.subject.value}" if isinstance(quad.subject, ox.BlankNode) else quad.subject.value
        value = f"_:{quad.object.value}" if isinstance(quad.object, ox.BlankNode) else quad.object.value
        facts.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(value)
    return facts


def _of_type(facts: _Facts, type_iri: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
    for subject, about in facts.items():
        if subject.startswith(KGO) and type_iri in about.get(f"{_RDF}type", ()):
            yield subject.removeprefix(KGO), about


def _one(about: dict[str, list[str]], iri: str, default: str = "") -> str:
    return about.get(iri, [default])[0]


def _categories(facts: _Facts) -> Iterator[Category]:
    for name, about in _of_type(facts, f"{_OWL}Class"):
        ancestors = frozenset(_ancestors(facts, name))
        if "Entity" in ancestors:
            label, definition = _one(about, f"{_RDFS}label", name), _one(about, f"{_SKOS}definition")
            yield Category(name, label, definition, ancestors, _glyph(facts, name))


def _ancestors(facts: _Facts, name: str) -> Iterator[str]:
    yield name
    for parent in facts.get(KGO + name, {}).get(f"{_RDFS}subClassOf", ()):
        if parent.startswith(KGO):
            yield from _ancestors(facts, parent.removeprefix(KGO))


def _glyph(facts: _Facts, name: str) -> str:
    given = (_one(facts.get(KGO + kind, {}), f"{KGO}glyph") for kind in _ancestors(facts, name))
    return next(filter(None, given), "other")


def _predicates(facts: _Facts) -> Iterator[Predicate]:
    for name, about in _of_type(facts, f"{_OWL}ObjectProperty"):
        if _one(about, f"{KGO}curated") != "true":
            continue
        yield Predicate(
            id=name,
            label=_one(about, f"{_RDFS}label", name),
            definition=_one(about, f"{_SKOS}definition"),
            domain=frozenset(_members(facts, about, f"{_RDFS}domain")),
            range=frozenset(_members(facts, about, f"{_RDFS}range")),
            sign=msgspec.convert(_one(about, f"{KGO}sign", "unsigned"), Sign),
            aspect=_one(about, f"{KGO}aspect"),
            arc=_one(about, f"{KGO}sbgn_arc", "none"),
            causal=msgspec.convert(_one(about, f"{KGO}causal_direction", "none"), Causal),
            comparator=msgspec.convert(
                _one(about, f"{KGO}takes_comparator") or None, Literal["object", "subject"] | None
            ),
            symmetric=f"{_OWL}SymmetricProperty" in about.get(f"{_RDF}type", ()),
        )


def _members(facts: _Facts, about: dict[str, list[str]], iri: str) -> Iterator[str]:
    """Yield the classes of a domain or range, opening owl:unionOf lists."""
    for value in about.get(iri, ()):
        if value.startswith(KGO):
            yield value.removeprefix(KGO)
        rest = _one(facts.get(value, {}), f"{_OWL}unionOf")
        while rest in facts:
            yield _one(facts[rest], f"{_RDF}first").removeprefix(KGO)
            rest = _one(facts[rest], f"{_RDF}rest")


def _parameters(facts: _Facts) -> Iterator[Parameter]:
    for name, about in _of_type(facts, f"{KGO}Parameter"):
        label, definition = _one(about, f"{_RDFS}label", name), _one(about, f"{_SKOS}definition")
        yield Parameter(name, label, definition, _one(about, f"{KGO}expects_dimension", "none"))


def _units(facts: _Facts) -> Iterator[Unit]:
    for name, about in _of_type(facts, f"{KGO}Unit"):
        factor, to_base = _one(about, f"{KGO}to_molar"), _one(about, f"{KGO}to_base")
        yield Unit(
            id=name,
            notation=_one(about, f"{_SKOS}notation", name),
            alternatives=tuple(about.get(f"{KGO}alternative_notation", ())),
            dimension=_one(about, f"{KGO}dimension", "none"),
            ucum=_one(about, f"{KGO}ucum_code"),
            to_molar=Decimal(factor) if factor else None,
            to_base=Decimal(to_base) if to_base else None,
            exact=_one(about, f"{_SKOS}exactMatch"),
        )
