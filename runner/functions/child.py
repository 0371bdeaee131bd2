"""The child process: one call of one function, within limits, alive only while its parent is.

Started by path, so it imports nothing of this project. Takes the function's target, the bytes of memory
and the seconds of processor time that it may use; reads `{"payload", "context"}` as one line, and writes
`{"result"}` or `{"error", "cause"}`. What the function prints goes to the server's log.
"""

import asyncio
import contextlib
import inspect
import json
import os
import resource
import sys
import threading
from importlib.metadata import EntryPoint
from typing import Any


def limit(memory: int, seconds: int) -> None:
    """Set the limits that the function cannot lift again."""
    _set(resource.RLIMIT_AS, memory)
    _set(resource.RLIMIT_CPU, seconds)
    _set(resource.RLIMIT_CORE, 0)


def _set(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (value, value))


def leave_with_parent(pipe: int) -> None:
    """End this process when the parent's end of the pipe closes, however the parent ended."""
    os.read(pipe, 1)
    os._exit(1)


def call(target: str, payload: Any, context: Any) -> Any:
    """Return what the function returns; one that takes two arguments gets the Context Object as well."""
    function = EntryPoint(name="", value=target, group="").load()
    result = function(payload, context) if _takes_two(function) else function(payload)
    return asyncio.run(_awaited(result)) if inspect.isawaitable(result) else result


async def _awaited(result: Any) -> Any:
    return await result


def _takes_two(function: Any) -> bool:
    try:
        inspect.signature(function).bind(None, None)
    except (TypeError, ValueError):
        return False
    return True


def answer(target: str, request: Any) -> str:
    """Return the answer as JSON text: a result, or what the function raised."""
    try:
        result = call(target, request["payload"], request["context"])
    except BaseException as error:  # whatever it is, the state fails with its name
        return json.dumps({"error": type(error).__name__, "cause": str(error)})
    try:
        return json.dumps({"result": result}, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        return json.dumps({"error": "Function.InvalidOutput", "cause": f"The result is not JSON: {error}"})


def main(target: str, memory: str, seconds: str) -> None:
    """Answer one request and leave."""
    request = json.loads(sys.stdin.buffer.readline())
    # Only these two lead to the parent: the function's own input is empty, and what it prints is no result.
    pipe, out = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    threading.Thread(target=leave_with_parent, args=(pipe,), daemon=True).start()
    limit(int(memory), int(seconds))
    text = answer(target, request)
    with contextlib.suppress(OSError), os.fdopen(out, "w", encoding="utf-8", errors="replace") as answers:
        answers.write(text)
    sys.stderr.flush()
    os._exit(0)  # threads that the function left behind do not hold up the state


if __name__ == "__main__":
    main(*sys.argv[1:])
