"""KG6xx: places in a document's text."""

from __future__ import annotations

from kg.catalogue.rule import Rule

_INDEX = """\
documents: [{{id: example-paper, title: An example, kind: primary paper}}]
text:
  document: example-paper
  sha256: {digest}
  characters: 900
  passages:
    - {{at: {{section: Abstract, paragraph: 1}}, span: [0, 400], sha256: {digest}}}
    - {{at: {{section: Abstract, paragraph: 2}}, span: [{start}, 900], sha256: {digest}}}
statements:
  - subject: igmesine
    predicate: modulates
    object: bdnf
    evidence: [{{document: example-paper, at: {{{place}}}}}]
"""


def _index(place: str, start: int = 401) -> str:
    return _INDEX.format(digest="0" * 64, place=place, start=start)


_GOOD_INDEX = _index("section: Abstract, paragraph: 2")
PLACES = (
    Rule(
        "KG601", "no such passage", "A place that evidence names is in the index of its document's text.",
        "Nobody could look it up, and `kg verify` could not find it again.",
        "correct the place; `kg coverage` lists what there is",
        _index("section: Abstract, paragraph: 3"), _GOOD_INDEX,
    ),
    Rule(
        "KG602", "several passages", "A place that evidence names is one passage.",
        "A whole section as source leaves the reader to search, and passes for read what nobody read.",
        "name the paragraph, list item or table row",
        _index("section: Abstract"), _GOOD_INDEX, severity="warning",
    ),
    Rule(
        "KG603", "unsound index", "The passages of a text follow each other, each at a place of its own.",
        "Two passages with one name or one position cannot be told apart.",
        "write the index again with `kg index`, or correct the place",
        _index("section: Abstract, paragraph: 2", start=300), _GOOD_INDEX,
    ),
)  # fmt: skip
