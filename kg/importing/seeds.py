"""What was imported as seed files: one with the document and the new entities, and the values in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.authoring.scalars import inline
from kg.authoring.styled import Leaf
from kg.importing.reading import Imported, Row
from kg.resources import write_whole

_PART = 5_000
"""Values in a file: the reader refuses files of more than 250,000 nodes."""


def write_seeds(found: Imported, folder: Path, table: str) -> tuple[Path, ...]:
    """Write what was imported into a folder of YAML; `table` is what its places are said to be in.

    The same table gives the same bytes. Raises `CannotWrite` when the folder is not writable.
    """
    files = {"entities.yaml": _head(found)}
    for number, start in enumerate(range(0, len(found.measurements), _PART), 1):
        files[f"values-{number:03}.yaml"] = _values(found, found.measurements[start : start + _PART], table)
    for name, lines in files.items():
        write_whole(folder / name, ("\n".join(lines) + "\n").encode())
    return tuple(folder / name for name in files)


def _head(found: Imported) -> Iterator[str]:
    document = found.mapping.document.model_dump(exclude_none=True)
    yield f"documents:\n  - {_flow(document.items())}"
    for source in found.documents:
        yield f"  - {_flow(source.items())}"
    if found.entities:
        yield "entities:"
    for entity in found.entities:
        pairs = [(key, text) for key, text in entity.items() if key != "xref"]
        xref = f", xrefs: [{_text(entity['xref'])}]" if "xref" in entity else ""
        yield f"  - {_flow(pairs)[:-1]}{xref}}}"


def _values(found: Imported, rows: Iterable[Row], table: str) -> Iterator[str]:
    yield "measurements:"
    for row in rows:
        pairs = [(key, text) for key, text in row.items() if key not in ("row", "document")]
        place = f"evidence: [{{document: {_text(row['document'])}, at: {{table: {_text(table)}, "
        yield f"  - {_flow(pairs)[:-1]}, {place}row: {_text(row['row'])}}}}}]}}"


def _flow(pairs: Iterable[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {_text(text)}" for key, text in pairs) + "}"


def _text(text: str) -> str:
    return inline(Leaf(text), flow=True)
