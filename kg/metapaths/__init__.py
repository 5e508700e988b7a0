"""Metapaths: kinds of paths, such as `Drug -inhibits-> Transporter -transports-> Neurotransmitter`.

`pattern` reads them, `naming` finds what their names mean, `claims` makes the network of a graph, `relations`
makes an arrow of a metapath into pairs of nodes. `joining` and `along` list the paths along one, `existing`
the metapaths that a graph has; `counting` counts the paths of one between all pairs, in the order that
`contracting` finds cheap, by the `products` of sparse matrices. `asking` is the way in. `reaching`
tells what is reached with which sign; `spark` and `spark_files` do both on many machines.
"""
