"""The example at the end of each help page is a command line that does what it says."""

import shlex
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest

from bench.docs.command_reference import commands
from planner.cli.context import Context, login
from planner.cli.examples import EXAMPLES, OF_GROUPS, WIDTH, example_lines
from planner.cli.main import cli
from planner.domain.vocabulary import Phase
from planner.personal import drafts
from planner.personal.drafts import Draft, draft_key
from planner.store.location import parse
from planner.writes.reports.extensions import ask_extension
from tests.cli.test_plain import FORBIDDEN
from tests.conftest import opened_copy
from tests.factories import COLLEAGUE, report, writing_by
from tests.mandates.factories import NEXT_DUTIES, decide_all
from tests.weekly.test_in_english import undrawn

# The examples that end with another exit code: 0 would say that there is nothing to find, to compare or to correct,
# and a version that says nothing of all earlier clauses is not adopted.
OTHER_CODES = {"findings": 18, "weekly compare": 1, "clock accept": 5, "clock correct": 5, "mandate adopt": 5}
# What needs the official texts, which are not part of the program.
OFFICIAL = {"sources attach": 10}

# What people do before they type an example.
BEFORE = {
    "confirm": ["people add brook --name Brook --role manager"],
    "answer": ["update T-008 --help-needed 'Two engineers.' --help-from 'The city' --help-by +1w"],
    "views show": ["items --theme 1 --save-view health"],
    "views delete": ["items --theme 1 --save-view health"],
    "theme remove": ["theme add --title Skills --reason Agreed."],
    "mandate drop": ["mandate add other.txt --key duties-2022"],
    "people give-items": ["item edit T-007 --accountable cleo --as-of 2020-03-02 --reason Agreed."],
}


# The items of which another person asks for a later date before an example answers.
ASKED = {"extension grant": "T-008", "extension refuse": "T-009"}


def test_every_command_has_an_example_and_no_other_has():
    names = {name for name, _ in commands()}
    assert names - {*EXAMPLES, *OF_GROUPS} == set()
    assert {*EXAMPLES, *OF_GROUPS} - names == set()


def _parsed(name: str) -> str:
    """Let click read an example as a line for its command, and return the name of this command.

    Raises UsageError for what the command does not have.
    """
    words = shlex.split(EXAMPLES[name])
    rest = words[words.index(name.split()[0]) :]
    command: click.Command | None = cli
    ctx = click.Context(cli, obj=Context())
    for word in name.split():
        assert isinstance(command, click.Group)
        found, command, rest = command.resolve_command(ctx, rest)
        assert found == word
    assert command is not None
    read = command.make_context(name, rest, parent=ctx)
    read.close()
    return str(read.info_name)


def test_each_example_is_of_its_command_and_has_only_its_options():
    assert [_parsed(name) for name in EXAMPLES] == list(EXAMPLES)


@pytest.mark.parametrize("name", ["show", "item add", "item"])
def test_a_help_page_ends_with_the_example(planner, name):
    out = planner(*name.split(), "--help").out
    assert out.endswith(f"\n\nExample:\n{example_lines(name)}\n")


def test_a_long_example_is_continued_as_a_shell_reads_it():
    for name, example in EXAMPLES.items():
        lines = example_lines(name).splitlines()
        assert max(map(len, lines)) <= WIDTH + 2
        assert shlex.split("\n".join(lines).replace("\\\n", "")) == ["planner", *shlex.split(example)]


def _prepare(file: Path, name: str) -> None:
    """Record what an example needs and what only another person, the app or a file can give."""
    database = opened_copy(parse(str(file), "test"))
    if name in ("confirm", "return"):
        code, given = ("T-002", {"phase": Phase.COMPLETED}) if name == "confirm" else ("T-003", {"done": "Asked."})
        report(database, code, actor=COLLEAGUE, at=datetime.now(UTC), **given)
    if name.startswith("drafts "):
        key, now = draft_key(str(file), "beijing-2020", login(), "T-003"), datetime.now(UTC)
        drafts.keep(Draft(key, {}, {}, now, now))
    if name in ASKED:
        with database.writing() as session:
            writing = writing_by(session, COLLEAGUE, datetime.now(UTC))
            ask_extension(writing, ASKED[name], date(2020, 12, 18), "Rain.", milestone=3, as_of=date(2020, 6, 1))
    if name == "mandate adopt":
        decide_all(database, "duties-2021")
    database.close()


@pytest.fixture
def folder(planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own folder, with the files that examples read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANNER_DB", str(tmp_path / "office.sqlite"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("planner.weekly.page.vega_lite.rendered", undrawn)
    (tmp_path / "items.csv").write_text("Code,Task\nT-001,Study how to be ready\n", encoding="utf-8")
    (tmp_path / "duties.txt").write_text(NEXT_DUTIES, encoding="utf-8")
    (tmp_path / "other.txt").write_text(NEXT_DUTIES.replace("swim", "dive"), encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "plan.txt").write_text("There is the phrase.", encoding="utf-8")
    return tmp_path


def _words(folder: Path, planner, name: str) -> list[str]:
    """The words that a shell makes of an example. The event of a redaction is the report that an example records."""
    words = [
        str(file.relative_to(folder)) if "*" in word else word
        for word in shlex.split(EXAMPLES[name])
        for file in (sorted(folder.glob(word)) if "*" in word else [folder])
    ]
    if name == "redact":
        words[1] = next(line.split()[0] for line in planner("log", "T-001").out.splitlines() if "  report  " in line)
    return words


@pytest.mark.more
def test_the_examples_run_on_the_bundled_plan_one_after_another(folder, planner):
    done = {}
    for name in EXAMPLES:
        if name in ("tui", "demo"):
            continue
        for line in BEFORE.get(name, []):
            assert planner(*shlex.split(line)).exit_code == 0, line
        if name in ("confirm", "return", "drafts show", "drafts discard", "mandate adopt", *ASKED):
            _prepare(folder / "office.sqlite", name)
        done[name] = planner(*_words(folder, planner, name), "--plain")
    codes = {name: result.exit_code for name, result in done.items() if result.exit_code}
    assert codes == OTHER_CODES | OFFICIAL, {name: done[name].err for name in codes}
    # In plain words no command prints a symbol. Every command has an example, so this walks all of them.
    found = {name: FORBIDDEN.search(result.out + result.err) for name, result in done.items()}
    assert {name: sign.string[sign.start() - 40 : sign.end() + 40] for name, sign in found.items() if sign} == {}
