"""Functions of every temper; each is called in a child process."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from typing import Any


class NoVoice(Exception):
    """The singer has a cold."""


def greet(payload: dict[str, Any]) -> dict[str, str]:
    print("this is no result")
    return {"said": f"Hello {payload['name']}"}


def tell(payload: Any, context: dict[str, Any]) -> dict[str, Any]:
    return {
        "payload": payload,
        "execution": context["Execution"]["Name"],
        "token": context["IdempotencyToken"],
    }


async def wait(payload: Any) -> Any:
    await asyncio.sleep(0)
    return payload


def sing(payload: Any) -> None:
    raise NoVoice("a cold")


def environment(payload: Any) -> dict[str, str]:
    return dict(os.environ)


def devour(payload: Any) -> int:
    return len(bytearray(payload["bytes"]))


def spin(payload: Any) -> None:
    while True:
        pass


def sleep(payload: Any) -> None:
    """Say who is here, start a helper, and wait for long."""
    helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with open(payload["file"], "w") as file:
        file.write(f"{os.getpid()} {helper.pid}\n")
    time.sleep(600)


def talk(payload: Any) -> str:
    return "x" * int(payload["bytes"])


def die(payload: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave(payload: Any) -> None:
    sys.exit("enough")


def odd(payload: Any) -> Any:
    return {1, 2}


def listen(payload: Any) -> str:
    return sys.stdin.read()
