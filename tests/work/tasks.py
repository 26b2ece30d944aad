"""Tasks for workers to do, in a module that loads nothing."""

import errno
import os
import time
from pathlib import Path

from epochreel.errors import StaleCode
from epochreel.work.events import Event, Listener


def add(one: int, listen: Listener, other: int) -> int:
    listen(Event("adding", share=0.5))
    return one + other


def refuse(one: int, listen: Listener) -> None:
    raise StaleCode("The code was edited.")


def fill_the_disk(one: int, listen: Listener) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "film.mp4")


def divide(one: int, listen: Listener) -> float:
    return one / 0


def die(one: int, listen: Listener) -> None:
    os._exit(9)


def sleep_long(folder: str, listen: Listener, name: str) -> None:
    (Path(folder) / name).touch()
    time.sleep(300)


def pid(nothing: None, listen: Listener) -> int:
    return os.getpid()


def tell_and_sleep_long(nothing: None, listen: Listener) -> None:
    listen(Event("sleeping"))
    time.sleep(300)


def nap(nothing: None, listen: Listener) -> str:
    time.sleep(1)
    return "slept"
