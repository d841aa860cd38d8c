"""The number of processors, for work that can be divided, and a further Python process for one of them."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

RUNNING = Path("/proc/loadavg")


def processors() -> int:
    """Return how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def has_idle_processor(running: Path = RUNNING) -> bool:
    """Return whether a processor has nothing to do at this moment, and this process may use a second one.

    `running` is Linux's file of the running threads of the whole computer.
    """
    if processors() < 2:
        return False
    all_processors = os.cpu_count() or 1
    try:
        threads = int(running.read_text("ascii").split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):
        # Elsewhere there is only the average of the last minute, which also counts what has ended since.
        return not hasattr(os, "getloadavg") or os.getloadavg()[0] < all_processors
    # This thread is one of them.
    return threads - 1 < all_processors


def start_python(
    module: str, output: IO[bytes] | None = None, variables: Mapping[str, str] = MappingProxyType({})
) -> "subprocess.Popen[bytes] | None":
    """Start a Python process that runs a module of this program and reads from a pipe. Return None if none can start.

    It writes into `output`, or by default into a pipe. It has the environment of this process, with `variables` added.
    """
    import subprocess
    import sys

    # With -P, no file of the current folder is taken for a module.
    command = [sys.executable, "-P", "-m", module]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    environment = {**os.environ, **variables}
    try:
        return subprocess.Popen(
            command, stdin=pipe, stdout=output or pipe, stderr=nowhere, start_new_session=True, env=environment
        )
    except OSError:
        return None
