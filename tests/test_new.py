"""`kg new`: scripted and in a terminal; what is typed comes out as data, and nothing is written half."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.authoring.formatting import format_text
from kg.authoring.inserting import NoPlace, with_row
from kg.authoring.questions import fields_of
from kg.cli import main
from kg.yamltext import parse, plain

CLAIM = ["igmesine", "modulates", "bdnf", "--document", "B115768", "--section", "Abstract"]


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["new", *args])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.stderr if code else result.stdout


@pytest.fixture
def seeds(tmp_path, monkeypatch) -> Path:
    """Return a copy of the shipped seeds, alone in the folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return Path("seeds")


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "my.yaml"


def test_a_statement_in_a_new_file_is_complete_formatted_and_checked(here):
    run(
        "statement",
        *CLAIM,
        "--paragraph",
        "1",
        "--certainty",
        "hedged",
        "--refs",
        "1, 2",
        "--file",
        "my.yaml",
    )
    assert here.read_text() == (
        "# yaml-language-server: $schema=seed.schema.json\n"
        "statements:\n"
        "  - subject: igmesine\n"
        "    predicate: modulates\n"
        "    object: bdnf\n"
        "    certainty: hedged\n"
        "    evidence:\n"
        "      - {document: B115768, at: {section: Abstract, paragraph: 1}, refs: [1, 2]}\n"
    )
    assert kg.check("my.yaml") == ()


def test_rows_of_every_kind_join_a_file_without_touching_the_rest(here):
    here.write_text("# mine\nstatements: [] # so far none\n# the end")
    run("statement", *CLAIM, "--file", "my.yaml")
    run("entity", "Compound X (test)", "--category", "drug", "--synonyms", "CX, C-X", "--file", "my.yaml")
    run("measurement", "compound x (TEST)", "SERT", "ki", ">10,000", "--unit", "nM", "--document", "b115768",
        "--table", "1", "--file", "my.yaml")  # fmt: skip
    text = here.read_text()
    assert all(line in text for line in ("# mine\n", "statements: # so far none\n", "# the end"))
    assert format_text(text)[0] == text.replace(": # so", ":  # so") + "\n"
    graph = kg.load("my.yaml")
    assert graph.entity("C-X").id == "compound-x-test"
    (value,) = graph.measurements(drug="compound-x-test")
    assert (value.quantity.relation, value.unit, value.evidence[0].locator.table) == (">", "nM", "1")


