"""Files: where the shipped ones are (in a wheel or beside `kg/`), which ones to read, writing them whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec

from kg.problems import CannotWrite

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the shipped folder `ontology` or `seeds`.

    >>> folder("ontology").is_dir()
    True
    """
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


class DataFile(msgspec.Struct, frozen=True):
    """A YAML file to read and the name it is reported under."""

    path: Path
    name: str


def data_files(root: Path, name: str | None = None) -> list[DataFile]:
    """Return the YAML files of a folder, sorted, or the one file that `root` is, or is missing.

    `name` replaces the folder's own path in what is reported.
    """
    shown = name if name is not None else str(root)
    if not root.is_dir():
        return [DataFile(root, shown)]
    found = sorted(path for path in root.rglob("*") if path.suffix in (".yaml", ".yml"))
    return [DataFile(path, str(Path(shown) / path.relative_to(root))) for path in found]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under a temporary name beside its place and rename it, so that no half file is ever seen.

    Makes missing folders. Raises `CannotWrite` when the place is not writable.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise CannotWrite(f"cannot write {path}: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
