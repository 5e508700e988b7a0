"""The Oxigraph store of a graph: in memory, or built once on disk, whole or not at all, and opened to read.

A store is a folder named by the digest of everything it was made from. It is built beside its place and
renamed: who dies while building leaves an older store as it was, and of two who build at once one wins.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from kg.graph import Graph
from kg.model import Conflict
from kg.rdf import quads

_KEEP = 4
_SUFFIX = ".store"


def fill(store: ox.Store, graph: Graph, found: Iterable[Conflict], ontology: Path) -> None:
    """Put the graph, with these conflicts, and the ontology into an empty store."""
    store.bulk_extend(quads(graph, found))
    store.bulk_load(path=str(ontology / "mechanisms.ttl"), format=ox.RdfFormat.TURTLE)


def kept_store(home: Path, key: str, make: Callable[[ox.Store], None]) -> Path:
    """Return the folder of the store with this key, made by `make` when there is none.

    Those go that were not asked for the longest.

    Raises `OSError` when it cannot be written.
    """
    place = home / f"{key}{_SUFFIX}"
    if not place.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        build_store(place, make)
        for old in sorted(home.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime)[:-_KEEP]:
            shutil.rmtree(old, ignore_errors=True)
    with suppress(OSError):  # what is in use is not the oldest
        os.utime(place)
    return place


def build_store(place: Path, make: Callable[[ox.Store], None]) -> None:
    """Build a store beside its place and rename it; leaves one that somebody else put there meanwhile."""
    unfinished = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    try:
        store = ox.Store(str(unfinished / "store"))
        make(store)
        store.optimize()
        store.flush()
        del store
        try:
            (unfinished / "store").rename(place)
        except OSError:
            if not place.is_dir():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def open_store(place: Path) -> ox.Store:
    """Return a store to read only; any number of processes may have it open."""
    return ox.Store.read_only(str(place))
