"""The compiled cache is invisible: any state of it gives the same graph."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import cache, checking, resources


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def stored(home: Path) -> list[Path]:
    return sorted(home.glob("*.kg"))


def test_what_is_stored_is_what_was_built(home):
    built, fetched = kg.load(), kg.load()
    assert len(stored(home)) == 1
    assert built.graph.knowledge == fetched.graph.knowledge
    assert built.graph.vocabulary == fetched.graph.vocabulary


@pytest.mark.parametrize(
    "damage", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b[:40] + b"x" + b[41:]]
)
def test_a_damaged_file_is_rebuilt(home, damage):
    before = kg.load().counts()
    (file,) = stored(home)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert kg.load().counts() == before
    assert file.read_bytes() == whole


def test_a_foreign_payload_with_a_right_digest_is_rebuilt(home):
    from hashlib import sha256

    before = kg.load().counts()
    (file,) = stored(home)
    file.write_bytes(sha256(b"\x81\xa1a\x01").digest() + b"\x81\xa1a\x01")
    assert kg.load().counts() == before


def test_changed_data_is_read_anew(home, write):
    path = write("entities: []\n")
    kg.load(path)
    path.write_text(
        "entities: [{id: example-drug, name: exampline, category: Drug}]\n"
        "documents: [{id: example-paper, title: An example, kind: review, about: [example-drug]}]\n"
    )
    assert kg.load(path).entity("exampline").id == "example-drug"


def test_a_file_saved_while_it_was_read_is_not_stored(home, write):
    path = write("entities: []\n")
    files = [resources.DataFile(path, "data.yaml")]
    ontology = resources.folder("ontology")
    checked = kg.load(cache=False)._checked

    def build():
        path.write_text("documents: []\n")
        return checked

    assert cache.cached(files, ontology, build) is checked
    assert stored(home) == []


def test_errors_are_not_stored(home, write):
    path = write("entities: [{id: x}]\n")
    for _ in range(2):
        with pytest.raises(kg.InvalidData):
            kg.load(path)
    assert stored(home) == []


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path, monkeypatch):
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    monkeypatch.setenv("KG_CACHE_DIR", str(blocker / "cache"))
    assert kg.load().entities


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder_is_done_without(home):
    home.mkdir(mode=0o500)
    assert kg.load().entities


def test_an_empty_setting_turns_the_cache_off(monkeypatch):
    monkeypatch.setenv("KG_CACHE_DIR", "")
    assert cache.folder() is None


def test_many_processes_may_build_at_once(home):
    code = "import kg; print(len(kg.load().entities))"
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(6)]
    answers = {process.communicate(timeout=60)[0] for process in running}
    assert len(answers) == 1
    assert [process.returncode for process in running] == [0] * 6
    assert len(stored(home)) == 1
    assert list(home.glob(".*")) == []


def test_old_files_go(home):
    home.mkdir()
    for age in range(20):
        (home / f"{age}.kg").write_bytes(b"old")
        os.utime(home / f"{age}.kg", (age, age))
    kg.load()
    assert len(stored(home)) == 12


def test_a_link_is_followed_and_a_pipe_written_to(tmp_path):
    target = tmp_path / "target"
    target.write_text("old")
    (tmp_path / "link").symlink_to(target)
    resources.write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert target.read_bytes() == b"new"
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE)
    resources.write_whole(tmp_path / "pipe", b"piped")
    assert reader.communicate(timeout=10)[0] == b"piped"


def test_writing_whole_leaves_nothing_behind_when_it_fails(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(kg.KgError):
        resources.write_whole(tmp_path / "taken", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("wanted", [True, False])
def test_the_collector_rests_while_files_are_read_and_is_then_as_it_was(monkeypatch, wanted):
    was, seen = gc.isenabled(), []

    def watched(*given):
        seen.append(gc.isenabled())
        raise RuntimeError

    monkeypatch.setattr(checking, "load", watched)
    (gc.enable if wanted else gc.disable)()
    try:
        with pytest.raises(RuntimeError):
            kg.load(cache=False)
        assert (seen, gc.isenabled()) == ([False], wanted)
    finally:
        (gc.enable if was else gc.disable)()
