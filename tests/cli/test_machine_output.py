"""Whatever a program reads is in English: the JSON, CSV, HTML and other files of every command, in any language."""

import shlex
import zipfile
from collections.abc import Callable, Collection
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import click
import openpyxl
import pytest

from bench.docs.command_reference import commands
from planner.base.language import LANGUAGE_VARIABLE, PSEUDO
from planner.cli.context import login
from planner.domain.vocabulary import Phase
from planner.personal import drafts
from planner.personal.drafts import Draft, draft_key
from planner.store.database import Database
from planner.weekly.page import vega_lite
from tests.answers import ask
from tests.command import CommandResult
from tests.factories import AT, COLLEAGUE, meet, move, observed, report, small_bundle, write_documents
from tests.mandates.factories import NEXT_DUTIES, decide_all
from tests.sheets.made import fill
from tests.weekly.test_in_english import undrawn

# A letter that is in every message of the made-up language, and nowhere else.
TRANSLATED = "長"

# The formats of --format that people read. Every other one is for programs.
FOR_PEOPLE = ("text", "table")

# The weekly file in all formats has a test of its own, in tests/weekly/test_in_english.py.
TESTED_ELSEWHERE = {
    "weekly": ["xlsx", "html", "brief", "pdf", "docx", "all"],
    "brief": ["pdf", "docx"],
    "export register": ["xlsx"],
}

# A status sheet of the small plan.
SHEET = "harbour-2020-2020-W14-status-harbour-office.xlsx"

# The commands that have --format, in an order that suits the writes among them. FOLDER has the files that they read.
WITH_FORMATS = """\
init --seeds FOLDER/seeds
my-week
items --as-of 2020-04-29 --save-view mine
views list
views show mine
find quay
show T-001
outlook --as-of 2020-04-29
overview --as-of 2020-04-29
timeline --as-of 2020-04-29
bulk P-002 T-003 --note "Both." --yes
update P-002 --phase in_progress --percent 30 --done Cleared.
milestone P-002 1 --met today
update P-001 --help-needed Pump. --help-from Mayor --help-by +1w
requests
answer P-001 Granted.
assess T-001 --rating red --reason Bare.
opinions
extension ask P-001 --to 2021-01-31 --reason Rain. --yes
requests
extension grant T-001 --yes
extension refuse T-001 --milestone 2 --reason No. --yes
due P-002 --move 2021-01-31 --reason Rain. --yes
observe P-002 1 5
undo --yes
drafts list
drafts show P-001
weekly --week 2020-W14
weekly --week 2020-W14 --section movements
brief --week 2020-W14
weekly issue --week 2020-W14 -o FOLDER/out/issued
weekly issues
weekly reissue 2020-W14 --verify
weekly reissue --check FOLDER/new.txt
weekly charts --week 2020-W14 -o FOLDER/out/charts
weekly compare 2020-W14 2020-W15
chase --week 2020-W14
return T-001 --reason Wrong.
confirm T-002
show T-002
trace T-001
trace duty-1
clauses
matrix
links list
links suggest --measures --least 0
links add T-002 --clause duty-2 --type supports --coverage partial --rationale Why.
links show M1.01:old:duty-1
links review M1.01:old:duty-1 --reject --reason Wrong. --yes
links show M1.01:old:duty-1
findings
findings accept item-without-clause T-003 --until +4w --reason Known.
findings reopen item-without-clause T-003 --reason Again.
log --limit 500
sources cite FOLDER/texts/plan-ko.txt 5개
sources list
sources attach FOLDER/texts
sources verify
mandate add FOLDER/new.txt --key next
mandate drafts
mandate show next
mandate review next duty-1 --accept
mandate add FOLDER/other.txt --key other
mandate row other --from duty-1 --to duty-4 --lineage moved-to --relation superset-of --reason New.
mandate drop other --reason Withdrawn.
people add zoe --name Zoe --role officer --organisation harbour-office
people change zoe --name Zo --reason Married.
people edit zoe --address zoe@port.example --reason Asked.
people leave zoe --reason Retired.
people come-back zoe --reason Needed.
people add yan --name Yan --role officer --organisation harbour-office
item add T-009 --title Lamp --theme 1 --lead harbour-office --due 2020-12-30 --kind task --accountable zoe --reason Due.
people give-items zoe --to yan --reason Left.
item edit T-009 --title Lights --reason Agreed.
item move T-009 --theme 2 --reason Agreed.
item add T-012 --title Slip --theme 1 --lead harbour-office --due 2020-12-30 --kind task --reason Due.
item remove T-012 --reason Mistake.
item split T-009 --part "T-010=North lights" --part "T-011=South lights" --reason Agreed.
item support T-010 --supporting town-archive --reason Agreed.
item add-milestone T-010 --title Lit --due 2020-12-30 --reason Agreed.
indicator add T-010 --name Lamps --unit lamps --direction increase --reason Agreed.
item remove-milestone T-010 1 --reason Mistake.
target add T-010 1 --value 9 --due 2020-12-30 --reason Agreed.
indicator remove T-010 1 --reason Mistake.
theme add --title Ferries --reason Agreed.
theme move Ferries --inside 1 --reason Agreed.
kind rename task --title Chore --reason Agreed.
kind merge task --into key_project --reason Agreed.
theme rename Ferries --title Piers --reason Agreed.
theme merge Piers --into 2 --reason Agreed.
theme add --title Rafts --reason Agreed.
theme remove Rafts --reason Agreed.
theme list
kind list
plan edit harbour-2020 --title Harbour --reason Agreed.
plan new --title Bay --key bay --organisation Bay
plan remove bay --reason Mistake.
plan use harbour-2020
target revise T-001 1 --value 9 --due 2020-12-30 --reason Agreed.
organisation add port --name "Port Office"
organisation rename port --name "Bay Office" --reason Agreed.
organisation edit port --language ko --reason Agreed.
organisation merge port --into town-archive --reason Agreed.
organisation dissolve town-archive --lead harbour-office --reason Agreed.
organisation list
sheets in FOLDER/sheets/SHEET --preview
import FOLDER/office.csv --preview
import FOLDER/office.csv --yes
plans
plan use harbour-2020
plan close harbour-2020 --reason Over.
plan reopen harbour-2020 --reason "Not over."
export register
people list
clock show
redact T-001 --field done --reason Private. --yes
whoami
doctor
keys
log T-001
verify
"""

