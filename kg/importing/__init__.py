"""Tables of measured values → seed files: by a mapping of columns, with every rejected row."""

from __future__ import annotations

from kg.importing.mapping import Mapping, mapping_names, read_mapping
from kg.importing.reading import Imported, Rejected, import_table

__all__ = ["Imported", "Mapping", "Rejected", "import_table", "mapping_names", "read_mapping"]
