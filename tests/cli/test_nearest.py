"""A mistyped command, option or choice: the message names what the person may have meant."""

import click
import pytest

from planner.cli.main import COMMANDS, cli
from planner.cli.nearest import OTHER_OPTIONS, OTHER_VALUES, OTHER_WORDS, nearest
from planner.domain.vocabulary import Concern, Confidence, Freshness, Grouping, Phase, Schedule, State


@pytest.mark.parametrize(
    ("arguments", "end"),
    [
        (("shw", "T-001"), "No such command 'shw'. Did you mean 'show'?"),
        (("Show", "T-001"), "No such command 'Show'. Did you mean 'show'?"),
        (("itms",), "No such command 'itms'. Did you mean one of 'items', 'item'?"),
        (("report", "T-001"), "No such command 'report'. Did you mean 'update'?"),
        (("help",), "No such command 'help'. Did you mean '--help'?"),
        (("frobnicate",), "No such command 'frobnicate'."),
        (("sources", "lst"), "No such command 'lst'. Did you mean 'list'?"),
        (("sources", "help"), "No such command 'help'."),
        (("weekly", "isue"), "No such command 'isue'. Did you mean one of 'issue', 'issues', 'reissue'?"),
        (("show", "--corse", "T-001"), "No such option '--corse'. Did you mean '--course'?"),
        (("show", "T-001", "--json"), "No such option '--json'. Did you mean '--format json'?"),
        (("show", "T-001", "--csv"), "No such option '--csv'."),
        (("update", "T-001", "--status", "done"), "No such option '--status'. Did you mean '--phase'?"),
        (("items", "--Status", "done"), "No such option '--Status'. Did you mean one of '--phase', '--state'?"),
        (("items", "--overdue"), "No such option '--overdue'. Did you mean '--schedule overdue'?"),
        (("items", "-q", "port"), "No such option '-q'. Did you mean '--search'?"),
        (("import", "plan.csv", "--dry-run"), "No such option '--dry-run'. Did you mean '--preview'?"),
        (("item", "split", "T-001", "--into", "T-900"), "No such option '--into'. Did you mean '--part'?"),
        (
            ("theme", "merge", "1", "--into", "2", "--yes"),
            "No such option '--yes'. This command asks for no confirmation: leave the option out.",
        ),
        (("undo", "-y"), "No such option '-y'. Did you mean '--yes'?"),
        (("update", "T-001", "--phase", "done"), "'cancelled', 'merged'. Did you mean 'completed'?"),
        (("update", "T-001", "--confidence", "Yellow"), "'green', 'amber', 'red'. Did you mean 'amber'?"),
        (("items", "--schedule", "late"), "'overdue', 'none'. Did you mean one of 'behind', 'overdue'?"),
        (("items", "--phase", "in_progres"), "'cancelled', 'merged'. Did you mean 'in_progress'?"),
        (("items", "--phase", "zzz"), "'cancelled', 'merged'."),
        (("items", "--format", "jsn"), "'table', 'csv', 'json'. Did you mean 'json'?"),
        (("export", "register", "--format", "xslx"), "'xlsx', 'csv', 'json'. Did you mean 'xlsx'?"),
        (("weekly", "--format", "Htm"), "'docx', 'all'. Did you mean 'html'?"),
    ],
)
def test_the_nearest_words_are_named(planner, arguments, end):
    done = planner(*arguments)
    assert (done.exit_code, done.out) == (2, "")
    assert done.err.endswith(f"{end}\n")


def test_words_of_other_programs_lead_to_commands_that_exist():
    assert {word.partition(" ")[0] for word in OTHER_WORDS.values() if not word.startswith("-")} <= set(COMMANDS)
    assert set(OTHER_WORDS) & set(COMMANDS) == set()


def test_other_options_lead_to_options_that_some_command_has():
    known = all_options(cli)
    meant = {words for several in OTHER_OPTIONS.values() for words in several}
    assert {words for words in meant if words.partition(" ")[0] not in known} == set()


def test_other_values_lead_to_words_of_a_vocabulary():
    vocabularies = (Phase, Confidence, Schedule, State, Freshness, Concern, Grouping, ("xlsx", "docx"))
    known = {str(word) for vocabulary in vocabularies for word in vocabulary}
    assert {word for several in OTHER_VALUES.values() for word in several} <= known


def all_options(command: click.Command) -> set[str]:
    """The options of a command and of all commands below it."""
    found = {name for option in command.params for name in option.opts}
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            found |= all_options(below) if below is not None else set()
    return found


def test_at_most_three_words_are_named_the_most_similar_first():
    assert nearest("item", ["items", "itema", "itemb", "item", "find"]) == ["item", "items", "itemb"]
