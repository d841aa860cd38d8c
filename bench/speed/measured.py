"""Run a command and print its wall-clock seconds, its processor seconds, and its peak memory in MB.

python -m bench.speed.measured COMMAND …

This is a separate small process, because the memory of the parent counts as memory of a newly started child.
"""

import resource
import subprocess
import sys
import time


def main() -> None:
    """Run the command without its output, print the three numbers, and exit with the command's exit code."""
    began = time.perf_counter()
    done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
