"""`kg format`: canonical, idempotent, faithful to every value and every comment."""

from __future__ import annotations

import random
import re

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.authoring.formatting import Unfaithful, format_text
from kg.authoring.order import Shape, key_order
from kg.cli import main
from kg.records import FileRecord, MeasurementRecord, PassageRecord, Record, StatementRecord
from kg.yamltext import ListNode, MapNode, Node, Scalar, parse, plain

SEEDS = sorted((ROOT / "seeds").rglob("*.yaml"))
WORDS = ["NO", "1e-9", "1.10", "010", "2025-12", "~", "null", "yes", "a: b", "x #y", "#z", "'q'", '"d"', "- i",
         "? k", "[f", "{g", "a, b", "σ1 µM", "100%", "@at", "`t`", "!t", "&a", "*b", "|", ">", "%", " lead",
         "trail ", "two  gaps", "line\nbreak", "\n", "tab\tin", "end\n", "end\n\n", "\u2028", "a\\b", "it's",
         "long " * 40, "w" * 130, "=", "<<", "...", "---", "--- x", "\ufeff", "\x85", "-", ":", "a:", ": a"]  # fmt: skip


def formatted(text: str) -> str:
    """Format and hold the result to its promises: the same tree, the same comments, and a fixed point."""
    once, problems = format_text(text)
    assert problems == []
    assert once is not None
    assert tree(once) == tree(text)
    twice, _ = format_text(once)
    assert twice == once
    return once


def tree(text: str) -> object:
    node, problems = parse(text, "text")
    assert problems == []
    return None if node is None else plain(node)


texts = st.one_of(
    st.sampled_from(WORDS), st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)
)
keys = st.one_of(st.sampled_from([*key_order(StatementRecord), *FileRecord.model_fields, *WORDS[:26]]), texts)
trees = st.recursive(
    texts,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(keys.filter(lambda key: len(key) < 80), inner, max_size=5),
    ),
    max_leaves=15,
)


