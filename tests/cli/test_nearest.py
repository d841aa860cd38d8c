"""A mistyped command, option or choice: the message names what the person may have meant."""

import pytest

from planner.cli.main import COMMANDS
from planner.cli.nearest import OTHER_WORDS, nearest


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


def test_at_most_three_words_are_named_the_most_similar_first():
    assert nearest("item", ["items", "itema", "itemb", "item", "find"]) == ["item", "items", "itemb"]
