"""A command that a signal ends part way: its exit code is the signal's, nothing is left over, the terminal is whole."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.effort import only_in_more
from tests.factories import small_bundle

PATIENCE = 60
HIDDEN, SHOWN = b"\x1b[?25l", b"\x1b[?25h"

# Runs a command that stops for good where a function is called for the n-th time. A signal can then only come there.
STOPPING = """
import importlib, sys, time
from pathlib import Path

flag, place, nth = sys.argv[1], sys.argv[2], int(sys.argv[3])
module, _, name = place.partition(":")
owner = importlib.import_module(module)
*path, last = name.split(".")
for part in path:
    owner = getattr(owner, part)
real, calls = getattr(owner, last), 0

def stopping(*given, **named):
    global calls
    calls += 1
    if calls == nth:
        Path(flag).touch()
        while True:
            time.sleep(0.01)
    return real(*given, **named)

setattr(owner, last, stopping)
sys.argv = ["planner", *sys.argv[4:]]
from planner.__main__ import main
main()
"""

# The command, where it stops, and what ends it there.
KILLED = {
    "a register half loaded": (["init", "--seeds", "seeds"], "planner.store.journal:Journal.add", 90, signal.SIGTERM),
}
# The same by other commands.
KILLED_TOO = {
    "a file of a week and its description": (["weekly", "-o", "week.csv"], "os:fsync", 2, signal.SIGINT),
    "a verification": (["verify"], "planner.integrity.replay:_TableReplay.run", 4, signal.SIGINT),
    "a key and its public half": (["checkpoint", "--new-key", "our.key"], "os:fsync", 3, signal.SIGTERM),
    "a pack of evidence": (["evidence", "T-001", "-o", "pack.zip"], "os:fsync", 1, signal.SIGTERM),
    "a demonstration half loaded": (["demo"], "planner.store.journal:Journal.add", 300, signal.SIGINT),
}


@pytest.mark.parametrize(
    ("command", "place", "nth", "number"),
    [*KILLED.values(), *(only_in_more(*killed) for killed in KILLED_TOO.values())],
    ids=[*KILLED, *KILLED_TOO],
)
def test_a_command_that_is_killed_leaves_nothing_half_done(
    tmp_path: Path, loaded_file: Path, command: list[str], place: str, nth: int, number: signal.Signals
):
    folder, flag = tmp_path / "here", tmp_path / "stopped"
    small_bundle(folder / "seeds")
    register = folder / "register.sqlite"
    if command[0] not in ("init", "demo"):
        register.write_bytes(loaded_file.read_bytes())
    before = contents(folder)
    code, told = killed(folder, flag, [place, str(nth), "--db", str(register), *command], number)
    assert code == 128 + number
    assert told.count(b"planner: ") == 1
    assert b"Traceback" not in told
    assert told.rfind(SHOWN) >= told.rfind(HIDDEN)
    assert contents(folder) == before


def killed(folder: Path, flag: Path, arguments: list[str], number: int) -> tuple[int, bytes]:
    """Run a command until it stops, end it; gives its exit code and what it wrote to the terminal of its errors."""
    terminal, far_end = pty.openpty()
    environment = {**os.environ, "TMPDIR": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPING, str(flag), *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=far_end,
    )
    os.close(far_end)
    try:
        deadline = time.monotonic() + PATIENCE
        while not flag.exists() and process.poll() is None:
            assert time.monotonic() < deadline, "it never came there"
            time.sleep(0.005)
        process.send_signal(number)
        told = written(terminal)
        return process.wait(PATIENCE), told
    finally:
        process.kill()
        os.close(terminal)


def written(terminal: int) -> bytes:
    """All that was written to a terminal until nobody holds its other end."""
    told = b""
    # Linux says so with an error, others with nothing.
    with suppress(OSError):
        while select.select([terminal], [], [], PATIENCE)[0]:
            part = os.read(terminal, 65536)
            if not part:
                break
            told += part
    return told


def contents(folder: Path) -> dict[str, bytes]:
    """All files by name with what is in them, but for the companions of an open database."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.endswith(("-wal", "-shm"))
    }
