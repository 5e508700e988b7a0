"""Pages that nobody writes: made from commands, rules, questions, ontology and schema when Sphinx starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from generators import borrowed, commands, fields, python, questions, rules, vocabulary

GENERATED = ("reference", "notebooks")
"""Folders that hold nothing else; git ignores them."""
MAKERS = (python, commands, questions, fields, vocabulary, rules, borrowed)


def setup(app: Sphinx) -> dict[str, bool]:
    """Join Sphinx."""
    app.connect("config-inited", write_pages)
    for part in ("description", "arguments", "options"):
        app.connect(f"sphinx-click-process-{part}", commands.literal_stars)
    app.connect("sphinx-click-process-epilog", commands.example_to_type)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_pages(app: Sphinx, _config: Config) -> None:
    """Write what has changed, and remove what is no longer made."""
    home = Path(app.srcdir)
    made = {home / name: content for name, content in pages()}
    for folder in GENERATED:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and path not in made:
                path.unlink()
    for path, content in made.items():
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def pages() -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of every page that is made."""
    yield "reference/index.md", _INDEX.encode()
    for maker in MAKERS:
        for name, content in maker.pages():
            yield name, content if isinstance(content, bytes) else content.encode()


_INDEX = """# Reference

Made from the program itself whenever these pages are built, so it says what this version does.

```{toctree}
:maxdepth: 1

python/index
commands
questions
fields
vocabulary
rules/index
```
"""
