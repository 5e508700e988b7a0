"""The `kg` command: a table of commands, each imported only when it runs."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Any

import click

from kg.cli.options import data_options, refuse_endpoint
from kg.problems import CannotWrite, EndpointFailed, InvalidData, KgError, QueryStopped
from kg.resources import VERSION

COMMANDS: dict[str, tuple[str, str]] = {
    "info": ("look", "What is in the graph, per document."),
    "check": ("data", "Check YAML files and report every problem."),
    "build": ("make", "Write Turtle, TriG, JSON-LD, GraphML and HTML."),
    "show": ("look", "Everything about one entity."),
    "search": ("look", "Entities by name, synonym, identifier or definition."),
    "statements": ("look", "Claims, filtered."),
    "measurements": ("look", "Measured values as printed, filtered."),
    "affinity": ("affinity", "Drugs against targets as intervals, with sources and conflicts."),
    "selectivity": ("selectivity", "Which of two targets a drug prefers, per document and pooled."),
    "occupancy": ("occupancy", "How much of each target a concentration of a drug occupies."),
    "cheng-prusoff": ("binding", "Ki from IC50, with intervals, equation and assumptions."),
    "fit-binding": ("fitting", "A binding curve through counts, with confidence intervals."),
    "conflicts": ("disputes", "Claims and values that cannot both hold."),
    "timeline": ("history", "Dated claims in order of time, with who and source."),
    "protocol": ("bench", "How experiments are done, and what differs between two protocols."),
    "paths": ("paths", "Mechanism paths from one entity to another, with net sign and sources."),
    "metapaths": ("metapaths", "Kinds of paths between two categories, and counts of one for all pairs."),
    "between": ("between", "The smallest connected explanation of several entities."),
    "neighbours": ("around", "What an entity acts on, what acts on it, what else is claimed of it."),
    "common": ("around", "What two entities both act on, what acts on both, and whether they agree."),
    "subgraph": ("around", "The claims among entities and on the short paths between them, drawn."),
    "network": ("networks", "Count what is in an edge list, or build a network of it for `kg paths`."),
    "effect": ("effect", "Does one entity raise another: +, −, both or unknown, and what decides it."),
    "what-if": ("what_if", "What would rise or fall if something were inhibited, knocked out or given."),
    "reversal": ("reversal", "Would an antagonist abolish what an agonist does, and has anybody tested it?"),
    "query": ("ask", "Answer a question of the library, or a SPARQL query."),
    "serve": ("serve", "Serve SPARQL, a JSON API and pages over HTTP."),
    "view": ("make", "Draw a curated mechanism or workflow: page, SVG, PNG, PDF, SBGN, DOT."),
    "publish": ("publish", "Write the graph to a triple store, or as files for its bulk loader."),
    "explore": ("explore", "Draw the whole graph, or what is around an entity, as one offline HTML file."),
    "coverage": ("sources", "How far the documents are read, by section, table and figure."),
    "verify": ("sources", "Find every curated passage again in the documents' own text."),
    "index": ("sources", "Index a document's text: place and digest of every passage."),
    "import": ("importing", "Import a table of measured values as YAML, with every rejected line."),
    "new": ("new", "Add a statement, an entity or a measurement to a YAML file."),
    "format": ("curate", "Write YAML files in their canonical form, comments kept."),
    "rule": ("data", "Explain a problem code."),
    "schema": ("data", "The JSON Schema of the YAML files."),
    "demo": ("make", "A short tour of the shipped graph, and one diagram."),
    "completion": ("data", "Print the shell completion script."),
}
_NAMES = {
    "format": "format_yaml",
    "what-if": "what_if",
    "cheng-prusoff": "cheng_prusoff",
    "import": "import_table",
    "fit-binding": "fit_binding",
}


class _Failed(click.ClickException):
    exit_code = 1


class _Misused(click.ClickException):
    exit_code = 2


class LazyGroup(click.Group):
    """Knows its commands by name and one line of help, and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every name, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kg.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, _NAMES.get(cmd_name, cmd_name))
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Name the nearest command when there is none of that name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from kg.names import meant

            hint = meant(args[0], COMMANDS) or "`kg --help` lists them"
            ctx.fail(f"there is no command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table; importing every command for its help would cost what laziness saves."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; the package's errors become one message and an exit code."""
        try:
            return super().invoke(ctx)
        except InvalidData as error:
            from kg.cli.output import print_problems

            print_problems(error.problems, err=True)
            ctx.exit(1)
        except KgError as error:
            kind = _Failed if isinstance(error, CannotWrite | EndpointFailed | QueryStopped) else _Misused
            raise kind(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            raise _Failed(f"cannot write the output: {error.strerror}") from None


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: kg paths igmesine cGMP",
)
@click.version_option(VERSION, prog_name="kg")
@data_options
@click.pass_context
def main(ctx: click.Context) -> None:
    """Ask a knowledge graph of drug, target and pathway mechanisms in which every arrow has a source."""
    refuse_endpoint(ctx, ctx.invoked_subcommand)
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
