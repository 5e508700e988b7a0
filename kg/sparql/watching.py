"""`Watchdog`: one thread that acts on whatever takes too long, however much is watched and how often."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from contextlib import suppress


class Watchdog:
    """Calls an action when its time is over, unless it was forgotten before; sleeps in between.

    What begins and ends in time costs no thread: who sleeps is woken only for something that is due earlier.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())
        self._watched: dict[object, tuple[float, Callable[[], None]]] = {}
        self._wakes = math.inf
        self._thread: threading.Thread | None = None

    def watch(self, action: Callable[[], None], seconds: float) -> object:
        """Call an action in so many seconds; return what it is forgotten by."""
        mark, due = object(), time.monotonic() + seconds
        with self._changed:
            self._watched[mark] = (due, action)
            if self._thread is None or not self._thread.is_alive():  # it does not live on in a forked process
                self._thread = threading.Thread(target=self._run, daemon=True, name="watchdog")
                self._thread.start()
            elif due < self._wakes:
                self._changed.notify_all()
        return mark

    def forget(self, mark: object) -> None:
        """Call an action no more; when this returns, it was called or never will be."""
        with self._changed:
            self._watched.pop(mark, None)

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for mark in [mark for mark, (due, _) in self._watched.items() if due <= now]:
                    _, action = self._watched.pop(mark)
                    with suppress(OSError):  # a process that is gone already
                        action()
                self._wakes = min((due for due, _ in self._watched.values()), default=math.inf)
                self._changed.wait(None if math.isinf(self._wakes) else max(self._wakes - now, 0))


WATCHDOG = Watchdog()
"""Watches for everybody in this process; its thread begins with the first that is watched."""
