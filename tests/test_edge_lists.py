"""Edge lists: read with their lines, signs and kinds; built once into a file that is mapped; refused when wrong."""

from __future__ import annotations

import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine import cells
from kg.engine.building import make_network
from kg.engine.edgelist import read_edge_list
from kg.engine.frontier import ways
from kg.engine.simple import simple_paths
from kg.engine.storing import _TYPES, _array, open_network, write_network
from kg.problems import InvalidNetwork

LIST = "subject\tpredicate\tobject\tsign\nDrug::igmesine\tactivates\tGene::σ1\t+\nGene::σ1\tlowers\tcGMP\t-\n"


def arrows(network):
    found = []
    for source in range(network.nodes):
        for target in network.forward.row(source).tolist():
            for arrow in network.arrows_of(network.step(source, target)):
                relation = network.predicates[network.predicate[arrow]]
                line, sign = int(network.record[arrow]), int(network.arrow_sign[arrow])
                found.append((line, network.names[source], relation, network.names[target], sign))
    return sorted(found)


@pytest.mark.parametrize(
    "content",
    [LIST, "\ufeff" + LIST, LIST.replace("\n", "\r\n"), LIST.rstrip(), gzip.compress(LIST.encode(), mtime=0)],
    ids=["plain", "byte order mark", "DOS line ends", "no last line end", "gzip"],
)
def test_every_arrow_keeps_its_line_and_sign(write, content):
    network = read_edge_list(write(content, "edges.tsv"))
    assert arrows(network) == [
        (2, "Drug::igmesine", "activates", "Gene::σ1", 1),
        (3, "Gene::σ1", "lowers", "cGMP", -1),
    ]
    assert [network.kinds[kind] for kind in network.kind] == ["Drug", "Gene", "node"]


def test_a_predicate_that_is_known_gives_the_sign_where_no_column_does(write):
    text = "source\tmetaedge\ttarget\na\tinhibits\tb\na\tbinds\tc\n"
    network = read_edge_list(write(text, "edges.sif"), {"inhibits": -1})
    assert [arrow[1:] for arrow in arrows(network)] == [("a", "inhibits", "b", -1), ("a", "binds", "c", 0)]


def test_columns_go_by_name_in_any_order(write):
    network = read_edge_list(write("#object\tscore\tsubject\nb\t0.5\ta\n", "edges.tsv"))
    assert arrows(network) == [(2, "a", "", "b", 0)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "edges.tsv:1: the first line names no columns"),
        ("a,b,c\n", "edges.tsv:1: the first line names no columns"),
        ("source\ttarget\na\tb\nc\n", "edges.tsv:3: 1 columns where the first line names 2"),
        ("source\ttarget\na\tb\tc\n", "edges.tsv:2: 3 columns"),
        ("source\ttarget\tsign\na\tb\tup\n", "edges.tsv:2: 'up' is no sign"),
        ("source\ttarget\na\t\n", "edges.tsv:2: an end of the arrow has no name"),
        (b"source\ttarget\n\xff\tb\n", "no text in UTF-8"),
        (gzip.compress(LIST.encode(), mtime=0)[:-9], "no text in UTF-8"),
        ("source\ttarget\n" + "a\n" * 30, "… and 20 more"),
    ],
)
def test_what_is_no_arrow_is_refused_with_its_line(write, content, told):
    with pytest.raises(InvalidNetwork, match=told.replace("+", r"\+")):
        read_edge_list(write(content, "edges.tsv"))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([1, -1, 0])), max_size=20))
def test_a_stored_network_is_the_network(tmp_path_factory, given_arrows):
    columns = list(zip(*given_arrows, strict=True)) or [(), (), ()]
    network = make_network("abcdef", columns[0], columns[1], signs=columns[2], predicates=("π",))
    path = tmp_path_factory.mktemp("stored") / "x.network"
    write_network(network, path, "edges.tsv")
    again = open_network(path)
    assert again.origin == "edges.tsv"
    assert (again.network.predicates, again.network.kinds) == (("π",), ("",))
    for name in _TYPES:
        assert np.array_equal(_array(again.network, name), _array(network, name)), name
    assert len(list(simple_paths(0, 1, ways(again.network), max_length=3))) == len(
        list(simple_paths(0, 1, ways(network), max_length=3))
    )


def test_the_same_network_is_written_as_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_network(make_network("ab", [0], [1]), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_damaged_file_is_refused(tmp_path):
    path = tmp_path / "x.network"
    write_network(make_network("abc", [0, 1], [1, 2]), path)
    whole = path.read_bytes()
    damaged = [b"", b"PK", whole[:30], whole[:-1], whole.replace(b'"sign":2', b'"sign":1')]
    for stored in damaged:
        path.write_bytes(stored)
        with pytest.raises(InvalidNetwork):
            open_network(path)


@settings(deadline=None)
@given(st.integers(0, 2000), st.integers(0, 255))
def test_any_changed_byte_gives_a_network_or_a_refusal(tmp_path_factory, place, byte):
    path = tmp_path_factory.mktemp("stored") / "x.network"
    write_network(make_network("abc", [0, 1], [1, 2]), path)
    stored = bytearray(path.read_bytes())
    stored[place % len(stored)] = byte
    path.write_bytes(stored)
    try:
        network = open_network(path).network
        list(simple_paths(0, 2, ways(network), max_length=3))
    except (InvalidNetwork, IndexError, ValueError):
        pass  # a wrong number inside an array is refused by NumPy


CELL = st.text(st.sampled_from("aβ\0 :\r"), max_size=20)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=30), st.integers(1, 200))
def test_cells_are_numbered_in_the_order_of_their_names(rows, block):
    lines = "".join("\t".join(row) + "\n" for row in rows).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "_BLOCK", block)
        found = cells.numbered(lines, 3, [(2, 0), (1,), ()])
    for columns, distinct in zip([(2, 0), (1,), ()], found, strict=True):
        given_cells = [[row[column] for row in rows] for column in columns]
        assert distinct.names == sorted(set().union(*given_cells))
        assert [[distinct.names[n] for n in numbers] for numbers in distinct.numbers] == given_cells


def test_lines_that_make_up_for_each_other_are_still_uneven():
    with pytest.raises(cells.UnevenLines) as caught:
        cells.numbered(b"a\tb\nc\nd\te\tf\ng\th\n", 2, [(0,)])
    assert caught.value.cells == {1: 1, 2: 3}
