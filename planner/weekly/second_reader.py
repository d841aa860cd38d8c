"""Reading parts of the items in a second process, on another processor, while this one reads the other parts."""

import gc
import pickle
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from planner.base.processors import processors, start_python
from planner.base.views import value_class

if TYPE_CHECKING:
    import subprocess

    from sqlalchemy import URL

    from planner.queries.items.register import Ids
    from planner.tables.csv_form import CsvStyle
    from planner.weekly.item_parts import ItemLines
    from planner.weekly.reading import Instance


@value_class
class Job:
    """What the process is told: the address of the register, how often to search for garbage, and what to read.

    `columns` are the names of the columns of the lines, `style` is that of the CSV, and `parts` are the ids of the
    items of each part.
    """

    address: "URL"
    garbage_thresholds: tuple[int, int, int]
    instance: "Instance"
    columns: "Sequence[str]"
    style: "CsvStyle"
    parts: "Sequence[Ids]"


class SecondReader:
    """A second process that makes the lines of some parts and stores them in a file, which has no name."""

    def __init__(self, process: "subprocess.Popen[bytes]", made: IO[bytes], parts: int) -> None:
        self._process = process
        self._made = made
        self._parts = parts

    def lines(self) -> "Iterator[ItemLines] | None":
        """Wait until all parts are made, and return an iterator over them. Return None if the process failed.

        In that case, the caller makes the lines itself, and so gets the error that occurred.
        """
        if self._process.wait() != 0:
            return None
        self._made.seek(0)
        return (pickle.load(self._made) for _ in range(self._parts))


@contextmanager
def second_reader(job: Job) -> Iterator[SecondReader | None]:
    """Yield a process that makes the lines of the job's parts during the block, and end it afterwards.

    Yield None if there are no parts, if the computer has no second processor, or if no process can be started.
    """
    if not job.parts or processors() < 2:
        yield None
        return
    with TemporaryFile() as made:
        process = start_python("planner.weekly.second_reader", made)
        try:
            if process:
                _send(process, job)
            yield SecondReader(process, made, len(job.parts)) if process else None
        finally:
            if process:
                process.kill()
                process.wait()


def _send(process: "subprocess.Popen[bytes]", job: Job) -> None:
    """Send the job through a pipe, because the address may have a password, and others can see arguments."""
    assert process.stdin is not None
    with suppress(OSError), process.stdin:
        pickle.dump(job, process.stdin, pickle.HIGHEST_PROTOCOL)


def make_lines(job: Job, made: IO[bytes]) -> None:
    """Write the lines of the parts into a file."""
    from planner.store.database import open_database
    from planner.weekly.item_parts import ItemLineReader
    from planner.weekly.reading import WeekReading

    gc.set_threshold(*job.garbage_thresholds)
    with closing(open_database(job.address, read_only=True)) as database, database.reading() as session:
        # docs/decisions/0155: it reads as known at the same instant, so the lines are those of one process.
        read_lines = ItemLineReader(WeekReading.of(session, job.instance), job.columns, job.style)
        for ids in job.parts:
            pickle.dump(read_lines(ids), made, pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    # All is read at once, because the first process waits for that, and not for the imports that the job needs.
    make_lines(pickle.loads(sys.stdin.buffer.read()), sys.stdout.buffer)
