"""Help pages and commands in the made-up language: every English word that is left was not translated."""

import calendar
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bench.docs.command_reference import commands
from planner.base.language import LANGUAGE_VARIABLE, PSEUDO
from planner.base.pseudo_language import pseudo
from planner.domain.symbols import SYMBOLS
from planner.domain.vocabulary import Phase
from planner.store.database import Database
from tests.command import run_command
from tests.factories import COLLEAGUE, meet, move, observed, report

# What is not a word of the interface: options, lists of choices, and paths.
_NAMES = re.compile(r"--?[a-z][a-z-]*|[\[{][\w|-]+[\]}]|\S*/\S*")
# The made-up language replaces each of these vowels.
_ENGLISH = re.compile(r"\b[A-Za-z]*[aeiouAEIOU][A-Za-z]*\b")


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, PSEUDO)


def english(text: str, known: set[str]) -> set[str]:
    """The words of a text that are English, without the words in `known`."""
    return set(_ENGLISH.findall(_NAMES.sub(" ", text))) - known


def help_pages() -> Iterator[tuple[str, str]]:
    """The help page of planner and of every command, without the example, which has what people type."""
    for name in ("", *(name for name, _ in commands())):
        page = run_command(*name.split(), "--help").out
        yield name, page.partition(f"\n{pseudo('Example:')}\n")[0]


def test_no_help_page_has_an_english_word() -> None:
    pages = dict(help_pages())
    names = {word for name in pages for word in re.split(r"[ -]", name)} | {"planner"}
    # Defaults are words that are typed.
    typed = {"text", "csv", "json", "table", "theme", "item"}
    assert {name: words for name, page in pages.items() if (words := english(page, names | typed))} == {}
    assert "[Ûšågé:" in pages["items"]
    assert "[Lîšt îtémš, fîltéréd åñd šéårçhéd" in pages[""]


def values(content: Any) -> Iterator[str]:
    """The texts in a JSON document, without its keys."""
    if isinstance(content, dict):
        for value in content.values():
            yield from values(value)
    elif isinstance(content, list):
        for value in content:
            yield from values(value)
    elif isinstance(content, str):
        yield content


VOCABULARY = {part for word in SYMBOLS for part in word.split("_")}
# The words of months do not come from messages.
DATES = set(calendar.month_abbr)
AS_OF = ("--as-of", "2020-04-29")
WITH_JSON: tuple[tuple[str, ...], ...] = (
    ("items", *AS_OF),
    ("overview", *AS_OF),
    ("show", "T-001", *AS_OF),
    ("log",),
    ("show", "T-001", "--course", *AS_OF),
    ("timeline", *AS_OF),
    ("outlook", *AS_OF),
    ("find", "quay"),
    ("views", "list"),
    ("people", "list"),
    ("weekly", "issues"),
)


def test_commands_print_no_english_word_beside_data(planner, filled: Database) -> None:
    report(filled, "T-001", as_of=date(2020, 4, 1), phase=Phase.IN_PROGRESS, percent=40, done="Fog.")
    data: set[str] = set()
    texts = []
    for command in WITH_JSON:
        content = json.loads(planner(*command, "--format", "json").out)
        data.update(word for text in values(content) for word in re.findall(r"[A-Za-z]+", text))
        texts.append((command, planner(*command).out))
    known = data | VOCABULARY | DATES | {"Harbour", "Town", "work", "plan"}
    assert {command: words for command, text in texts if (words := english(text, known))} == {}


def test_the_history_and_the_changed_fields_are_in_the_language(planner, filled: Database) -> None:
    meet(filled, "T-001", 1, date(2020, 4, 3))
    move(filled, "T-001", None, date(2021, 1, 5))
    observed(filled, "T-001", 1, 3)
    report(filled, "T-002", phase=Phase.CANCELLED, actor=COLLEAGUE)
    assert planner("return", "T-002", "--reason", "Rain.").exit_code == 0
    shown = planner("show", "T-001").out + planner("show", "T-002").out
    assert pseudo("milestone {number} met on {day}").format(number=1, day="2020-04-03") in shown
    assert pseudo("due date moved from {old} to {new}").format(old="2020-12-31", new="2021-01-05") in shown
    assert pseudo("indicator {number} is {value}").format(number=1, value=3) in shown
    assert pseudo("returned the report by {person} as of {day}").format(person="brook", day="2020-03-04") in shown
    assert f"    {pseudo('met on')}: 2020-04-03\n" in planner("log", "T-001").out


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("command", "known"),
    [
        (("frobnicate",), "frobnicate planner"),
        (
            ("items", "--phase", "done"),
            "done planner items not started in progress suspended completed cancelled merged",
        ),
        (("items", "--mine"), "planner"),
        (("show",), "planner show"),
        (("items", "extra"), "planner items extra"),
        (("items", "--theme"), "planner items"),
        (("items", "--mine=yes"), "planner items"),
        (("views", "--bogus"), "planner views"),
        (("timeline", "--from", "2020-05-01", "--to", "2020-04-01"), "planner"),
        (("calendar", "--as-of", "2020-01-01", "-o", "due.csv"), "planner due csv ics"),
        (("weekly", "--week", "2020-W14", "--bom", "--format", "json"), "planner json"),
        (("weekly", "reissue"), "planner weekly reissue"),
        (("tui",), "planner"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_errors_have_no_english_word(planner, command: tuple[str, ...], known: str) -> None:
    done = planner(*command)
    assert done.exit_code > 0
    assert (done.out, english(done.err, set(known.split()))) == ("", set())


@pytest.mark.usefixtures("filled")
def test_notices_have_no_english_word(planner, tmp_path) -> None:
    week, dates = str(tmp_path / "week.csv"), str(tmp_path / "dates.ics")
    notices = [
        planner(*command)
        for command in (
            ("weekly", "--week", "2020-W14", "-o", week),
            ("calendar", *AS_OF, "-o", dates),
            ("items", *AS_OF, "--save-view", "2020"),
            ("views", "delete", "2020"),
            ("weekly", "issues"),
            ("upgrade",),
            ("keys", "--check"),
        )
    ]
    assert all(notice.exit_code == 0 for notice in notices)
    shown = [notice.err or notice.out for notice in notices]
    assert [english(text, {"planner", "weekly", "issue"}) for text in shown] == [set()] * len(notices)
