"""The path explorer as it stays in a saved notebook: a still picture, and the paths as tables."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from kg.paths import Paths
from kg.showing.walks import chain, words_of
from kg.views.diagram import Diagram
from kg.views.text import clean

LISTED = 20
"""Paths of the plain text."""
_NET = {"+": "+", "-": "−", "unknown": "?"}


def as_text(title: str, said: str, paths: Paths, selected: int | None) -> str:
    """Return the best paths line by line, the chosen one marked."""
    words, lines = words_of(paths), [f"{title}: {said}"]
    for number, path in enumerate(paths[:LISTED]):
        mark, score = "▸" if number == selected else " ", f"{path.score:.2g}"
        lines.append(f"{mark}{number + 1:>3}  {_NET[path.sign]}  {score:<8}  {chain(words, path).text}")
    if len(paths) > LISTED:
        lines.append(f"     and {len(paths) - LISTED} more")
    return "\n".join(lines)


def as_html(title: str, said: str, paths: Paths, selected: int | None, diagram: Diagram) -> str:
    """Return the same as HTML without a script: the picture, the claims of the chosen path, all paths.

    The picture is an image, in which nothing can run and whose ids meet no others.
    """
    parts = [f"<p><b>{_safe(title)}</b><br>{_safe(said)}</p>"]
    if paths:
        source = f"data:image/svg+xml;base64,{b64encode(diagram.svg.encode()).decode()}"
        parts.append(f'<img alt="{_safe(diagram.scene.title)}" style="max-width:100%" src="{source}">')
        chosen = () if selected is None else (paths[selected],)
        parts += [shown._repr_mimebundle_()["text/html"] for shown in (*chosen, paths)]
    return f"<div>{''.join(parts)}</div>"


def _safe(text: str) -> str:
    return escape(clean(text))
