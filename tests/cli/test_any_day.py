"""Every command on any day: before the plan's year, in it, and long after it. The plan of the tests is of 2020."""

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import click
import pytest
from sqlalchemy import URL

from planner.base import resources
from planner.bundle.reader import read_bundle
from planner.cli.context import Context
from planner.cli.main import COMMANDS, cli
from planner.demo.demonstration import provide
from planner.demo.year import usual_day
from planner.domain.rules.weeks import Week
from tests.command import CommandResult, run_command
from tests.effort import only_in_more, only_in_soak
from tests.factories import small_bundle
from tests.repository.test_docs import documented_exit_codes

# The days that are typed. The course of an item up to the last takes a second each time; the first is refused, as
# tests/cli/test_typed_dates.py has it of every option.
DAYS = (
    only_in_more("2049-12-31"),
    *map(only_in_soak, ("0202-06-01", "2019-06-01", "2020-12-31", "2021-01-04", "2199-12-31")),
)

# The days on which the computer's clock stands. None is in `make test`: each command is tested by itself there.
TODAYS = (only_in_more(date(2019, 6, 1)), only_in_soak(date(2021, 1, 4)), only_in_more(date(2026, 11, 29)))

# What a command needs to be given, and what makes it do something; several ways where there are several.
CALLS: dict[str, tuple[str, ...]] = {
    "bulk": ("T-001 P-002 --note Seen --yes",),
    "checkpoint": ("--new-key mine.key", "--key mine.key -o register.checkpoint",),
    "clauses": ("", "new:duty-1"),
    "answer": ("T-001 Granted.",),
    "assess": ("T-001 --rating red --reason Bare",),
    "extension ask": ("T-001 --to {day} --reason Frost",),
    "extension grant": ("T-001",),
    "extension refuse": ("T-001 --reason No",),
    "confirm": ("T-001",),
    "drafts discard": ("T-001",),
    "drafts show": ("T-001",),
    "due": ("T-001 --move {day} --reason Agreed",),
    "evidence": ("T-001 -o pack.zip",),
    "export register": ("--format json",),
    "find": ("quay",),
    "findings accept": ("item-never-reported T-001 --until {day} --reason Known",),
    "findings reopen": ("item-never-reported T-001 --reason Again",),
    "import": ("office.csv --preview", "office.csv --yes --match-likely"),
    "indicator add": ("T-001 --name Lamps --unit lamps --direction increase --target 9 --due {day} --reason Agreed",),
    "indicator remove": ("T-003 1 --reason Agreed",),
    "item remove-milestone": ("T-002 2 --reason Agreed",),
    "item support": ("T-001 --supporting town-archive --reason Agreed",),
    "item add-milestone": ("T-001 --title Lamps --due {day} --reason Agreed",),
    "item add": ("T-9 --title Lamps --theme 1 --lead harbour-office --kind task --due {day} --reason Agreed",),
    "item edit": ("T-001 --title Quays --reason Agreed",),
    "item move": ("T-001 --theme 2 --reason Agreed",),
    "item split": ("P-002 --part P-8=North --part P-9=South --reason Agreed",),
    "links review": ("--suspect --preview --accept",),
    "links show": ("P1/old:duty-1",),
    "log": ("", "T-001"),
    "mandate add": ("duties.txt --key newest --in-force-from {day} --dry-run",),
    "mandate adopt": ("newest --reason Agreed",),
    "mandate drop": ("newest --reason Wrong",),
    "mandate review": ("newest",),
    "mandate row": ("newest --from duty-1 --to duty-1 --lineage moved-to --relation equal-to --reason Same",),
    "mandate show": ("newest",),
    "milestone": ("T-002 1 --met {day}", "T-002 2 --move {day} --reason Agreed", "T-002 3 --forecast {day}"),
    "observe": ("T-001 1 4",),
    "organisation add": ("port --name Port",),
    "organisation dissolve": ("port --reason Agreed",),
    "organisation edit": ("port --language ko --reason Agreed",),
    "organisation merge": ("town-archive --into harbour-office --reason Agreed",),
    "organisation rename": ("town-archive --name Archives --reason Agreed",),
    "outlook": ("", "T-001 P-001"),
    "overview": ("", "--by organisation"),
    "people add": ("frida --name Frida --role officer --organisation harbour-office",),
    "people change": ("frida --name Freya",),
    "people come-back": ("frida",),
    "people give-items": ("frida --to frida --reason Agreed",),
    "people edit": ("frida --address frida@port.example --reason Agreed",),
    "people leave": ("frida",),
    "plan close": ("none-such --reason Over",),
    "plan edit": ("harbour-2020 --ends {day} --reason Agreed",),
    "plan remove": ("harbour-2020 --reason Agreed",),
    "plan new": ("--title Bay --key bay --organisation Bay --starts {day} --ends 2199-12-31",),
    "plan use": ("harbour-2020",),
    "redact": ("T-001 --field title --reason Private --yes",),
    "return": ("T-001 --reason Unclear",),
    "show": ("T-001", "P-001 --course"),
    "sources attach": ("duties.txt",),
    "sheets in": ("sheet.xlsx",),
    "sheets out": ("--all -o .",),
    "sources cite": ("duties.txt quays",),
    "target add": ("T-001 1 --value 9 --due {day} --reason Agreed",),
    "kind list": ("",),
    "kind merge": ("task --into key_project --reason Agreed",),
    "kind rename": ("task --title Chore --reason Agreed",),
    "theme add": ("--title Ferries --reason Agreed",),
    "theme list": ("",),
    "theme merge": ("2 --into 1 --reason Agreed",),
    "theme move": ("2 --inside 1 --reason Agreed",),
    "theme remove": ("2 --reason Agreed",),
    "theme rename": ("2 --title Ferries --reason Agreed",),
    "target revise": ("T-001 1 --value 9 --due {day} --reason Agreed",),
    "timeline": ("", "--by theme", "--zoom week"),
    "trace": ("T-001", "old:duty-1"),
    "update": ("T-001 --percent 5 --done Begun", "T-001 --phase completed --evidence Seen"),
    "views delete": ("mine",),
    "views show": ("mine",),
    "weekly": ("", "--format html"),
    "weekly charts": ("--format svg",),
    "weekly compare": ("{week} {week}", "2020-W20 {week}", "{week} 2020-W20"),
    "weekly issue": ("--without-checkpoint --unfinished --reason Tried",),
}  # fmt: skip

