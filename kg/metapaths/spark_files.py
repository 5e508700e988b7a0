"""Edge lists that Spark reads itself, and the names in them: nothing of them need fit into one machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.engine.edgelist import PREDICATES, SIGNS, SOURCES, TARGETS
from kg.metapaths.metapath import Place
from kg.metapaths.naming import as_written, offered
from kg.problems import InvalidNetwork, UnknownName

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession


def read_arrows(session: SparkSession, path: str, signs: Mapping[str, int] | None = None) -> DataFrame:
    """Return the arrows of an edge list that Spark reads, by the columns of `kg.engine.edgelist`.

    A line with too few columns or a sign that is none is left out, where the local reader refuses the file.
    """
    from pyspark.sql import functions as f

    table = session.read.csv(path, sep="\t", header=True, quote="")
    named = {name.strip().casefold().lstrip("#:"): name for name in table.columns}

    def column(known: Sequence[str]) -> str | None:
        return next((named[name] for name in known if name in named), None)

    source, target = column(SOURCES), column(TARGETS)
    if source is None or target is None:
        raise InvalidNetwork(f"{path}: no columns are named subject and object, or source and target")
    predicate, sign = column(PREDICATES), column(("sign",))
    relation = f.col(predicate) if predicate else f.lit("")
    numbers = SIGNS if sign else dict(signs or {})
    known = f.create_map(*(f.lit(part) for pair in (numbers | {"": 0}).items() for part in pair))
    given = f.coalesce(f.col(sign), f.lit("")) if sign else relation
    number = known[given]
    return table.select(
        f.col(source).alias("source"), _kind(source).alias("source_kind"), relation.alias("predicate"),
        f.col(target).alias("target"), _kind(target).alias("target_kind"),
        (number if sign else f.coalesce(number, f.lit(0))).cast("int").alias("sign"),
    ).dropna()  # fmt: skip


def _kind(column: str) -> Column:
    from pyspark.sql import functions as f

    parts = f.split(f.col(column), "::", 2)
    return f.when(f.size(parts) > 1, parts[0]).otherwise(f.lit("node"))


class SparkNames:
    """The kinds and predicates of arrows on Spark, collected once, and its nodes, looked up one by one."""

    def __init__(self, arrows: DataFrame) -> None:
        self._arrows = arrows
        pairs = arrows.selectExpr("explode(array(source_kind, target_kind)) as kind").distinct().collect()
        self._kinds = tuple(sorted(row[0] for row in pairs))
        self._predicates = tuple(sorted(row[0] for row in arrows.select("predicate").distinct().collect()))

    def place(self, name: str) -> Place:
        """Return the kind or node of this name, `*` for any; kinds in any letter case."""
        if name == "*":
            return Place("*")
        kind = as_written(name, self._kinds)
        if kind is not None:
            return Place(kind, (kind,))
        from pyspark.sql import functions as f

        for end in ("source", "target"):
            row = self._arrows.where(f.col(end) == name).select(f"{end}_kind").first()
            if row is not None:
                return Place(name, (row[0],), name)
        raise UnknownName("kind of node or node", name, offered(name, self._kinds))

    def itself(self, category: str) -> Place:
        """Return a kind of node."""
        return Place(category, (category,))

    def predicate(self, name: str) -> str:
        """Return the predicate as the edge list writes it."""
        found = as_written(name, self._predicates)
        if found is None:
            raise UnknownName("predicate", name, offered(name, self._predicates))
        return found
