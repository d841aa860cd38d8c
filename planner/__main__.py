"""`python -m planner` and the console command."""

import gc
import signal
import sys

from planner.signals import BASE, raise_on_signals

# Containers made since the last collection; Python's own is 700, and importing SQLAlchemy's ORM alone makes 80,000.
GARBAGE_THRESHOLD = 200_000


def main() -> None:
    """Run the command line and exit with its code."""
    _collect_garbage_seldom()
    raise_on_signals()
    try:
        from planner.cli.main import run

        _never_choke_on_a_character()
        sys.exit(run())
    except Exception as error:
        from planner.internal_error import report

        sys.exit(report(error))
    except KeyboardInterrupt:
        # It came while the program was still being imported.
        sys.exit(BASE + signal.SIGINT)


def _collect_garbage_seldom() -> None:
    """Look for garbage only after many allocations.

    What a command imports stays to its end, and looking through it again and again takes about a tenth of a short run.
    """
    gc.set_threshold(GARBAGE_THRESHOLD)


def _never_choke_on_a_character() -> None:
    """Where the terminal's encoding lacks a character (Arabic in a Korean one, say), show a question mark instead."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


if __name__ == "__main__":
    main()
