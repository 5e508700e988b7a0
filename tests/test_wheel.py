"""The wheel works alone: built from a copy whose source is then removed, run from another folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow
PARTS = (
    "kg",
    "ontology",
    "seeds",
    "pyproject.toml",
    "hatch_build.py",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("build")
    copy = home / "source"
    copy.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / part)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-build-isolation", "--quiet", "-w", str(home), str(copy)]
    subprocess.run([*pip, "wheel", *options], check=True)
    shutil.rmtree(copy)
    (built,) = home.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def python(installed: Path, *args: str) -> str:
    env = os.environ | {"PYTHONPATH": str(installed), "KG_CACHE_DIR": ""}
    done = subprocess.run(
        [sys.executable, *args], env=env, cwd=installed.parent, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_wheel_holds_code_ontology_and_seeds_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    files = [path for part in ("ontology", "seeds") for path in (ROOT / part).rglob("*") if path.is_file()]
    shipped = {path.relative_to(ROOT).as_posix() for path in files}
    assert {f"kg/_data/{name}" for name in shipped} <= set(names)
    assert {name.split("/")[0] for name in names} == {
        "kg",
        next(n for n in names if "dist-info" in n).split("/")[0],
    }
    for needed in ("kg/py.typed", "kg/views/static/diagram.js", "kg/views/templates/diagram.html.j2"):
        assert needed in names


def test_the_wheel_holds_the_pinned_wasm_build_where_npm_put_it(wheel, installed, tmp_path):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if "oxigraph" in name}
    if not held:
        pytest.skip("Oxigraph's WASM build is not in the wheel: no npm")
    assert held == {f"kg/_data/oxigraph/{name}" for name in ("web.js", "web_bg.wasm", "README.md")}
    page = tmp_path / "page.html"
    run = "from kg.cli import main; main(prog_name='kg')"
    python(installed, "-c", run, "explore", "--sparql", "-o", str(page))
    assert "worker-src blob:;" in page.read_text("utf-8")


def test_the_source_distribution_holds_all_that_is_kept_but_for_ci(tmp_path):
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no git to tell which files are kept")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = tmp_path.iterdir()
    with tarfile.open(built) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()} - {"PKG-INFO"}
    assert held == {name for name in listed.stdout.splitlines() if not name.startswith(".ci/")}


def test_it_answers_without_the_source(installed):
    code = "import kg; print(kg.__file__); print([p.sign for p in kg.load().paths('igmesine', 'cGMP')][0])"
    where, sign = python(installed, "-c", code).splitlines()
    assert where.startswith(str(installed))
    assert sign == "-"


def test_the_command_checks_draws_and_names_its_files_from_any_folder(installed, tmp_path):
    run = "from kg.cli import main; main(prog_name='kg')"
    page = tmp_path / "page.html"
    shown = python(installed, "-c", run, "statements", "--subject", "igmesine", "--format", "json")
    assert '"source": "seeds/documents/B115768.yaml:' in shown
    python(installed, "-c", run, "demo", "-o", str(page))
    assert page.stat().st_size > 100_000
