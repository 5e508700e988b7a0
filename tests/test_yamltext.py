"""YAML is read as text with positions, and hostile files get one clear problem each, quickly."""

from __future__ import annotations

import resource
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.yamltext import MAX_BYTES, decode, find, locate, parse, plain, read, without

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def problem_of(text: str):
    _, problems = parse(text, "data.yaml")
    assert len(problems) == 1, problems
    return problems[0]


def test_scalars_stay_as_written():
    node, problems = parse("{no: NO, number: 1e-9, octal: 010, digits: 1.10, date: 2025-12, nothing: }", "d")
    assert problems == []
    assert plain(node) == {
        "no": "NO", "number": "1e-9", "octal": "010", "digits": "1.10", "date": "2025-12", "nothing": "",
    }  # fmt: skip


def test_every_value_and_key_has_its_place():
    node, _ = parse("entities:\n  - id: bdnf\n    name: BDNF\n", "d")
    assert locate(node, ("entities", 0, "name")) == (3, 11)
    assert locate(node, ("entities", 0, "name"), key=True) == (3, 5)
    assert locate(node, ("entities", 0, "missing", "deeper")) == (2, 5)


def test_parts_can_be_cut_out():
    node, _ = parse("a: [1, 2, 3]\nb: {c: d}\n", "d")
    assert plain(without(node, {("a", 1), ("b", "c")})) == {"a": ["1", "3"], "b": {}}


@pytest.mark.parametrize(
    ("code", "text", "line", "column"),
    [
        ("KG101", "a: [1\nb: 2\n", 2, 2),
        ("KG102", "a:\n\tb: 1\n", 2, 1),
        ("KG103", "a: 1\nb: 2\na: 3\n", 3, 1),
        ("KG104", LAUGHS, 2, 8),
        ("KG105", "[" * 100_000, 1, 33),
        ("KG105", "\n".join(" " * i + "-" for i in range(100)), 33, 33),
        ("KG108", 'a: "\\e[31mred"\n', 1, 4),
        ("KG109", "a: !!python/object/apply:os.system [echo]\n", 1, 4),
        ("KG111", "a: 1\n---\nb: 2\n", 2, 1),
    ],
)
def test_each_fault_of_the_text_has_its_code_and_place(code, text, line, column):
    problem = problem_of(text)
    assert (problem.code, problem.line, problem.column) == (code, line, column)


@pytest.mark.parametrize(
    ("code", "data", "place"),
    [
        ("KG107", b"a: 1\nb: \xff\n", (2, 4)),
        ("KG107", "a: \u03c3".encode("utf-16"), (1, 1)),
        ("KG108", b"a: 1\nbc\0d: 2\n", (2, 3)),
        ("KG108", b"a: \x1b[2J\n", (1, 4)),
    ],
)
def test_bytes_that_are_no_plain_text_are_refused(code, data, place):
    text, problems = decode(data, "d")
    assert text is None
    assert [(p.code, (p.line, p.column)) for p in problems] == [(code, place)]


def test_a_byte_order_mark_is_no_fault():
    assert decode(b"\xef\xbb\xbfa: 1\n", "d") == ("a: 1\n", [])


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    text, problems = read(path, "huge.yaml")
    assert (text, problems[0].code) == (None, "KG106")
    assert time.process_time() - start < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_folder_and_a_missing_path_are_told_apart(tmp_path):
    (tmp_path / "folder.yaml").mkdir()
    _, (folder,) = read(tmp_path / "folder.yaml", "folder.yaml")
    _, (missing,) = read(tmp_path / "missing.yaml", "missing.yaml")
    assert "directory" in folder.message
    assert "no such file" in missing.message


def test_a_file_just_below_the_limit_is_read_in_time(tmp_path):
    path = tmp_path / "large.yaml"
    for line in ("- a\n", "[[],[],[],", "- {id: abc, name: some entity}\n", "- " + "x" * 1000 + "\n"):
        path.write_text(line * (MAX_BYTES // len(line)))
        start = time.process_time()
        text, problems = read(path, "large.yaml")
        assert problems == []
        _, problems = parse(text, "large.yaml")
        assert len(problems) <= 1
        assert time.process_time() - start < 2


SCALARS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "S"]), max_size=20)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SCALARS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(SCALARS, TREES, min_size=1, max_size=4))
def test_whatever_yaml_writes_is_read_back_as_text(tree):
    text = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, default_style='"')
    node, problems = parse(text, "d")
    assert problems == []
    assert plain(node) == tree


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail(text):
    checked, problems = decode(text.encode("utf-8", "surrogatepass"), "d")
    if checked is not None:
        node, problems = parse(checked, "d")
        assert node is None or find(node, ()) is node
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
