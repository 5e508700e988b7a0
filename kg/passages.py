"""A document's plain text cut into passages, each with its place, its position and the digest of its text.

Positions count characters of the normalised text (Unicode NFC, every run of white space one blank), as the
text position selector of the W3C Web Annotation model wants them. A passage is a paragraph, a list item, a
table row, a caption or a heading. What is found is a proposal: extracted text hides headings and page breaks,
and a curator may correct the places in the index that `kg index` writes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from kg.model import Locator, Passage, PassageKind, Span
from kg.places import SEPARATOR

_CAPTION = re.compile(r"\W*(Table|Figure|Fig\.|Scheme|Caption)\b[\s.:]*(\d*)", re.IGNORECASE)
_ITEM = re.compile(r"(?P<indent>[^\S\n]*)[-*•] (?:(?P<number>\d+)\. )?")
_LABEL = re.compile(r"(?:\*\*)?(?P<label>[^:.(*]{2,45}(?:\([^)]{1,20}\))?):(?:\*\*)?(?:\s|$)")
_LINK = re.compile(r"^\[[^\]]*\]\([^)]*\)$")
_CITED = re.compile(r"\[\\?\[?\d+\\?\]?\](\([^)]*\))?$")
UNCAPTIONED = "uncaptioned"
_CUT = re.compile(r"[\w,(-]$")
_ENDS = (".", "!", "?", ":", ";", ",", "]", "|")
_LONGEST_HEADING, _LONGEST_LABEL = 140, 60


class Normalised:
    """A document's text as one line, and the way from its own offsets to positions in that line."""

    def __init__(self, raw: str) -> None:
        self.raw = unicodedata.normalize("NFC", raw.removeprefix("\ufeff")).replace("\r\n", "\n")
        kept: list[str] = []
        self.position: list[int] = []
        for character in self.raw:
            self.position.append(len(kept))
            if not character.isspace():
                kept.append(character)
            elif kept and kept[-1] != " ":
                kept.append(" ")
        self.position.append(len(kept))
        self.text = "".join(kept)

    def span(self, start: int, end: int) -> Span:
        """Return the position and digest of raw[start:end], without white space at its ends."""
        piece = self.raw[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        first, last = self.position[start], self.position[end - 1] + 1
        return Span(first, last, digest(self.text[first:last]))


def normalised(data: bytes) -> Normalised:
    """Return a file's bytes as normalised text; bytes that are not UTF-8 are replaced."""
    return Normalised(data.decode("utf-8", "replace"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal.

    >>> digest("imipramine")[:8]
    '5bef2807'
    """
    return hashlib.sha256(text.encode()).hexdigest()


def passages_of(text: Normalised) -> tuple[Passage, ...]:
    """Return the passages of a document in reading order; together they hold every word of it."""
    return tuple(_places(text, _merged(list(_blocks(text.raw)))))


class _Block(msgspec.Struct):
    """Consecutive lines that belong together."""

    kind: str
    start: int
    end: int
    text: str


def _blocks(raw: str) -> Iterator[_Block]:
    """Yield paragraphs, list items, table rows and the like; a line after an item continues it."""
    before, offset = "", 0
    for line in raw.splitlines(keepends=True):
        start, offset = offset, offset + len(line)
        kind = _kind(line, before)
        if kind:
            yield _Block(kind, start, offset, line.strip())
        before = before if kind == "more" else kind


def _kind(line: str, before: str) -> str:
    text = line.strip()
    if not text:
        return ""
    if "\t" in line.rstrip("\n") or text.startswith("|"):
        return "row"
    if _ITEM.match(line):
        return "item"
    if before:
        return "more"
    if _LINK.match(text):
        return "link"
    if text.startswith("#") or _is_heading(text):
        return "heading"
    return "caption" if _CAPTION.match(text) else "text"


def _is_heading(text: str) -> bool:
    plain = text.strip("*# ")
    ends = not plain.endswith(_ENDS) or (plain.endswith("?") and len(plain) < _LONGEST_LABEL)
    starts = plain[:1].isupper() or plain[:1].isdigit() or plain[:1] == "("
    framed = _CITED.search(text) or _CAPTION.match(text) or "*" in plain
    return starts and ends and not framed and len(text) <= _LONGEST_HEADING


def _merged(blocks: list[_Block]) -> list[_Block]:
    """Join what a line end or a page break cut in two."""
    done: list[_Block] = []
    for block in blocks:
        last = done[-1] if done else None
        if last and (block.kind == "more" or _continues(last, block)):
            kind = "text" if last.kind == "heading" else last.kind
            done[-1] = _Block(kind, last.start, block.end, f"{last.text} {block.text}")
        else:
            done.append(block)
    return done


def _continues(last: _Block, block: _Block) -> bool:
    both_prose = last.kind == block.kind == "text"
    return both_prose and (block.text[0].islower() or bool(_CUT.search(last.text)))


class _Where(msgspec.Struct):
    """The place reached while reading down the document."""

    section: str = ""
    sections: Counter[str] = msgspec.field(default_factory=Counter)
    """How often each heading was met: the places under a second «Results» are in «Results (2)»."""
    paragraph: int = 0
    label: str = ""
    """Of the list: Materials, Procedure."""
    item: str = ""
    items: int = 0
    parts: int = 0
    table: str = ""
    after: str = ""


def _places(text: Normalised, blocks: list[_Block]) -> Iterator[Passage]:
    where, taken = _Where(), Counter[Locator]()
    above = _captions_above(blocks)
    for index, block in enumerate(blocks):
        if block.kind == "row" and where.after != "row":
            where.table = _table_name(blocks, index, above)
        following = blocks[index + 1].kind if index + 1 < len(blocks) else ""
        kind, place = _place(block, where, following, text.raw[block.start : block.end])
        locator = Locator(section=where.section or None, **place)
        taken[locator] += 1
        where.after = block.kind
        yield Passage(_again(locator, taken[locator]), text.span(block.start, block.end), kind)


def _captions_above(blocks: list[_Block]) -> bool:
    """Tell whether the first table has its caption above it; the others then have theirs there too."""
    start = next((index for index, block in enumerate(blocks) if block.kind == "row"), 0)
    return start > 0 and bool(_table_number(blocks[start - 1]))


def _table_name(blocks: list[_Block], first: int, above: bool) -> str:
    """Return the number of the table whose first row is here."""
    if above:
        return _table_number(blocks[first - 1]) or UNCAPTIONED
    behind = next((i for i in range(first, len(blocks)) if blocks[i].kind != "row"), None)
    return (behind is not None and _table_number(blocks[behind])) or UNCAPTIONED


def _table_number(block: _Block) -> str | None:
    match = _CAPTION.match(block.text)
    return match[2] if match and match[1].lower() == "table" else None


def _again(locator: Locator, count: int) -> Locator:
    """Tell a place from the earlier ones that would be called the same."""
    if count == 1:
        return locator
    field = next((name for name in ("row", "item", "figure") if getattr(locator, name)), "section")
    return msgspec.structs.replace(locator, **{field: f"{getattr(locator, field) or ''} ({count})".strip()})


def _place(block: _Block, where: _Where, following: str, raw: str) -> tuple[PassageKind, dict[str, Any]]:
    """Return the kind of a block and the fields of its locator within the section, and move `where` on."""
    label = block.text.strip("*: ")
    if block.kind == "row":
        return _row(block, where)
    if block.kind == "item":
        return "text", {"item": _item(where, raw)}
    where.label, where.item, where.items = "", "", 0
    names = block.text.rstrip("*").endswith(":") and len(label) < _LONGEST_LABEL
    if names and following == "item":
        where.label = label
        return "heading", {"item": label}
    if names or block.kind == "heading":
        name = block.text.strip("*#:- ")
        where.sections[name] += 1
        again = where.sections[name]
        where.section, where.paragraph = f"{name} ({again})" if again > 1 else name, 0
        return "heading", {}
    if block.kind == "link":
        return "link", {"figure": "link"}
    if where.after == "link" or block.kind == "caption":
        return "caption", _captioned(block)
    where.paragraph += 1
    return "text", {"paragraph": where.paragraph}


def _row(block: _Block, where: _Where) -> tuple[PassageKind, dict[str, Any]]:
    cells = [cell.strip() for cell in re.split(r"[\t|]", block.text.strip("|"))]
    rule = not block.text.strip("|-: ")
    head = where.after != "row" or rule or not any(cells[1:])
    return "table head" if head else "text", {
        "table": where.table,
        "row": "rule" if rule else cells[0] or "unlabelled",
    }


def _item(where: _Where, raw: str) -> str:
    """Return the path of a list item: the list's label, the item it is part of, its own label or count."""
    match = _ITEM.match(raw)
    assert match is not None
    label = _LABEL.match(raw[match.end() :].strip())
    name = match["number"] or (label["label"].strip() if label else "")
    if match["indent"] and where.items:
        where.parts += 1
        return _path(where.label, where.item, name or str(where.parts))
    where.items, where.parts = where.items + 1, 0
    where.item = name or str(where.items)
    return _path(where.label, where.item)


def _path(*parts: str) -> str:
    return SEPARATOR.join(part for part in parts if part)


def _captioned(block: _Block) -> dict[str, Any]:
    match = _CAPTION.match(block.text)
    number = match[2] if match else ""
    if match and match[1].lower() == "table":
        return {"table": number or UNCAPTIONED}
    title = block.text[match.end() :] if match else block.text
    return {"figure": number or title.strip("*: .")}
