"""An import that was undone leaves every day as it was, and forbids nothing."""

import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import run_command
from tests.effort import EFFORT
from tests.past_days.acts import DATED, WHY, Line
from tests.past_days.answers import AS_OF, OF_WEEK, answer
from tests.past_days.living import EARLY, FIRST, Clock, a_life, asked, faults_in, live

# The day of the import and of its undo, the day for which its file is said to be true, and the days that are asked
# about.
DONE, TRUE, BETWEEN = FIRST + timedelta(weeks=2), FIRST + timedelta(days=3), FIRST + timedelta(weeks=1)
DAYS = (EARLY, FIRST, TRUE, DONE)
# A file with many wrong values, of items that the plan has and of a new one.
WRONG = (
    "Code,Task,Theme,Lead,Supporting,Accountable,Due,Percent,Milestone,Target\n"
    "T-001,Wrong title,2,Other Office,Helper,Some Body,2020-12-30,40,A step,Boats: 7\n"
    "T-002,Another wrong one,2,Town Archive,Harbour Office,,2020-11-15,,,\n"
    "Z-1,No such item,New theme,Other Office,,Some Body,2020-11-30,,,\n"
)
# The answers that an undone import may add to: the items' histories, and the lists of organisations, which stay
# (docs/import.md).
_MORE = ("show {code}", "organisation list", "export register")
UNCHANGED = tuple(line for line in (*AS_OF, *OF_WEEK) if not line.startswith(_MORE))
# Acts as of a day before the import, on what it changed.
EARLIER = (
    "item edit T-001 --title Better",
    "item edit T-001 --accountable brook",
    "item move T-001 --theme 2 --measure M2.01 --lead town-archive",
    "item support T-001 --no-longer town-archive",
    "theme rename 2 --title Piers",
    "theme remove 3",
    "organisation rename town-archive --name Archive",
    "organisation merge town-archive --into harbour-office",
    "organisation dissolve harbour-office --lead town-archive",
    "people leave brook",
    "target revise T-001 1 --value 9",
)

# A link to the wording of an item says something of the days on which the item had this wording.
LINKED = (
    *("links", "add", "T-001", "--clause", "old:duty-1", "--type", "supports", "--coverage", "partial"),
    *("--rationale", "It says so."),
)

some_acts = st.lists(DATED, max_size=4)
some_lines = st.lists(st.sampled_from(UNCHANGED), min_size=2, max_size=3, unique=True)
codes = st.sampled_from(("T-001", "T-002", "P-001"))


def import_and_undo(address: str, clock: Clock, *options: str) -> None:
    """Import the file with wrong values and undo the import, on the same day."""
    Path("wrong.csv").write_text(WRONG, encoding="utf-8")
    live(address, clock, DONE, [("import", "wrong.csv", "--yes", "--match-likely", *options)])
    assert "Wrong title" in answer(address, f"show T-001 --as-of {DONE}")
    live(address, clock, DONE + timedelta(days=1), [("undo", "--import", "--yes")])
    assert "Wrong title" not in answer(address, "items --format csv")
    assert "some-body" not in answer(address, f"export register --as-of {DONE} --format json")


def answers(address: str, lines: Sequence[str], code: str) -> dict[str, str]:
    questions = [asked(line, day, code) for line in lines for day in DAYS]
    return {question: answer(address, question) for question in questions}


@pytest.mark.more
@settings(max_examples=2 * EFFORT)
@given(some_acts, some_lines, codes, st.sampled_from(((), ("--as-of", str(TRUE)))))
def test_all_days_are_told_as_before_the_import(
    loaded_file: Path, acts: Sequence[Line], lines: Sequence[str], code: str, options: Sequence[str]
) -> None:
    with a_life() as (folder, clock):
        address = str(folder / "register.sqlite")
        shutil.copy(loaded_file, address)
        live(address, clock, FIRST, [LINKED, *acts])
        clock.go_to(DONE + timedelta(days=1), 14)
        before = answers(address, lines, code)
        import_and_undo(address, clock, *options)
        after = answers(address, lines, code)
        assert {question: after[question] for question in before if after[question] != before[question]} == {}
        assert faults_in(address) == []


def test_every_act_is_possible_as_before_the_import(loaded_file: Path) -> None:
    with a_life() as (folder, clock):
        plain, undone = (str(folder / f"{name}.sqlite") for name in ("plain", "undone"))
        shutil.copy(loaded_file, plain)
        live(plain, clock, FIRST, [("theme", "add", "--title", "Ice", *WHY)])
        shutil.copy(plain, undone)
        import_and_undo(undone, clock)
        refused = {}
        for line in EARLIER:
            for address in (plain, undone):
                shutil.copy(address, "tried.sqlite")
                done = run_command("--db", "tried.sqlite", *line.split(), *WHY, "--as-of", str(BETWEEN))
                if done.exit_code:
                    refused[line] = done.err
        assert refused == {}
