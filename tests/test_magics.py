"""`%%sparql` and `%sparql`: the answers of `graph.query` in a cell, and errors without a traceback."""

from __future__ import annotations

import pytest

import kg
from kg.knowledge_graph import KnowledgeGraph
from kg.magics import Refused, Sparql
from kg.sparql import Table, Triples

SELECT = "SELECT ?target { kg:igmesine kgo:agonist_of ?target }"


class Shell:
    """As much of IPython as the magic asks of it."""

    def __init__(self, **variables) -> None:
        self.user_ns = dict(variables)
        self.magics: dict[str, object] = {}

    def register_magic_function(self, func, magic_kind, magic_name):
        self.magics[f"{magic_kind} {magic_name}"] = func


@pytest.fixture(scope="module")
def shell(graph) -> Shell:
    made = Shell(graph=graph, _3=graph, other=3)
    kg.load_ipython_extension(made)
    return made


@pytest.fixture
def cell(shell):
    return shell.magics["cell sparql"]


@pytest.fixture
def line(shell):
    return shell.magics["line sparql"]


def test_a_cell_is_answered_as_by_the_graph(cell, graph):
    found = cell("", SELECT)
    assert isinstance(found, Table)
    assert found == graph.query(SELECT)
    assert isinstance(cell("", "CONSTRUCT WHERE { kg:igmesine ?p ?o }"), Triples)
    assert cell("", "ASK { kg:igmesine ?p ?o }") is True


def test_an_answer_is_kept_under_a_name_and_as_a_frame(cell, shell):
    frame = cell("--into targets --frame polars", SELECT)
    assert shell.user_ns["targets"] is frame
    assert frame["target"].to_list() == ["kg:sigma-1-receptor"]
    assert list(cell("--frame pandas", SELECT)["target"]) == ["kg:sigma-1-receptor"]


def test_a_question_of_the_library_is_asked_by_its_name(line, graph):
    assert line("targets-below --drug imipramine --ki '10 nM'") == graph.ask(
        "targets-below", drug="imipramine", ki="10 nM"
    )
    assert len(line("targets-below --drug=imipramine --ki=3nM --frame polars")) == 4


@pytest.mark.parametrize(
    ("options", "sparql", "told"),
    [
        (
            "",
            "SELECT ?x {\n  ?x kgoo:y ?z }",
            "line 2, column 6: prefix `kgoo:` is not declared; did you mean `kgo`",
        ),
        ("", "", "the query is empty"),
        ("", "SELECT * { SERVICE <http://x.org> { ?a ?b ?c } }", "SERVICE is not allowed"),
        (
            "--timeout 0.2",
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
            "not done after 0.2 s",
        ),
        ("--graph grap", SELECT, "grap is no KnowledgeGraph; did you mean graph?"),
        ("--graph other", SELECT, "other is no KnowledgeGraph"),
        ("--into 'a b'", SELECT, "'a b' is no name for a variable"),
        ("--frame excel", SELECT, "invalid choice: 'excel'"),
        ("--frame pandas", "ASK { ?a ?b ?c }", "--frame wants a SELECT"),
        ("--grph x", SELECT, "unrecognized arguments: --grph x\nusage: %%sparql [--graph"),
        ("--timeout nan", SELECT, "nan is no time to wait"),
        ("'", SELECT, "No closing quotation"),
    ],
)
def test_what_is_wrong_is_told_without_a_traceback(cell, options, sparql, told):
    with pytest.raises(Refused) as error:
        cell(options, sparql)
    (shown,) = error.value._render_traceback_()
    assert shown.startswith("Error: ")
    assert told in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("targets-belo", "Did you mean targets-below?"),
        ("targets-below --drug igmesin", "Did you mean igmesine?"),
        ("targets-below --drgu igmesine", "drug"),
        ("targets-below igmesine", "is no parameter"),
        ("targets-below --drug", "--drug needs a value"),
        ("", "required: name\nusage: %sparql [--graph VARIABLE]"),
    ],
)
def test_what_is_wrong_in_a_question_is_told(line, options, told):
    with pytest.raises(Refused) as error:
        line(options)
    assert told in str(error.value)


def test_unknown_names_are_noticed_beside_the_answer(cell, capsys):
    assert len(cell("", "SELECT * { kg:serotonine ?p ?o }")) == 0
    assert "did you mean `kg:serotonin`" in capsys.readouterr().err


def test_which_graph_is_asked(graph):
    assert isinstance(Sparql(Shell())._graph(None), KnowledgeGraph)
    assert Sparql(Shell(one=graph, same=graph))._graph(None) is graph
    several = Sparql(Shell(one=graph, two=kg.load(cache=False)))
    assert several._graph("one") is graph
    with pytest.raises(Refused, match="there are several graphs: say --graph one or --graph two"):
        several._graph(None)


@pytest.mark.slow
def test_a_notebook_runs_the_magic_and_keeps_its_table(tmp_path):
    import nbformat
    from nbclient import NotebookClient

    sources = (
        "%load_ext kg",
        "import kg\ngraph = kg.load()",
        f"%%sparql --into found\n{SELECT}",
        "%sparql targets-below --drug imipramine --ki 3nM",
        "%%sparql\nSELECT ?x { ?x kgoo:y ?z }",
        "graph.paths(graph.e.igmesine, graph.e.cgmp)",
        "graph.view('igmesine-nmda-mechanism').still",
    )
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    folder = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, allow_errors=True, resources=folder).execute()
    outputs = [cell.outputs for cell in notebook.cells]
    assert outputs[0] == outputs[1] == []
    assert "kg:sigma-1-receptor" in outputs[2][0].data["text/html"]
    assert "α1D-adrenergic receptor" in outputs[3][0].data["text/html"]
    (error,) = outputs[4]
    assert error.output_type == "error"
    assert error.traceback[0].startswith("Error: line 1, column 16: prefix `kgoo:` is not declared")
    assert error.traceback[0].endswith("^")
    assert "8 mechanism paths" in outputs[5][0].data["text/plain"]
    assert set(outputs[6][0].data) == {"image/svg+xml", "text/plain"}