# How a day is given to an option that takes one.
DAY_OPTIONS = {
    "--as-of": "{day}",
    "--known-at": "{day}",
    "--since": "{day}",
    "--until": "{day}",
    "--from": "{day}",
    "--to": "{day}",
    "--week": "{day}",
    "--met": "{day}",
}

NOON = time(12)


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something by itself, with its full name: a group too, where it runs without a part."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {part.name}", part) for part in command.commands.values())


def calls_with_a_day() -> Iterator[str]:
    """Every command with a day in each option that takes one, and as of a day in each format."""
    for name, command in every_command():
        options = {option: parameter for parameter in command.params for option in parameter.opts}
        for call in CALLS.get(name, ("",)):
            taken = [option for option in DAY_OPTIONS if option in options and f"{option} " not in call]
            yield from (f"{name} {call} {option} {DAY_OPTIONS[option]}" for option in taken)
            if "{day}" in call:
                yield f"{name} {call}"
        form = options["--format"].type if "--format" in options else None
        if isinstance(form, click.Choice) and "--as-of" in options:
            yield from (f"{name} {call} --as-of {{day}} --format {choice}" for choice in form.choices[1:])


def calls_today() -> Iterator[str]:
    """Every command as it is typed without a day."""
    for name, _ in every_command():
        yield from (f"{name} {call}" for call in CALLS.get(name, ("",)))


@pytest.fixture(scope="module")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration of the small plan."""
    folder = tmp_path_factory.mktemp("demonstration")
    bundle = read_bundle(small_bundle(folder / "seeds"))
    file = folder / "demonstration.sqlite"
    url = URL.create("sqlite", database=str(file))
    provide(url, bundle, usual_day(bundle.plan.plan), progress=lambda _step: None)
    return file


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bundle_folder: Path) -> Callable[..., CommandResult]:
    """Run a command line in a folder of the test's own, with the computer's clock on a day."""
    real = resources.bundled
    monkeypatch.setattr(resources, "bundled", lambda name: bundle_folder if name == "seeds" else real(name))
    monkeypatch.chdir(tmp_path)
    Path("duties.txt").write_text("Duties\n\n1. Keeps the quays.\n2. Keeps the lights.\n", encoding="utf-8")
    Path("office.csv").write_text("Code,Task,Due,Percent\nT-001,Mend all quays,2020-12-30,40\n", encoding="utf-8")

    def run(line: str, day: str, today: date) -> CommandResult:
        monkeypatch.setattr(Context, "now", lambda self: datetime.combine(today, NOON, UTC))
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        return run_command("--db", "register.sqlite", *line.format(day=day, week=Week.of(today)).split())

    return run


def failures(asked: Callable[..., CommandResult], lines: Iterator[str], day: str, today: date) -> list[tuple[str, str]]:
    """The calls that end in a traceback or with an exit code that is not documented."""
    documented, failed = documented_exit_codes(), []
    for line in lines:
        try:
            code = asked(line, day, today).exit_code
        except Exception as error:  # Collected, so that one run shows all of them.
            failed.append((line, repr(error)))
        else:
            if code not in documented:
                failed.append((line, str(code)))
    return failed


@pytest.mark.parametrize("day", DAYS)
def test_no_command_fails_whatever_day_is_typed(asked, day: str, demonstration_file: Path, tmp_path: Path):
    shutil.copy(demonstration_file, tmp_path / "register.sqlite")
    assert failures(asked, calls_with_a_day(), day, date(2021, 1, 4)) == []


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_no_command_fails_on_a_new_register_whatever_day_it_is(asked, today: date, loaded_file: Path, tmp_path: Path):
    shutil.copy(loaded_file, tmp_path / "register.sqlite")
    assert failures(asked, calls_today(), str(today), today) == []
