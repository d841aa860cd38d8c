"""Whatever stands in the database, a file name or an argument: no command prints what acts on a terminal or forges."""

import csv
import email
import email.policy
import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import click
import docx
import html5lib
import openpyxl
import pytest

from planner.base.errors import OPEN_FINDINGS, DatabaseStateError
from planner.cli.context import login
from planner.cli.main import cli
from planner.cli.output import as_bytes, as_csv
from planner.cli.streams import visible_streams
from planner.domain.vocabulary import Phase
from planner.personal import drafts
from planner.personal.drafts import Draft, draft_key
from planner.store.database import open_database
from planner.store.location import parse
from planner.tables.columns import in_places
from tests.answers import assess
from tests.command import run_command
from tests.effort import only_in_more
from tests.factories import AT, meet, move, observed, report, small_bundle, write_documents
from tests.hostile import (
    FORGED,
    HOSTILE,
    forged_lines,
    unguarded,
    unseen,
    write_everywhere,
    write_into,
    write_into_rows,
    write_texts_on_a_server,
)
from tests.integrity.attacks import guards_lifted

# Every command that reads, and how it is asked here.
READING: dict[str, list[list[str]]] = {
    "my-week": [[]],
    "items": [[], ["--format", "json"]],
    "requests": [[], ["--format", "json"]],
    "opinions": [["--assessed"], ["--format", "json"]],
    "plans": [[], ["--format", "json"]],
    "organisation list": [[], ["--format", "json"]],
    "views list": [[]],
    "views show": [["mine"]],
    "find": [["odd"]],
    "show": [["T-001"], ["T-001", "--course"], ["T-001", "--format", "json"]],
    "drafts list": [[]],
    "drafts show": [["T-001"]],
    "overview": [["--as-of", "2020-09-18"], ["--as-of", "2020-09-18", "--all"]],
    "kind list": [[], ["--format", "json"]],
    "theme list": [[], ["--format", "json"]],
    "timeline": [["--as-of", "2020-09-18"]],
    "outlook": [["--as-of", "2020-09-18"]],
    "trace": [["T-001"], ["T-001", "--format", "json"]],
    "clauses": [[]],
    "matrix": [[]],
    "links list": [[]],
    "links show": [["M1.01:old:duty-1"], ["T-002:old:duty-1"]],
    "links suggest": [["--measures", "--least", "0"]],
    "findings": [[], ["--format", "json"]],
    "log": [[], ["T-001"], ["--format", "json"]],
    "verify": [[]],
    "weekly": [["--week", "2020-W38", "--format", "json", "-o", "-"]],
    "weekly charts": [["--week", "2020-W38", "-o", "charts"]],
    "weekly compare": [["2020-W37", "2020-W38"]],
    "weekly issues": [[]],
    "brief": [["--week", "2020-W38"], ["--week", "2020-W38", "--format", "md"]],
    "chase": [["--week", "2020-W38"]],
    "calendar": [[]],
    "sources list": [[]],
    "sources verify": [[]],
    "sources cite": [[__file__, HOSTILE], [HOSTILE.replace("\0", ""), "odd"]],
    "export annotations": [[]],
    "export oscal": [[]],
    "export register": [["--format", "json", "-o", "-"]],
    "export skos": [[]],
    "mandate drafts": [[]],
    "mandate show": [["next"]],
    "people list": [[]],
    "whoami": [[]],
    "clock show": [[]],
    "keys": [[]],
    "doctor": [[]],
    "completion": [["bash"]],
}

# Words of vocabularies, and the name of a time zone.
WORDS = [("item", "basis"), ("milestone", "basis"), ("plan", "time_zone")]

# The headers that a message to an organisation has.
MESSAGE_HEADERS = {
    "Subject",
    "Date",
    "Message-ID",
    "X-Unsent",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}

