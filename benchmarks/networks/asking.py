"""Asking engines in processes of their own: reading in turns, then pair after pair with a time-out."""

from __future__ import annotations

import json
import random
import selectors
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from kg.engine.network import Network

HERE = Path(__file__).parent
TIME_OUT = 15.0
NEVER = float("inf")
START_UP = 900.0
SEED = 1957
"""When imipramine was first found to lift a depression."""


class Readings(NamedTuple):
    """What reading the list took: median seconds of the processor and by the clock, and bytes then held."""

    seconds: float
    wall: float
    memory: float


class Answers(NamedTuple):
    """Seconds that each pair took, infinite where the time ran out, and how many paths there were."""

    seconds: list[float]
    wall: list[float]
    paths: list[int]


def at(share: float, seconds: Sequence[float]) -> float:
    """Return the milliseconds that this share of the seconds did not exceed."""
    return 1000 * sorted(seconds)[min(int(share * len(seconds)), len(seconds) - 1)]


def read_in_turns(engines: Iterable[str], few: Path, file: Path, runs: int) -> dict[str, Readings]:
    """Let each engine read in turn, again and again, so that a busy machine is so for all."""
    taken: dict[str, list[list[float]]] = {engine: [] for engine in engines}
    for _ in range(runs):
        for engine, found in taken.items():
            command = [sys.executable, str(HERE / "reading.py"), engine, str(few), str(file)]
            found.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    return {
        engine: Readings(*(statistics.median(column) for column in zip(*found, strict=True)))
        for engine, found in taken.items()
    }


def ask(
    engine: str, question: str, file: Path, pairs: Sequence[tuple[int, int]], budget: float = float("inf")
) -> Answers:
    """Return what an engine took for the pairs, or for the first of them when it has spent its budget."""
    answers = Answers([], [], [])
    command = [sys.executable, str(HERE / "answering.py"), engine, question, str(file)]
    end = None
    waiting = list(pairs)
    while waiting and (end is None or time.monotonic() < end):
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            if _line(process, START_UP) != "ready":
                raise SystemExit(f"{engine} does not answer about {file}")
            end = end or time.monotonic() + budget
            while waiting and time.monotonic() < end:
                assert process.stdin
                process.stdin.write(json.dumps(waiting.pop(0)) + "\n")
                process.stdin.flush()
                answer = _line(process, TIME_OUT)
                for column, value in zip(answers, answer or (NEVER, NEVER, 0), strict=True):
                    column.append(value)
                if answer is None:
                    break
            process.kill()
    return answers


def _line(process: subprocess.Popen[str], seconds: float) -> Any:
    """Return the next line that a process prints, or None when it takes too long or gives up."""
    assert process.stdout
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        line = process.stdout.readline() if selector.select(seconds) else ""
    return json.loads(line) if line else None


def drawn(network: Network, kinds: tuple[str, str], count: int) -> list[tuple[int, int]]:
    """Return pairs of these kinds of node, at random."""
    dice = random.Random(SEED)
    sources, targets = (np.flatnonzero(network.kind == network.kinds.index(kind)).tolist() for kind in kinds)
    return [(dice.choice(sources), dice.choice(targets)) for _ in range(count)]
