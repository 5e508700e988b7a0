"""One thread watches many: what is due is acted on, what ended in time never is."""

from __future__ import annotations

import threading
import time

from kg.sparql.watching import Watchdog


def test_what_is_due_is_acted_on_though_something_later_was_watched_first():
    dog, acted, done = Watchdog(), [], threading.Event()
    began = time.monotonic()
    dog.watch(lambda: acted.append("late"), 60)
    dog.watch(lambda: acted.append("second"), 0.3)
    dog.watch(lambda: acted.append("first"), 0.1)
    dog.watch(done.set, 0.4)
    assert done.wait(20)
    assert acted == ["first", "second"]
    assert time.monotonic() - began >= 0.4


def test_what_is_forgotten_is_never_acted_on_and_takes_no_thread():
    dog, acted, done = Watchdog(), [], threading.Event()
    before = threading.active_count()
    for _ in range(1000):
        dog.forget(dog.watch(lambda: acted.append("forgotten"), 0.05))
    assert threading.active_count() == before + 1
    dog.watch(done.set, 0.2)
    assert done.wait(20)
    assert acted == []


def test_one_that_fails_leaves_the_others_watched():
    dog, done = Watchdog(), threading.Event()

    def gone() -> None:
        raise ProcessLookupError

    dog.watch(gone, 0.05)
    dog.watch(done.set, 0.1)
    assert done.wait(20)
    again = threading.Event()
    dog.watch(again.set, 0.05)  # after it had nothing to watch
    assert again.wait(20)
