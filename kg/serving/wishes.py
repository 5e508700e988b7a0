"""What can be asked of each address of the API: its parameters, as types, and how they are read."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta
from starlette.datastructures import QueryParams

from kg.model import Basis, Certainty, Polarity
from kg.serving.refusing import Refused

Name = Annotated[str, Meta(max_length=300)]
Limit = Annotated[int, Meta(ge=0, le=1000, description="So many at most.")]
Offset = Annotated[int, Meta(ge=0, le=10_000_000, description="Leave out so many first.")]


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parameters of an address; every list has these two."""

    limit: Limit = 100
    offset: Offset = 0


class EntityWish(Wish, frozen=True):
    """Which entities: those in whose names or definition a text occurs, of a category."""

    search: Name | None = None
    category: Name | None = None


class StatementWish(Wish, frozen=True):
    """Which claims; names as people write them."""

    subject: Name | None = None
    predicate: Name | None = None
    object: Name | None = None
    document: Name | None = None
    polarity: Polarity | None = None
    certainty: Certainty | None = None
    basis: Basis | None = None
    weak_source: bool = False


class MeasurementWish(Wish, frozen=True):
    """Which values."""

    drug: Name | None = None
    target: Name | None = None
    parameter: Name | None = None
    document: Name | None = None
    weak_source: bool = False


class ConflictWish(Wish, frozen=True):
    """Which conflicts: values count from `fold` apart on."""

    fold: Annotated[int, Meta(ge=2, le=1000)] = 3


class PathWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From where to where, and which paths."""

    source: Name
    target: Name
    max_length: Annotated[int, Meta(ge=1, le=8, description="Most steps.")] = 6
    limit: Annotated[int, Meta(ge=1, le=100, description="So many at most.")] = 20
    sign: Literal["any", "+", "-"] = "any"
    basis: Literal["any", "document"] = "any"
    via: Annotated[list[Name], Meta(max_length=10)] = []
    avoid: Annotated[list[Name], Meta(max_length=10)] = []


class NoWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing can be asked besides the address."""


class CompleteWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was typed so far: `kg:ig`, `kgo:agon`, `sig`."""

    text: Name


W = TypeVar("W", bound=msgspec.Struct)


def wish_of(kind: type[W], given: QueryParams) -> W:
    """Return the parameters of a request; raises `Refused` for one that is unknown, missing or wrong."""
    plural = {field.name for field in msgspec.structs.fields(kind) if field.default_factory is list}
    found: dict[str, Any] = {}
    for name in given:
        values = given.getlist(name)
        if name not in plural and len(values) > 1:
            raise Refused(400, f"`{name}` can be given once")
        found[name] = values if name in plural else values[0]
    try:
        return msgspec.convert(found, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Refused(
            400, str(error).replace("Object contains unknown field", "there is no parameter")
        ) from None
