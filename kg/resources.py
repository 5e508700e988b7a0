"""Files: where the shipped ones are (in a wheel or beside `kg/`), which ones to read, writing them whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec

from kg.problems import CannotWrite

VERSION = "0.1.0"
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

    Hidden files and folders are passed over. A folder without YAML is returned itself, for the reader to
    report. `name` replaces the folder's own path in what is reported.
    """
    shown = Path(name) if name is not None else root
    found = sorted(path for path in root.rglob("*") if _is_data(path, root)) if root.is_dir() else []
    return [DataFile(path, _printable(shown / path.relative_to(root))) for path in found or [root]]


def _is_data(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return path.suffix.lower() in (".yaml", ".yml") and not hidden


def _printable(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def distinct(groups: Iterable[Iterable[DataFile]]) -> list[DataFile]:
    """Return each file once, however often it was named; a name that is taken gets `./` before it."""
    found: dict[Path, DataFile] = {}
    names: set[str] = set()
    for file in chain.from_iterable(groups):
        place = file.path.resolve()
        if place not in found:
            name = f"./{file.name}" if file.name in names else file.name
            names.add(name)
            found[place] = DataFile(file.path, name)
    return list(found.values())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file as `writing` does; raises `CannotWrite` when the place is not writable."""
    with writing(path) as file:
        file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Give a file under a temporary name beside its place and rename it, so that no half file is ever seen.

    Makes missing folders, follows links and keeps a file's mode; a pipe or device is written to as it is.
    What fails leaves nothing behind. Raises `CannotWrite` when the place is not writable.
    """
    temporary = None
    try:
        path = path.resolve()
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:
                yield file
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise CannotWrite(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
