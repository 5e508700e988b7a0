"""Questions in a terminal, with completion of names and a check of each answer as it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from kg.authoring.answers import Answer, Answers, accept, own_id, slug
from kg.authoring.offers import Offer, offers
from kg.authoring.questions import SEVERAL, Field, Kind
from kg.cli.output import safe
from kg.graph import Graph
from kg.names import fold
from kg.problems import KgError, MissingExtra

try:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.validation import ValidationError, Validator
except ImportError:
    raise click.UsageError(
        f"{MissingExtra('asking for the parts', 'prompt_toolkit', 'curate')}; or give every part as an option"
    ) from None

_FILE = "my-claims.yaml"
_OFTEN = ("certainty", "polarity", "species", "dose", "refs", "note", "synonyms", "xrefs", "definition")

_WANTED = {"entity": "any of its names", "category": "class of the thing", "text": "text as printed"}


class Terminal:
    """Asks; Ctrl-C or Ctrl-D gives up with nothing written."""

    def __init__(self) -> None:
        self.session: PromptSession[str] = PromptSession()

    def file(self) -> Path:
        """Ask for the file to add to."""
        return Path(self._prompt("file", f"YAML file to add to; Enter for {_FILE}") or _FILE)

    def ask(self, graph: Graph, kind: Kind, field: Field, before: Answers) -> Answer:
        """Ask for one field until the answer can stand."""
        found: list[Answer] = []

        def check(text: str) -> None:
            found[:] = [accept(graph, kind, field, text, before)]

        many = field.sort in ("texts", "numbers")
        start = slug(str(before.get("name", ""))) if field.name == "id" and kind == "entity" else ""
        hint = _hint(kind, field, before)
        self._prompt(field.name, hint, offers(graph, field, before), check, many=many, start=start)
        return found[0]

    def more(self, left: dict[str, Field]) -> str | None:
        """Ask which optional field to fill; None when there are no more."""
        listed = [Offer(name, "", field.help) for name, field in left.items()]

        def check(text: str) -> None:
            if text and text not in left:
                raise KgError(f"there is no field {text!r} to fill; the Tab key shows them, Enter ends")

        names = ", ".join(name for name in _OFTEN if name in left)
        return self._prompt("more?", f"{names} …; Enter for no more", listed, check) or None

    def confirm(self, question: str) -> bool:
        """Ask for a yes; Enter is one."""
        return self._prompt(question, "Enter or y: yes, n: no").casefold() in ("", "y", "yes")

    def _prompt(
        self,
        name: str,
        hint: str,
        known: Iterable[Offer] = (),
        check: Callable[[str], None] = lambda _: None,
        *,
        many: bool = False,
        start: str = "",
    ) -> str:
        listed = list(known)
        try:
            return self.session.prompt(
                f"{safe(name)} ",
                default=start,
                placeholder=f"  {safe(hint)}",
                completer=_Names(listed, many),
                complete_while_typing=True,
                validator=_Check(check),
                validate_while_typing=False,
            ).strip()
        except (EOFError, KeyboardInterrupt):
            raise click.Abort from None


def _hint(kind: Kind, field: Field, before: Answers) -> str:
    """Return a few words on what is wanted."""
    if field.name == "id" and kind != "entity":
        return f"{own_id(kind, before)} is made already; an id of its own, or Ctrl-C"
    if field.name == "document":  # the file has none of its own, or it would not be asked for
        return "id of a document; one of your own is declared first, under `documents` of the file"
    named = "" if field.help else _WANTED.get(field.sort, "")
    said = (field.help, named, ", ".join(field.choices))
    return "; ".join(part for part in (*said, SEVERAL.get(field.sort, "")) if part)


class _Names(Completer):
    """Offers what has the typed letters in its id, name or synonyms; a beginning comes before a middle."""

    def __init__(self, known: list[Offer], many: bool) -> None:
        self.known = [
            (offer, [fold(name) for name in (offer.text, offer.shown, *offer.names)]) for offer in known
        ]
        self.many = many

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield completions, best first."""
        typed = document.text_before_cursor
        typed = typed.rpartition(",")[2].lstrip() if self.many else typed
        key = fold(typed)
        hits = [
            (not any(k.startswith(key) for k in keys), offer)
            for offer, keys in self.known
            if any(key in k for k in keys)
        ]
        for _, offer in sorted(hits, key=lambda hit: hit[0]):
            shown = safe(f"{offer.text}  {offer.shown}" if offer.shown else offer.text)
            yield Completion(offer.text, -len(typed), display=shown, display_meta=safe(offer.meta)[:90])


class _Check(Validator):
    def __init__(self, check: Callable[[str], None]) -> None:
        self.check = check

    def validate(self, document: Any) -> None:
        """Refuse what the check refuses, with its message."""
        try:
            self.check(document.text.strip())
        except KgError as error:
            raise ValidationError(len(document.text), safe(str(error)).replace("\n", " ")) from None
