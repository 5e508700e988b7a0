"""SPARQL on made-up graphs in the project's own shape: ours beside rdflib, oxrdflib and raw pyoxigraph."""
