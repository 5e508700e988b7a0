"""The compact core that walks a network: integers in NumPy arrays, on 300 entities or on millions of arrows.

It knows no claims: only names, arrows with a sign and a cost, and where each arrow was read. `network` holds
them, `building` makes them, `edgelist` reads them from a table by its `cells`, `storing` maps them from a
file, `frontier` takes steps, `simple` lists the simple paths, `ranked` finds the cheapest, `shortest` the
shortest with a sign; `sorting` sorts for all.
"""
