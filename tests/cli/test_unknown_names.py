"""Whatever an option names must be there: an unknown name is an error that says what there is, never an empty list."""

import click
import pytest

from planner.cli.main import cli
from planner.personal.saved_views import SavedView, save_view, views_file
from tests.cli.test_typed_dates import every_command

WEEK = "2020-W14"
WHY = ("--reason", "Agreed.")
# What a new item needs. An option that is given again goes before the one given here.
ADDED = (
    *("T-009", "--title", "Lamps", "--theme", "1", "--lead", "harbour-office"),
    *("--due", "2020-12-30", "--kind", "task", *WHY),
)

# A name that is not there, by command and option, with what the message has to say; and what the command needs beside.
UNKNOWN = [
    (("items", "--theme", "9"), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (("timeline", "--theme", "9"), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (("outlook", "--theme", "9"), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (("calendar", "--theme", "9"), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (("links", "--theme", "9"), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (("items", "--theme", "0"), "--theme: no theme is called '0'. The themes are 1 and 2"),
    (("brief", "--theme", "9"), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (
        ("weekly", "--theme", "lamps"),
        "--theme: no theme is called 'lamps'. The themes are 1 (Quays and lights) and 2 (",
    ),
    (("weekly", "charts", "--theme", "9"), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (("links", "review", "--theme", "9"), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (("items", "--lead", "none-such"), "called 'none-such'. The organisations are"),
    (("timeline", "--lead", "none-such"), "called 'none-such'. The organisations are"),
    (("outlook", "--lead", "none-such"), "called 'none-such'. The organisations are"),
    (("calendar", "--lead", "none-such"), "called 'none-such'. The organisations are"),
    (("chase", "--lead", "none-such"), "called 'none-such'. The organisations are"),
    (("my-week", "--for", "none-such"), "called 'none-such'. The organisations are"),
    (
        ("people", "add", "new", "--organisation", "none-such"),
        "called 'none-such'. The organisations are",
    ),
    (
        ("people", "change", "ada", "--organisation", "none-such", *WHY),
        "called 'none-such'. The organisations are",
    ),
    (("calendar", "--person", "nobody"), "--person: no person has the login 'nobody'. The logins are"),
    (("log", "--who", "nobody"), "--who: no login begins with 'nobody'. The logins are"),
    (
        ("log", "--action", "reprot"),
        "--action: the log has no action 'reprot'. The actions are add-person,",
    ),
    (("items", "--view", "none-such"), "no view is called 'none-such'"),
    (("items", "--sort", "none-such"), "items cannot be sorted by 'none-such'. The columns are code"),
    (("clauses", "--mandate", "none-such"), "no mandate version is called 'none-such'. The versions are"),
    (("matrix", "--mandate", "none-such"), "no mandate version is called 'none-such'. The versions are"),
    (("links", "list", "--mandate", "none-such"), "no mandate version is called 'none-such'. The versions are"),
    (("links", "review", "--mandate", "none-such"), "no mandate version is called 'none-such'. The versions are"),
    (("links", "suggest", "--mandate", "none-such"), "no mandate version is called 'none-such'. The versions are"),
    (
        (
            *("links", "add", "T-001", "--clause", "duty-1", "--type", "supports", "--coverage", "full"),
            *("--rationale", "It is so.", "--mandate", "none-such"),
        ),
        "no mandate version is called 'none-such'. The versions are",
    ),
    (("trace", "T-001", "--mandate", "none-such"), "no mandate version is called 'none-such'. The versions are"),
    (("trace", "T-001", "--lang", "xx"), "no mandate version has a text in 'xx'. The languages are"),
    (("clauses", "--lang", "xx", "--texts"), "no mandate version has a text in 'xx'. The languages are"),
    (
        ("mandate", "add", "FILE", "--key", "n1", "--supersedes", "none-such"),
        "is called 'none-such'. The versions are",
    ),
    (("weekly", "--section", "none-such"), "the weekly file has no section 'none-such'. The sections are totals"),
    (
        ("weekly", "compare", f"{WEEK}@now", WEEK, "--section", "none-such"),
        "'none-such'. The sections are totals",
    ),
    (("redact", "T-001", "--field", "none-such", "--reason", "Wrong.", "--yes"), "T-001 has no text in none-such"),
    (("sheets", "out", "--org", "none-such"), "--org: no organisation is called 'none-such'. The organisations are"),
    (("sheets", "out", "--all", "--language", "xx"), "--language: the program has no messages in the language 'xx'"),
    (("items", "--kind", "none-such"), "'none-such'. The kinds are"),
    (
        ("item", "add", *ADDED, "--supporting", "bakers"),
        "--supporting: no organisation is called 'bakers'",
    ),
    (("item", "add", *ADDED, "--theme", "9"), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (
        ("item", "add", *ADDED, "--lead", "none-such"),
        "--lead: no organisation is called 'none-such'. The organisations",
    ),
    (("item", "add", *ADDED, "--kind", "none-such"), "--kind: no kind of item is called 'none-such'. The kinds are"),
    (("item", "add", *ADDED, "--measure", "none-such"), "--measure: theme 1 has no measure 'none-such'."),
    (("item", "add", *ADDED, "--accountable", "nobody"), "--accountable: no person has the login 'nobody'. The logins"),
    (
        ("item", "edit", "T-001", "--kind", "none-such", *WHY),
        "--kind: no kind of item is called 'none-such'. The kinds",
    ),
    (
        ("item", "edit", "T-001", "--accountable", "nobody", *WHY),
        "--accountable: no person has the login 'nobody'. The logins are",
    ),
    (("item", "edit", "none-such", "--title", "New", *WHY), "none-such"),
    (("item", "move", "T-001", "--theme", "9", *WHY), "--theme: no theme is called '9'. The themes are 1 and 2"),
    (("item", "move", "T-001", "--lead", "none-such", *WHY), "--lead: no organisation is called 'none-such'. The"),
    (("item", "move", "T-001", "--measure", "none-such", *WHY), "--measure: theme 1 has no measure 'none-such'."),
    (("indicator", "remove", "T-001", "9", *WHY), "T-001 has no indicator 9"),
    (("indicator", "remove", "none-such", "1", *WHY), "none-such"),
    (("item", "remove", "none-such", *WHY), "none-such"),
    (("item", "remove-milestone", "none-such", "1", *WHY), "none-such"),
    (("item", "remove-milestone", "T-001", "99", *WHY), "T-001 has no milestone 99"),
    (("item", "support", "none-such", "--supporting", "town-archive", *WHY), "none-such"),
    (
        ("item", "support", "T-001", "--supporting", "none-such", *WHY),
        "--supporting: no organisation is called 'none-such'. The",
    ),
    (
        ("item", "support", "T-001", "--no-longer", "none-such", *WHY),
        "--no-longer: no organisation is called 'none-such'.",
    ),
    (("item", "split", "none-such", "--part", "T-8=A", "--part", "T-9=B", *WHY), "none-such"),
    (("organisation", "rename", "none-such", "--name", "New", *WHY), "called 'none-such'. The organisations are"),
    (("organisation", "edit", "none-such", "--language", "ko", *WHY), "called 'none-such'. The organisations are"),
    (
        ("organisation", "merge", "none-such", "--into", "harbour-office", *WHY),
        "called 'none-such'. The organisations are",
    ),
    (("organisation", "merge", "harbour-office", "--into", "none-such", *WHY), "--into: no organisation is called"),
    (("organisation", "dissolve", "none-such", *WHY), "called 'none-such'. The organisations are"),
    (("organisation", "dissolve", "harbour-office", "--lead", "none-such", *WHY), "--lead: no organisation is called"),
    (("indicator", "add", "none-such", "--name", "A", "--unit", "b", "--direction", "reach", *WHY), "none-such"),
    (("item", "add-milestone", "none-such", "--title", "A", "--due", "2020-12-01", *WHY), "none-such"),
    (("target", "add", "none-such", "1", "--value", "9", "--due", "2020-12-01", *WHY), "none-such"),
    (("target", "add", "T-001", "99", "--value", "9", "--due", "2020-12-01", *WHY), "T-001 has no indicator 99"),
    (("theme", "add", "--title", "A", "--inside", "9", *WHY), "--inside: no theme is called '9'. The themes are"),
    (("theme", "move", "9", "--inside", "1", *WHY), "no theme is called '9'. The themes are"),
    (("theme", "move", "2", "--inside", "9", *WHY), "--inside: no theme is called '9'. The themes are"),
    (("kind", "rename", "chore", "--title", "A", *WHY), "no kind of item is called 'chore'. The kinds are"),
    (("kind", "merge", "task", "--into", "chore", *WHY), "no kind of item is called 'chore'. The kinds are"),
    (("theme", "merge", "1", "--into", "9", *WHY), "no theme is called '9'. The themes are"),
    (("theme", "rename", "9", "--title", "A", *WHY), "no theme is called '9'. The themes are"),
    (("theme", "remove", "9", *WHY), "no theme is called '9'. The themes are"),
    (("plan", "edit", "none-such", "--title", "A", *WHY), "KEY: no plan is called 'none-such'. The only possible"),
    (("plan", "edit", "harbour-2020", "--organisation", "none-such", *WHY), "--organisation: no organisation is"),
    (("plan", "edit", "harbour-2020", "--mandate", "none-such", *WHY), "no mandate version is called 'none-such'."),
    (("mandate", "add", "FILE", "--key", "n1", "--body", "none-such"), "--body: no organisation is called 'none-such'"),
    (
        ("plan", "new", "--title", "A", "--organisation", "B", "--from", "FILE", "--yes", "--sheet", "none-such"),
        "--sheet: the files have no sheet 'none-such'.",
    ),
    (("plan", "remove", "none-such", *WHY), "KEY: no plan is called 'none-such'. The only possible value is"),
    (("target", "revise", "none-such", "1", "--value", "9", *WHY), "none-such"),
    (("target", "revise", "T-001", "99", "--value", "9", *WHY), "T-001 has no indicator 99"),
    (("people", "give-items", "nobody", "--to", "ada", *WHY), "no person has the login 'nobody'. The logins are"),
    (("people", "give-items", "ada", "--to", "nobody", *WHY), "--to: no person has the login 'nobody'. The logins are"),
    (("people", "change", "nobody", "--name", "New", *WHY), "LOGIN: no person has the login 'nobody'. The logins are"),
    (("people", "edit", "nobody", "--address", "", *WHY), "LOGIN: no person has the login 'nobody'. The logins are"),
    (("people", "leave", "nobody", *WHY), "LOGIN: no person has the login 'nobody'. The logins are"),
    (("people", "come-back", "nobody", *WHY), "LOGIN: no person has the login 'nobody'. The logins are"),
    (("plan", "use", "none-such"), "KEY: no plan is called 'none-such'. The only possible value is harbour-2020"),
    (("plan", "close", "none-such", *WHY), "KEY: no plan is called 'none-such'. The only possible value is"),
    (("plan", "reopen", "none-such", *WHY), "KEY: no plan is called 'none-such'. The only possible value is"),
    (
        ("plan", "carry-over", "none-such", "harbour-2020", "--dates", "keep", "--preview"),
        "OLD: no plan is called 'none-such'. The only possible value is",
    ),
    (
        ("plan", "carry-over", "harbour-2020", "none-such", "--dates", "keep", "--preview"),
        "NEW: no plan is called 'none-such'. The only possible value is",
    ),
    (("--plan", "none-such", "items"), "--plan: no plan is called 'none-such'. The only possible value is"),
    (("import", "FILE", "--sheet", "none-such", "--preview"), "--sheet: "),
    (("weekly", "issues", "--week", WEEK), f"{WEEK} was not issued. No week has been"),
]


@pytest.mark.first_cases(40)
@pytest.mark.parametrize(
    ("arguments", "told"), UNKNOWN, ids=lambda one: " ".join(one) if isinstance(one, tuple) else ""
)
def test_an_unknown_name_is_an_error_that_says_what_there_is(planner, unchanged, tmp_path, arguments, told):
    file = tmp_path / "duties.txt"
    file.write_text("Article 1 To keep the quays.\nArticle 2 To keep the lights.\n")
    done = planner(*(str(file) if text == "FILE" else text for text in arguments))
    assert told in done.err
    assert (done.exit_code, done.out) == (4, "")


def test_every_option_that_names_something_is_tried():
    """An option counts by what its help calls the value. click itself refuses what is no word of a vocabulary."""
    named = {"ORG", "VERSION", "MANDATE", "LANG", "LOGIN", "WORD", "NAME", "COLUMN", "THEME", "KIND", "SHEET"}
    found = {
        (*path.split(), parameter.opts[0])
        for path, command in every_command(cli)
        for parameter in command.params
        if not isinstance(parameter.type, click.Choice)
        and parameter.metavar in named
        and parameter.opts[0].startswith("--")
        and path
    }
    tried = {
        (*arguments[: arguments.index(option)], option)
        for arguments, _ in UNKNOWN
        for option in arguments
        if option.startswith("--")
    }
    # A view is saved under any name; a language is given to a new text; an organisation may be new. The lead of carried
    # items takes two plans, and is tried in tests/writes/test_carry_over.py.
    new = {
        ("plan", "carry-over", "--lead"),
        ("items", "--save-view"),
        ("mandate", "add", "--language"),
        ("organisation", "add", "--language"),
        ("organisation", "edit", "--language"),
        ("plan", "edit", "--language"),
        ("plan", "new", "--language"),
        ("plan", "new", "--organisation"),
    }
    missing = {one for one in found if not any(_is_of(one, other) for other in tried)}
    assert missing - new == set()


def _is_of(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether an option was tried, whatever arguments stood before it; `links` alone is `links list`."""
    return one[-1] == other[-1] and (one[0] == other[0]) and (len(one) == 2 or one[1] in (*other, "list"))


def test_a_saved_view_that_names_what_is_not_there_is_an_error(planner, filled):
    save_view(views_file(), SavedView("nine", {"theme": ("9",)}))
    save_view(views_file(), SavedView("gone", {"lead": ("gone",)}))
    for name, told in (
        ("nine", "--view: the plan has no theme 9. The themes are 1 and 2"),
        ("gone", "--view: no organisation is called 'gone'. The organisations are"),
    ):
        done = planner("items", "--view", name)
        assert (done.exit_code, done.out) == (4, "")
        assert told in done.err


@pytest.mark.parametrize("phase", ["in_progress", "In progress", "in-progress", "ＩＮ＿ＰＲＯＧＲＥＳＳ"])
def test_words_may_be_typed_as_screens_write_them(planner, filled, phase):
    done = planner("items", "--phase", phase, "--as-of", "2020-12-31", "--format", "json")
    assert (done.exit_code, done.err) == (0, "")


def test_an_unknown_word_is_told_with_those_there_are(planner, filled):
    done = planner("items", "--phase", "done")
    assert done.exit_code == 2
    assert "'not_started', 'in_progress'" in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("milestone", "T-001", "99999999999999999999", "--met", "today"), "is not a number of 1 or more"),
        (("observe", "T-001", "99999999999999999999", "1"), "is not a number of 1 or more"),
        (("observe", "T-001", "1", "1,5"), "VALUE: '1,5' has a comma"),
        (("observe", "T-001", "1", "50%"), "VALUE: '50%' has a percent sign"),
        (("observe", "T-001", "1", "1e-400"), "VALUE: '1e-400' is too small"),
        (("observe", "T-001", "1", "99999999999999999999"), "has more than 15 digits"),
        (("update", "T-001", "--percent", "1_0"), "--percent: '1_0' is not a percentage"),
        (("update", "T-001", "--observe", "1=1,5"), "--observe: '1,5' has a comma"),
        (("update", "T-001", "--met", "99999999999999999999"), "does not begin with a number"),
        (("log", "--limit", "1_0"), "--limit: '1_0' is not a number"),
        (("log", "--before", "99999999999999999999"), "--before: '99999999999999999999' is not a number"),
        (("weekly", "reissue", WEEK, "--number", "99999999999999999999"), "--number: '99999999999999999999' is not"),
        (("mandate", "review", "none", "--row", "99999999999999999999"), "--row: '99999999999999999999' is not"),
    ],
)
def test_a_number_that_is_none_is_told_by_its_option(planner, unchanged, arguments, told):
    done = planner(*arguments)
    assert told in done.err
    assert (done.exit_code, done.out) == (3, "")


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("code", ["Ｔ－００１", "t-1", "T\u2011001", "Ｔ１"])
def test_a_code_is_understood_wherever_one_is_typed(planner, filled, code):
    for arguments in (
        ("show", code),
        ("trace", code),
        ("log", code),
        ("calendar", code),
        ("find", code),
        ("outlook", code, "--as-of", "2020-06-01"),
        ("items", "--search", code),
        ("timeline", "--search", code),
        ("links", code),
        ("update", code, "--percent", "5%", "--yes"),
        ("due", code, "--move", "2020-11-30", "--reason", "Ice.", "--yes"),
        ("milestone", code, "１", "--met", "2020-02-01", "--yes"),
        ("observe", code, "1", "-0"),
        ("bulk", code, "--phase", "suspended", "--yes"),
    ):
        done = planner(*arguments)
        assert done.exit_code in (0, 20), (arguments, done.err)
        assert "T-001" in done.out or "T-001" in done.err or "M1" in done.out or "Recorded on 1 item" in done.out, (
            arguments,
            done.out,
        )


def test_a_search_finds_a_code_that_is_typed_loosely(planner, filled):
    assert "T-002" in planner("items", "--search", "T-2").out
    assert "T-002" in planner("find", "t2").out