class Messy:
    """Writes a tree in whatever style the dice give, with comments wherever YAML allows them."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.count = 0

    def file(self, value: object) -> str:
        if isinstance(value, str):
            return self.gap(0) + self.quoted(value) + "\n" + self.gap(0)
        lines = self.block(value, 0) if value else [self.flow(value)]
        return self.gap(0) + "\n".join(lines) + "\n" + self.gap(0)

    def gap(self, indent: int) -> str:
        """Return nothing, blank lines, or comments at this indentation or another."""
        lines = []
        while self.dice.random() < 0.3:
            shown = (
                ""
                if self.dice.random() < 0.4
                else " " * max(0, indent + self.dice.choice([0, 0, 0, -2, 1, 2]))
            )
            lines.append(shown + (self.comment() if shown or self.dice.random() < 0.5 else ""))
        return "".join(f"{line}\n" for line in lines)

    def comment(self) -> str:
        self.count += 1
        return f"#{self.dice.choice(['', ' ', '# '])}c{self.count}: [x] '"

    def beside(self) -> str:
        return f" {self.comment()}" if self.dice.random() < 0.2 else ""

    def quoted(self, text: str) -> str:
        written = double(text)
        return (
            f"'{text.replace(chr(39), chr(39) * 2)}'"
            if re.fullmatch(r"[\w ']*\w", text) and self.dice.random() < 0.5
            else written
        )

    def flow(self, value: object) -> str:
        if isinstance(value, str):
            return self.quoted(value)
        if isinstance(value, list):
            return "[" + ",".join(f"{self.end()}{self.flow(item)}" for item in value) + self.end() + "]"
        return (
            "{"
            + ",".join(f"{self.end()}{self.quoted(k)}: {self.flow(v)}" for k, v in value.items())
            + self.end()
            + "}"
        )

    def end(self) -> str:
        kind = self.dice.randrange(4)
        return f" {self.comment()}\n  " if kind == 0 else "\n  " if kind == 1 else " "

    def block(self, value: object, indent: int) -> list[str]:
        lines, pad = [], " " * indent
        for item in value.items() if isinstance(value, dict) else value:
            start, inner = (f"{self.quoted(item[0])}:", item[1]) if isinstance(value, dict) else ("-", item)
            lines.append(self.gap(indent) + pad + start)
            if isinstance(inner, str) or not inner or self.dice.random() < 0.3:
                self.value(lines, inner, indent)
            else:
                lines[-1] += self.beside()
                lines += self.block(inner, indent + self.dice.choice([1, 2, 4]))
        return lines

    def value(self, lines: list[str], value: object, indent: int) -> None:
        body = value.rstrip("\n") if isinstance(value, str) else ""
        if (
            body
            and re.fullmatch(r"\w[\w .\n]*", body)
            and value != body + "\n\n"
            and self.dice.random() < 0.5
        ):
            mark = self.dice.choice("|>") if "\n" not in body else "|"
            lines[-1] += f" {mark}{'-' if body == value else ''}" + self.beside()
            lines += [" " * (indent + 3) + line if line else "" for line in body.split("\n")]
        else:
            flow = self.flow(value).replace("\n", "\n" + " " * indent)
            lines[-1] += f" {flow}" + self.beside()


def double(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(
        escapes.get(c) or (c if c.isprintable() and c != "\ufeff" else f"\\U{ord(c):08x}") for c in text
    ) + '"'  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(trees, st.integers(0, 2**32))
def test_a_tree_written_in_any_style_with_comments_anywhere_stays_what_it_is(value, seed):
    messy = Messy(seed)
    text = messy.file(value)
    written = formatted(text)
    if value != "":
        assert tree(written) == value
    for number in range(1, messy.count + 1):
        assert len(re.findall(rf"#[# ]*c{number}: \[x\] '$", written, re.MULTILINE)) == 1


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab:-?#[]{},'\"|>&*!%~ \n\n  "), max_size=40))
@example("- - a\n  - b # c\n# d\n- [] # e\n")
@example("a: [ # c\n]\nb: {}\n")
@example("a:\n# c\n- b\n#d\nc: >+ # e\n  x\n\n\n# f\n")
@example("--- # c\na: 1\n...\n# d\n")
@example("? a\n: b\n")
def test_any_text_that_is_yaml_is_formatted_faithfully_and_any_other_refused(text):
    _, problems = parse(text, "text")
    if problems:
        assert format_text(text)[0] is None
    else:
        formatted(text)


def shuffled(node: Node, dice: random.Random) -> object:
    match node:
        case Scalar(text):
            return text
        case ListNode(items):
            return [shuffled(item, dice) for item in items]
        case MapNode(entries):
            pairs = [(key.text, shuffled(value, dice)) for key, value in entries]
            dice.shuffle(pairs)
            return dict(pairs)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_with_its_keys_shuffled_and_its_style_lost_gets_its_order_back(path):
    text = path.read_text("utf-8")
    node, _ = parse(text, path.name)
    dice = random.Random(path.stem)
    written = formatted(Messy(7).file(shuffled(node, dice)))
    assert order(written) == order(text)


def order(text: str) -> list[str]:
    """Return the keys of a file in the order in which they stand."""
    return re.findall(r"'([a-z_]+)': ", str(tree(text)))


def test_the_shipped_seeds_are_canonical():
    result = CliRunner().invoke(main, ["format", "--check", str(ROOT / "seeds")])
    assert (result.exit_code, result.stdout) == (0, ""), "run `kg format seeds`"


COMMENTS = """\
# yaml-language-server: $schema=seed.schema.json
# About this file.

# The drugs.
entities:
  # first
  - category: Drug  # a class
    # called so
    name: x
    id: x

  - {id: y, name: 'NO', category: Drug}
  # last
document:
    title: "It's: \\"t\\""
    id: d
    date: 010
    kind: review
    references:
    - title: A
      number: 1
      kind: review
"""
FORMATTED = """\
# yaml-language-server: $schema=seed.schema.json
# About this file.

document:
  id: d
  title: 'It''s: "t"'
  kind: review
  date: 010
  references:
    - {number: 1, title: A, kind: review}

# The drugs.
entities:
  # first
  - id: x
    # called so
    name: x
    category: Drug  # a class

  - id: y
    name: "NO"
    category: Drug
  # last
