"""Scenes are deterministic, clear and complete; pages made from hostile texts stay inert."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import combinations
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenes import IGMESINE, IMIPRAMINE, conflict, measured, picture, scene, statement

from kg.model import Document, Entity, Evidence, Locator, Mechanism, Placement, Qualifiers, Reference, Source
from kg.views.claims import link_to
from kg.views.geometry import Rect, box, sampled
from kg.views.html import to_html
from kg.views.scene import Scene
from kg.views.svg import to_svg
from kg.views.text import clean, width_of, wrap

HERE = Source("seeds/x.yaml", 3)
PICTURES = {"igmesine": picture(IGMESINE), "imipramine": picture(IMIPRAMINE)}


@pytest.fixture(params=PICTURES)
def drawn(request) -> Scene:
    return PICTURES[request.param]


def frames(drawn: Scene) -> dict[str, Rect]:
    return {item.id: box((item.x, item.y), item.width, item.height) for item in drawn.boxes}


def overlapping(drawn: Scene) -> list[tuple[str, str]]:
    rects = frames(drawn)
    return [(a, b) for a, b in combinations(rects, 2) if rects[a].meets(rects[b])]


def trespassing(drawn: Scene) -> list[tuple[str, str]]:
    """Return arcs and the foreign boxes they enter by more than rounding."""
    rects = frames(drawn)
    return [
        (edge.id, name)
        for edge in drawn.edges
        for name, rect in rects.items()
        if name not in (edge.source, edge.target)
        and any(rect.grown(-0.2).holds(point) for point in sampled(edge.points))
    ]


def intruders(drawn: Scene) -> list[tuple[str, str]]:
    """Return organelles and the boxes that stand in their frames without belonging there."""
    outer = {region.id: region.within for region in drawn.regions}
    found = []
    for region in (region for region in drawn.regions if region.within):
        frame = Rect(region.x, region.y, region.x + region.width, region.y + region.height).grown(-1)
        inside = {item.id for item in drawn.boxes if region.id in around(item.compartment, outer)}
        strange = {name for name, rect in frames(drawn).items() if rect.meets(frame)} - inside
        found += [(region.id, name) for name in sorted(strange)]
    return found


def around(place: str, outer: dict[str, str]) -> list[str]:
    chain = [place]
    while outer[chain[-1]]:
        chain.append(outer[chain[-1]])
    return chain


def told(drawn: Scene) -> list[str]:
    return sorted(view.id for edge in drawn.edges for view in edge.statements)


def small(entities, statements, compartments=(), **more) -> Scene:
    names = tuple(said.id for said in statements)
    return scene(Mechanism("m", "A title", HERE, tuple(compartments), names), entities, statements, **more)


def drugs(*names: str) -> list[Entity]:
    return [Entity(name, name, "Drug", HERE) for name in names]


def test_the_shipped_diagrams_are_whole_and_clear(graph):
    for name, mechanism in graph.mechanisms.items():
        shown = graph.view(name).scene
        assert overlapping(shown) == []
        assert trespassing(shown) == []
        assert intruders(shown) == []
        assert len(told(shown)) == len(mechanism.statements)


def test_a_diagram_is_written_as_its_name_says(graph, tmp_path):
    picture_of = graph.view("igmesine-nmda-mechanism")
    assert picture_of.write(tmp_path / "a.svg").read_text("utf-8").startswith("<svg")
    assert picture_of.write(tmp_path / "a.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "<iframe sandbox=" in picture_of._repr_html_()


def test_the_same_input_gives_the_same_bytes():
    again = picture(IMIPRAMINE)
    assert msgspec.json.encode(again) == msgspec.json.encode(PICTURES["imipramine"])
    assert to_html(again) == to_html(PICTURES["imipramine"])


def test_a_scene_is_json_and_comes_back_equal(drawn):
    assert msgspec.json.decode(msgspec.json.encode(drawn), type=Scene) == drawn


def test_no_boxes_overlap(drawn):
    assert overlapping(drawn) == []


def test_no_arc_enters_a_foreign_box(drawn):
    assert trespassing(drawn) == []


def test_labels_and_marks_keep_clear_of_boxes_and_of_each_other(drawn):
    texts = [box(edge.label_at, width_of(edge.label, 11), 12) for edge in drawn.edges if edge.label_at]
    marks = [box(edge.mark_at, 16, 16) for edge in drawn.edges if edge.mark_at]
    assert not [pair for pair in combinations(texts + marks, 2) if pair[0].meets(pair[1])]
    assert not [text for text in texts + marks if any(text.meets(rect) for rect in frames(drawn).values())]


def test_every_box_stands_in_its_band_and_organelles_hold_theirs(drawn):
    regions = {region.id: region for region in drawn.regions}
    for item in drawn.boxes:
        region = regions[item.compartment]
        assert region.x <= item.x <= region.x + region.width
        assert region.y <= item.y <= region.y + region.height


def test_no_box_stands_in_a_foreign_organelle(drawn):
    assert intruders(drawn) == []


def test_bands_follow_their_given_order(drawn):
    tops = [region.y for region in drawn.regions if not region.within]
    assert tops == sorted(tops)


def test_membranes_are_thin_and_their_boxes_stand_across_them(drawn):
    membranes = {region.id: region for region in drawn.regions if region.kind == "membrane"}
    assert membranes
    for item in drawn.boxes:
        if item.compartment in membranes:
            strip = membranes[item.compartment]
            assert abs(item.y - (strip.y + strip.height / 2)) < 1


def test_every_statement_is_in_one_arc(drawn):
    assert len(told(drawn)) == len(set(told(drawn)))
    assert len(told(drawn)) in (30, 52)


def test_the_legend_shows_what_is_there_and_nothing_else(drawn):
    assert {entry.key for entry in drawn.legend if entry.group == "entity"} == {
        item.glyph for item in drawn.boxes
    }
    arcs = {edge.arc for edge in drawn.edges if edge.points}
    assert {entry.key for entry in drawn.legend if entry.group == "arrow"} == arcs


def test_parallel_claims_share_an_arc_and_opposite_ones_do_not():
    said = [
        statement("a", "activates", "b"),
        statement("a", "increases", "b"),
        statement("a", "inhibits", "b"),
        statement("a", "activates", "b", id="denied", polarity="negated"),
    ]
    edges = small(drugs("a", "b"), said).edges
    assert [(edge.arc, len(edge.statements), edge.polarity) for edge in edges] == [
        ("stimulation", 2, "asserted"),
        ("inhibition", 1, "asserted"),
        ("stimulation", 1, "negated"),
    ]
    assert len({edge.points for edge in edges}) == 3


def test_an_arc_is_drawn_as_its_strongest_claim_is_known_and_no_surer():
    said = [
        statement("a", "activates", "b", certainty="hedged"),
        statement("a", "increases", "b", basis="background"),
    ]
    (edge,) = small(drugs("a", "b"), said).edges
    assert (edge.basis, edge.certainty) == ("document", "hedged")


def test_what_is_needed_points_at_what_needs_it():
    (edge,) = small(drugs("a", "b"), [statement("a", "depends_on", "b")]).edges
    assert (edge.source, edge.target, edge.arc) == ("b", "a", "necessary stimulation")
    assert (edge.statements[0].subject, edge.statements[0].object) == ("a", "b")


def test_a_modulation_with_a_curated_sign_is_drawn_with_it():
    (edge,) = small(drugs("a", "b"), [statement("a", "modulates", "b", sign="-")]).edges
    assert edge.arc == "inhibition"


def test_document_claims_background_steps_and_conflicts_are_told_apart():
    said = [statement("a", "activates", "b", basis="background"), statement("b", "inhibits", "c")]
    drawn = small(drugs("a", "b", "c"), said, conflicts=[conflict("b.inhibits.c")])
    assert [(edge.basis, edge.conflict) for edge in drawn.edges] == [
        ("background", False),
        ("document", True),
    ]
    assert {item.id: item.background for item in drawn.boxes} == {"a": True, "b": False, "c": False}
    assert "table against text" in drawn.edges[1].statements[0].conflicts[0]


def test_values_of_a_drug_at_a_target_are_with_its_arc():
    drawn = small(drugs("a", "b"), [statement("a", "binds", "b")], measurements=[measured("a", "b")])
    (value,) = drawn.edges[0].statements[0].measurements
    assert (value.parameter, value.value) == ("Ki", "~1-10 nM")
    assert ("species", "human") in value.context


def test_a_claim_about_a_compartment_is_kept_without_a_line():
    place = Entity("cytosol", "cytosol", "Compartment", HERE)
    drawn = small(
        [place, *drugs("a")], [statement("a", "located_in", "cytosol")], [Placement("cytosol", ("a",))]
    )
    assert [edge.points for edge in drawn.edges] == [()]
    assert told(drawn) == ["a.located_in.cytosol"]


def test_entities_nobody_placed_stand_elsewhere():
    said = [statement("a", "activates", "b")]
    drawn = small(drugs("a", "b"), said, [Placement("cytosol", ("a",))])
    assert [region.label for region in drawn.regions] == ["cytosol", "elsewhere"]


def test_a_mechanism_without_compartments_is_drawn():
    drawn = small(drugs("a", "b"), [statement("a", "activates", "b")])
    assert [(region.label, region.kind) for region in drawn.regions] == [("", "band")]


def test_an_empty_mechanism_is_an_empty_page():
    drawn = small([], [])
    assert (drawn.boxes, drawn.edges, drawn.regions) == ((), (), ())
    assert "<title>A title</title>" in to_html(drawn)


def test_a_loop_and_circles_are_drawn():
    said = [
        statement(*ends)
        for ends in (("a", "activates", "a"), ("a", "activates", "b"), ("b", "activates", "a"))
    ]
    drawn = small(drugs("a", "b"), said)
    assert all(edge.points for edge in drawn.edges)


def test_compartments_within_each_other_in_a_circle_are_bands():
    places = [Placement("p", ("a",), "q"), Placement("q", ("b",), "p"), Placement("r", ("c",), "p")]
    drawn = small(drugs("a", "b", "c"), [statement("a", "activates", "c")], places)
    assert len(drawn.boxes) == 3


# ---- text -----------------------------------------------------------------------------------------------


def test_hidden_characters_are_dropped():
    assert clean("a\u202eb\u2066c\x00d\ud800e\nf\u200bg") == "abcde fg"


def test_long_names_are_broken_and_cut():
    lines = wrap("x" * 10_000, 14, 150)
    assert len(lines) == 1
    assert width_of(lines[0], 14) <= 150
    assert lines[0].endswith("…")
    assert len(wrap("word " * 400, 14, 150)) == 3


@given(st.text(max_size=60), st.integers(40, 200))
def test_wrapped_lines_are_never_too_wide(text, widest):
    assert all(width_of(line, 14) <= widest for line in wrap(text, 14, widest))


@pytest.mark.parametrize(
    ("doi", "pmid", "link"),
    [
        ("10.1038/336385a0", None, "https://doi.org/10.1038/336385a0"),
        ('10.1000/"><script>', None, "https://doi.org/10.1000/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", None, None),
        ("javascript:alert(1)", "12345", "https://pubmed.ncbi.nlm.nih.gov/12345/"),
        (None, "1/../x", None),
        (None, None, None),
    ],
)
def test_links_are_https_or_nothing(doi, pmid, link):
    assert link_to(doi, pmid) == link


# ---- hostile texts ----------------------------------------------------------------------------------------

PAYLOADS = [
    "</script><script>document.title='OWNED'</script>",
    '"><img src=x onerror="document.title=\'OWNED\'">',
    "<svg/onload=document.title='OWNED'>",
    "{{7*7}}{% for x in () %}",
    "javascript:document.title='OWNED'",
    "]]></style><style>*{display:none}</style><!-- <script>",
    "\u202egnp.exe\u2028\u2029",
    "x" * 10_000,
]


def hostile(payload: str) -> Scene:
    """Return a scene that has the payload in every text there is."""
    source = Source(payload, 1)
    names = ["constructor", "__proto__", "toString", "hasOwnProperty"]
    entities = [
        Entity(
            name,
            f"{name} {payload}",
            "Drug" if index else payload,
            source,
            payload,
            (payload,),
            (payload,),
            payload,
        )
        for index, name in enumerate(names)
    ]
    place = Locator(section=payload, row=payload, figure=payload)
    evidence = (Evidence("d", place, source, (1, 9), payload),)
    given = {
        "source": source,
        "evidence": evidence,
        "note": payload,
        "qualifiers": Qualifiers(payload, payload, dose=payload),
    }
    said = [
        statement("constructor", "inhibits", "__proto__", id=payload, **given),
        statement("__proto__", "has_higher_affinity_for", "toString", than="hasOwnProperty", **given),
        statement("toString", "modulates", "constructor", polarity="negated", **given),
    ]
    document = Document(
        "d", payload, "vendor", source, label=payload, doi=payload, pmid=payload,
        references=(Reference(1, payload, "forum", doi=payload, pmid=payload),),
    )  # fmt: skip
    places = (Placement("constructor-band", ("constructor",)), Placement(payload, ("toString",)))
    mechanism = Mechanism(
        payload, payload, source, places, (payload,), document="d", locator=place, description=payload
    )
    measurement = msgspec.structs.replace(
        measured("constructor", "__proto__"), unit=payload, parameter=payload, ligand=payload
    )
    disputed = msgspec.structs.replace(
        conflict(payload, "m1"), topic=payload, reason=payload, difference=payload
    )
    return scene(
        mechanism, entities, said, documents=[document], measurements=[measurement], conflicts=[disputed]
    )


class Page(HTMLParser):
    """What a page holds: its tags with attributes, and the text of its data block."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data = ""
        self._in_data = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in_data = dict(attrs).get("id") == "data"

    def handle_endtag(self, tag):
        self._in_data = False

    def handle_data(self, data):
        self.data += data if self._in_data else ""


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_make_no_markup(payload):
    drawn = hostile(payload)
    page, plain = Page(to_html(drawn)), Page(to_html(hostile("plain")))
    count = lambda parsed: [tag for tag, _ in parsed.tags if tag not in ("br",)]  # noqa: E731
    assert sorted(count(page)) == sorted(count(plain))
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert json.loads(page.data)["scene"]["title"] == clean(payload)
    assert overlapping(drawn) == []


