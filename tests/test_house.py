"""The house rules that no linter checks: light imports, shipped files, one purpose a file."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

HEAVY = ("rdflib", "networkx", "pyvis", "pydantic", "pygraphviz", "jinja2", "numpy", "yaml", "pyoxigraph",
         "prompt_toolkit", "IPython", "markupsafe", "resvg_py", "typst", "scipy", "pandas", "polars", "pyarrow",
         "anywidget", "traitlets")  # fmt: skip


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys, json; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_importing_kg_loads_nothing_heavy():
    assert loaded_by("import kg") == set()


def test_help_loads_nothing_heavy():
    code = (
        "from click.testing import CliRunner\nfrom kg.cli import main\nCliRunner().invoke(main, ['--help'])"
    )
    assert loaded_by(code) == set()


def test_a_cached_graph_answers_paths_with_no_heavy_library_but_the_one_that_walks(graph):
    code = "import kg\nkg.load()\nassert kg.load().paths('igmesine', 'cGMP')"
    subprocess.run([sys.executable, "-c", "import kg; kg.load()"], check=True)
    assert loaded_by(code) == {"numpy"}


@pytest.mark.parametrize("args", ["check", "new statement igmesine", "format --check .", "info"])
def test_only_a_question_in_a_terminal_loads_the_prompts(args, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = f"from click.testing import CliRunner\nfrom kg.cli import main\nCliRunner().invoke(main, {args.split()!r})"
    assert "prompt_toolkit" not in loaded_by(code)


SOURCES = sorted(
    [
        *(ROOT / "kg").rglob("*.py"),
        *(ROOT / "tests").glob("*.py"),
        *(ROOT / "benchmarks").rglob("*.py"),
        *(ROOT / "docs").rglob("*.py"),
    ]
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_file_says_its_purpose_in_its_first_line(path: Path):
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring
    assert len(docstring.splitlines()[0]) > 20


def test_no_python_file_hides_among_the_data():
    assert [*(ROOT / "ontology").rglob("*.py"), *(ROOT / "seeds").rglob("*.py")] == []


def test_seed_files_name_their_schema_in_the_first_line():
    for path in (ROOT / "seeds").rglob("*.yaml"):
        first = path.read_text("utf-8").splitlines()[0]
        prefix, _, target = first.partition("$schema=")
        assert prefix == "# yaml-language-server: ", path
        assert (path.parent / target).resolve() == ROOT / "ontology" / "seed.schema.json", path


def test_the_shipped_schema_is_the_generated_one():
    from kg.checking import seed_schema

    shipped = json.loads((ROOT / "ontology" / "seed.schema.json").read_text("utf-8"))
    assert shipped == json.loads(json.dumps(seed_schema(ROOT / "ontology"))), "run `make schema`"


def test_the_schema_accepts_the_seeds_and_rejects_a_misspelt_field():
    import jsonschema
    import yaml

    schema = json.loads((ROOT / "ontology" / "seed.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for path in (ROOT / "seeds").rglob("*.yaml"):
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)
        faults = list(validator.iter_errors(_typed(data)))
        assert faults == [], (path, faults[:2])
    assert list(validator.iter_errors({"entities": [{"id": "a", "nam": "a", "category": "Drug"}]}))


def _typed(value):
    """Read the integers and truth values an editor's YAML parser would read as such."""
    if isinstance(value, dict):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if value.isdigit() and (value == "0" or not value.startswith("0")) else value
