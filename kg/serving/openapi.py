"""The OpenAPI 3.1 document of the API, made from its table of addresses and the types in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from kg.resources import VERSION
from kg.serving.shapes import Fault

if TYPE_CHECKING:
    from kg.serving.api import Address

_HOME = "#/components/schemas/{name}"
_FAULTS = {"400": "A parameter is unknown, missing or wrong.", "404": "Nothing goes by a name.",
           "409": "Several things go by a name.", "503": "It takes too long."}  # fmt: skip


def document(addresses: Iterable[Address]) -> dict[str, Any]:
    """Return the whole document."""
    rows = tuple(addresses)
    types = [Fault, *(row.gives for row in rows)]
    schemas, components = msgspec.json.schema_components(types, ref_template=_HOME)
    given = dict(zip((row.path for row in rows), schemas[1:], strict=True))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Drug mechanisms",
            "version": VERSION,
            "description": "A knowledge graph in which every arrow has a source. It is only read.",
            "license": {"name": "CC0 1.0 (data)", "identifier": "CC0-1.0"},
        },
        "paths": {row.path: {"get": _operation(row, given[row.path], schemas[0])} for row in rows},
        "components": {"schemas": components},
    }


def _operation(address: Address, gives: dict[str, Any], fault: dict[str, Any]) -> dict[str, Any]:
    name = address.path.removeprefix("/api/").replace("/{name}", "_named")
    return {
        "operationId": name,
        "summary": address.purpose,
        "parameters": list(_parameters(address)),
        "responses": {
            "200": {"description": address.purpose, "content": {"application/json": {"schema": gives}}},
            **{
                status: {"description": why, "content": {"application/problem+json": {"schema": fault}}}
                for status, why in _FAULTS.items()
            },
        },
    }


def _parameters(address: Address) -> Iterator[dict[str, Any]]:
    if "{name}" in address.path:
        schema = {"type": "string", "minLength": 1}
        yield {"name": "name", "in": "path", "required": True, "schema": schema}
    (_,), components = msgspec.json.schema_components([address.wish], ref_template=_HOME)
    schema = components[address.wish.__name__]
    for name, wanted in schema["properties"].items():
        required = name in schema.get("required", ())
        yield {"name": name, "in": "query", "required": required, "schema": _without_null(wanted)}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what an address can say: a value, or nothing at all."""
    kept = {name: value for name, value in schema.items() if name != "default" or value is not None}
    if "anyOf" in kept:
        (kept,) = (choice for choice in kept["anyOf"] if choice != {"type": "null"})
    if "enum" in kept:
        kept = {**kept, "type": "string", "enum": [value for value in kept["enum"] if value is not None]}
    return kept
