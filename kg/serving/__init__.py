"""`kg serve`: the graph over HTTP, only to be read; SPARQL, JSON, RDF and pages for people.

`settings` has every limit, `pool` keeps the processes that answer, `accepting` chooses a form, `asking`
reads a SPARQL request, `endpoint` answers it, `keeping` what was asked before, `standards` has the addresses
that the W3C asks for. `api` is the JSON API, `wishes` its parameters, `shapes` its rows, `openapi` its
description. `pages` are for people, rendered in `rendering`. `searching` does long work while its client is
there, `tags` tells what is unchanged, `hosts` refuses names of others. `observing` logs and counts, `heads`
bounds what is read of a request, `app` puts all together, `running` starts and stops.
"""