def test_a_page_refers_to_nothing_outside_itself(drawn):
    page = to_html(drawn)
    tags = Page(page).tags
    assert not [tag for tag, _ in tags if tag in ("link", "img", "iframe", "base", "object", "embed")]
    assert not [attributes for _, attributes in tags if "src" in attributes or "srcset" in attributes]
    policy = next(
        a["content"] for t, a in tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.findall(r"url\((?!data:)", page.split("<style>")[1].split("</style>")[0])


SVG_TAGS = {"svg", "title", "desc", "g", "rect", "path", "circle", "text"}


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_stay_text_in_an_svg(payload):
    root = ElementTree.fromstring(to_svg(hostile(payload)))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= SVG_TAGS
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name or name == "style"]
    assert root[0].text == (clean(payload) or None)


def test_an_svg_holds_every_box_and_every_arc(drawn):
    root = ElementTree.fromstring(to_svg(drawn))
    titles = [element.text for element in root.iter("{http://www.w3.org/2000/svg}title")]
    arcs = [edge for edge in drawn.edges if edge.points]
    assert len(titles) == 1 + len(drawn.boxes) + len(arcs) + sum(map(len, drawn.marks.values()))
    assert to_svg(drawn) == to_svg(drawn)


def test_a_keyed_svg_draws_the_same_and_names_boxes_and_arcs(drawn):
    root = ElementTree.fromstring(to_svg(drawn, keyed=True))
    named = {kind: {part.get(f"data-{kind}") for part in root.iter()} - {None} for kind in ("box", "arc")}
    assert named == {
        "box": {item.id for item in drawn.boxes},
        "arc": {edge.id for edge in drawn.edges if edge.points},
    }
    plain = ElementTree.fromstring(to_svg(drawn))
    shapes = lambda tree: [(part.tag, part.text) for part in tree.iter() if not part.tag.endswith("}g")]  # noqa: E731
    assert shapes(root) == shapes(plain)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_ids_stay_values_in_a_keyed_svg(payload):
    root = ElementTree.fromstring(to_svg(hostile(payload), keyed=True))
    assert {name for part in root.iter() for name in part.attrib if name.startswith("data-")} == {
        "data-arc",
        "data-box",
    }
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= SVG_TAGS


