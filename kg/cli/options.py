"""Options that several commands share, and the graph they open."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph

F = TypeVar("F", bound=Callable[..., Any])


class DataPath(click.ParamType[Path]):
    """A file or folder to read. An empty one, such as an unset shell variable leaves, is refused."""

    name = "path"

    def convert(  # noqa: D102 - click's own method
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        if not str(value):
            self.fail("the path is empty", param, ctx)
        return Path(value)

    def shell_complete(  # noqa: D102 - click's own method
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [CompletionItem(incomplete, type="file")]


class Number(click.FloatRange):
    """A finite number within limits; a plain range takes `nan`, of which every comparison is false."""

    name = "number"

    def convert(  # noqa: D102 - click's own method
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        found = float(super().convert(value, param, ctx))
        if not isfinite(found):
            self.fail(f"{value} is not a finite number", param, ctx)
        return found


class Chosen:
    """The data that the command line names, before the command or behind it."""

    def __init__(self) -> None:
        self.data: list[Path] = []
        self.alone = False
        self.merge_salts = False
        self.endpoint: str | None = None


ON_ENDPOINT = (
    "query", "show", "search", "statements", "measurements", "timeline",
    "paths", "neighbours", "common", "between", "effect",
)  # fmt: skip
"""Commands that need nothing but what the RDF of an endpoint holds."""


def chosen(ctx: click.Context) -> Chosen:
    """Return the one choice of a run."""
    root = ctx.find_root()
    root.obj = root.obj or Chosen()
    found: Chosen = root.obj
    return found


def _add_data(ctx: click.Context, _param: click.Parameter, value: tuple[Path, ...]) -> None:
    chosen(ctx).data += value


def _leave_out(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    chosen(ctx).alone |= value


def _merge_salts(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    chosen(ctx).merge_salts |= value


def _ask_endpoint(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        chosen(ctx).endpoint = value
        if ctx.parent is not None:
            refuse_endpoint(ctx, ctx.info_name)


def refuse_endpoint(ctx: click.Context, command: str | None) -> None:
    """Stop a command that needs more than an endpoint holds, where one was named."""
    options = chosen(ctx)
    if options.endpoint is None:
        return
    if command not in ON_ENDPOINT:
        raise click.UsageError(f"--endpoint goes with {', '.join(ON_ENDPOINT)}, not with {command}")
    if options.data or options.alone:
        raise click.UsageError("--endpoint does not go with --data or --only-data")


def _no_color(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.color = ctx.find_root().color = False


_ENDPOINT = click.option(
    "--endpoint", metavar="URL", callback=_ask_endpoint, expose_value=False,
    help="Ask the graph in this SPARQL endpoint instead.",
)  # fmt: skip


def data_options(command: F, *, endpoint: bool = True) -> F:
    """Add the options that say which graph is meant, and `--no-color`; what they say is in `chosen`.

    Without `endpoint` there is no `--endpoint`, for a command that has an option of this name for itself.
    """
    for option in (
        _flag("--no-color", _no_color, "No colours."),
        _flag("--merge-salts", _merge_salts, "Take what is said of a salt as said of its base drug."),
        _flag("--only-data", _leave_out, "Leave the shipped graph out."),
        *((_ENDPOINT,) if endpoint else ()),
        click.option(
            "--data", type=DataPath(), multiple=True, callback=_add_data, expose_value=False,
            help="Add a YAML file or folder (repeatable).",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def _flag(name: str, callback: Callable[..., None], text: str) -> Callable[[F], F]:
    return click.option(name, is_flag=True, callback=callback, expose_value=False, help=text)


def format_option(*names: str) -> Callable[[F], F]:
    """Add `--format` with these choices; the first is the default."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True)


def open_graph(*, strict: bool = True) -> KnowledgeGraph:
    """Load the graph that the command line chose; without `strict`, what is sound of it."""
    from kg.knowledge_graph import load

    context = click.get_current_context()
    options = chosen(context)
    if options.endpoint is not None:
        from kg.remote import connect

        refuse_endpoint(context, context.info_name)
        return connect(options.endpoint, merge_salts=options.merge_salts)
    return load(*options.data, shipped=not options.alone, strict=strict, merge_salts=options.merge_salts)


class _Completed(click.ParamType[str]):
    """A name that the shell completes from the shipped graph; `names` are these with a word on each."""

    def names(self, graph: KnowledgeGraph) -> dict[str, str]:
        raise NotImplementedError

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from kg.knowledge_graph import load

        start = incomplete.casefold()
        known = self.names(load()).items()
        return [CompletionItem(name, help=text) for name, text in known if name.casefold().startswith(start)]


class EntityName(_Completed):
    """An entity's id or symbol."""

    name = "entity"

    def names(self, graph: KnowledgeGraph) -> dict[str, str]:
        """Return ids and symbols with the entities' names."""
        entities = graph.entities.values()
        named = {name: entity.name for entity in entities for name in (entity.id, entity.symbol) if name}
        return dict(sorted(named.items()))


class PlaceName(_Completed):
    """A category, or an entity's id or symbol."""

    name = "category"

    def names(self, graph: KnowledgeGraph) -> dict[str, str]:
        """Return categories with their labels, and entities as they are named."""
        categories = {row.id: row.label for row in graph.graph.vocabulary.categories.values()}
        return dict(sorted(categories.items())) | EntityName().names(graph)


class MechanismName(_Completed):
    """The id of a mechanism or workflow."""

    name = "mechanism"

    def names(self, graph: KnowledgeGraph) -> dict[str, str]:
        """Return ids with titles."""
        titles = {row.id: row.title for row in graph.mechanisms.values()}
        return titles | {row.id: row.title for row in graph.workflows.values()}


class ProtocolName(_Completed):
    """A protocol's id."""

    name = "protocol"

    def names(self, graph: KnowledgeGraph) -> dict[str, str]:
        """Return ids with titles."""
        return {row.id: row.title for row in graph.protocols.values()}


class DocumentName(_Completed):
    """A document's id."""

    name = "document"

    def names(self, graph: KnowledgeGraph) -> dict[str, str]:
        """Return ids with titles."""
        return {row.id: row.title for row in graph.documents.values()}


class PredicateName(_Completed):
    """A predicate's id."""

    name = "predicate"

    def names(self, graph: KnowledgeGraph) -> dict[str, str]:
        """Return ids with labels."""
        return {row.id: row.label for row in graph.graph.vocabulary.predicates.values()}