# Commands that write, and tui and demo, which open the app.
WRITING = {
    *(
        "tui",
        "init",
        "update",
        "milestone",
        "due",
        "observe",
        "bulk",
        "undo",
        "confirm",
        "return",
        "answer",
        "extension ask",
        "extension grant",
        "extension refuse",
        "assess",
        "demo",
        "upgrade",
    ),
    *(
        "views delete",
        "drafts discard",
        "weekly issue",
        "weekly reissue",
        "checkpoint",
        "evidence",
        "links review",
        "links add",
    ),
    *("findings accept", "findings reopen", "sources attach", "mandate add", "mandate adopt", "mandate drop"),
    *(
        "mandate review",
        "mandate row",
        "people add",
        "people change",
        "people edit",
        "people come-back",
        "people give-items",
        "people leave",
        "clock correct",
        "redact",
        "compact",
        "clock accept",
        "import",
        "item add",
        "item add-milestone",
        "item edit",
        "item move",
        "item remove",
        "item remove-milestone",
        "item split",
        "item support",
        "indicator add",
        "indicator remove",
        "organisation add",
        "organisation dissolve",
        "organisation edit",
        "organisation merge",
        "organisation rename",
        "plan carry-over",
        "plan close",
        "plan edit",
        "plan new",
        "plan remove",
        "plan reopen",
        "plan use",
        "sheets in",
        "sheets out",
        "target add",
        "target revise",
        "theme add",
        "theme merge",
        "theme move",
        "theme remove",
        "theme rename",
        "kind merge",
        "kind rename",
    ),
}


def leaves(command: click.Command, name: str = "") -> Iterator[str]:
    """The names of all commands below one."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from leaves(found, f"{name} {below}".strip())
    else:
        yield name


def test_every_command_that_reads_is_tried():
    assert set(leaves(cli)) - WRITING <= READING.keys()


@pytest.fixture(scope="module")
def hostile_file(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan with a year of reports, and hostile text in all of it."""
    file = tmp_path_factory.mktemp("hostile") / "register.sqlite"
    shutil.copy(loaded_file, file)
    register = open_database(parse(str(file), "test"))
    said: dict[str, Any] = {
        "done": "Stones laid.",
        "next": "Mortar.",
        "blocker": "Rain.",
        "help_needed": "A boat.",
        "evidence": "Two.",
    }
    report(register, "T-001", as_of=date(2020, 9, 16), phase=Phase.IN_PROGRESS, percent=35, **said)
    meet(register, "T-002", 1, date(2020, 5, 10))
    move(register, "T-002", 3, date(2020, 11, 27))
    observed(register, "T-001", 1, 6, as_of=date(2020, 9, 1))
    assess(register, evidence="A visit.", on=date(2020, 9, 17))
    register.close()
    write_everywhere(file)
    return file


@pytest.fixture
def hostile(planner, hostile_file, tmp_path):
    shutil.copy(hostile_file, tmp_path / "command.sqlite")


@pytest.mark.first_cases(20)
@pytest.mark.parametrize("command", [only_in_more(name) if name == "weekly charts" else name for name in READING])
def test_no_command_prints_what_acts_or_forges(planner, hostile, command, tmp_path, monkeypatch):
    # Some write into the folder in which they run.
    monkeypatch.chdir(tmp_path)
    for arguments in READING[command]:
        done = planner(*command.split(), *arguments)
        assert forged_lines(done.out + done.err) == []
        assert unseen(done.out + done.err) == []


