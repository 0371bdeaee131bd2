"""The child process: llama.cpp's own server, alive only while the pipe to its parent is open.

Started by path in Python's isolated mode, so it imports nothing of this project. Takes the weights'
path, the number of threads and the number of slots; prints its address as one line.
"""

import contextlib
import os
import sys

import xllamacpp

# One conversation at a time in each slot; further requests queue inside the server.
TOKENS_IN_A_SLOT = 4096
# What a request gets that names no limit of its own: a small model that rambles must end.
MOST_TOKENS_BY_DEFAULT = 512
# After so long without a request the weights leave memory; the next request loads them again in 0.5 s.
SLEEP_AFTER_SECONDS = 600


def parameters(weights: str, threads: int, slots: int) -> xllamacpp.CommonParams:
    """Returns the server's settings: loopback only, a free port, no pages, no slots shown, no origins."""
    settings = xllamacpp.CommonParams()
    settings.model.path = weights
    settings.model_alias = {"smollm2-135m-instruct"}
    settings.hostnames = ["127.0.0.1"]
    settings.port = 0
    settings.n_gpu_layers = 0
    settings.n_parallel = slots
    settings.n_ctx = TOKENS_IN_A_SLOT * slots
    settings.n_predict = MOST_TOKENS_BY_DEFAULT
    settings.cpuparams.n_threads = threads
    settings.cpuparams_batch.n_threads = threads
    settings.n_threads_http = 64  # a queued request holds one of these
    settings.cache_ram_mib = 0
    settings.cache_idle_slots = False
    settings.sleep_idle_seconds = SLEEP_AFTER_SECONDS
    settings.ui = False
    settings.endpoint_slots = False
    settings.endpoint_props = False
    settings.cors_origins = "null"  # the default is any page of any site
    settings.verbosity = 1
    return settings


def main(weights: str, threads: str, slots: str) -> None:
    """Serves until the parent closes the pipe, or is gone."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)  # pages and states go first
    server = xllamacpp.Server(parameters(weights, int(threads), int(slots)))
    sys.stdout.write(server.listening_address + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