"""


def test_comments_go_with_what_they_are_about():
    assert formatted(COMMENTS) == FORMATTED


@pytest.mark.parametrize(
    "written", ["NO", "1e-9", "1.10", "010", "2025-12-01", "0x1F", "~", ".5", "1_000", '"NO"', '"1"']
)
def test_a_scalar_keeps_its_spelling(written):
    assert formatted(f"a: {written}\n") == f"a: {written}\n"


def test_long_text_is_folded_and_a_block_scalar_stays_one():
    folded = formatted(f"a: {'word ' * 40}\nb: |\n    x\n     y\n\n    z\nc: >-\n   short\n   lines\n")
    assert max(map(len, folded.splitlines())) <= 110
    assert folded.startswith("a: >-\n  word word")
    assert folded.endswith("b: |\n  x\n   y\n\n  z\n\nc: >-\n  short\n  lines\n")


def test_the_order_is_what_a_record_is_then_how_and_where():
    assert key_order(StatementRecord)[:5] == ("id", "subject", "predicate", "object", "than")
    assert key_order(StatementRecord)[-3:] == ("evidence", "citation", "note")
    fields = key_order(MeasurementRecord)
    assert fields.index("target") < fields.index("value") < fields.index("species") < fields.index("at")
    passage = key_order(PassageRecord)
    assert passage[:2] == ("at", "refs")
    assert passage.index("species") < passage.index("statements")
    for record in (StatementRecord, MeasurementRecord, PassageRecord):
        assert sorted(key_order(record)) == sorted(record.model_fields)


class StepRecord(Record):
    """A record that there may be one day."""

    text: str
    minutes: int | None = None


class ProtocolRecord(Record):
    """A row of it."""

    id: str
    title: str
    steps: tuple[StepRecord, ...] = ()


class LaterFile(FileRecord):
    """A file with a list of these."""

    protocols: tuple[ProtocolRecord, ...] = ()


def test_a_record_added_later_is_written_in_its_own_order(monkeypatch):
    monkeypatch.setattr("kg.authoring.layout.FILE", Shape((LaterFile,)))
    text = "protocols: [{steps: [{minutes: 5, text: spin}], title: Binding, id: b}]\nentities: []\n"
    assert formatted(text) == (
        "entities: []\n\nprotocols:\n  - id: b\n    title: Binding\n    steps:\n      - {text: spin, minutes: 5}\n"
    )


BAD = "entities:\n  - {id: a, id: b}\n"


def test_files_are_written_only_when_they_change_and_broken_ones_never(write):
    messy, fine, broken = (
        write("entities: [{name: a, id: a, category: Drug}]\n", "messy.yaml"),
        write("entities: []\n", "fine.yaml"),
        write(BAD, "broken.yaml"),
    )
    folder = str(messy.parent)
    checked = CliRunner().invoke(main, ["format", "--check", folder])
    assert checked.exit_code == 1
    assert f"{messy}\n" in checked.stdout
    assert str(fine) not in checked.stdout
    assert "KG103" in checked.stderr
    different = CliRunner().invoke(main, ["format", "--diff", str(messy)])
    assert different.exit_code == 1
    assert "\n+  - id: a\n" in different.stdout
    assert messy.read_text() == "entities: [{name: a, id: a, category: Drug}]\n"
    stamp = fine.stat().st_mtime_ns
    assert CliRunner().invoke(main, ["format", folder]).exit_code == 1
    assert messy.read_text() == "entities:\n  - id: a\n    name: a\n    category: Drug\n"
    assert broken.read_text() == BAD
    assert fine.stat().st_mtime_ns == stamp
    assert CliRunner().invoke(main, ["format", str(messy), str(fine)]).exit_code == 0


def test_format_needs_a_path_and_keeps_a_files_mode(write):
    assert CliRunner().invoke(main, ["format"]).exit_code == 2
    path = write("a: 'b'\n")
    path.chmod(0o600)
    assert CliRunner().invoke(main, ["format", str(path)]).exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_returned_that_says_something_else(monkeypatch):
    from kg.authoring import formatting

    monkeypatch.setattr(formatting, "file_lines", lambda tree: ["a: c"])
    with pytest.raises(Unfaithful):
        format_text("a: b\n")


def test_a_file_that_cannot_be_kept_faithful_does_not_stop_the_others(write, monkeypatch):
    from kg.authoring import formatting

    lines = formatting.file_lines
    monkeypatch.setattr(
        formatting, "file_lines", lambda tree: [*lines(tree), "z: z"] if tree.head else lines(tree)
    )
    kept, other = write("# head\n\na:   b\n", "data/a.yaml"), write("a:   b\n", "data/b.yaml")
    result = CliRunner().invoke(main, ["format", str(kept.parent)])
    assert (result.exit_code, kept.read_text(), other.read_text()) == (1, "# head\n\na:   b\n", "a: b\n")
    assert "cannot be formatted" in result.stderr


def test_line_ends_and_byte_order_marks_become_plain(write):
    path = write(b"\xef\xbb\xbfa: b\r\n# c\r\nb: c\r\n")
    CliRunner().invoke(main, ["format", str(path)])
    assert path.read_bytes() == b"a: b\n\n# c\nb: c\n"
