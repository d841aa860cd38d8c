"""Every question of every command: how ctrl+c and the end of the input end it, and that nothing is recorded then."""

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from planner import cli
from planner.base.errors import InputEndedError
from planner.cli.output import print_paragraph
from planner.cli.questions import confirm, prompt
from planner.store.database import Database
from planner.store.models import AuditEvent
from tests.cli.reports.test_my_week import up_to
from tests.cli.test_plan_days import SHOWN
from tests.factories import OFFICER, report, write_documents
from tests.mandates.factories import NEXT_DUTIES
from tests.writes.reports.test_returns_together import save_together

# A command, the lines that are typed before the end, and whether it goes through a list of things.
ASKING = [
    (["bulk", "T-001", "--confidence", "amber", "--note", "Storm."], [], False),
    (["undo"], [], False),
    (["return", "P-001", "--reason", "Which tower?"], [], False),
    (["update", "T-001", "--phase", "in_progress", "--percent", "100", "--done", "All."], [], False),
    (["redact", "P-001", "--field", "done", "--reason", "It named somebody."], [], False),
    (["links", "review", "M1.01", "--accept", "--reason", "Only words."], [], False),
    (["links", "review"], [], True),
    (["links", "review"], ["r"], True),
    (["mandate", "review", "next"], [], True),
    (["mandate", "review", "next"], ["r"], True),
    (["my-week", "--report"], [], True),
    (["my-week", "--report"], ["", "red"], True),
    (["my-week", "--report"], [*[""] * 11], True),
]


class Keyboard(io.StringIO):
    """Lines that are typed; after the last, a key that ends it: ctrl+c, or ctrl+d, which is the end of the input."""

    def __init__(self, lines: list[str], *, interrupts: bool) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self._interrupts = interrupts

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """The next line, as Python's own `input` asks for it."""
        line = super().readline(-1 if size is None else size)
        if not line and self._interrupts:
            raise KeyboardInterrupt
        return line

    def isatty(self) -> bool:
        """Whether a person types."""
        return True


@pytest.fixture
def asking(planner, filled, tmp_path):
    """A register in which every command of the list has something to ask."""
    planner("sources", "attach", str(write_documents(tmp_path / "texts")))
    (tmp_path / "next.txt").write_text(NEXT_DUTIES, encoding="utf-8")
    planner("mandate", "add", str(tmp_path / "next.txt"), "--key", "next")
    save_together(filled)
    report(filled, "T-001", percent=20, done="Begun.", actor=OFFICER)
    planner("update", "T-002", "--done", "Mine.")
    return filled


def events(database: Database) -> int:
    with database.reading() as session:
        return session.execute(select(func.count(AuditEvent.seq))).scalar_one()


def test_each_question_can_be_ended(planner, asking, monkeypatch, tmp_path):
    """One register serves all of them, as nothing is recorded."""
    before = events(asking)
    for number, (arguments, lines, goes_through) in enumerate(ASKING):
        # What was typed is a draft; each run begins without one.
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / f"{number}-interrupted"))
        monkeypatch.setattr("sys.stdin", Keyboard(lines, interrupts=True))
        done = planner(*arguments)
        assert done.exit_code == 130, (arguments, done)
        assert done.err.endswith("planner: The command was interrupted and did nothing more.\n"), (arguments, done)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / f"{number}-ended"))
        monkeypatch.setattr("sys.stdin", Keyboard(lines, interrupts=False))
        done = planner(*arguments)
        if goes_through:
            assert (done.exit_code, done.err.removeprefix(SHOWN)) == (0, ""), (arguments, done)
            assert done.out.count("\nEnded") == 1, (arguments, done)
            assert "input ended" not in done.out, (arguments, done)
        else:
            assert done.exit_code == 24, (arguments, done)
            assert "planner: the input ended before this question was answered: '" in done.err, (arguments, done)
        assert events(asking) == before, arguments


def test_the_end_of_the_input_is_no_answer_to_whether_a_doubtful_save_is_meant(planner, asking, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    before = events(asking)
    skipped = up_to(planner, "T-001")
    answers = ["", "", "100", *[""] * 8, "y"]
    monkeypatch.setattr("sys.stdin", Keyboard([*skipped, *answers], interrupts=False))
    out = planner("my-week", "--report").out
    assert "the item is 100% done, but its phase is in progress" in out
    assert "Save the report anyway? [y/N]: \n\nYour answers on T-001 are not saved; they are kept as a draft." in out
    assert events(asking) == before


def test_one_module_asks_all_questions():
    """Elsewhere a signal could be heeded late, and the end of the input be taken for an interruption."""
    folder = Path(cli.__file__).parent
    asking = {file.name for file in folder.rglob("*.py") if _ASKS.search(file.read_text("utf-8"))}
    assert asking == {"questions.py"}


_ASKS = re.compile(r"click\.(confirm|prompt|pause|getchar)\(|(?<![\w.])input\(|stdin\.read")


def test_interrupted_questions_keep_the_draft(planner, asking, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin", Keyboard(["", "red"], interrupts=True))
    out = planner("my-week", "--report").out
    assert "they are kept as a draft." in out
    assert "red" in planner("drafts").out


def test_a_yes_or_no_question_says_which_answers_there_are(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", Keyboard(["40", "Yes", "", "N"], interrupts=False))
    assert confirm("Record it?")
    assert capsys.readouterr().out.count("Answer y for yes or n for no.\n") == 1
    assert confirm("Record it?", default=True)
    assert not confirm("Record it?", default=True)


def test_only_a_yes_or_no_question_names_the_option_yes(monkeypatch):
    for question, named in ((prompt, False), (confirm, True)):
        monkeypatch.setattr("sys.stdin", Keyboard([], interrupts=False))
        with pytest.raises(InputEndedError) as caught:
            question("Reason")
        assert ("--yes" in caught.value.message) == named


# Asks while another thread of the process takes the signal: the wait for the line goes on undisturbed, as it does when
# a signal comes in the instant before it begins.
ASKS = """
import signal, sys, threading
from planner.cli.questions import prompt
from planner.base.signals import raise_on_signals

def take(number):
    import time
    time.sleep(0.1)
    signal.pthread_kill(threading.get_ident(), number)

raise_on_signals()
threading.Thread(target=take, args=(int(sys.argv[1]),), daemon=True).start()
prompt("Yes?")
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_before_the_wait_for_a_line_is_heeded_without_the_line(number):
    # A pipe into which nobody writes.
    reading, writing = os.pipe()
    ended = subprocess.run(
        [sys.executable, "-c", ASKS, str(int(number))],
        stdin=reading,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    os.close(reading)
    os.close(writing)
    assert ended.returncode == (128 + number if number == signal.SIGTERM else 1)
    assert number == signal.SIGTERM or "Abort" in ended.stderr


class Wide(io.StringIO):
    """A terminal of 80 columns."""

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return True


LONG = f"Question: {'meadow ' * 30}end"


def test_a_long_question_is_wrapped_between_words_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Wide()
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("sys.stdin", Wide("y\n"))
    print_paragraph(LONG, err=True)
    assert confirm(LONG, err=True)
    lines = screen.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert {word for line in lines for word in line.split()} <= {"Question:", "meadow", "end", "[y/N]:"}


def test_a_long_question_stays_in_one_line_outside_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    print_paragraph(LONG, err=True)
    assert out.getvalue() == f"{LONG}\n"
