"""Every field that a YAML file may have, from the JSON Schema that editors complete from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generators.markdown import page, table, verbatim
from kg.checking import seed_schema
from kg.resources import folder

FEW = 12
"""As many choices are listed; more stand on the page of the vocabulary."""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the one page."""
    schema = seed_schema(folder("ontology"))
    whole = _section("A file", "file", schema)
    records = [
        _section(_title(name), _title(name).lower().replace(" ", "-"), found)
        for name, found in schema["$defs"].items()
    ]
    yield "reference/fields.md", page("# Fields of the YAML files", _FIRST, whole, *records)


def _section(title: str, label: str, record: Mapping[str, Any]) -> str:
    needed = record.get("required", ())
    rows = (
        [f"`{name}`", _kind(field), "needed" if name in needed else "", _told(field)]
        for name, field in record["properties"].items()
    )
    return page(
        f"(field-{label})=\n## {title}",
        record.get("description", ""),
        table(["field", "takes", "", "what it is"], rows),
    )


def _title(name: str) -> str:
    words = name.removesuffix("Record").removesuffix("Fields")
    return (
        "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in words).strip().capitalize()
    )


def _told(field: Mapping[str, Any]) -> str:
    return verbatim(field.get("description"))


def _kind(field: Mapping[str, Any]) -> str:
    if "$ref" in field:
        title = _title(field["$ref"].rpartition("/")[2])
        return f"[{title.lower()}](#field-{title.lower().replace(' ', '-')})"
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(_kind(one) for one in field["anyOf"] if one.get("type") != "null"))
    if "enum" in field:
        return _choices(field["enum"])
    if field.get("type") == "array":
        return f"list of {_kind(field.get('items', {}))}"
    return _typed(field.get("type", "string"))


def _choices(names: list[str]) -> str:
    if len(names) > FEW:
        return f"one of {len(names)} names of [the vocabulary](vocabulary.md)"
    return ", ".join(f"`{name}`" for name in names)


def _typed(kind: str | list[str]) -> str:
    words = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`", "object": "fields"}
    return "text, as printed" if isinstance(kind, list) else words.get(kind, kind)


_FIRST = """What `kg schema` tells an editor, as a page. Every scalar is read as text and typed by its
field, so `NO` stays a name and `1.40` keeps its digits."""
