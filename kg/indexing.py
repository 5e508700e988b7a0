"""The index of a document's text: made from the text, corrected by a curator, written as YAML.

The places found are a proposal. Where an older index has a passage with the same words, its place is kept,
so that a correction survives when the index is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

import msgspec

from kg.model import Locator, Passage, Source, Text
from kg.passages import normalised, passages_of


def index_of(data: bytes, document: str, before: Text | None = None) -> Text:
    r"""Return the index of a text file's bytes; places of passages whose words `before` has are kept.

    >>> index_of(b"Results\n\nImipramine binds SERT.", "my-paper").passages[1].locator.section
    'Results'
    """
    text = normalised(data)
    passages = tuple(_kept(passages_of(text), before.passages if before else ()))
    return Text(document, hashlib.sha256(data).hexdigest(), len(text.text.rstrip()), passages, Source("", 1))


def _kept(found: Iterable[Passage], before: Iterable[Passage]) -> Iterator[Passage]:
    """Yield passages at the places that those of the same words had, in the same order."""
    known: dict[str, list[Passage]] = {}
    for passage in before:
        known.setdefault(passage.span.sha256, []).append(passage)
    for passage in found:
        same = known.get(passage.span.sha256)
        yield msgspec.structs.replace(same.pop(0), span=passage.span) if same else passage


def to_yaml(text: Text, schema: str = "../../ontology/seed.schema.json") -> str:
    """Return an index as the text of a seed file: places and digests, and no word of the document.

    Not yet in canonical form; `kg.authoring.formatting` gives it that.
    """
    lines = [
        f"# yaml-language-server: $schema={schema}",
        f"# Where each passage of {text.document} stands, and the digest of its words; made by `kg index`.",
        "text:",
        f"  document: {_scalar(text.document)}",
        f"  sha256: {text.sha256}",
        f"  characters: {text.characters}",
        "  passages:",
    ]
    for passage in text.passages:
        span = passage.span
        lines += [f"    - at: {_place(passage.locator)}", f"      span: [{span.start}, {span.end}]"]
        lines += [f"      sha256: {span.sha256}"]
        lines += [] if passage.kind == "text" else [f"      kind: {passage.kind}"]
    return "\n".join(lines) + "\n"


def _place(locator: Locator) -> str:
    given = ((name, getattr(locator, name)) for name in locator.__struct_fields__)
    return "{" + ", ".join(f"{name}: {_scalar(value)}" for name, value in given if value is not None) + "}"


def _scalar(value: str | int) -> str:
    """Return a value as JSON, which is YAML."""
    return json.dumps(value, ensure_ascii=False)
