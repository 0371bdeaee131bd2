"""One embedded server for one var folder: two would judge each other's claims lost."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyServed(Exception):
    """Another process serves this folder; says which, and where."""


@contextmanager
def only_server_of(folder: Path, address: str) -> Iterator[None]:
    """Hold the folder's lock while serving at `address`; raises `AlreadyServed`.

    The lock belongs to the open file, so it goes with the process however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "server.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyServed(file.read().strip() or "another process") from None
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()} at {address}\n")
        file.flush()
        yield