# Writes that repeat what was in the register before them.
REPEATING = {
    "item edit": ("T-001", "--title", "New quays", "--reason", "Agreed."),
    "item move": ("T-001", "--lead", "town-archive", "--reason", "Agreed."),
    "item split": ("T-001", "--part", "T-8=North quay", "--part", "T-9=South quay", "--reason", "Agreed."),
    "organisation rename": ("town-archive", "--name", "City Archive", "--reason", "Agreed."),
    "organisation edit": ("town-archive", "--language", "ko", "--reason", "Agreed."),
    "organisation merge": ("town-archive", "--into", "harbour-office", "--reason", "Agreed."),
    "organisation dissolve": ("harbour-office", "--lead", "town-archive", "--reason", "Agreed."),
    "target revise": ("T-001", "1", "--value", "9", "--reason", "Agreed."),
    "indicator add": (
        *("T-001", "--name", "Lamps", "--unit", "lamps", "--direction", "increase", "--reason", "Agreed."),
    ),
    "item support": ("T-001", "--no-longer", "town-archive", "--reason", "Agreed."),
    "item add-milestone": ("T-001", "--title", "Lamps", "--due", "2020-12-30", "--reason", "Agreed."),
    "plan edit": ("harbour-2020", "--title", "Harbour", "--reason", "Agreed."),
    "target add": ("T-001", "1", "--value", "9", "--due", "2020-11-30", "--reason", "Agreed."),
    "theme add": ("--title", "Ferries", "--reason", "Agreed."),
    "theme merge": ("2", "--into", "1", "--reason", "Agreed."),
    "kind merge": ("task", "--into", "key_project", "--reason", "Agreed."),
    "theme move": ("2", "--inside", "1", "--reason", "Agreed."),
    "kind rename": ("task", "--title", "Chore", "--reason", "Agreed."),
    "theme rename": ("2", "--title", "Ferries", "--reason", "Agreed."),
    "plan use": ("harbour-2020",),
    "plan close": ("harbour-2020", "--reason", "It is over."),
}


