"""The rows of a graph made anew from its RDF: entities, documents, claims, values, curated conflicts.

The RDF does not hold compartments and main chains of diagrams, the steps of protocols in full, what of a
document is silent, columns in YAML lines, nor the order of synonyms and cited numbers, which are sorted.
What cannot be made anew is left out, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import msgspec

from kg.endpoint.asking import Endpoint
from kg.endpoint.fetching import Things, Values, fetch
from kg.model import (
    Conflict,
    Document,
    Entity,
    Evidence,
    KnowledgeBase,
    Locator,
    Measurement,
    Qualifiers,
    Quantity,
    Reference,
    Source,
    Span,
    Statement,
)
from kg.problems import EndpointFailed
from kg.quantity import parse_quantity
from kg.vocabulary import Vocabulary

_ENTITY = (
    "rdf:type", "rdfs:label", "skos:altLabel", "skos:definition", "skos:exactMatch",
    "kgo:symbol", "kgo:source_file", "kgo:source_line",
)  # fmt: skip
_RENAMED = {"form": "named_form", "date": "dated"}


def rebuild(endpoint: Endpoint, vocabulary: Vocabulary) -> KnowledgeBase:
    """Fetch what an endpoint holds of a graph and return it as the rows it was written from, in order."""
    evidence = _evidence(fetch(endpoint, ["Evidence"]), fetch(endpoint, ["Passage"]))
    cited = fetch(endpoint, ["Reference"])
    entities = fetch(endpoint, vocabulary.categories, _ENTITY)
    documents = fetch(endpoint, ["Document"])
    claims, values = fetch(endpoint, ["Statement"]), fetch(endpoint, ["Measurement"])
    conflicts = (_conflict(*item) for item in fetch(endpoint, ["Conflict"]).items())
    return KnowledgeBase(
        documents=_ordered(_document(*item, cited) for item in documents.items()),
        entities=_ordered(_entity(*item, vocabulary) for item in entities.items()),
        statements=_ordered(_statement(*item, evidence) for item in claims.items()),
        measurements=_ordered(_joined(_measurement(*item, evidence, vocabulary) for item in values.items())),
        conflicts=_ordered(found for found in conflicts if found.source is not None),
    )


def _ordered(rows: Iterable[Any]) -> tuple[Any, ...]:
    """Return rows in the order of their files: by path, as they are read, and by line."""

    def place(row: Any) -> tuple[tuple[str, ...], int, str]:
        return PurePath(row.source.file).parts, row.source.line, row.id

    return tuple(sorted(rows, key=place))


def _one(said: Values, name: str) -> str | None:
    return min(said[name]) if name in said else None


def _need(said: Values, name: str) -> str:
    return _one(said, name) or ""


def _source(said: Values) -> Source:
    return Source(_need(said, "kgo:source_file"), int(_one(said, "kgo:source_line") or 0))


def _entity(name: str, said: Values, vocabulary: Vocabulary) -> Entity:
    return Entity(
        id=name,
        name=_one(said, "rdfs:label") or name,
        category=_need(said, "rdf:type").removeprefix("kgo:"),
        source=_source(said),
        symbol=_one(said, "kgo:symbol"),
        synonyms=tuple(sorted(said.get("skos:altLabel", ()))),
        xrefs=tuple(sorted(vocabulary.prefixes.compress(iri) for iri in said.get("skos:exactMatch", ()))),
        definition=_one(said, "skos:definition"),
    )


def _document(name: str, said: Values, cited: Things) -> Document:
    listed = [_reference(cited[key]) for key in said.get("kgo:has_reference", ()) if key in cited]
    return Document(
        id=name,
        title=_need(said, "dcterms:title"),
        kind=_need(said, "kgo:source_kind"),  # type: ignore[arg-type]
        source=_source(said),
        publisher=_one(said, "dcterms:publisher"),
        authors=_one(said, "dcterms:creator"),
        date=_one(said, "dcterms:date"),
        label=_one(said, "kgo:label_compound"),
        about=tuple(sorted(said.get("kgo:about", ()))),
        doi=_one(said, "kgo:doi"),
        pmid=_one(said, "kgo:pmid"),
        references=tuple(sorted(listed, key=lambda row: row.number)),
        note=_one(said, "skos:note"),
    )


def _reference(said: Values) -> Reference:
    return Reference(
        number=int(_need(said, "kgo:number")),
        title=_need(said, "dcterms:title"),
        kind=_one(said, "kgo:source_kind") or "unknown",  # type: ignore[arg-type]
        authors=_one(said, "dcterms:creator"),
        date=_one(said, "dcterms:date"),
        doi=_one(said, "kgo:doi"),
        pmid=_one(said, "kgo:pmid"),
    )


def _evidence(found: Things, passages: Things) -> dict[str, Evidence]:
    return {name: _place(said, passages) for name, said in found.items()}


def _place(said: Values, passages: Things) -> Evidence:
    spans = [_span(name, passages[name]) for name in said.get("kgo:passage", ()) if name in passages]
    return Evidence(
        document=_need(said, "kgo:document"),
        locator=_locator(said),
        source=_source(said),
        references=_numbers(said, "kgo:cites"),
        misfits=_numbers(said, "kgo:misfit"),
        citation=_one(said, "kgo:citation_remark"),
        note=_one(said, "skos:note"),
        spans=tuple(sorted(spans, key=lambda span: span.start)),
    )


def _span(name: str, said: Values) -> Span:
    """Return a stretch of text; where it begins and ends stands in its name (RFC 5147)."""
    start, _, end = name.rpartition("#char=")[2].partition(",")
    return Span(int(start), int(end), _need(said, "kgo:sha256"))


def _locator(said: Values) -> Locator:
    given: dict[str, Any] = {name: _one(said, f"kgo:{name}") for name in Locator.__struct_fields__}
    paragraph = given.pop("paragraph")
    return Locator(paragraph=int(paragraph) if paragraph else None, **given)


def _numbers(said: Values, name: str) -> tuple[int, ...]:
    return tuple(sorted(int(cited.rpartition(".ref.")[2]) for cited in said.get(name, ())))


def _qualifiers(said: Values) -> Qualifiers:
    names = ((name, f"kgo:{_RENAMED.get(name, name)}") for name in Qualifiers.__struct_fields__)
    return Qualifiers(**{name: _one(said, key) for name, key in names})  # type: ignore[arg-type]


def _evidence_of(said: Values, known: dict[str, Evidence]) -> tuple[Evidence, ...]:
    names = sorted(said.get("kgo:evidence", ()), key=lambda name: int(name.rpartition(".")[2]))
    return tuple(known[name] for name in names if name in known)


def _statement(name: str, said: Values, known: dict[str, Evidence]) -> Statement:
    return Statement(
        id=name,
        subject=_need(said, "rdf:subject"),
        predicate=_need(said, "rdf:predicate").removeprefix("kgo:"),
        object=_need(said, "rdf:object"),
        sign=_need(said, "kgo:sign"),  # type: ignore[arg-type]
        source=_source(said),
        than=_one(said, "kgo:than"),
        polarity=_need(said, "kgo:polarity"),  # type: ignore[arg-type]
        certainty=_need(said, "kgo:certainty"),  # type: ignore[arg-type]
        basis=_need(said, "kgo:basis"),  # type: ignore[arg-type]
        qualifiers=_qualifiers(said),
        evidence=_evidence_of(said, known),
        normalised=_one(said, "kgo:normalised"),
        note=_one(said, "skos:note"),
    )


def _measurement(
    name: str, said: Values, known: dict[str, Evidence], vocabulary: Vocabulary
) -> tuple[Measurement, list[str]]:
    row = Measurement(
        id=name,
        drug=_need(said, "kgo:drug"),
        target=_need(said, "kgo:target"),
        parameter=_need(said, "kgo:parameter").removeprefix("kgo:"),
        quantity=_quantity(name, _need(said, "kgo:as_written")),
        source=_source(said),
        unit=_unit(_one(said, "kgo:unit"), vocabulary),
        form=_one(said, "kgo:form"),
        endpoint=_one(said, "kgo:endpoint"),
        ligand=_one(said, "kgo:ligand"),
        qualifiers=msgspec.structs.replace(_qualifiers(said), form=_one(said, "kgo:named_form")),
        evidence=_evidence_of(said, known),
        normalised=_one(said, "kgo:normalised"),
        note=_one(said, "skos:note"),
    )
    return row, said.get("kgo:same_value_as", [])


def _quantity(name: str, written: str) -> Quantity:
    """Return a number read again from its digits as printed, which no engine changes."""
    found = parse_quantity(written)
    if found is None:
        raise EndpointFailed(f"the value of {name} cannot be read: {written!r}")
    return found


def _joined(rows: Iterable[tuple[Measurement, list[str]]]) -> Iterable[Measurement]:
    """Yield values with `same_as` set to the first of the other prints: who named whom is not in the RDF."""
    for row, others in rows:
        first = min([row.id, *others])
        yield row if first == row.id else msgspec.structs.replace(row, same_as=first)


def _unit(name: str | None, vocabulary: Vocabulary) -> str | None:
    if name is None:
        return None
    wanted = name.removeprefix("kgo:")
    return next((label for label, unit in vocabulary.units.items() if unit.id == wanted), None)


def _conflict(name: str, said: Values) -> Conflict:
    """Return a conflict without its fold, which follows from the values."""
    return Conflict(
        id=name,
        kind=_need(said, "kgo:kind"),  # type: ignore[arg-type]
        topic=_need(said, "kgo:topic"),
        sides=tuple(sorted(said.get("kgo:has_side", ()))),
        verdict=_one(said, "kgo:verdict") or "open",  # type: ignore[arg-type]
        difference=_one(said, "kgo:difference"),
        reason=_one(said, "kgo:reason"),
        source=_source(said) if "kgo:source_file" in said else None,
    )
