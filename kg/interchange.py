"""What comes into a graph as a table, and in which forms a graph leaves. A part of the façade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.parts import Part

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Dataset

    from kg.importing.reading import Imported, Watch


class Interchange(Part):
    """Files and other libraries' graphs: a part of `KnowledgeGraph`."""

    def import_table(
        self,
        table: str | Path,
        mapping: str | Path,
        folder: str | Path,
        *,
        form: str = "csv",
        watch: Watch | None = None,
    ) -> Imported:
        r"""Write a CSV or Parquet table of measured values into a folder of YAML, by a mapping of columns.

        Drugs and targets are found under the names of this graph; `kg.load(folder)` joins them to it. Bounds
        stay bounds; `.rejected` has the line and reason of each row that was left out. Raises `UnknownName`
        for no mapping, `InvalidMapping`, `InvalidTable`, and `CannotWrite`; nothing is written then.

        >>> import kg
        >>> from tempfile import TemporaryDirectory
        >>> columns = "drug: {id: drug}\ntarget: {id: on}\nvalues: [{column: Ki, parameter: Ki, unit: µM}]\n"
        >>> with TemporaryDirectory() as name:
        ...     home = Path(name)
        ...     _ = (home / "t.csv").write_text("drug,on,Ki\nimipramine,DAT,>10\nimipramine,NET,-1\n")
        ...     _ = (home / "m.yaml").write_text(columns + "document: {id: screen, title: A screen}\n")
        ...     found = kg.load().import_table(home / "t.csv", home / "m.yaml", home / "yaml")
        ...     (value,) = kg.load(home / "yaml").measurements(document="screen")
        >>> value.target, value.printed, [(row.line, row.reason) for row in found.rejected]
        ('dat', '>10 µM', [(3, '`-1` is not above zero')])
        """
        from kg.importing import import_table, read_mapping
        from kg.importing.seeds import write_seeds

        found = import_table(self._graph, Path(table), read_mapping(mapping), form=form, watch=watch)
        write_seeds(found, Path(folder), Path(table).name)
        return found

    def to_rdflib(self) -> Dataset:
        """Return the graph as an rdflib `Dataset`: everything, and again each document as a named graph.

        >>> import kg
        >>> from rdflib import URIRef
        >>> said = kg.load().to_rdflib().graph(URIRef("https://w3id.org/drug-mechanisms/B115768"))
        >>> len(said) > 100
        True
        """
        from kg.rdf import to_rdflib

        return to_rdflib(self._graph, self._disputes())

    def to_networkx(self) -> MultiDiGraph[str]:
        """Return the graph as a NetworkX `MultiDiGraph` of asserted claims with typed attributes.

        >>> import kg
        >>> kg.load().to_networkx().has_edge("igmesine", "sigma-1-receptor")
        True
        """
        from kg.networks import to_networkx

        return to_networkx(self._graph)

    def export(self, name: str, *, canonical: bool = False) -> bytes:
        """Return the graph in a format by name or extension: turtle, trig, json-ld, graphml.

        Its claims alone: nanopublications, rdf12. With `canonical`, entities have in RDF the names that
        UniProt, ChEBI and others gave them.

        >>> import kg
        >>> kg.load().export("ttl").startswith(b"@prefix")
        True
        """
        from kg.formats import format_named

        return format_named(name).write(self._graph, self._disputes(), canonical)
