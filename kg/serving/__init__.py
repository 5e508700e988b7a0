"""`kg serve`: the graph over HTTP, only to be read; SPARQL, JSON, RDF and pages for people.

`settings` says what may be had, `pool` keeps the processes that answer, `accepting` chooses a media type,
`asking` reads a SPARQL request and `endpoint` answers it, `observing` logs and counts, `app` has every route,
`running` starts and stops. Starlette and uvicorn come with the extra `serve`.
"""
