"""The command that answers over HTTP: serve."""

from __future__ import annotations

import re

import click

from kg.cli.options import Number, data_options, open_graph
from kg.cli.output import note
from kg.problems import MissingExtra


def _origins(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return origins as browsers send them; raises `click.BadParameter` for what is none."""
    for origin in given:
        if origin != "*" and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?", origin):
            raise click.BadParameter(f"{origin!r} is no origin: https://NAME or https://NAME:PORT, or *")
    return tuple(origin.lower() for origin in given)


@click.command(epilog="Example: kg serve --port 8080 --timeout 10")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: a free one.")
@click.option("--workers", type=click.IntRange(1, 256), default=4, show_default=True, help="Queries at once.")
@click.option(
    "--waiting", type=click.IntRange(min=0), default=1000, show_default=True, help="More that wait."
)
@click.option(
    "--timeout",
    type=Number(0, min_open=True),
    default=30,
    show_default=True,
    help="Seconds that a query may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="MB more that a query may take; 0 for no limit.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    callback=_origins,
    help="Web pages of https://… may read here; * for all pages. Without it, none.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name of this server, besides localhost, behind a proxy.",
)
@click.option("--quiet", is_flag=True, help="No line per request.")
@click.option("--read-only", is_flag=True, default=True, help="The only mode: nothing is ever written.")
@data_options  # fmt: skip
def serve(
    host: str,
    port: int,
    workers: int,
    waiting: int,
    timeout: float,
    memory: int,
    origins: tuple[str, ...],
    hosts: tuple[str, ...],
    quiet: bool,
    read_only: bool,
) -> None:
    """Serve SPARQL, a JSON API, RDF and pages over HTTP, until Ctrl-C. Needs the extra `serve`."""
    try:
        from kg.serving.running import run
    except ModuleNotFoundError as error:
        if error.name in ("starlette", "uvicorn"):
            raise MissingExtra("kg serve", "Starlette and uvicorn", "serve") from None
        raise
    from kg.serving.settings import Settings

    assert read_only
    settings = Settings(
        host=host, port=port, origins=origins, hosts=hosts, workers=workers, waiting=waiting,
        timeout=timeout, searching=min(10, timeout), memory=memory * 1_000_000, patience=min(10, timeout),
    )  # fmt: skip
    graph = open_graph()
    run(graph, settings, quiet=quiet, ready=lambda address: note(f"serving {address}  (Ctrl-C ends it)"))
