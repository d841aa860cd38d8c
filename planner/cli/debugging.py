"""--debug: a log of the run in a file. This is imported only if the option is given."""

from pathlib import Path

from planner.base.debug_log import file_in_use, start
from planner.base.language import tr
from planner.cli.output import print_line
from planner.personal.state import state_folder

FILE_NAME = "debug.log"


def debug_file() -> Path:
    """Return the file that has the log of the last run with --debug."""
    return state_folder() / FILE_NAME


def start_log() -> None:
    """Begin the log of this run, and say where it is. A second --debug in the line changes nothing."""
    if file_in_use() is None:
        start(debug_file())
        print_line(tr("A log of this run is written to {file}", file=debug_file()), err=True)
