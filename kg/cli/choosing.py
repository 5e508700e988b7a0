"""Options that say which arrows may be walked, for every command that walks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from kg.cli.options import DocumentName, F, PredicateName

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph
    from kg.paths import Arrows

_KEY = "kg.arrows"


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta.setdefault(_KEY, {})[param.name] = value


def arrow_options(command: F) -> F:
    """Add what `claim_options` adds, and `--undirected`; see `chosen_arrows`."""
    return claim_options(
        click.option("--undirected", is_flag=True, callback=_keep, expose_value=False,
                     help="Walk arrows backwards too; such a step has no sign.")(command)
    )  # fmt: skip


def claim_options(command: F) -> F:
    """Add `--basis`, `--predicate`, `--document`, `--species`; see `chosen_arrows`."""
    for option in (
        click.option("--species", callback=_keep, expose_value=False,
                     help="Leave out claims that name another species."),
        click.option("--document", type=DocumentName(), callback=_keep, expose_value=False,
                     help="Walk only what this document says."),
        click.option("--predicate", "predicates", type=PredicateName(), multiple=True, callback=_keep,
                     expose_value=False, help="Walk only claims with this predicate (repeatable)."),
        click.option("--basis", type=click.Choice(["any", "document"]), default="any", show_default=True,
                     callback=_keep, expose_value=False, help="«document» leaves out textbook steps."),
    ):  # fmt: skip
        command = option(command)
    return command


def chosen_arrows(graph: KnowledgeGraph) -> Arrows:
    """Return the arrows that the options of the running command choose."""
    return graph.arrows(**click.get_current_context().meta[_KEY])


def given_arrow_options() -> list[str]:
    """Return the options of `arrow_options` that the command line gives."""
    ctx = click.get_current_context()
    return [name for name in ctx.meta[_KEY] if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT]