# Other commands that print a file for programs.
PRINTED_FILES = ("calendar --as-of 2020-01-01", "export annotations", "export oscal", "export skos")


@pytest.fixture
def folder(filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files that the commands read. The small plan has reports, dates and values, and a draft is kept."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.stdin", StringIO())
    monkeypatch.setattr(vega_lite, "rendered", undrawn)
    (tmp_path / "out").mkdir()
    small_bundle(tmp_path / "seeds")
    write_documents(tmp_path / "texts")
    (tmp_path / "new.txt").write_text(NEXT_DUTIES, encoding="utf-8")
    (tmp_path / "other.txt").write_text(NEXT_DUTIES.replace("swim", "dive"), encoding="utf-8")
    (tmp_path / "office.csv").write_text("Code,Task,Lead\nT-001,Mend all quays,Parks Office\nK-7,Sow,?\n", "utf-8")
    drafts.keep(Draft(draft_key(str(tmp_path / "command.sqlite"), "harbour-2020", login(), "P-001"), {}, {}, AT, AT))
    report(filled, "T-001", as_of=date(2020, 4, 1), phase=Phase.IN_PROGRESS, percent=40, done="Fog.", actor=COLLEAGUE)
    report(filled, "T-002", as_of=date(2020, 4, 2), phase=Phase.COMPLETED, actor=COLLEAGUE)
    meet(filled, "T-001", 1, date(2020, 4, 3))
    move(filled, "T-001", None, date(2021, 1, 5))
    observed(filled, "T-001", 1, 3)
    for milestone in (None, 2):
        ask(filled, date(2021, 1, 31), milestone=milestone, on=date(2020, 5, 4))
    monkeypatch.setenv(LANGUAGE_VARIABLE, PSEUDO)
    return tmp_path


def formats_of_programs() -> dict[str, list[str]]:
    """The formats for programs that each command with --format has."""
    found = {
        name: list(option.type.choices)
        for name, command in commands()
        for option in command.params
        if "--format" in option.opts and isinstance(option.type, click.Choice)
    }
    left_out = {name: [*FOR_PEOPLE, *TESTED_ELSEWHERE.get(name, [])] for name in found}
    return {name: [one for one in choices if one not in left_out[name]] for name, choices in found.items()}


def name_of(words: list[str], names: Collection[str]) -> str:
    """The name of the command that a command line starts with."""
    return next(name for name in (" ".join(words[:2]), words[0]) if name in names)


def text_of(content: bytes) -> str:
    """The text of a file, or of all the files in an archive or a workbook."""
    if not zipfile.is_zipfile(BytesIO(content)):
        # A PDF is compressed; what it shows is tested with the brief.
        return content.decode(errors="replace")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def _fill_a_sheet(planner: Callable[..., CommandResult], folder: Path) -> None:
    """Write a status sheet into a folder and report in it, once with a mistake."""
    folder.mkdir()
    given = ("--org", "harbour-office", "--week", "2020-W14", "--language", "en", "-o", str(folder))
    assert planner("sheets", "out", *given).exit_code == 0
    book = openpyxl.load_workbook(folder / SHEET)
    fill(book["Reports"], "T-001", {"Percent": 45, "Done": "Dug."})
    fill(book["Reports"], "P-002", {"Phase": "much"})
    book.save(folder / SHEET)


@pytest.mark.more
def test_what_programs_read_is_in_english(
    planner: Callable[..., CommandResult], filled: Database, folder: Path
) -> None:
    formats, printed = formats_of_programs(), dict[str, str]()
    _fill_a_sheet(planner, folder / "sheets")
    for line in WITH_FORMATS.replace("FOLDER", str(folder)).replace("SHEET", SHEET).splitlines():
        words = shlex.split(line)
        for form in formats[name_of(words, formats)]:
            printed[f"{line} --format {form}"] = planner(*words, "--format", form).out
    decide_all(filled)
    adopt = ("mandate", "adopt", "next", "--reason", "Decided.", "--restate", "Ours.", "--format", "json")
    printed[" ".join(adopt)] = planner(*adopt).out
    printed |= {line: planner(*line.split()).out for line in PRINTED_FILES}
    planner("plan", "new", "--title", "Harbour 2021", "--key", "next", "--organisation", "Harbour Office")
    carry = ("plan", "carry-over", "harbour-2020", "next", "--dates", "shift", "--yes", "--format", "json")
    printed[" ".join(carry)] = planner(*carry).out
    assert planner("evidence", "T-001", "-o", str(folder / "out" / "evidence.zip")).exit_code == 0
    # The text of a picture is its pixels.
    files = (file for file in (folder / "out").rglob("*") if file.is_file() and file.suffix != ".png")
    written = {str(file): text_of(file.read_bytes()) for file in files}
    assert {name_of(shlex.split(line), formats) for line in printed if "--format" in line} == set(formats)
    assert [line for line, text in printed.items() if not text] == []
    assert [name for name, text in (printed | written).items() if TRANSLATED in text] == []
