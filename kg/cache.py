"""The compiled cache: a checked data set stored under the digest of everything it was made from.

It lies in `$KG_CACHE_DIR`, else `$XDG_CACHE_HOME/kg`, else `~/.cache/kg`; an empty `KG_CACHE_DIR` turns it
off. A file that is truncated, damaged or of another version is rebuilt, a folder that cannot be written is
done without, and two processes that build at once each rename a whole file into place. Nothing in it is
executed when it is read: it is MessagePack, decoded into plain values.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from kg.checked import Checked
from kg.problems import CannotWrite, errors
from kg.resources import VERSION, DataFile, write_whole

_KEEP = 12
_LARGEST = 64 * 1024 * 1024


def folder() -> Path | None:
    """Return the cache folder, or None when caching is turned off or there is no home folder."""
    given = os.environ.get("KG_CACHE_DIR")
    if given is not None:
        return Path(given) if given else None
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "kg"
    except RuntimeError:
        return None


def cached(files: Sequence[DataFile], ontology: Path, build: Callable[[], Checked]) -> Checked:
    """Return what `build` made of these files before, or let it make it now. Errors are never cached."""
    home, key = folder(), digest(files, ontology)
    if home is None or key is None:
        return build()
    found = fetch(home / f"{key}.kg")
    if found is None:
        found = build()
        if not errors(found.problems) and digest(files, ontology) == key:  # nothing was saved meanwhile
            store(home, key, found)
    return found


def digest(files: Sequence[DataFile], ontology: Path) -> str | None:
    """Return the digest of the version, the code and every input, or None where one cannot be read."""
    total = sha256(f"{VERSION}\0{code_state()}".encode())
    try:
        for name, path in _inputs(files, ontology):
            if path.stat().st_size > _LARGEST:
                return None
            total.update(f"{name}\0{sha256(path.read_bytes()).hexdigest()}\0".encode())
    except OSError:
        return None
    return total.hexdigest()


def _inputs(files: Sequence[DataFile], ontology: Path) -> Iterator[tuple[str, Path]]:
    for name in ("mechanisms.ttl", "prefixes.json"):
        yield name, ontology / name
    for file in files:
        if not file.path.is_file():
            raise FileNotFoundError(file.path)
        yield file.name, file.path


def code_state() -> str:
    """Return what changes when this package's own files change, as they do in a checkout."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return ";".join(f"{status.st_mtime_ns}:{status.st_size}" for status in (file.stat() for file in files))


def fetch(path: Path) -> Checked | None:
    """Return what is stored in a cache file, or None when it is absent, damaged or foreign."""
    try:
        stored = path.read_bytes()
        check, payload = stored[:32], stored[32:]
        if sha256(payload).digest() != check:
            return None
        return msgspec.msgpack.decode(payload, type=Checked)
    except (OSError, msgspec.MsgspecError):
        return None


def store(home: Path, key: str, checked: Checked) -> None:
    """Store a data set whole; a place that cannot be written is no error. The oldest files go."""
    payload = msgspec.msgpack.encode(checked)
    try:
        write_whole(home / f"{key}.kg", sha256(payload).digest() + payload)
        for old in sorted(home.glob("*.kg"), key=lambda path: path.stat().st_mtime)[:-_KEEP]:
            old.unlink(missing_ok=True)
    except (CannotWrite, OSError):
        return
