"""Passages: how a text is cut, how a place is found in it, and what is noticed when the text changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import DOCUMENTS
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.authoring.formatting import format_text
from kg.cli import main
from kg.indexing import index_of, to_yaml
from kg.model import Locator
from kg.passages import Normalised, digest, passages_of
from kg.places import Places, is_one_place
from kg.quantity import parse_quantity
from kg.verification import missing_numbers

PAPER = """\
A Paper on Imipramine

Abstract

Imipramine raises serotonin.[1] It was the first of
its kind, with many

followers.

Results

Table 1: Affinities

Target\tKi (nM)
Transporters\t
SERT\t1.4 [2]
NET\t37

Methods

Materials:

- Assay buffer: 50 mM Tris
- Filters and tubes.

Procedure:

- Assay Setup: In triplicate:
 - Total binding: buffer
 - Non-specific binding: fluoxetine
- Washing: three times

[Click to see the figure](#)

Figure 1. How it is done.

References

- 1. A title
- 2. Another
"""


@pytest.fixture
def index():
    return index_of(PAPER.encode(), "paper")


def words(passage):
    text = Normalised(PAPER).text
    return text[passage.span.start : passage.span.end]


def test_a_text_is_cut_into_passages_at_their_places(index):
    shown = [(passage.kind, str(passage.locator)) for passage in index.passages if passage.kind != "heading"]
    assert shown == [
        ("text", "section “Abstract”, paragraph 1"),
        ("caption", "section “Results”, table “1”"),
        ("table head", "section “Results”, table “1”, row “Target”"),
        ("table head", "section “Results”, table “1”, row “Transporters”"),
        ("text", "section “Results”, table “1”, row “SERT”"),
        ("text", "section “Results”, table “1”, row “NET”"),
        ("text", "section “Methods”, item Materials / Assay buffer"),
        ("text", "section “Methods”, item Materials / 2"),
        ("text", "section “Methods”, item Procedure / Assay Setup"),
        ("text", "section “Methods”, item Procedure / Assay Setup / Total binding"),
        ("text", "section “Methods”, item Procedure / Assay Setup / Non-specific binding"),
        ("text", "section “Methods”, item Procedure / Washing"),
        ("link", "section “Methods”, figure link"),
        ("caption", "section “Methods”, figure 1"),
        ("text", "section “References”, item 1"),
        ("text", "section “References”, item 2"),
    ]


def test_a_page_break_does_not_cut_a_paragraph(index):
    passage = Places(index).find(Locator(section="Abstract"))[0]
    assert words(passage).endswith("with many followers.")


@given(st.text(alphabet=st.sampled_from("ab -\t|#*:.\n[]1σ\u00a0e\u0301"), max_size=120))
def test_passages_hold_every_word_once_and_in_order(raw):
    text = Normalised(raw)
    end = 0
    for passage in passages_of(text):
        assert not text.text[end : passage.span.start].strip()
        assert digest(text.text[passage.span.start : passage.span.end]) == passage.span.sha256
        end = passage.span.end
    assert not text.text[end:].strip()
    places = [passage.locator for passage in passages_of(text)]
    assert len(places) == len(set(places))


def test_what_stands_under_a_heading_met_again_stays_under_it():
    raw = "Results\n\nIt rose.\n\nResults\n\nIt fell.\n\nIt rose again.\n"
    places = [(p.locator.section, p.locator.paragraph) for p in passages_of(Normalised(raw))]
    assert places[:2] == [("Results", None), ("Results", 1)]
    assert places[2:] == [("Results (2)", None), ("Results (2)", 1), ("Results (2)", 2)]


def test_line_ends_and_runs_of_blanks_do_not_move_a_passage():
    loose = PAPER.replace("\n", "\r\n").replace("raises serotonin", "raises\u00a0  serotonin")
    assert index_of(loose.encode(), "paper").passages == index_of(PAPER.encode(), "paper").passages


@pytest.mark.parametrize(
    ("locator", "count", "one"),
    [
        (Locator(section="Results", table="1", row="SERT", column="Ki (nM)"), 1, True),
        (Locator(section="Methods", item="Washing"), 1, True),
        (Locator(section="Methods", item="Assay Setup"), 3, True),
        (Locator(section="Methods", item="Assay Setup / Total binding"), 1, True),
        (Locator(section="Methods", item="Materials"), 2, True),
        (Locator(section="Methods"), 7, False),
        (Locator(section="Methods", item="Wash"), 0, True),
        (Locator(section="Results", row="DAT"), 0, True),
    ],
)
def test_a_locator_names_its_passages(index, locator, count, one):
    found = Places(index).find(locator)
    assert len(found) == count
    assert is_one_place(found) is one


def test_an_index_holds_no_word_of_the_document_but_its_labels(index):
    made = to_yaml(index)
    for phrase in ("raises", "followers", "triplicate", "three times", "A title", "How it is done"):
        assert phrase in PAPER
        assert phrase not in made


CLAIM = """\
document: {id: paper, title: A paper, kind: primary paper, references: [{number: 1, title: a}, {number: 2, title: b}]}
passages:
  - at: {section: Abstract, paragraph: 1}
    refs: [1]
    statements: [{id: paper.claim, subject: imipramine, predicate: increases, object: serotonin}]
  - at: {section: Results, table: "1"}
    measured: {drug: imipramine, parameter: Ki, unit: nM}
    measurements:
      - {target: sert, value: 1.4, at: {row: SERT}, refs: [2]}
"""


@pytest.fixture
def folders(write, tmp_path: Path, index):
    """Return the folder of the data and that of the documents."""
    write(CLAIM, "data/claims.yaml")
    write(to_yaml(index), "data/index.yaml")
    write(PAPER, "papers/renamed.txt")
    return tmp_path / "data", tmp_path / "papers"


def verified(folders):
    return next(item for item in kg.load(folders[0]).verify(folders[1]) if item.document == "paper")


def test_an_index_is_read_back_as_it_was_made(folders, index):
    read = next(text for text in kg.load(folders[0]).graph.knowledge.texts if text.document == "paper")
    assert read.passages == index.passages
    assert (read.sha256, read.characters) == (index.sha256, index.characters)


def test_an_unchanged_document_is_found_under_any_name(folders):
    found = verified(folders)
    assert (found.file, found.state) == ("renamed.txt", "same")
    assert not (found.moved or found.changed or found.unlocated or found.differences)
    assert found.evidence == 2


def test_what_nobody_has_read_is_listed(folders):
    assert [str(passage.locator) for passage in verified(folders).unread][:2] == [
        "section “Results”, table “1”, row “NET”",
        "section “Methods”, item Materials / Assay buffer",
    ]


def test_a_sentence_put_in_before_moves_what_follows(folders):
    path = folders[1] / "renamed.txt"
    path.write_text(PAPER.replace("Results", "Background\n\nA new word here.\n\nResults", 1))
    found = verified(folders)
    assert found.state == "renewed"
    assert not found.changed
    assert {moved.now.start - moved.was.start for moved in found.moved} == {28}


def test_a_changed_number_is_a_changed_passage_and_a_difference(folders):
    path = folders[1] / "renamed.txt"
    path.write_text(PAPER.replace("1.4 [2]", "1.6 [1]", 1))
    found = verified(folders)
    assert [str(passage.locator) for passage in found.changed] == ["section “Results”, table “1”, row “SERT”"]
    assert [difference.text for difference in found.differences] == [
        "reference [2] is not cited there",
        "'1.4' is not printed there",
    ]
    assert not found.clean


def test_a_document_that_is_not_there_is_absent(folders, tmp_path):
    (tmp_path / "empty").mkdir()
    found = verified((folders[0], tmp_path / "empty"))
    assert (found.file, found.state, found.clean) == (None, "absent", False)


def test_an_index_whose_document_is_unsound_is_left_out_with_it(write, index):
    wrong = "documents: [{id: paper, title: A, kind: vendor, about: [nobody]}]"
    files = write(wrong, "document.yaml"), write(to_yaml(index), "index.yaml")
    graph = kg.load(*files, strict=False)
    assert "paper" not in {found.document for found in graph.coverage()} | set(graph.documents)
    assert graph.export("ttl")


def test_a_document_is_not_looked_for_in_the_file_of_another(folders, write):
    other = "Abstract\n\nSomething else.\n\nResults\n\nNothing.\n\nMethods\n\nProcedure:\n\n- None.\n"
    write(other, "papers/renamed.txt")
    assert verified(folders).state == "absent"


def test_a_copy_does_not_stand_for_another_document(folders, write, index):
    half = PAPER[: PAPER.index("Methods")]
    write("documents: [{id: half, title: Half, kind: vendor}]", "data/half.yaml")
    write(to_yaml(index_of(half.encode(), "half")), "data/half-index.yaml")
    write(PAPER.replace("1.4", "1.6"), "papers/renamed.txt")
    write(half.replace("1.4", "1.5"), "papers/half.txt")
    found = {item.document: item.file for item in kg.load(folders[0]).verify(folders[1])}
    assert (found["paper"], found["half"]) == ("renamed.txt", "half.txt")


def test_references_cited_together_are_all_cited(write):
    text = b"Results\n\nImipramine raises serotonin [1, 2] and more [4-6].\n"
    claim = CLAIM[: CLAIM.index("passages")].replace("{number: 2, title: b}", "{number: 5, title: b}")
    claim += """\
passages:
  - at: {section: Results, paragraph: 1}
    refs: [1, 5]
    statements: [{id: paper.claim, subject: imipramine, predicate: increases, object: serotonin}]
"""
    write(claim, "data/claims.yaml")
    write(to_yaml(index_of(text, "paper")), "data/index.yaml")
    folder = write(text, "papers/a.txt").parent
    assert verified((folder.parent / "data", folder)).clean


def test_a_second_index_of_a_document_is_refused_and_does_no_harm(folders, write, index):
    write(to_yaml(index_of(b"Other words.", "paper")), "data/z.yaml")
    found = kg.check(folders[0])
    assert [(problem.code, Path(problem.file).name) for problem in found] == [("KG603", "z.yaml")]


def test_a_page_alone_reads_no_passage(folders, write):
    claim = (
        CLAIM[: CLAIM.index("passages")] + "statements:\n  - {id: x, subject: igmesine, predicate: modulates,"
    )
    write(claim + ' object: bdnf, evidence: [{document: paper, at: {page: "3"}}]}', "data/claims.yaml")
    assert [problem.code for problem in kg.check(folders[0])] == ["KG602"]
    (found,) = kg.load(folders[0]).coverage("paper")
    assert found.unread == found.passages
    assert len(verified(folders).unlocated) == 1


def test_a_correction_in_the_index_survives_making_it_again(folders):
    path = folders[0] / "index.yaml"
    path.write_text(format_text(path.read_text())[0])
    corrected = path.read_text().replace("Materials / 2", "Materials / Filters", 1)
    path.write_text(corrected)
    paper = str(folders[1] / "renamed.txt")
    made = CliRunner().invoke(main, ["index", paper, "--document", "paper", "--data", str(folders[0])])
    assert made.stdout == corrected


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "holds no text"), (b"a\xff", "0xff"), (b"a\x07b", "U+0007"), (None, "cannot read")],
)
def test_what_is_no_plain_text_is_refused(content, told, tmp_path):
    path = tmp_path / "paper.txt"
    if content is not None:
        path.write_bytes(content)
    result = CliRunner().invoke(main, ["index", str(path), "--document", "paper"])
    assert result.exit_code in (1, 2)
    assert (told in result.stderr, result.stdout) == (True, "")


def test_what_has_no_index_is_told():
    for args in (["coverage", "denninger-1999"], ["verify", "--documents", ".", "--only-data"]):
        assert "`kg index` makes one" in CliRunner().invoke(main, args).stderr


def test_coverage_lists_what_is_unread(folders):
    result = CliRunner().invoke(main, ["coverage", "paper", "--data", str(folders[0])])
    assert result.stdout.startswith("paper: 2 of 12 passages curated, 0 declared silent, 10 unread\n")
    assert "unread: section “Results”, table “1”, row “NET”" in result.stdout


def test_numbers_are_compared_as_printed(graph):
    values = {value.id: value.quantity for value in graph.measurements(drug="igmesine")}
    quantity = values["B115768.igmesine.sigma-1-receptor.ic50"]
    assert missing_numbers(quantity, "IC50: 39 ± 8 nM [2]") == ()
    assert missing_numbers(quantity, "IC50: 39 ± 18 nM [2]") == ("8",)
    assert missing_numbers(parse_quantity("3 - 4"), "washed three to four times") == ()


needs_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the source documents are not here; KG_DOCUMENTS names their folder"
)


@needs_documents
def test_every_curated_passage_of_the_five_documents_is_where_it_was(graph):
    found = graph.verify(DOCUMENTS)
    assert [item.state for item in found] == ["same"] * 5
    assert [(item.moved, item.changed, item.unlocated, item.differences) for item in found] == [((),) * 4] * 5
    assert [item.unread for item in found] == [()] * 5


def test_every_passage_of_the_curated_documents_is_read_or_declared_silent(graph):
    found = graph.coverage()
    assert len(found) == 5
    unread = [(item.document, str(one.passage.locator)) for item in found for one in item.unread]
    assert unread == []
    assert all(len(item.passages) > 50 for item in found)


@needs_documents
def test_the_json_of_verify_tells_the_same():
    result = CliRunner().invoke(main, ["verify", "--documents", str(DOCUMENTS), "--format", "json"])
    assert {row["document"]: row["state"] for row in json.loads(result.stdout)}["B115768"] == "same"


def test_evidence_carries_its_position_and_digest_into_sparql(graph):
    answer = graph.query(
        "SELECT ?start ?end ?sha { ?claim rdf:subject kg:igmesine ; rdf:predicate kgo:agonist_of ;"
        " kgo:evidence/oa:hasTarget ?p . ?p oa:hasSelector [ oa:start ?start ; oa:end ?end ] ; kgo:sha256 ?sha ;"
        " kgo:document kg:B115768 } ORDER BY ?start LIMIT 1"
    )
    statement = graph.statements(subject="igmesine", predicate="agonist_of", document="B115768")[0]
    span = statement.evidence[0].spans[0]
    assert answer.rows == ((span.start, span.end, span.sha256),)
