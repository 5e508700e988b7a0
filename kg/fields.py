"""What records are made of: text, ids, names and places as a curator spells them in YAML."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

_ANY_SCALAR = {"type": ["string", "number", "boolean"]}
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), WithJsonSchema(_ANY_SCALAR)]
ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,199}$"
Id = Annotated[
    str, StringConstraints(pattern=ID_PATTERN), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})
]
STEP_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_\-]{0,199}$"
StepId = Annotated[
    str, StringConstraints(pattern=STEP_PATTERN), WithJsonSchema({"type": "string", "pattern": STEP_PATTERN})
]
"""Id of a step or part: without a dot, for behind its protocol's id and a dot it is named elsewhere."""
DIGEST_PATTERN = r"^[0-9a-f]{64}$"
Digest = Annotated[
    str,
    StringConstraints(pattern=DIGEST_PATTERN),
    WithJsonSchema({"type": "string", "pattern": DIGEST_PATTERN}),
]
Name = Annotated[str, StringConstraints(min_length=1)]
"""The name of something declared elsewhere; a rule tells whether it exists."""


class Record(BaseModel):
    """Common to all records: frozen, and no field but the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocatorRecord(Record):
    """A place in a document, in the words it prints."""

    section: Text | None = Field(None, description="heading as printed")
    paragraph: int | None = Field(None, ge=1, description="counted from 1 within the section")
    item: Text | None = Field(None, description="step or bullet of a list")
    table: Text | None = Field(None, description="number or caption")
    row: Text | None = Field(None, description="row label as printed")
    column: Text | None = Field(None, description="column heading as printed")
    figure: Text | None = Field(None, description="number or caption")
    page: Text | None = Field(None, description="page or page range")
