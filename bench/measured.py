"""Runs a command and prints what it took: seconds by the clock, seconds of a processor, and MB at its highest.

python -m bench.measured COMMAND …

A process of its own, for it must be small: a new process counts as its memory what the one that started it had.
"""

import resource
import subprocess
import sys
import time


def main() -> None:
    """Run the command with its output thrown away, print the three numbers, and exit as it did."""
    began = time.perf_counter()
    done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
