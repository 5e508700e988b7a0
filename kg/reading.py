"""Which files a graph is read from, and the checked data they give, from the cache where it holds them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from kg import resources
from kg.cache import cached
from kg.checked import Checked


def data_files(data: Iterable[str | Path], *, shipped: bool = True) -> list[resources.DataFile]:
    """Return the files that a graph is read from: the shipped ones and those of `data`, each once."""
    roots = [resources.data_files(resources.folder("seeds"), "seeds")] if shipped else []
    return resources.distinct([*roots, *(resources.data_files(Path(root)) for root in data)])


def read(data: Iterable[str | Path], *, shipped: bool, cache: bool) -> Checked:
    """Read and check the shipped files with those of `data`."""
    ontology = resources.folder("ontology")
    files = data_files(data, shipped=shipped)

    def build() -> Checked:
        from kg.checking import check

        return check(files, ontology)

    return cached(files, ontology, build) if cache else build()


def without_salts(checked: Checked) -> Checked:
    """Return checked data in which salts are merged into their base drugs."""
    from kg.merging import merge_salts

    return msgspec.structs.replace(checked, knowledge=merge_salts(checked.knowledge))
