"""How Sphinx builds the documentation: pages in Markdown, notebooks as run, and what the code says."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from kg.resources import VERSION

project = "Drug mechanisms"
author = "The founders of the drug mechanism graph"
project_copyright = "2026, the founders of the drug mechanism graph; curated data and ontology: CC0 1.0"
version = release = VERSION

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx_click", "generators"]
exclude_patterns = ["generators", "**/.ipynb_checkpoints"]
nitpicky = True
nitpick_ignore_regex = [
    # Types of other libraries: their documentation is on the web, and these pages are built without it.
    ("py:.*", r"(collections\.abc|decimal|fractions|pathlib|typing|msgspec|networkx|rdflib|pyoxigraph)\..*"),
    ("py:.*", r"(Collection|Dataset|Fraction|Iterator|Mapping|MultiDiGraph|Path|Sequence|Store)"),
    # What diagrams and networks are made of: shown in a signature, not for others to build on.
    ("py:.*", r"kg\.(engine|views\.(claims|columns|packing))\..*"),
]

suppress_warnings = ["misc.highlighting_failure"]  # of SPARQL, whose paths Pygments does not know

smartquotes = False  # what is shown can be typed
default_role = "code"  # docstrings write `name` for code
add_module_names = False
autodoc_member_order = "bysource"
python_display_short_literal_types = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # notebooks are shown as they were run; a test runs them
nb_ipywidgets_js = {}  # by default a script from another host
nb_mime_priority_overrides = [
    ("html", "application/vnd.jupyter.widget-view+json", None)
]  # its still form instead

html_theme = "furo"
html_title = "Drug mechanisms"
html_static_path = ["static"]
html_css_files = ["quiet.css"]
html_theme_options = {"footer_icons": []}
html_copy_source = False
html_show_sourcelink = False
