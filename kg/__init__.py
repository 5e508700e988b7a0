"""A knowledge graph of drug, target and pathway mechanisms in which every arrow has a source.

>>> import kg
>>> graph = kg.load()
>>> graph.entity("σ1 receptor").id
'sigma-1-receptor'

Importing this package loads none of the heavy libraries; each is loaded where it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph, check, load
    from kg.problems import AmbiguousName, InvalidData, InvalidQuery, KgError, Problem, UnknownName
    from kg.remote import connect
    from kg.resources import VERSION as __version__

__all__ = [
    "AmbiguousName",
    "InvalidData",
    "InvalidQuery",
    "KgError",
    "KnowledgeGraph",
    "Problem",
    "UnknownName",
    "__version__",
    "check",
    "connect",
    "load",
]

_HOME = dict.fromkeys(("KnowledgeGraph", "check", "load"), "kg.knowledge_graph") | {"connect": "kg.remote"}


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first used."""
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    if name == "__version__":
        return import_module("kg.resources").VERSION
    return getattr(import_module(_HOME.get(name, "kg.problems")), name)


def load_ipython_extension(shell: Any) -> None:
    """Give IPython the magic `sparql`: what `%load_ext kg` does."""
    from kg.magics import register

    register(shell)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
