"""Questions in SPARQL that a page offers as examples, from simple to long."""

from __future__ import annotations

QUESTIONS = (
    (
        "What does igmesine act on?",
        "SELECT ?acts ?target WHERE { kg:igmesine ?acts ?target . ?acts kgo:curated true }",
    ),
    (
        "At which targets is imipramine's Ki below 10 nM?",
        """\
SELECT ?target ?ki ?written WHERE {
  ?value kgo:drug kg:imipramine ; kgo:parameter kgo:Ki ; kgo:relation "=" ; kgo:value ?ki ;
         kgo:as_written ?written ; kgo:target ?target .
  FILTER(?ki < 10)
} ORDER BY ?ki""",
    ),
    (
        "What was tested and found to have no effect, where?",
        """\
SELECT ?subject ?predicate ?object ?document ?section WHERE {
  ?claim kgo:polarity "negated" ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
         kgo:evidence [ kgo:document ?document ; kgo:section ?section ] .
} ORDER BY ?subject ?object""",
    ),
    (
        "How many claims does each document make?",
        """\
SELECT ?document ?title (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim a kgo:Statement ; kgo:evidence/kgo:document ?document .
  ?document dcterms:title ?title .
} GROUP BY ?document ?title ORDER BY DESC(?claims)""",
    ),
    (
        "Which conflicts are there, and how were they judged?",
        """\
SELECT ?conflict ?kind ?topic ?verdict WHERE {
  ?conflict a kgo:Conflict ; kgo:kind ?kind ; kgo:topic ?topic .
  OPTIONAL { ?conflict kgo:verdict ?verdict }
} ORDER BY ?kind ?conflict""",
    ),
    (
        "What lies downstream of igmesine, over any number of claims?",
        """\
SELECT DISTINCT ?entity ?name WHERE {
  kg:igmesine (!rdf:type)+ ?entity .
  ?entity rdfs:label ?name .
} ORDER BY ?name LIMIT 50""",
    ),
    (
        "Everything around sigma-1, as triples",
        """\
CONSTRUCT { ?a ?acts kg:sigma-1-receptor }
WHERE { ?a ?acts kg:sigma-1-receptor . ?acts kgo:curated true }""",
    ),
)
"""Each with its title; they are about the shipped graph."""
