"""Metapath counts and signed reachability as joins of Spark DataFrames: the same on one machine and on many.

Arrows are a DataFrame of source, source_kind, predicate, target, target_kind and sign (+1, −1 or 0).
Each factor is a DataFrame of two nodes with the number of paths between them and their weighted sum. A place
is summed away by one join whose rows are added up at once, so that no table holds whole paths. The order of
the joins is the one that the local engine finds for its products.
"""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from kg.metapaths.contracting import Estimate, TooTangledError, chain, contract
from kg.metapaths.counting import PairCount, Totals
from kg.metapaths.metapath import Arrow, Metapath, Place
from kg.metapaths.relations import DAMPING
from kg.problems import MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

    from kg.engine.network import Network

COLUMNS = "source string, source_kind string, predicate string, target string, target_kind string, sign int"
_FACTOR = ("one", "other", "paths", "weighted")
_ENDS = ("one", "one_kind", "other", "other_kind")


def make_session(master: str = "local[*]") -> SparkSession:
    """Return a session on this machine, or on the cluster of a master address; raises `MissingExtra`.

    On this machine it listens to itself only, shows no web page and is silent.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtra("the engine «spark»", "PySpark", "spark") from None

    builder = SparkSession.builder.master(master).appName("kg metapaths")
    silent = f"-Dlog4j2.configurationFile={Path(__file__).with_name('log4j2.properties').as_uri()}"
    settings = {"spark.driver.extraJavaOptions": silent, "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local"):
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "4",
        }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def arrows_of(session: SparkSession, network: Network) -> DataFrame:
    """Return the arrows of a network that is in memory; for one that is not, see `read_arrows`."""
    kind = [network.kinds[number] for number in network.kind.tolist()]
    rows = [
        (network.names[source], kind[source], network.predicates[predicate],
         network.names[target], kind[target], sign)
        for source in range(network.nodes)
        for step in range(int(network.forward.starts[source]), int(network.forward.starts[source + 1]))
        for target in (int(network.forward.ends[step]),)
        for predicate, sign in zip(
            network.predicate[network.first[step] : network.first[step + 1]].tolist(),
            network.arrow_sign[network.first[step] : network.first[step + 1]].tolist(),
            strict=True,
        )
    ]  # fmt: skip
    return session.createDataFrame(rows, COLUMNS)


def count_on_spark(arrows: DataFrame, metapath: Metapath, *, damping: float = DAMPING) -> DataFrame:
    """Return source, target, paths and weighted for all pairs that simple paths along a metapath join."""
    ends = zip(metapath.arrows, metapath.places, metapath.places[1:], strict=False)
    factors = [_relation(arrows, arrow, (before, after), damping).persist() for arrow, before, after in ends]
    apart = _may_meet(metapath)
    try:
        found = contract(chain(factors, apart), JoinAlgebra(), chain(_sizes(factors), apart))
    except TooTangledError:
        found = _listed(factors, apart)
    return found.where("paths > 0.5").selectExpr(
        "one as source", "other as target", "cast(round(paths) as bigint) as paths", "weighted"
    )


def best_pairs(counts: DataFrame, most: int) -> tuple[Totals, tuple[PairCount, ...]]:
    """Return how many paths and pairs there are in all, and the pairs with the largest weighted counts."""
    from pyspark.sql import functions as f

    counts = counts.persist()
    row = counts.agg(f.sum("paths"), f.count("*")).first()
    ordered = counts.orderBy(f.desc("weighted"), "source", "target").limit(most)
    assert row is not None
    return Totals(row[0] or 0, row[1]), tuple(PairCount(*found) for found in ordered.collect())


class JoinAlgebra:
    """Factors as tables: a place is summed away by a join on it and a sum over it."""

    def product(self, one: DataFrame, other: DataFrame) -> DataFrame:
        """Return the sum over the node that one ends with and the other begins with."""
        joined = one.toDF("one", "middle", "paths", "weighted").join(
            other.toDF("middle", "other", "their_paths", "their_weighted"), "middle"
        )
        return _summed(joined.selectExpr("one", "other", *_TIMES), "one", "other")

    def both(self, one: DataFrame, other: DataFrame) -> DataFrame:
        """Return the product entry by entry."""
        renamed = other.toDF("one", "other", "their_paths", "their_weighted")
        return one.join(renamed, ["one", "other"]).selectExpr("one", "other", *_TIMES)

    def apart(self, one: DataFrame) -> DataFrame:
        """Return the table without the rows of a node with itself."""
        return one.where("one <> other")

    def flipped(self, one: DataFrame) -> DataFrame:
        """Return the table read from its other end."""
        return one.selectExpr("other as one", "one as other", "paths", "weighted")

    def scaled(self, one: DataFrame, other: DataFrame) -> DataFrame:
        """Return the table with each row times the sum of the other's rows for its first node."""
        totals = _summed(other, "one").toDF("one", "their_paths", "their_weighted")
        return one.join(totals, "one").selectExpr("one", "other", *_TIMES)

    def minus(self, one: DataFrame, other: DataFrame) -> DataFrame:
        """Return the difference row by row."""
        negated = other.selectExpr("one", "other", "-paths as paths", "-weighted as weighted")
        return _summed(one.unionByName(negated), "one", "other")


