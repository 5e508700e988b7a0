"""Measure SPARQL: loading, memory, a cold first answer and five shapes of question, ours beside its peers.

`make bench-sparql` runs it at 100,000 and a million quads, in about a quarter of an hour; quads are made up
in the project's own shape (`made.py`). Every engine works in a process of its own, in turns, and is put each
question several times, a short one often. Figures are medians over the questions of the median of each, in
seconds of the processor, which a busy machine changes least, and by the clock. Rows of all are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.sparql.engines import ENGINES, MADE, QUADS, QUESTIONS
from benchmarks.sparql.made import made
from benchmarks.sparql.shapes import SHAPES, questions
from kg.cache import store

ROOT = Path(__file__).parents[2]
RUNS = 3
TARGETS = {"pyoxigraph": 1.1, "rdflib": 0.1}
Report = list[dict[str, Any]]


def prepare(quads: int, each: int) -> Path:
    """Write the made-up graph and the questions; return the folder."""
    folder = ROOT / "build" / "sparql" / str(quads)
    folder.mkdir(parents=True, exist_ok=True)
    checked = made(quads)
    store(folder, Path(MADE).stem, checked)
    (folder / QUESTIONS).write_text(json.dumps(questions(checked.knowledge, each)))
    return folder


def work(engine: str, what: str, folder: Path) -> dict[str, Any]:
    """Let an engine do something in a process of its own; return what it prints, with the process' times."""
    command = [sys.executable, "-m", "benchmarks.sparql.engines", engine, what, str(folder)]
    before, wall = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    after, clock = os.times(), time.perf_counter() - wall
    whole = {"seconds": sum(after[2:4]) - sum(before[2:4]), "wall": clock}
    return json.loads(done.stdout) | {"whole": whole}


def export(folder: Path) -> int:
    """Write what our store holds as N-Quads, for the peers to load; return their number."""
    import pyoxigraph as ox

    (place,) = (folder / "cache").glob("*.store")
    held = ox.Store.read_only(str(place))
    held.dump(str(folder / QUADS), format=ox.RdfFormat.N_QUADS)
    return len(held)


def load(folder: Path, rdflib: dict[str, Any]) -> Report:
    """Load into each engine; ours first, since the peers read what it holds."""
    rows = []
    for engine in ("kg", "pyoxigraph", "oxrdflib"):
        found = [work(engine, "load", folder)["load"] for _ in range(RUNS)]
        rows.append({"row": "load", "engine": engine, **_medians(found)})
        if engine == "kg":
            print(f"{export(folder):,} quads, load {os.getloadavg()[0]:.1f}", flush=True)
    rdflib |= work("rdflib", "ask1", folder)
    return [*rows, {"row": "load", "engine": "rdflib", **rdflib["load"]}]


def first(folder: Path, rdflib: dict[str, Any]) -> Report:
    """Let new processes open what is on disk and answer once; rdflib must load again."""
    rows = []
    for engine in ("kg", "pyoxigraph", "oxrdflib"):
        found = [work(engine, "first", folder)["whole"] for _ in range(2 * RUNS + 1)]
        rows.append({"row": "first", "engine": engine, **_medians(found)})
    return [*rows, {"row": "first", "engine": "rdflib", **rdflib["load"]}]


def ask(folder: Path, rdflib: dict[str, Any]) -> Report:
    """Put every question to every engine in turns, and compare their rows."""
    answers: dict[str, list[Any]] = {engine: [] for engine in ENGINES if engine != "rdflib"}
    for _ in range(RUNS):
        for engine, rounds in answers.items():
            rounds.append(work(engine, f"ask{RUNS}", folder)["answers"])
    answers["rdflib"] = [rdflib["answers"]]
    return [_row(shape, engine, rounds, answers) for shape in SHAPES for engine, rounds in answers.items()]


def _row(shape: str, engine: str, rounds: list[Any], answers: dict[str, list[Any]]) -> dict[str, Any]:
    given, ours = rounds[0][shape], answers["kg"][0][shape]
    times = [_middle(taken) for each in rounds for _, _, taken in each[shape] if taken]
    seconds, wall = _middle(times)
    answered = [(one, own) for one, own in zip(given, ours, strict=True) if one[2]]
    return {
        "row": shape,
        "engine": engine,
        "seconds": seconds,
        "wall": wall,
        "questions": len(given),
        "unanswered": len(given) - len(answered),
        "rows": statistics.median(count for _, count, _ in given),
        "differ": sum(one[0] != own[0] for one, own in answered),
    }


def _middle(times: list[list[float]]) -> list[float]:
    """Return the median of seconds, and that of seconds by the clock."""
    return [statistics.median(column) for column in zip(*times, strict=True)]


def _medians(found: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def show(rows: Report) -> None:
    """Print a line an engine, with the ratio of ours to it."""
    ours = {row["row"]: row for row in rows if row["engine"] == "kg"}
    for row in rows:
        name, own = row["row"], ours[row["row"]]
        title = SHAPES[name].title if name in SHAPES else name
        ratio = own["seconds"] / row["seconds"]
        told = (
            f"{1000 * row['seconds']:11.3f} ms, {1000 * row['wall']:11.3f} by the clock; ours {ratio:7.3f} ×"
        )
        memory = f", {row['memory'] / 1e6:,.0f} MB" if "memory" in row else ""
        target = TARGETS.get(row["engine"]) if name in SHAPES else None
        verdict = "" if target is None else "reached" if ratio <= target else f"MISSED (target {target} ×)"
        faults = "".join(
            f", {row[fault]} {words}"
            for fault, words in (("differ", "ANSWERED OTHERWISE"), ("unanswered", "without an answer"))
            if row.get(fault)
        )
        print(f"  {title:38} {row['engine']:11}{told}{memory}{faults} {verdict}", flush=True)


def main() -> None:
    """Run what is asked for, and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quads", type=int, nargs="*", default=[100_000, 1_000_000])
    options.add_argument(
        "--questions", type=int, default=40, help="how many of a shape; a tenth of the large"
    )
    given = options.parse_args()
    for quads in given.quads:
        folder = prepare(quads, given.questions)
        rdflib: dict[str, Any] = {}
        rows = [*load(folder, rdflib), *first(folder, rdflib), *ask(folder, rdflib)]
        show(rows)
        (ROOT / "build" / f"sparql-{quads}.json").write_text(json.dumps(rows, indent=1))
        if any(row.get("differ") for row in rows):
            raise SystemExit("the engines answer differently")


if __name__ == "__main__":
    main()
