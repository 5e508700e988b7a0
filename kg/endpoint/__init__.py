"""A graph at a distance: asked of, fetched from and written to a SPARQL 1.1 endpoint that somebody else runs.

`transport` sends requests and bears with failures, `wording` puts a query as every engine takes it, `asking`
reads answers in pages, `fetching` and `rebuilding` make the graph anew, `publishing` writes it.
"""

from kg.endpoint.asking import Endpoint
from kg.endpoint.transport import Connection

__all__ = ["Connection", "Endpoint"]