_TIMES = ("paths * their_paths as paths", "weighted * their_weighted as weighted")


def _summed(table: DataFrame, *by: str) -> DataFrame:
    from pyspark.sql import functions as f

    return table.groupBy(*by).agg(f.sum("paths").alias("paths"), f.sum("weighted").alias("weighted"))


def _relation(arrows: DataFrame, arrow: Arrow, ends: tuple[Place, Place], damping: float) -> DataFrame:
    """Return the pairs that an arrow joins, each once, with 1 and with the weight of its degrees."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    taken = arrows.where(f.col("predicate").isin(*arrow.predicates)) if arrow.predicates else arrows
    along = taken.select("source", "source_kind", "target", "target_kind").toDF(*_ENDS)
    against = taken.select("target", "target_kind", "source", "source_kind").toDF(*_ENDS)
    turns = {"forward": along, "backward": against, "either": along.unionByName(against)}
    pairs = turns[arrow.direction].where("one <> other")
    for column, place in zip(("one", "other"), ends, strict=True):
        if place.categories:
            pairs = pairs.where(f.col(f"{column}_kind").isin(*place.categories))
    pairs = pairs.select("one", "other").distinct()
    degrees: list[Column] = [
        f.pow(f.count("*").over(Window.partitionBy(column)).cast("double"), f.lit(-damping))
        for column in ("one", "other")
    ]
    weight = (degrees[0] * degrees[1]).alias("weighted")
    weighed = pairs.select("one", "other", f.lit(1.0).alias("paths"), weight)
    for column, place in zip(("one", "other"), ends, strict=True):
        if place.node is not None:
            weighed = weighed.where(f.col(column) == place.node)
    return weighed


def _sizes(factors: list[DataFrame]) -> list[Estimate]:
    """Return how large the factors are, by which the order of the joins is chosen: one pass over them."""
    from pyspark.sql import functions as f

    marked = [factor.select(f.lit(n).alias("arrow"), "one", "other") for n, factor in enumerate(factors)]
    whole = reduce(lambda left, right: left.unionByName(right), marked).groupBy("arrow")
    nodes = (f.approx_count_distinct(end) for end in ("one", "other"))
    found = {row[0]: row[1:] for row in whole.agg(f.count("*"), *nodes).collect()}
    return [Estimate(*map(float, found.get(number, (0, 0, 0)))) for number in range(len(factors))]


def _may_meet(metapath: Metapath) -> frozenset[tuple[int, int]]:
    """Return the pairs of places, no neighbours, that one node could stand at by its category and name."""
    places = metapath.places

    def meet(one: Place, other: Place) -> bool:
        shared = not one.categories or not other.categories or set(one.categories) & set(other.categories)
        return bool(shared) and (None in (one.node, other.node) or one.node == other.node)

    pairs = ((i, j) for i in range(len(places)) for j in range(i + 2, len(places)))
    return frozenset(pair for pair in pairs if meet(places[pair[0]], places[pair[1]]))


def _listed(factors: list[DataFrame], apart: frozenset[tuple[int, int]]) -> DataFrame:
    """Return the counts by joining whole paths: for metapaths that no order of sums takes apart."""
    table = factors[0].toDF("n0", "n1", "paths", "weighted")
    for number, factor in enumerate(factors[1:], 1):
        renamed = factor.toDF(f"n{number}", f"n{number + 1}", "their_paths", "their_weighted")
        table = table.join(renamed, f"n{number}")
        nodes = [f"n{place}" for place in range(number + 2)]
        table = table.selectExpr(*nodes, *_TIMES)
        for one, other in sorted(apart):
            if other == number + 1:
                table = table.where(f"n{one} <> n{other}")
    return _summed(table, "n0", f"n{len(factors)}").toDF(*_FACTOR)


def reached_on_spark(arrows: DataFrame, *, max_steps: int) -> DataFrame:
    """Return source, target, sign and steps of all pairs that walks join, as `kg.metapaths.reaching` does."""
    from pyspark.sql import functions as f

    signs = arrows.where("source <> target").groupBy("source", "target")
    agreed = f.greatest(f.max("sign"), f.lit(0)) + f.least(f.min("sign"), f.lit(0))
    steps = signs.agg(agreed.alias("sign")).where("sign <> 0").persist()
    edge = known = steps.withColumn("steps", f.lit(1))
    onward = steps.toDF("target", "next", "their_sign")
    for number in range(2, max_steps + 1):
        joined = edge.join(onward, "target")
        grown = joined.selectExpr("source", "next as target", "sign * their_sign as sign")
        fresh = grown.distinct().join(known, ["source", "target", "sign"], "left_anti")
        edge = fresh.withColumn("steps", f.lit(number)).localCheckpoint()
        known = known.unionByName(edge)
    return known
