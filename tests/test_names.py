"""Names are found however people write them."""

from __future__ import annotations

import pytest

from kg.curie import Prefix, PrefixMap, split
from kg.names import fold, meant, nearest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("σ1", "sigma-1"),
        ("σ₁ receptor", "SIGMA 1 Receptor"),
        ("β-adrenergic", "Beta adrenergic"),
        ("µ", "mu"),
    ],
)
def test_greek_case_and_hyphens_do_not_count(one, other):
    assert fold(one) == fold(other)


def test_mirror_images_are_not_the_same_name():
    names = ["(+)-igmesine", "(-)-igmesine", "(±)-igmesine", "igmesine"]
    assert len({fold(name) for name in names}) == 4
    assert fold("(−)-igmesine") == fold("(-)-igmesine")


def test_nearest_names_come_best_first():
    assert nearest("inhibts", ["increases", "inhibits", "inhibited"])[0] == "inhibits"
    assert meant("qqq", ["inhibits"]) is None


def test_a_curie_is_prefix_and_identifier():
    assert split("UniProt:Q99720") == ("UniProt", "Q99720")
    for text in ("Q99720", "http://example.org/a", "a b:c", "CHEBI:", ":1", "x:<script>"):
        assert split(text) is None


def test_the_longest_address_wins():
    prefixes = PrefixMap((Prefix("a", "http://x/"), Prefix("b", "http://x/y#", prefix_synonyms=("bee",))))
    assert prefixes.compress("http://x/y#z") == "b:z"
    assert prefixes.compress("http://x/y/z") == "http://x/y/z"
    assert prefixes.expand("BEE:z") == "http://x/y#z"
    assert prefixes.expand("nobody:z") is None


def test_prefixes_that_a_text_may_use_are_found_wherever_they_stand(graph):
    prefixes = graph.graph.vocabulary.prefixes
    for record in prefixes.prefixes:
        for text in ("ASK{{{}:x ?p ?o}}", "SELECT * {{?s kgo:drug|^{}:y/rdf:type ?o}}"):
            found = prefixes.named_in(text.format(record.prefix))
            assert found[record.prefix] == record.uri_prefix
            assert found.keys() <= {
                record.prefix,
                "kgo",
                "rdf",
                *(n for n in prefixes.names() if record.prefix.endswith(n)),
            }
    assert prefixes.named_in("ASK { ?s ?p ?o }") == {} == prefixes.named_in("")
