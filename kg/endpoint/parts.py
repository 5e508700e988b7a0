"""What an entity is to the protocols that an endpoint holds: all of them that is asked for there."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.sparql.answers import Table
from kg.triples import iri

if TYPE_CHECKING:
    from kg.endpoint.asking import Endpoint

_QUERY = """SELECT ?protocol ?link ?role ?material ?file ?line WHERE {{
  ?protocol a kgo:Protocol ; kgo:source_file ?file ; kgo:source_line ?line .
  {{ ?protocol ?link {0} FILTER(?link IN (kgo:assay, kgo:target, kgo:species, kgo:drug)) }}
  UNION {{ ?protocol kgo:has_material ?material . ?material kgo:material_entity {0} ; kgo:role ?role }}
}}"""
_LINKS = ("kgo:assay", "kgo:target", "kgo:species", "material", "kgo:drug")


def parts_played(endpoint: Endpoint, entity: str) -> dict[str, str]:
    """Return what an entity, by id, is to each protocol; of several parts the first (`kg.protocols`)."""
    found = endpoint.query(_QUERY.format(iri(entity)))
    assert isinstance(found, Table)
    told = []
    for row in found:
        link, number = str(row["link"] or "material"), str(row["material"] or "0").rpartition(".")[2]
        part = str(row["role"] or link.removeprefix("kgo:"))
        place = PurePath(str(row["file"])).parts, int(str(row["line"]))
        told.append((place, str(row["protocol"]).removeprefix("kg:"), _LINKS.index(link), int(number), part))
    parts: dict[str, str] = {}
    for _, protocol, _, _, part in sorted(told):
        parts.setdefault(protocol, part)
    return parts
