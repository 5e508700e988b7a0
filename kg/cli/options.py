"""Options that several commands share, and the graph they open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph

F = TypeVar("F", bound=Callable[..., Any])


def _no_color(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.color = False


def data_options(command: F) -> F:
    """Add `--data`, `--only-data` and `--no-color`."""
    for option in (
        click.option("--no-color", is_flag=True, expose_value=False, callback=_no_color, help="No colours."),
        click.option("--only-data", is_flag=True, help="Leave the shipped graph out."),
        click.option(
            "--data",
            type=click.Path(path_type=Path),
            multiple=True,
            help="Add a YAML file or folder (repeatable).",
        ),
    ):
        command = option(command)
    return command


def format_option(*names: str) -> Callable[[F], F]:
    """Add `--format` with these choices; the first is the default."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True)


def open_graph(data: tuple[Path, ...], only_data: bool) -> KnowledgeGraph:
    """Load the graph a command works on."""
    from kg.knowledge_graph import load

    return load(*data, shipped=not only_data)


class EntityName(click.ParamType[str]):
    """An entity's name; the shell completes it from the shipped graph."""

    name = "entity"

    def shell_complete(  # noqa: D102 - click's own method
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        start = incomplete.casefold()
        entities = open_graph((), only_data=False).entities.values()
        named = {name: entity.name for entity in entities for name in (entity.id, entity.symbol) if name}
        return [
            CompletionItem(name, help=text) for name, text in sorted(named.items()) if _starts(name, start)
        ]


class MechanismName(click.ParamType[str]):
    """A mechanism's id; the shell completes it."""

    name = "mechanism"

    def shell_complete(  # noqa: D102 - click's own method
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        rows = open_graph((), only_data=False).mechanisms.values()
        return [
            CompletionItem(row.id, help=row.title) for row in rows if _starts(row.id, incomplete.casefold())
        ]


class PredicateName(click.ParamType[str]):
    """A predicate's id; the shell completes it."""

    name = "predicate"

    def shell_complete(  # noqa: D102 - click's own method
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        known = open_graph((), only_data=False).graph.vocabulary.predicates.values()
        return [
            CompletionItem(row.id, help=row.label) for row in known if _starts(row.id, incomplete.casefold())
        ]


def _starts(name: str, start: str) -> bool:
    return name.casefold().startswith(start)
