"""The entry point of `python -m planner` and of the console command."""

import gc
import os
import signal
import sys
import threading

# The number of new containers between two garbage collections, and of these collections until the containers that
# outlived one are searched again. Python's defaults are 700 and 10. Importing SQLAlchemy's ORM alone makes 80,000, and
# writing a weekly page or workbook of 223 items some 250,000 in all.
GARBAGE_THRESHOLDS = (300_000, 100)

# The variable that a shell sets when it asks how a word may end.
COMPLETION = "_PLANNER_COMPLETE"

# The exit code of a program that was ended by SIGINT.
INTERRUPTED = 128 + signal.SIGINT


def main() -> None:
    """Run the command line and exit with its exit code."""
    if COMPLETION in os.environ and _answered_shell(os.environ[COMPLETION]):
        _end_at_once(0)
        return
    _collect_garbage_rarely()
    _replace_closed_streams()
    try:
        # An interrupt during any import of the program's is caught below, so none is at the top of this module.
        from planner.base.signals import raise_on_signals

        raise_on_signals()
        _replace_unprintable_characters()
        from planner.cli.setup.direct import open_directly

        code = open_directly(sys.argv[1:])
        if code is None:
            from planner.cli.main import run

            code = run()
        _end_at_once(code)
        sys.exit(code)
    except Exception as error:
        from planner.base.internal_error import report

        sys.exit(report(error))
    except KeyboardInterrupt:
        # The interrupt came while the program was still being imported.
        sys.exit(INTERRUPTED)


def _answered_shell(shell: str) -> bool:
    """Complete a code or an organisation for a shell, without importing click. Return whether this was requested."""
    from planner.cli.completion import answer

    try:
        return answer(shell)
    except (KeyboardInterrupt, OSError, RuntimeError, ValueError):
        # The person went on typing, or the shell is gone. A shell shows nothing but suggestions.
        return True


def _end_at_once(code: int) -> None:
    """End the process without Python's own clean-up, which takes a fifth of a short command's time.

    That clean-up frees all objects one by one. This function returns if there is more to clean up than objects: a
    thread that is still running, or output that cannot be written.
    """
    if threading.active_count() > 1:
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError, AttributeError):
        # The stream is gone, closed, or was never there.
        return
    os._exit(code)


def _collect_garbage_rarely() -> None:
    """Collect garbage only after many allocations.

    The objects made by imports live until the end of the program, and searching them repeatedly takes about a tenth of
    a short command's time.
    """
    # docs/decisions/0106: imported objects stay, so searching them finds nothing.
    gc.set_threshold(*GARBAGE_THRESHOLDS)


def _replace_closed_streams() -> None:
    """Replace each standard stream that was closed at the start (`planner items >&-`) by the null device.

    Without this, the next file that is opened, such as the database, would become the standard output.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None and os.open(os.devnull, os.O_RDWR) == number:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


def _replace_unprintable_characters() -> None:
    """Print a question mark for a character that the terminal's encoding lacks, such as Arabic in a Korean encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


if __name__ == "__main__":
    main()
