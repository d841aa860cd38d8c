"""`python -m planner` and the console command."""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from planner.cli.main import run

    _never_choke_on_a_character()
    sys.exit(run())


def _never_choke_on_a_character() -> None:
    """Where the terminal's encoding lacks a character (Arabic in a Korean one, say), show a question mark instead."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


if __name__ == "__main__":
    main()
