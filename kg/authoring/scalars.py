"""One text as YAML: plain where that reads back as the same text, quoted where not, block scalars kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeGuard

import yaml

from kg.authoring.styled import BREAKS, Leaf

WIDTH = 110
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SIMPLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*(?: [A-Za-z0-9][A-Za-z0-9_.\-]*)*")
_TYPED = re.compile(
    r"(?i:~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.inf|\.nan)|[-+.]?[0-9][0-9a-fA-FoOxXeE_.,:TZt+\- ]*"
)
_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x85": "\\N",
    "\u2028": "\\L", "\u2029": "\\P", "\ufeff": "\\uFEFF",
}  # fmt: skip
_GAP = re.compile(r"(?<=\S) (?=\S)")


def inline(leaf: Leaf, *, flow: bool = False, key: bool = False, alone: bool = False) -> str:
    """Return a text for one line: plain if it can be, else in quotes; `alone` it is a whole file.

    Quotes that keep another reader from taking `"1"` for a number or `"NO"` for false stay.

    >>> inline(Leaf("1e-9")), inline(Leaf("NO", '"')), inline(Leaf("a: b", "'")), inline(Leaf("plain", '"'))
    ('1e-9', '"NO"', '"a: b"', 'plain')
    """
    text = leaf.text
    kept = leaf.style != "" and _TYPED.fullmatch(text)
    if text and not kept and (_SIMPLE.fullmatch(text) if alone else _reads_plain(text, flow, key)):
        return text
    if not any(mark in text for mark in ('"', "\\")) or any(_needs_escape(letter) for letter in text):
        return _double(text)
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(c) or (_escape(c) if _needs_escape(c) else c) for c in text) + '"'


def _needs_escape(letter: str) -> bool:
    return (letter in _ESCAPES and letter not in ('"', "\\")) or unicodedata.category(letter) in ("Cc", "Cs")


def _escape(letter: str) -> str:
    return f"\\x{ord(letter):02x}" if letter < "\x80" else f"\\u{ord(letter):04x}"


@lru_cache(maxsize=4096)
def _reads_plain(text: str, flow: bool, key: bool) -> bool:
    """Tell whether a text without quotes is read as itself in this place."""
    if _SIMPLE.fullmatch(text):
        return len(text) < 128 or not key
    if any(mark in text for mark in BREAKS) or text != text.strip():
        return False
    shown = f"{text}: v" if key else f"k: {text}"
    return _values(f"{{{shown}}}" if flow else shown) == ([text, "v"] if key else ["k", text])


def _values(document: str) -> list[str] | None:
    """Return the texts of a document that is one flat mapping, or None."""
    try:
        events = list(yaml.parse(document, Loader=_LOADER))[2:-2]
    except yaml.YAMLError:
        return None
    texts = [event.value for event in events[1:-1] if _is_text(event)]
    return texts if len(texts) == len(events) - 2 and isinstance(events[0], yaml.MappingStartEvent) else None


def _is_text(event: yaml.Event) -> TypeGuard[yaml.ScalarEvent]:
    return isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None


def block(leaf: Leaf, indent: int) -> list[str] | None:
    """Return a block scalar as its header and its lines, or None when the text was none or cannot be one."""
    if leaf.style not in ("|", ">"):
        return None
    shown = " " * indent
    candidates = _folded(leaf, WIDTH - indent) if leaf.style == ">" else iter([leaf.text.split("\n")])
    for lines in candidates:
        found = _verified(leaf, lines)
        if found:
            return [found[0], *(f"{shown}{line}" if line else "" for line in found[1:])]
    return None


def refilled(text: str, indent: int) -> list[str] | None:
    """Return a text too long for its line as a folded block, or None when it cannot be folded."""
    return block(Leaf(text, ">"), indent) if _GAP.search(text) and "\n" not in text else None


def _verified(leaf: Leaf, lines: list[str]) -> list[str] | None:
    """Return header and lines if they read back as the text, with an indentation mark where one is needed."""
    text = leaf.text
    body = text.rstrip("\n")
    ends = len(text) - len(body) if body else 0
    chomp = "-" if ends == 0 else "" if ends == 1 else "+"
    while lines and not lines[-1].strip(" "):
        lines = lines[:-1]
    lines = [*lines, *[""] * (ends - 1)]
    for mark in ("", "2"):
        header = f"{leaf.style}{mark}{chomp}"
        written = "\n".join([f"k: {header}", *(f"  {line}" if line else "" for line in lines), "e: e", ""])
        if body and _values(written) == ["k", text, "e", "e"]:
            return [header, *lines]
    return None


def _folded(leaf: Leaf, width: int) -> Iterator[list[str]]:
    """Yield the lines as they were, if they fit, then filled anew, then as they were."""
    before = _dedented(leaf.raw)
    if before and max(map(len, before)) <= width:
        yield before
    filled: list[str] = []
    for index, paragraph in enumerate(leaf.text.rstrip("\n").split("\n")):
        filled += ([""] if index else []) + _fill(paragraph, width)
    yield filled
    if before:
        yield before


def _dedented(raw: str) -> list[str]:
    header, _, rest = raw.partition("\n")
    lines = rest.split("\n")
    filled = [line for line in lines if line.strip()]
    indent = min((len(line) - len(line.lstrip(" ")) for line in filled), default=0)
    return [line[indent:] for line in lines] if header and filled else []


def _fill(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in _GAP.split(text) if text else ():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
