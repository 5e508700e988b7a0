"""Spark's answers are the local engine's: counts along metapaths, signed reachability, an edge list it reads."""

from __future__ import annotations

import json
import shutil
from random import Random

import pytest
from click.testing import CliRunner
from test_metapaths import as_counts

from kg.cli import main
from kg.engine.building import make_network
from kg.metapaths.claims import claim_network
from kg.metapaths.counting import count_paths
from kg.metapaths.naming import GraphNames, NetworkNames, read_metapath
from kg.metapaths.reaching import Reached, reached


@pytest.fixture(scope="module")
def session():
    pytest.importorskip("pyspark", reason="PySpark is not installed: pip install --group spark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not on this machine")
    from kg.metapaths.spark import make_session

    with pytest.MonkeyPatch.context() as patched:  # a start of seconds is not worth compiling well
        patched.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        made = make_session("local[2]")
    made.conf.set("spark.sql.shuffle.partitions", "1")
    made.conf.set("spark.sql.codegen.wholeStage", "false")  # compiling takes longer than these few rows
    made.conf.set("spark.sql.adaptive.enabled", "false")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def network():
    """A signed network with two kinds of node and one predicate within a kind."""
    dice = Random(5)
    ends = [(dice.randrange(24), dice.randrange(24)) for _ in range(110)]
    names = [f"{'A' if n < 10 else 'B'}::{n:02}" for n in range(24)]
    columns = zip(*ends, strict=True)
    return make_network(
        names, *columns, signs=[dice.choice([1, -1, -1, 0]) for _ in ends], predicates=("p", "q"),
        predicate=[dice.randrange(2) for _ in ends], kinds=("A", "B"), kind=[n >= 10 for n in range(24)],
    )  # fmt: skip


def collected(counts, network):
    number = {name: place for place, name in enumerate(network.names)}
    return {
        (number[row.source], number[row.target]): (row.paths, pytest.approx(row.weighted, rel=1e-9))
        for row in counts.collect()
    }


@pytest.mark.parametrize(
    "pattern",
    ["A -p-> B <-q- A", "A -- * -- A -p- B", "A -[p|q]-> A::03 -> *"],
)
def test_counts_are_the_local_engines(pattern, network, session):
    from kg.metapaths.spark import arrows_of, count_on_spark

    metapath = read_metapath(pattern, NetworkNames(network))
    found = count_on_spark(arrows_of(session, network), metapath)
    local = as_counts(count_paths(network, metapath))
    assert collected(found, network) == local
    assert local


def test_counts_of_the_curated_graph_are_the_local_engines(graph, session):
    from kg.metapaths.spark import arrows_of, count_on_spark

    network = claim_network(graph.graph)
    metapath = read_metapath("Drug -> Protein -> Process", GraphNames(graph.graph))
    found = count_on_spark(arrows_of(session, network), metapath)
    assert collected(found, network) == as_counts(count_paths(network, metapath))


def test_a_tangled_metapath_is_counted_by_joining_whole_paths(network, session, monkeypatch):
    from kg.metapaths import spark

    def tangled(*_):
        raise spark.TooTangledError

    monkeypatch.setattr(spark, "contract", tangled)
    metapath = read_metapath("A -> B -> B -> *", NetworkNames(network))
    found = spark.count_on_spark(spark.arrows_of(session, network), metapath)
    assert collected(found, network) == as_counts(count_paths(network, metapath))


def test_what_is_reached_with_which_sign_is_the_local_engines(network, session):
    from kg.metapaths.spark import arrows_of, reached_on_spark

    found = reached_on_spark(arrows_of(session, network), max_steps=4)
    rows = tuple(sorted(Reached(row.source, row.target, row.sign, row.steps) for row in found.collect()))
    assert rows == reached(network, max_steps=4)
    assert {row.steps for row in rows} == {1, 2, 3, 4}


def test_spark_reads_an_edge_list_as_the_local_reader_does(write, session):
    from kg.engine.edgelist import read_edge_list
    from kg.metapaths.spark import arrows_of, count_on_spark
    from kg.metapaths.spark_files import SparkNames, read_arrows

    path = write(
        "#Source\tmetaedge\tTarget\tsign\nA::1\tp\tB::1\t+\nA::1\tp\tB::2\t−\nB::1\tq\tc\t\n", "e.tsv"
    )
    network, arrows = read_edge_list(path), read_arrows(session, str(path))
    assert sorted(map(tuple, arrows.collect())) == sorted(map(tuple, arrows_of(session, network).collect()))
    known = SparkNames(arrows)
    metapath = read_metapath("a -P-> B -> c", known)
    assert metapath == read_metapath("a -P-> B -> c", NetworkNames(network))
    assert collected(count_on_spark(arrows, metapath), network) == as_counts(count_paths(network, metapath))


def test_the_command_gives_the_same_pairs_on_either_engine(write, session):
    path = str(write("source\tmetaedge\ttarget\nA::1\tp\tB::1\nA::1\tp\tB::2\nA::2\tp\tB::2\n", "e.tsv"))
    for more in (("A -p-> B", "--network", path), ("Drug -inhibits-> Transporter",)):
        args = ["metapaths", "--along", *more, "--format", "json", "--top", "2", "--engine"]
        local, spark = (
            json.loads(CliRunner().invoke(main, [*args, engine]).stdout) for engine in ("local", "spark")
        )
        assert len(local["pairs"]) == 2
        assert spark["metapath"] == local["metapath"]
        for one, other in zip(spark["pairs"], local["pairs"], strict=True):
            assert one == other | {"weighted": pytest.approx(other["weighted"])}