@pytest.fixture(scope="module")
def hostile_rows(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan with hostile text in all rows outside the log, made once: tests copy it."""
    file = tmp_path_factory.mktemp("hostile-rows") / "register.sqlite"
    shutil.copy(loaded_file, file)
    write_into_rows(file)
    return file


@pytest.mark.parametrize("command", REPEATING)
def test_no_act_prints_what_acts_or_forges(planner, hostile_rows, tmp_path, command):
    shutil.copy(hostile_rows, tmp_path / "command.sqlite")
    done = planner(*command.split(), *REPEATING[command])
    assert done.exit_code == 0, done.err
    assert forged_lines(done.out + done.err) == []
    assert unseen(done.out + done.err) == []


@pytest.mark.parametrize(
    "arguments", [("show", HOSTILE), (HOSTILE,), (f"--{HOSTILE.replace(chr(61), '')}",), ("items", "--format", HOSTILE)]
)
def test_an_error_repeats_an_argument_on_one_line(planner, filled, arguments):
    done = planner(*arguments)
    assert FORGED in done.err
    assert forged_lines(done.err) == []
    assert unseen(done.err) == []


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_a_word_that_is_unknown_is_an_error_and_no_traceback(planner, filled, tmp_path, table, column):
    write_into(tmp_path / "command.sqlite", table, column)
    for command in ("items", "show T-001", "overview", "trace T-001"):
        done = planner(*command.split())
        assert forged_lines(done.out + done.err) == []
        assert unseen(done.out + done.err) == []
    # A list of items does not read what it does not show, such as the basis of a milestone.
    assert "contains a word that planner does not know" in planner("overview").err


@pytest.mark.parametrize(
    ("table", "column"), [("item", "starts"), ("status_update", "recorded_at"), ("milestone", "baseline_date")]
)
def test_a_date_that_is_none_is_an_error_and_no_traceback(planner, hostile, tmp_path, table, column):
    with unguarded(tmp_path / "command.sqlite") as connection:
        connection.execute(f"UPDATE {table} SET {column} = ?", (HOSTILE,))
    done = planner("items")
    assert (done.exit_code, done.out) == (DatabaseStateError.exit_code, "")
    assert "contains a value that planner cannot read: Invalid isoformat string" in done.err
    assert unseen(done.err) == forged_lines(done.err) == []


def test_a_code_is_no_markup(planner, filled, tmp_path):
    write_into(tmp_path / "command.sqlite", "item", "code")
    assert "odd [/x] [bold]" in planner("items").out
    assert "odd [/x] [bold]" in planner("overview").out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_csv_is_utf_8_whatever_the_encoding_of_standard_output():
    pipe = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with redirect_stdout(pipe), visible_streams():
        as_csv(in_places(["text"]), [["港口"]])
    assert pipe.buffer.getvalue().decode() == "text\r\n港口\r\n"


def test_what_goes_to_a_terminal_is_visible_and_what_goes_to_a_pipe_is_exact():
    for stream, seen in ((Terminal(), True), (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""), False)):
        with redirect_stdout(stream), visible_streams():
            as_csv(in_places(["text"]), [[HOSTILE]])
            as_bytes([HOSTILE.encode()])
        stream.seek(0)
        assert (unseen(stream.read()) == []) is seen
    with redirect_stdout(Terminal()) as told, visible_streams():
        click.echo(HOSTILE)
    assert unseen(told.getvalue()) == []


def test_a_file_name_is_shown_and_does_not_act(planner, filled, tmp_path):
    file = write_documents(tmp_path / "texts")
    named = min(file.iterdir()) if file.is_dir() else file
    odd = named.with_name(f"a\x1b]0;owned\x07\n{FORGED}\u202e.txt")
    named.rename(odd)
    printed = "".join(
        done.out + done.err
        for done in (planner("sources", "attach", str(odd)), planner("sources", "list"), planner("log"))
    )
    assert "␛]0;owned␇" in printed
    assert forged_lines(printed) == []
    assert unseen(printed) == []


def opened_page(content: bytes) -> list[str]:
    """The texts of a page as a browser reads it. No element came from a text."""
    root = html5lib.parse(content, namespaceHTMLElements=False)
    assert [element.tag for element in root.iter() if element.get("onerror")] == []
    assert not [element for element in root.iter("script") if "owned" in (element.text or "")]
    return list(root.itertext())


def opened_workbook(content: bytes) -> list[str]:
    """The texts of a workbook. None is a formula."""
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" and "odd" in str(cell.value)] == []
    return [str(cell.value) for cell in cells if cell.value is not None]


def opened_message(content: bytes) -> list[str]:
    """The texts of a message, and its headers, of which no text makes more."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert set(message.keys()) <= MESSAGE_HEADERS
    body = message.get_body().get_content()  # type: ignore[union-attr]
    assert forged_lines(body) == []
    return [body, *map(str, message.values())]


def opened_document(content: bytes) -> list[str]:
    """The texts of a Word document, outside its tables and in them."""
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def opened_calendar(content: bytes) -> list[str]:
    """The lines of a calendar."""
    lines = content.decode().splitlines()
    assert [line for line in lines if forged_lines(line)] == []
    return lines


# What is written to a file, and the texts that a reader then sees.
FILES: list[tuple[list[str], str, Callable[[bytes], list[str]]]] = [
    (["findings"], "findings.html", opened_page),
    (["clauses"], "clauses.html", opened_page),
    (["weekly", "--week", "2020-W38"], "week.xlsx", opened_workbook),
    (["brief", "--week", "2020-W38"], "brief.html", opened_page),
    (["brief", "--week", "2020-W38"], "brief.docx", opened_document),
    (["chase", "--week", "2020-W38", "--lead", "harbour-office", "--format", "eml"], "-", opened_message),
    (["calendar"], "dates.ics", opened_calendar),
]


@pytest.mark.parametrize(("command", "name", "opened"), FILES, ids=[name for _, name, _ in FILES])
def test_no_file_for_people_holds_what_acts_or_is_markup(planner, hostile, tmp_path, command, name, opened):
    done = planner(*command, "-o", "-" if name == "-" else str(tmp_path / name))
    assert done.exit_code in (0, OPEN_FINDINGS), done.err
    texts = opened(done.out_bytes if name == "-" else (tmp_path / name).read_bytes())
    assert any("=odd [/x] [bold] | </style></script><img src=x" in text for text in texts)
    assert [unseen(text) for text in texts if unseen(text)] == []


def test_no_cell_of_an_exported_register_is_a_formula(planner, hostile, tmp_path):
    """An import reads it back, so what cannot be seen stays in it."""
    file = tmp_path / "register.xlsx"
    assert planner("export", "register", "-o", str(file)).exit_code == 0
    assert any("=odd" in text for text in opened_workbook(file.read_bytes()))


def test_no_status_sheet_holds_what_acts_or_is_a_formula(planner, hostile, tmp_path):
    done = planner("sheets", "out", "--org", "harbour-office", "-o", str(tmp_path))
    assert forged_lines(done.out + done.err) == []
    (sheet,) = tmp_path.glob("*.xlsx")
    texts = opened_workbook(sheet.read_bytes())
    assert any("=odd" in text for text in texts)
    assert [unseen(text) for text in texts if unseen(text)] == []
    shown = planner("sheets", "in", str(sheet), "--preview")
    assert forged_lines(shown.out + shown.err) == unseen(shown.out + shown.err) == []


def test_no_cell_of_a_csv_file_is_a_formula(planner, hostile, tmp_path):
    for command in (
        ["weekly", "--week", "2020-W38", "--section", "items"],
        ["findings"],
        ["items"],
        ["log"],
        ["export", "register"],
    ):
        out = planner(*command, "--format", "csv").out
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert any("=odd" in cell for cell in cells)
        assert [cell for cell in cells if cell.startswith("=")] == []


@pytest.mark.more
def test_on_a_server_no_command_prints_what_acts_or_forges_either(postgresql_register):
    register = postgresql_register
    report(register, "T-001", as_of=date(2020, 9, 16), percent=35, done="Stones laid.", blocker="Rain.")
    with register.engine.begin() as connection, guards_lifted(connection):
        write_texts_on_a_server(connection)
    address = register.url.render_as_string(hide_password=False)
    shown = ""
    for command in ("items", "show T-001", "overview", "timeline", "trace T-001", "findings", "log", "people list"):
        done = run_command("--db", address, *command.split())
        assert (command, done.exit_code in (0, OPEN_FINDINGS)) == (command, True), done.err
        shown += done.out + done.err
    assert FORGED in shown
    assert forged_lines(shown) == []
    assert unseen(shown) == []


def test_files_and_folders_with_hostile_names_are_told_and_do_not_act(planner, filled, tmp_path, monkeypatch):
    """Data files, drafts and settings, in a folder of such a name and with such a text in them."""
    folder = tmp_path / f"a\x1b]0;owned\x07\n{FORGED}\u202e"
    seeds = small_bundle(folder)
    (seeds / "plan.yaml").write_text(f"plan: '{FORGED}", encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    text = HOSTILE.replace("\0", "")
    key = draft_key(str(tmp_path / "command.sqlite"), "harbour-2020", login(), "T-001")
    drafts.keep(Draft(key, {"done": text, "next": text}, {"report": 7}, AT, AT))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    (folder / "planner" / "config.toml").write_text(f"[keys]\n{json.dumps(FORGED)} = 'f6'\n", encoding="utf-8")
    done = [
        planner(*command)
        for command in (
            ("init", "--seeds", str(seeds)),
            ("drafts", "list"),
            ("drafts", "show", "T-001"),
            ("keys", "--check"),
            ("--db", str(folder / "none.sqlite"), "items"),
        )
    ]
    assert [one.exit_code for one in done] == [9, 0, 0, 3, 6]
    printed = "".join(one.out + one.err for one in done)
    assert "␛]0;owned␇" in printed
    assert forged_lines(printed) == []
    assert unseen(printed) == []
