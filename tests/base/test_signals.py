"""A signal that asks the program to end leaves nothing half written, and one message says which signal it was."""

import signal
import subprocess
import sys

import pytest

# Writes a file whose second part is never reached: the signal comes between the two.
WRITING = """
import os, signal, sys
from pathlib import Path
from planner.base.files import write_whole
from planner.base.signals import raise_on_signals

def chunks():
    yield b"new, half "
    os.kill(os.getpid(), int(sys.argv[2]))
    yield b"and half"

raise_on_signals()
write_whole(Path(sys.argv[1]), chunks())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_file_that_was_being_written_stands_as_before(tmp_path, number):
    file = tmp_path / "report.csv"
    file.write_text("as before")
    ended = subprocess.run([sys.executable, "-c", WRITING, str(file), str(int(number))], check=False)
    assert ended.returncode == 128 + number
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("report.csv", "as before")]


def test_a_signal_that_is_ignored_stays_ignored():
    ignored = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    asked = "from planner.base.signals import raise_on_signals; raise_on_signals(); signal.raise_signal(signal.SIGHUP)"
    assert subprocess.run([sys.executable, "-c", ignored + asked], check=False).returncode == 0


# Interrupts the program where it imports its first module of its own.
INTERRUPTING = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path, target=None):
        if name == "planner.base.signals":
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from planner.__main__ import main
main()
"""


def test_an_interrupt_during_the_first_imports_is_no_traceback():
    ended = subprocess.run([sys.executable, "-c", INTERRUPTING], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (128 + signal.SIGINT, b"")
