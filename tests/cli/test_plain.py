"""--plain: the same facts in words, without tables, bars, symbols and colours."""

import re
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bench.docs.command_reference import commands
from planner.base.user_folders import settings_file
from planner.cli.context import login
from planner.cli.plain import PLAIN_VARIABLE
from planner.domain.plain_words import in_plain_words, plain_if
from planner.domain.symbols import OUTLOOK_SIGNS, SYMBOLS, TIMELINE_SIGNS
from planner.domain.vocabulary import Confidence, Phase
from planner.store.database import Database
from tests.command import CommandResult
from tests.factories import COLLEAGUE, meet, move, observed, report, write_documents

# These are also signs of sentences and words. A dash is forbidden where it stands for a value that is not there.
LETTERS = {" ", "!", "?", "~", "·"}
DRAWN = {symbol for table in (SYMBOLS, TIMELINE_SIGNS, OUTLOOK_SIGNS) for symbol, _ in table.values()} - LETTERS
FORBIDDEN = re.compile(f"[{''.join(DRAWN)}\u2190-\u23ff\u2500-\u27bf\x1b]| · |(?<![^ ])–[,;\n]")
CODE = re.compile(r"\b(?:[TP]-\d{3}|M\d\.\d\d|duty-\d+(?:\.\d+)?)\b")

# The commands that print text about the register, in the forms that look different.
LINES = """\
my-week
items
items --by theme
show T-001
show T-002
find quay
timeline
timeline --by theme
outlook
outlook T-001 P-001
overview
overview --by organisation --all
plans
requests
drafts list
weekly issues
weekly compare 2020-W14 2020-W15
brief --week 2020-W14
chase --week 2020-W14
trace T-001
trace duty-1
clauses
clauses duty-1
matrix
matrix --by organisation
links list
links show M1.01:old:duty-1
links suggest --measures --least 0
findings
findings --kind item-without-clause
log --limit 500
sources list
sources verify
mandate drafts
theme list
organisation list
people list
clock show
whoami
doctor
keys
views list
verify
bulk P-001 T-003 --phase in_progress --preview
update P-002 --phase in_progress --percent 30 --done Cleared.
due P-001 --move 2021-01-31 --reason Rain. --yes
observe P-001 1 5
undo --yes
confirm T-002
links review M1.01:old:duty-1 --accept --yes
sources attach FOLDER/texts
import FOLDER/office.csv --preview
item split P-002 --part "T-010=North lights" --part "T-011=South lights" --reason Agreed.
"""


@pytest.fixture
def folder(filled: Database, tmp_path: Path) -> Path:
    """A register with reports of several kinds, and the files that commands read."""
    write_documents(tmp_path / "texts")
    (tmp_path / "office.csv").write_text("Code,Task,Lead\nT-001,Mend all quays,Parks Office\nK-7,Sow,?\n", "utf-8")
    report(filled, "T-001", as_of=date(2020, 4, 1), phase=Phase.IN_PROGRESS, percent=40, done="Fog.", actor=COLLEAGUE)
    report(filled, "T-002", as_of=date(2020, 4, 2), phase=Phase.COMPLETED, actor=COLLEAGUE)
    report(filled, "T-003", as_of=date(2020, 4, 2), confidence=Confidence.RED, help_needed="Pump.", actor=COLLEAGUE)
    meet(filled, "T-001", 1, date(2020, 4, 3))
    move(filled, "T-001", None, date(2021, 1, 5))
    observed(filled, "T-001", 1, 3)
    return tmp_path


@pytest.mark.more
def test_no_command_prints_a_symbol_and_none_leaves_a_code_out(
    planner: Callable[..., CommandResult], folder: Path
) -> None:
    usual, symbols, missing = "", dict[str, str](), dict[str, set[str]]()
    for line in LINES.replace("FOLDER", str(folder)).splitlines():
        words = shlex.split(line)
        # What is recorded a second time is refused, so a writing command is only run in plain words.
        usual = planner(*words).out if line in LINES.partition("bulk")[0] else ""
        done = planner(*words, "--plain")
        assert done.out, f"{line}: {done.err}"
        if found := FORBIDDEN.search(done.out + done.err):
            symbols[line] = f"{found[0]} in {found.string[max(0, found.start() - 40) : found.end() + 40]}"
        if lost := set(CODE.findall(usual)) - set(CODE.findall(done.out)):
            missing[line] = lost
    assert (symbols, missing) == ({}, {})


def test_the_usual_output_has_what_is_left_out(planner: Callable[..., CommandResult], folder: Path) -> None:
    for command in ("items", "overview", "timeline", "outlook", "verify", "matrix", "brief --week 2020-W14"):
        assert FORBIDDEN.search(planner(*command.split()).out), command


def test_a_row_is_one_line_with_the_names_of_the_columns(planner: Callable[..., CommandResult], folder: Path) -> None:
    line = next(line for line in planner("items", "--plain").out.splitlines() if "T-001" in line)
    assert line.startswith("Code: T-001; Theme: 1; Title: ")
    assert "; Phase: in progress; " in line
    assert "; Schedule: " in line