def test_a_claim_of_the_files_own_document_goes_into_the_passage_of_its_place(seeds):
    path = seeds / "documents" / "B115768.yaml"
    before = path.read_text()
    own = ["--only-data", "--data", "seeds", "--file", str(path)]
    run("statement", "igmesine", "modulates", "serotonin", "--section", "Abstract", "--paragraph", "1", *own)
    run(
        "statement",
        "igmesine",
        "modulates",
        "dopamine",
        "--section",
        "Experimental Protocols",
        "--paragraph",
        "1",
        *own,
    )
    run("measurement", "igmesine", "sert", "Ki", ">100", "--unit", "nM", "--section", "Abstract", "--paragraph", "1",
        "--refs", "1,2", *own)  # fmt: skip
    after = path.read_text()
    assert format_text(after)[0] == after
    kept = iter(after.splitlines())
    assert all(line in kept for line in before.splitlines())
    graph = kg.load("seeds", shipped=False)
    claim = graph.graph.statements["igmesine.modulates.serotonin"]
    assert (claim.evidence[0].locator.paragraph, claim.evidence[0].references) == (1, (1, 2))
    assert "refs" not in after[after.index("object: serotonin\n") :][:200]
    assert (
        graph.graph.statements["igmesine.modulates.dopamine"].evidence[0].locator.section
        == "Experimental Protocols"
    )


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["statement", "igmesine"], "PREDICATE, OBJECT, `--document`, `--section`"),
        (["statement", *CLAIM[:5]], "`--section` (or `--table`"),
        (["statement", "igmesin", *CLAIM[1:]], "igmesine"),
        (["statement", "igmesine", "modulats", *CLAIM[2:]], "modulates"),
        (["statement", "igmesine", "member_of", *CLAIM[2:]], "bdnf is a Neurotrophin; the object of member_of"),
        (["statement", "imipramine", "has_higher_affinity_for", "sert", *CLAIM[3:]], "`--than`"),
        (["statement", "igmesine", "activates", "sigma-1-receptor", *CLAIM[3:]], "`--id`"),
        (["statement", *CLAIM, "--refs", "1,9"], "[9] is not a reference of B115768; it lists 1, 2, 3"),
        (["statement", *CLAIM, "--paragraph", "0"], "greater than or equal to 1"),
        (["statement", *CLAIM, "--paragraph", "one"], "not a whole number"),
        (["statement", *CLAIM, "--note", "a\x07b"], "U+0007"),
        (["statement", *CLAIM, "--note", " "], "note is empty"),
        (["statement", *CLAIM, "--id", "a b"], "pattern"),
        (["statement", *CLAIM, "--id", "igmesine"], "taken by seeds/entities/drugs.yaml"),
        (["measurement", "igmesine", "sert", "Ki", "5x", *CLAIM[3:]], "not a number as printed"),
        (["measurement", "igmesine", "sert", "Ki", "5", *CLAIM[3:]], "`--unit`"),
        (["measurement", "igmesine", "sert", "Ki", "5", "--unit", "%", *CLAIM[3:]], "Ki is a concentration"),
        (["entity", "new", "--category", "Drugs"], "`Drug`"),
        (["entity", "new", "--category", "Drug", "--xrefs", "CHEBI:x"], "not an identifier of CHEBI"),
        (["entity", "igmesine", "--category", "Drug"], "taken by"),
        (["entity", "东西", "--category", "Drug"], "`--id`"),
        (["statement", "imipramine hydrochloride", *CLAIM[1:], "--merge-salts"], "leave out `--merge-salts`"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_at_once_with_what_was_meant(args, told, here):
    assert told in run(*args, "--file", "my.yaml", code=2)
    assert not here.exists()


def test_a_comma_within_a_chemical_name_parts_nothing(here):
    run("entity", "N,N-Molécule", "--category", "Drug", "--file", "my.yaml",
        "--synonyms", "N,N-dimethyltryptamine, DMT; 10,11-dihydro-x")  # fmt: skip
    (found,) = (row for row in kg.load(here).entities.values() if row.id == "n-n-molecule")
    assert found.synonyms == ("N,N-dimethyltryptamine", "DMT", "10,11-dihydro-x")


def test_a_file_is_needed_and_a_broken_one_is_left_alone(here):
    assert "`--file`" in run("statement", *CLAIM, code=2)
    here.write_text("entities: [")
    assert "KG101" in run("statement", *CLAIM, "--file", "my.yaml", code=1)
    here.write_text("entities: [{id: a, name: a, category: Drug}]\n")
    assert "kg format" in run("entity", "b", "--category", "Drug", "--file", "my.yaml", code=2)
    assert here.read_text() == "entities: [{id: a, name: a, category: Drug}]\n"


def test_a_row_that_troubles_another_file_is_shown_and_not_written(here):
    told = run(
        "entity", "oddity", "--category", "Drug", "--synonyms", "igmesine", "--file", "my.yaml", code=1
    )
    assert "KG502" in told
    assert "nothing was written" in told
    assert not here.exists()


HOSTILE = [
    "a: b", "x #y", "# z", "- i", "'q'", '"d"', "{a: 1}", "[a]", "*x", "&x", "!!python/object x", "a\n- b: c\nstatements: []",
    "%YAML 1.1", "---", "...", "\\n", "NO", "~", "1e-9", "?", "| x", "> y", "@", "`", "${HOME}", "a\tb", "a\u2028b",
    "x" * 3000, "word " * 60, "é\u202e", "'", '"', "\\", "trailing\\", "null", "$(id)", "{{x}}", "a'b\"c\\d", ",", "]", "}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_the_text_it_is(text, here):
    run("statement", *CLAIM, "--note", text, "--column", text, "--file", "my.yaml")
    (claim,) = [claim for claim in kg.load("my.yaml").statements() if claim.source.file == "my.yaml"]
    assert (claim.note, claim.evidence[0].locator.column) == (text.strip(), text.strip())
    assert format_text(here.read_text())[0] == here.read_text()


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "name", "definition", "symbol"]),
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"),
            min_size=1,
        ),
        min_size=1,
    )
)
def test_any_text_is_inserted_as_data(row):
    text = "# c\nentities:\n- id: a # d\n  name: b\n# e\nconflicts: []\n"
    new, line = with_row(text, ("entities",), row)
    node, problems = parse(new, "text")
    assert problems == []
    assert plain(node)["entities"][1] == row
    assert new.splitlines()[line - 1].startswith("- ") or any(c in new for c in "\x85\u2028\u2029")
    assert new.startswith(text[: text.index("# e")])
    assert new.endswith("# e\nconflicts: []\n")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ("entities",)),
        ("# only a comment", ("entities",)),
        ("entities:", ("entities",)),
        ("a: b\nentities: [] # none\nz: 1\n", ("entities",)),
        ("--- \na: b\n...\n", ("entities",)),
        ("entities:\n- id: a", ("entities",)),
        ("entities:\r\n  - id: a\r\n", ("entities",)),
        ("entities:\n  - id: |+\n      a\n\n\n", ("entities",)),
        (
            "passages:\n  - at: {section: A} # x\n    # y\n  - at: {section: B}\n",
            ("passages", 0, "statements"),
        ),
        ("passages:\n  - statements:\n      - subject: >-\n          x\n\n\n", ("passages", 0, "statements")),
        ("# h\n# i\npassages:\n  - at: {section: A}\n", ("entities",)),
    ],
)
def test_a_row_finds_its_place_whatever_the_style_of_the_file(text, path):
    new, line = with_row(text, path, {"subject": "s: t"})
    node, _ = parse(new, "text")
    value = plain(node)
    for step in path:
        value = value[step]
    assert value[-1] == {"subject": "s: t"}
    assert new.splitlines()[line - 1].strip() == '- subject: "s: t"'


