"""SPARQL 1.1 on the graph, answered by Oxigraph: in this process, or in one that can be killed.

`answers` are plain Python values, `guarding` refuses what must not run, `storing` keeps the store on disk,
`asking` answers, `killable` and `worker` do so at a distance.
"""

from kg.sparql.answers import Answer, Table, Triples, Value
from kg.sparql.asking import declared, is_known, query, unknown_names
from kg.sparql.storing import fill, kept_store, open_store

__all__ = [
    "Answer",
    "Table",
    "Triples",
    "Value",
    "declared",
    "fill",
    "is_known",
    "kept_store",
    "open_store",
    "query",
    "unknown_names",
]
