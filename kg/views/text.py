"""Texts of a picture: made safe to show, measured without a browser, and wrapped into boxes."""

from __future__ import annotations

import unicodedata

FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
_BROAD = "DejaVu Sans, Noto Sans, Arial, Helvetica, Liberation Sans, sans-serif"
_COMMON = ((0x20, 0x180), (0x384, 0x3CF), (0x400, 0x460), (0x2010, 0x203B), (0x2190, 0x2196))
_SIGNS = frozenset("−≈≠≤≥∞€™")
"""With Latin, Greek, Cyrillic, dashes and plain arrows: what Arial and its metric twins have."""
# Advance widths of a bold grotesque (Helvetica and its metric twins) in thousandths of an em.
_BOLD = {
    278: " ,./\\Iijl|",
    238: "'",
    333: "!()-:;[]`ft",
    389: "*r{}",
    474: '"',
    500: "z",
    556: "$0123456789_aceksvxyJ",
    584: "+<=>~^",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "ABCDHKNRU&",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
}
_WIDTH = {character: width / 1000 for width, characters in _BOLD.items() for character in characters}
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(text: str) -> str:
    """Return the text on one line without control, direction-changing or unassigned characters."""
    spaced = "".join(" " if character in "\n\r\t\u2028\u2029" else character for character in text)
    return "".join(character for character in spaced if unicodedata.category(character) not in _HIDDEN)


def width_of(text: str, size: float) -> float:
    """Return the width in pixels of a text set in a bold sans of this size; errs on the wide side."""
    return size * sum(_character_width(character) for character in text)


def _character_width(character: str) -> float:
    known = _WIDTH.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.78 if character.isupper() else 0.65


def fonts_for(text: str) -> dict[str, str]:
    """Return the fonts for a text that needs others than `FONT`.

    resvg sets a whole text in whatever font it finds first with a missing character («Ca²⁺» in a serif), so a
    text with a rare character asks at once for sans fonts that have it.
    """
    return {} if all(map(_is_common, text)) else {"font_family": _BROAD}


def _is_common(character: str) -> bool:
    return character in _SIGNS or any(low <= ord(character) < high for low, high in _COMMON)


def wrap(text: str, size: float, widest: float, most: int = 3) -> tuple[str, ...]:
    """Break a text into at most `most` balanced lines no wider than `widest`, cut with «…» beyond that."""
    words = clean(text)[:400].split()
    if not words:
        return ("",)
    total = width_of(" ".join(words), size)
    fewest = min(most, len(_filled(words, size, widest)))
    narrow = int(max(total / fewest, widest / 2))
    tried = (_filled(words, size, width) for width in range(narrow, int(widest) + 1, 4))
    lines = next((found for found in tried if len(found) <= fewest), _filled(words, size, widest))
    return _cut(lines, size, widest, most)


def whole(text: str, size: float, widest: float) -> tuple[str, ...]:
    """Break a text into up to three lines; into wider and then more ones before anything is cut."""
    tries = ((widest, 3), (widest * 1.25, 3), (widest * 1.25, 4), (widest * 1.5, 4), (widest * 1.5, 6))
    found = [wrap(text, size, width, most) for width, most in tries]
    cut = clean(text).count("…")
    return next((lines for lines in found if "".join(lines).count("…") <= cut), found[-1])


def _filled(words: list[str], size: float, width: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(lines: list[str], size: float, widest: float, most: int) -> tuple[str, ...]:
    shown = lines[:most]
    if len(lines) > most:
        shown[-1] += " …"
    return tuple(_clipped(line, size, widest) for line in shown)


def _clipped(line: str, size: float, widest: float) -> str:
    if width_of(line, size) <= widest:
        return line
    body = line.removesuffix("…").rstrip()
    while body and width_of(body + "…", size) > widest:
        body = body[:-1]
    return body.rstrip() + "…"