def test_what_was_measured_is_given_and_no_option_is_there_twice(here):
    value = ["measurement", "imipramine", "SERT", "IC50", "3", "--unit", "nM", "--endpoint", "uptake"]
    run(*value, "--document", "B115768", "--section", "Abstract", "--file", "my.yaml")
    assert "endpoint: uptake" in here.read_text()
    assert run("measurement", "--help").count("--endpoint") == 1


def test_a_row_is_never_squeezed_into_a_style_that_has_no_place_for_it():
    for text in (
        "{entities: []}",
        "entities: [{id: a}]",
        "entities: {a: b}",
        "just text",
    ):
        with pytest.raises(NoPlace):
            with_row(text, ("entities",), {"id": "b"})


def test_each_field_of_the_records_is_an_option():
    names = fields_of("statement")
    assert {"certainty", "species", "refs", "section", "document", "note"} <= set(names)
    assert "evidence" not in names
    text = CliRunner().invoke(main, ["new", "statement", "--help"]).stdout
    assert all(f"--{name}" in text for name in names if name not in ("subject", "predicate", "object"))


class Typed:
    """A terminal at which this is typed."""

    def __init__(self, *lines: str) -> None:
        self.text = "".join(f"{line}\r" for line in lines) + "\x04"

    def run(self, monkeypatch, *args: str):
        from prompt_toolkit.application import create_app_session
        from prompt_toolkit.input import create_pipe_input
        from prompt_toolkit.output import DummyOutput

        monkeypatch.setattr("kg.cli.new._at_terminal", lambda: True)
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(self.text)
            return CliRunner().invoke(main, ["new", *args])


WRONG = "\x15"  # Ctrl-U empties the line that was refused


def test_a_terminal_asks_for_every_part_refuses_wrong_ones_and_takes_names(here, monkeypatch):
    typed = Typed(
        "", "Igmesin", f"{WRONG}IGMESINE", "modulats", f"{WRONG}modulates", "BDNF", "B115768", "Abstract",
        "more", f"{WRONG}certainty", "hedge", f"{WRONG}hedged", "refs", "9", f"{WRONG}1, 2", "note", "so: #1 'x'", "", "y",
    )  # fmt: skip
    result = typed.run(monkeypatch, "statement")
    assert result.exit_code == 0, result.output
    text = (here.parent / "my-claims.yaml").read_text()
    assert text.endswith(
        "statements:\n  - subject: igmesine\n    predicate: modulates\n    object: bdnf\n    certainty: hedged\n"
        "    evidence:\n      - {document: B115768, at: {section: Abstract}, refs: [1, 2]}\n    note: \"so: #1 'x'\"\n"
    )


