"""The Python pages, from docstrings: the graph, and what its methods give back."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

import msgspec

from generators.markdown import fence, page, toctree

PARTS: dict[str, tuple[str, str, dict[str, str]]] = {
    "claims": (
        "Entities, claims and values",
        "What was curated. Every record is frozen and compares by value; `source` is its line of YAML.",
        {
            "kg.model.claims": "Entity, Statement, Qualifiers, Measurement, Quantity, Conflict",
            "kg.model.rows": "Entities, Statements, Conflicts",
            "kg.model.places": "Document, Reference, Evidence, Locator, Source, Span, Text, Passage, Silence",
            "kg.model.diagrams": "Mechanism, Placement, Workflow, Stop",
            "kg.model.bench": "Protocol, Material, Part, Step, Setting",
            "kg.formats.frames": "Measurements",
        },
    ),
    "paths": (
        "Paths and what follows from them",
        "What walking the arrows gives, with signs as [their own page](../../explanation/signs.md) tells.",
        {
            "kg.paths.steps": "Paths, Path, Step",
            "kg.paths.score": "Factor",
            "kg.paths.arrows": "Arrows, Which",
            "kg.paths.search": "Stream",
            "kg.paths.effect": "Effect",
            "kg.paths.decisive": "Decisive",
            "kg.paths.what_if": "WhatIf, Predicted, Predictions, Perturbed",
            "kg.paths.reversal": "Reversal, Route, Block, Experiment",
            "kg.paths.between": "Explanation",
            "kg.paths.around": "Neighbours",
            "kg.paths.common": "Common, Shared, Related",
            "kg.paths.subgraph": "Subgraph",
            "kg.metapaths.metapath": "Metapath, Place, Arrow",
            "kg.metapaths.existing": "FoundMetapath, FoundMetapaths",
            "kg.metapaths.counting": "PairCount",
        },
    ),
    "values": (
        "Affinities",
        "What calculating with measured values gives: intervals, with the values that they come from.",
        {
            "kg.amounts": "Amount",
            "kg.affinities.asking": "Asked",
            "kg.affinities.matrix": "Matrices, Matrix, Cell",
            "kg.affinities.pooling": "Pools, Pool, Key, LeftOut",
            "kg.affinities.selectivity": "Selectivity, Ratio",
            "kg.affinities.occupancy": "Occupancies, Occupancy",
            "kg.affinities.binding": "Converted",
        },
    ),
    "answers": (
        "SPARQL, sources, tables and protocols",
        "What a query gives, how far documents are read, what a table gave, what differs between protocols.",
        {
            "kg.sparql.answers": "Table, Triples",
            "kg.sparql.frames": "Dataset",
            "kg.sparql.library": "NamedQuery, QueryParameter",
            "kg.sparql.explaining": "Explanation, Timings",
            "kg.sparql.killable": "Worker, Reply",
            "kg.coverage": "Coverage, DocumentCoverage, PartCoverage, PassageCoverage",
            "kg.verification": "Verified, Moved, Difference",
            "kg.importing.reading": "Imported, Rejected",
            "kg.importing.mapping": "Mapping",
            "kg.protocols": "Comparison, Row",
        },
    ),
    "pictures": (
        "Diagrams, charts and pages",
        "What can be looked at. Each is one file that needs no network.",
        {
            "kg.views.diagram": "Diagram",
            "kg.views.atlas": "Atlas, EntityRow",
            "kg.views.explorer": "Explorer",
            "kg.notebook.explorer": "PathExplorer",
            "kg.views.charts.chart": "Chart, Listed",
        },
    ),
    "problems": (
        "Problems and errors",
        "A `Problem` is a value that a curator can mend; an exception is for what cannot go on.",
        {
            "kg.problems": "Problem, KgError, InvalidData, UnknownName, AmbiguousName, InvalidQuery, "
            "InvalidPattern, InvalidNetwork, InvalidMapping, InvalidTable, NoAmount, QueryStopped, "
            "EndpointFailed, CannotWrite, MissingExtra, MissingPackage, TooLarge",
        },
    ),
    "internals": (
        "Underneath",
        "What the graph reads, for those who write their own walks.",
        {
            "kg.graph": "Graph",
            "kg.model": "KnowledgeBase",
            "kg.handles": "Handles",
            "kg.checked": "Checked",
            "kg.curie": "PrefixMap, Prefix",
            "kg.vocabulary": "Vocabulary, Category, Predicate, Parameter, Unit",
        },
    ),
}
"""Pages: name, title, first words, and the classes of each module on it."""

RECORDS = (msgspec.Struct, Exception)
"""What has parts worth showing, as named tuples have."""
FACADE = (
    "knowledge_graph",
    "walks",
    "surroundings",
    "effects",
    "queries",
    "values",
    "pictures",
    "interchange",
    "remote",
)


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page of the graph and those of its results."""
    modules = [importlib.import_module(f"kg.{name}") for name in FACADE]
    modules += [importlib.import_module(name) for _, _, classes in PARTS.values() for name in classes]
    for module in modules:
        know_types(module)
    yield "reference/python/index.md", page("# Python", _FIRST, fence("{eval-rst}", _GRAPH), toctree(PARTS))
    for name, (title, words, classes) in PARTS.items():
        listed = "\n\n".join(_documented(module, members) for module, members in classes.items())
        yield f"reference/python/{name}.md", page(f"# {title}", words, fence("{eval-rst}", listed))


def know_types(module: ModuleType) -> None:
    """Import what a module imports for the type checker only, so that its signatures name real types."""
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            exec(compile(ast.Module(node.body, []), str(module.__file__), "exec"), module.__dict__)


def _documented(module: str, members: str) -> str:
    """Return the directives for classes: a record with its fields, anything else without its parts."""
    home = importlib.import_module(module)
    names = [name.strip() for name in members.split(",")]
    kinds = [getattr(home, name) for name in names]
    ends = ["" if issubclass(kind, RECORDS) or hasattr(kind, "_fields") else "()" for kind in kinds]
    classes = zip(names, ends, strict=True)
    return "\n\n".join(f".. autoclass:: {module}.{name}{end}\n   :members:" for name, end in classes)


_FIRST = """`kg.load()` gives a `KnowledgeGraph`; everything is asked of it. Examples on these pages are run
as tests.

See also [the notebooks](../../notebooks/index.md) and [how to use one](../../how-to/notebooks.md)."""

_GRAPH = """.. autofunction:: kg.load

.. autofunction:: kg.check

.. autofunction:: kg.connect

.. autoclass:: kg.KnowledgeGraph
   :members:
   :inherited-members:

.. autoclass:: kg.remote.RemoteGraph()
   :members: query"""
