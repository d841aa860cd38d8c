"""Drawing charts in a second process, on another processor, while the main process continues.

The drawing library starts a JavaScript engine, and blocks all threads of its process while it draws.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from planner.base.processors import processors, start_python
from planner.weekly.page.drawing import Chart, draw

if TYPE_CHECKING:
    import subprocess

# The library measures each text of a chart with a font, and opens the font's file for each letter. No width of a text
# changes a chart, so the process gets no fonts of the system: the library then measures with a font of its own.
NO_FONTS = Path(__file__).with_name("no_fonts.conf")

# What the process draws before it is asked for anything, so that the library is loaded by then.
_SAMPLE = Chart({"data": {"values": [{"day": 1}]}, "mark": "point", "encoding": {"x": {"field": "day"}}}, "")


class DrawingProcess:
    """A second process that draws charts, some after the others, and then ends.

    It ends earlier if the main process ends.
    """

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._asked: SimpleQueue[bytes] = SimpleQueue()
        self._thread: Thread | None = None
        self._drawn: list[str] | None = None

    # docs/decisions/0121: the charts are drawn while the sections are read.
    @classmethod
    def start(cls) -> "DrawingProcess | None":
        """Start the process and let it load the drawing library.

        Return None if the computer has no second processor, or if the process cannot be started.
        """
        if processors() < 2:
            return None
        process = start_python("planner.weekly.page.drawing_process", variables={"FONTCONFIG_FILE": str(NO_FONTS)})
        return cls(process) if process else None

    def ask(self, charts: Sequence[Chart]) -> None:
        """Send charts to the process, which begins to draw them. This method does not wait for the result."""
        self._asked.put(json.dumps([(chart.spec, chart.label) for chart in charts]).encode() + b"\n")
        if self._thread is None:
            self._thread = Thread(target=self._exchange, daemon=True)
            self._thread.start()

    def _exchange(self) -> None:
        assert self._process.stdin is not None
        # If the process has ended, its exit code says so.
        with suppress(OSError):
            for asked in iter(self._asked.get, b""):
                self._process.stdin.write(asked)
                self._process.stdin.flush()
        answer, _ = self._process.communicate()
        self._drawn = json.loads(answer) if self._process.returncode == 0 else None

    def take(self) -> list[str] | None:
        """Wait for the charts and return them as SVG, in the order in which they were sent.

        Return None if the process failed. In that case, the caller draws the charts itself and gets the error that
        occurred.
        """
        self.end()
        if self._thread:
            self._thread.join()
        return self._drawn

    def end(self) -> None:
        """Let the process end when it has drawn the charts that were sent to it; at once, if there are none."""
        if self._thread:
            self._asked.put(b"")
        else:
            self._process.kill()
            self._process.communicate()


@contextmanager
def drawing_meanwhile(wanted: bool) -> Iterator[DrawingProcess | None]:
    """Yield a process that can draw charts during the block.

    Yield None if `wanted` is False or no process can be started.
    """
    process = DrawingProcess.start() if wanted else None
    try:
        yield process
    finally:
        if process:
            process.end()


def _draw_what_is_asked() -> None:
    draw(_SAMPLE)
    json.dump([draw(Chart(spec, label)) for line in sys.stdin for spec, label in json.loads(line)], sys.stdout)


if __name__ == "__main__":
    _draw_what_is_asked()