def test_a_terminal_asks_only_for_what_is_missing_and_writes_nothing_on_no(here, monkeypatch):
    result = Typed("Abstract", "", "n").run(monkeypatch, "statement", *CLAIM[:5], "--file", "my.yaml")
    assert result.exit_code == 1
    assert not here.exists()
    result = Typed("\x03").run(monkeypatch, "statement", *CLAIM[:5], "--file", "my.yaml")
    assert result.exit_code == 1
    assert not here.exists()
    assert Typed().run(monkeypatch, "statement", *CLAIM, "--file", "my.yaml").exit_code == 0
    assert here.exists()


def test_a_terminal_makes_an_id_from_the_name_and_asks_for_one_where_a_claim_is_made_already(
    here, monkeypatch
):
    typed = Typed("Compound Y", "Drug", "", "synonyms", "CY, C-Y", "", "")
    result = typed.run(monkeypatch, "entity", "--file", "my.yaml")
    assert result.exit_code == 0, result.output
    assert (
        "- id: compound-y\n    name: Compound Y\n    category: Drug\n    synonyms: [CY, C-Y]\n"
        in here.read_text()
    )
    again = ["igmesine", "activates", "sigma-1-receptor", *CLAIM[3:], "--certainty", "hedged"]
    result = Typed("igmesine", f"{WRONG}my-claim", "", "").run(
        monkeypatch, "statement", *again, "--file", "my.yaml"
    )
    assert result.exit_code == 0, result.output
    assert "- id: my-claim\n    subject: igmesine\n" in here.read_text()


def test_what_is_offered_fits_what_was_answered(graph):
    from kg.authoring.offers import offers

    fields = fields_of("statement")
    objects = offers(graph.graph, fields["object"], {"subject": "igmesine", "predicate": "member_of"})
    kinds = {offer.meta for offer in objects}
    assert "DrugClass" in kinds
    assert "Neurotrophin" not in kinds
    (sigma,) = [
        offer for offer in offers(graph.graph, fields["object"], {}) if offer.text == "sigma-1-receptor"
    ]
    assert sigma.shown == "sigma-1 receptor"
    assert "σ1" in "".join(sigma.names)
    signs = {
        offer.text: offer.shown for offer in offers(graph.graph, fields["predicate"], {"subject": "igmesine"})
    }
    assert (signs["inhibits"], signs["activates"]) == ("(−)", "(+)")
    sections = [offer.text for offer in offers(graph.graph, fields["section"], {"document": "B115768"})]
    assert sections.index("Abstract") < sections.index("Conclusion") < sections.index("References")
    assert "1" in [offer.text for offer in offers(graph.graph, fields["refs"], {"document": "B115768"})]
    units = offers(graph.graph, fields_of("measurement")["unit"], {"parameter": "Ki"})
    assert "nM" in [offer.text for offer in units]
    assert "%" not in [offer.text for offer in units]


def test_completion_finds_an_entity_by_the_letters_of_any_of_its_names(graph):
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    from kg.authoring.offers import offers
    from kg.cli.prompts import _Names

    known = offers(graph.graph, fields_of("statement")["object"], {})
    found = list(_Names(known, many=False).get_completions(Document("σ1"), CompleteEvent()))
    assert "sigma-1-receptor" in [completion.text for completion in found]
    (number,) = _Names(
        offers(graph.graph, fields_of("statement")["refs"], {"document": "B115768"}), many=True
    ).get_completions(Document("1, 3"), CompleteEvent())
    assert (number.text, number.start_position) == ("3", -1)


def test_without_the_extra_one_message_says_how_to_install_it():
    code = (
        "import sys; sys.modules['prompt_toolkit'] = None\n"
        "import kg.cli.new as new; new._at_terminal = lambda: True\n"
        "from kg.cli import main; main(['new', 'statement'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert '(extra curate): pip install "prompt' in done.stderr
    assert "Traceback" not in done.stderr


def test_where_a_document_is_asked_for_it_is_told_that_it_is_declared_first():
    from kg.authoring.questions import fields_of
    from kg.cli.prompts import _hint

    for kind in ("statement", "measurement"):
        assert "`documents` of the file" in _hint(kind, fields_of(kind)["document"], {})
        assert "by default" not in _hint(kind, fields_of(kind)["document"], {})