def test_an_empty_value_is_said(planner: Callable[..., CommandResult], folder: Path) -> None:
    line = next(line for line in planner("items", "--plain").out.splitlines() if "T-001" in line)
    assert "Confidence: none" in line


@pytest.mark.parametrize(("value", "is_plain"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_the_variable_asks_for_it(
    planner: Callable[..., CommandResult], folder: Path, monkeypatch: pytest.MonkeyPatch, value: str, is_plain: bool
) -> None:
    monkeypatch.setenv(PLAIN_VARIABLE, value)
    assert planner("items").out.startswith("Code: ") is is_plain


def _set(text: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "is_plain"), [("[looks]\nplain = true\n", True), ("[looks]\nplain = false\n", False), ("plain =", False)]
)
def test_the_settings_file_asks_for_it_and_the_variable_has_the_last_word(
    planner: Callable[..., CommandResult],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    is_plain: bool,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    _set(text)
    assert planner("items").out.startswith("Code: ") is is_plain
    monkeypatch.setenv(PLAIN_VARIABLE, "0")
    assert not planner("items").out.startswith("Code: ")


def test_the_check_of_the_settings_file_knows_it(
    planner: Callable[..., CommandResult], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    _set("[looks]\nplain = true\n")
    assert planner("keys", "--check").exit_code == 0
    _set('[looks]\nplain = "much"\n')
    done = planner("keys", "--check")
    assert "looks.plain: 'much' is not true or false." in done.err


def test_what_programs_read_is_the_same(planner: Callable[..., CommandResult], folder: Path) -> None:
    report_text = "● to → do"
    assert planner("update", "P-001", "--done", report_text).exit_code == 0
    for form in ("json", "csv"):
        usual, told = planner("items", "--format", form), planner("items", "--format", form, "--plain")
        assert told.out == usual.out
    assert report_text in planner("show", "P-001", "--format", "json", "--plain").out


def test_a_help_page_has_one_line_for_each_option(planner: Callable[..., CommandResult]) -> None:
    page = planner("--plain", "items", "--help").out.splitlines()
    assert planner("items", "--help", "--plain").out.splitlines() == page
    assert planner("items", "-h").out.splitlines() != page
    assert "  --theme THEME: " in "\n".join(page)
    assert not [line for line in page if line.startswith(" " * 4)]


def test_no_help_page_has_a_symbol_or_a_continued_line(planner: Callable[..., CommandResult]) -> None:
    for name, _ in commands():
        page = planner(*name.split(), "--help", "--plain").out
        assert not FORBIDDEN.search(page), name
        assert not [line for line in page.splitlines() if line.startswith(" " * 4) or line.endswith("\\")], name


def test_the_main_command_names_the_option(planner: Callable[..., CommandResult]) -> None:
    assert "--plain" in planner("--help").out


def test_planner_alone_prints_what_the_first_screen_shows(planner: Callable[..., CommandResult], folder: Path) -> None:
    assert "Theme: " in planner("--plain").out
    assert planner("tui", "--plain").out == planner("--plain").out


@pytest.mark.parametrize(
    ("role", "first", "go_on"),
    [
        ("officer", "Week 2020-W", "planner my-week --report"),
        ("manager", "Reports received this week", "planner show CODE"),
        ("auditor", "Findings: ", "planner trace CODE"),
    ],
)
def test_each_person_begins_where_their_work_is(
    planner: Callable[..., CommandResult], filled: Database, role: str, first: str, go_on: str
) -> None:
    body = ("--organisation", "harbour-office") if role == "officer" else ()
    assert planner("people", "change", login(), "--role", role, *body, "--reason", "Agreed.").exit_code == 0
    done = planner("--plain")
    assert done.exit_code == 0, done.err
    assert first in done.out
    assert go_on in done.out.splitlines()[-1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("amber → red", "amber to red"),
        ("percent: – → 5", "percent: none to 5"),
        ("percent: 5 → –", "percent: 5 to none"),
        ("done –, expected 5%", "done none, expected 5%"),
        ("a title – its text", "a title – its text"),
        ("enter, →, space", "enter, right arrow, space"),
        ("first · second", "first; second"),
        ("추진·계획", "추진·계획"),
        ("themes × clauses, 2×4", "themes by clauses, 2x4"),
        ("cut…", "cut..."),
        ("one\n│ two", "one\n> two"),
        ("typed ●", "typed (black circle)"),
        ("① 计划 ℃ é", "① 计划 ℃ é"),
    ],
)
def test_signs_are_said(text: str, told: str) -> None:
    with plain_if(wanted=True):
        assert in_plain_words(text) == told


def test_an_administrator_hears_first_what_is_not_set_up(planner: Callable[..., CommandResult], folder: Path) -> None:
    first = planner("--plain").out.splitlines()[0]
    assert first.startswith(
        "Not set up yet: 1 organisation that leads items has no officer: Archive. Use: planner people"
    )