# ---- random mechanisms ----------------------------------------------------------------------------------

KINDS = ["Drug", "Receptor", "IonChannel", "Enzyme", "Ion", "Phenotype", "BiologicalProcess", "EntityGroup"]
PREDICATES = ["activates", "inhibits", "modulates", "depends_on", "binds", "produces"]


@st.composite
def mechanisms(draw):
    count = draw(st.integers(1, 12))
    names = [f"n{index}" for index in range(count)]
    words = st.sampled_from(["x", "receptor", "a rather long name", "calcium ion", "σ1"])
    entities = [Entity(name, f"{draw(words)} {name}", draw(st.sampled_from(KINDS)), HERE) for name in names]
    ends = st.sampled_from(names)
    triples = draw(st.lists(st.tuples(ends, st.sampled_from(PREDICATES), ends), max_size=24, unique=True))
    said = [statement(*triple, polarity=draw(st.sampled_from(["asserted", "negated"]))) for triple in triples]
    places = [Entity(f"p{index}", f"place {index}", kind, HERE) for index, kind in enumerate(
        draw(st.lists(st.sampled_from(["Compartment", "Membrane", "Organelle"]), max_size=5)))]  # fmt: skip
    homes = [draw(st.integers(-1, len(places) - 1)) for _ in names]
    compartments = [
        Placement(
            place.id,
            tuple(name for name, home in zip(names, homes, strict=True) if home == index),
            f"p{draw(st.integers(0, index - 1))}" if index and draw(st.booleans()) else None,
        )
        for index, place in enumerate(places)
    ]
    return entities + places, said, compartments


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(mechanisms())
def test_random_mechanisms_are_drawn_whole_and_clear(made):
    entities, said, compartments = made
    drawn = small(entities, said, compartments)
    assert told(drawn) == sorted(item.id for item in said)
    assert all(edge.points for edge in drawn.edges)
    assert overlapping(drawn) == []
    assert trespassing(drawn) == []
    assert intruders(drawn) == []
