"""A new kind or theme whose name looks like another one is asked about, and is never added in silence."""

from typing import Any

import pytest

from planner.base.slips import SlipFinder
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import StoredTheme
from planner.intake.proposed import Field, ProposedItem, Severity
from tests.intake.comparing.test_compare import preview, stored, stored_item, words
from tests.intake.layout.written import proposed
from tests.intake.proposals import given, item, part, register

KINDS = {"task": "Task", "key_project": "Key project", "重点项目": "重点项目"}
THEMES = [
    StoredTheme(1, ("Economy",), None, "1"),
    StoredTheme(2, ("Health",), None, "2"),
    StoredTheme(3, ("Roads",), 1, None),
    StoredTheme(4, ("Roads",), 2, None),
]


def rows(fact: str, *names: Any) -> list[ProposedItem]:
    """Items that give a fact one of these values each."""
    return [
        item(row, code=f"X-{row}", title=f"Item {row}", lead="roads", **{fact: name})
        for row, name in enumerate(names, 1)
    ]


def asked(fact: str, *names: Any, **answers: str) -> Preview:
    """The preview of such items. Answers are by the column of the file."""
    given = {f"plan.csv!{cell}": answer for cell, answer in answers.items()}
    return preview(register(*rows(fact, *names)), stored(kinds=KINDS, themes=THEMES), answers=given)


@pytest.mark.parametrize(
    ("known", "name", "is_slip"),
    [
        ("重点项目", "重点项日", True),
        ("重点项目", "重点项目类", True),
        ("重点项目", "重点目项", True),
        ("핵심과제", "핵심과재", True),
        ("Key project", "Key projct", True),
        ("一期工程", "二期工程", False),
        ("市级项目", "区级项目", False),
        ("A类项目", "B类项目", False),
        ("项目", "项日", False),
        ("School 12", "School 13", False),
    ],
)
def test_characters_are_compared_too_but_not_those_that_tell_names_apart(known: str, name: str, is_slip: bool) -> None:
    slips = SlipFinder(characters=True)
    slips.add(known, "known")
    assert slips.find(name) == (["known"] if is_slip else [])


@pytest.mark.parametrize(
    ("name", "known"), [("Key projct", "Key project"), ("Tasks", "Task"), ("重点项日", "重点项目"), ("Task.", "Task")]
)
def test_a_kind_that_can_be_a_slip_is_asked_about(name: str, known: str) -> None:
    open_question = asked("kind", name, name)

    assert words(open_question) == [(Severity.QUESTION, f"no kind of item is called '{name}', but there is '{known}'")]
    assert (open_question.problems[0].key, open_question.problems[0].choices) == ("plan.csv!D1", (known, "new"))
    assert open_question.kinds == ()
    meant, new = asked("kind", name, name, D1=known), asked("kind", name, name, D1="new")
    assert (meant.problems, meant.kinds) == ((), ())
    assert (new.problems, [kind.title for kind in new.kinds]) == ((), [name])


@pytest.mark.parametrize("name", ["Key project ", "ｋｅｙ　ｐｒｏｊｅｃｔ", "KEY PROJECT", "key_project"])
def test_blanks_case_and_full_width_letters_make_no_other_kind(name: str) -> None:
    same = asked("kind", name)
    assert (same.problems, same.kinds) == ((), ())


@pytest.mark.parametrize("fact", ["kind", "theme"])
def test_of_two_new_names_that_look_alike_the_rarer_one_is_asked_about(fact: str) -> None:
    names = ("Pilot measre", "Pilot measure", "Pilot measure")

    open_question = asked(fact, *names)

    assert [(one.key, one.choices) for one in open_question.blockers] == [("plan.csv!D1", ("Pilot measure", "new"))]
    meant = asked(fact, *names, D1="Pilot measure")
    added = meant.kinds if fact == "kind" else meant.themes
    assert (meant.blockers, [one.title for one in added]) == ((), ["Pilot measure"])
    new = asked(fact, *names, D1="new")
    added = new.kinds if fact == "kind" else new.themes
    assert (new.blockers, [one.title for one in added]) == ((), ["Pilot measre", "Pilot measure"])


def test_a_theme_that_can_be_a_slip_is_asked_about() -> None:
    open_question = asked("theme", "Econmy", ("Econmy", "Harbours"))

    assert words(open_question) == [(Severity.QUESTION, "no theme is called 'Econmy', but there is 'Economy'")]
    meant = asked("theme", "Econmy", ("Econmy", "Harbours"), D1="Economy")
    assert [(theme.title, theme.parent) for theme in meant.themes] == [("Harbours", 1)]
    new = asked("theme", "Econmy", ("Econmy", "Harbours"), D1="new")
    assert [(theme.title, theme.parent) for theme in new.themes] == [("Econmy", None), ("Harbours", 5)]


def test_both_titles_of_one_cell_can_be_slips() -> None:
    names = (("Econmy", "Raods"),)

    assert [one.key for one in asked("theme", *names).blockers] == ["plan.csv!D1 parent", "plan.csv!D1"]
    given = {"plan.csv!D1 parent": "Economy", "plan.csv!D1": "Roads"}
    meant = preview(register(*rows("theme", *names)), stored(kinds=KINDS, themes=THEMES), answers=given)
    assert (meant.blockers, meant.themes, [one.facts[Field.THEME] for one in meant.new]) == ((), (), [3])


def test_a_title_that_several_themes_have_is_asked_about() -> None:
    open_question = asked("theme", "Roads")

    assert words(open_question) == [(Severity.QUESTION, "2 themes are called 'Roads'")]
    assert open_question.problems[0].choices == ("Economy > Roads", "Health > Roads", "new")
    meant = asked("theme", "Roads", D1="Health > Roads")
    assert (meant.problems, meant.themes, [one.facts[Field.THEME] for one in meant.new]) == ((), (), [4])
    assert [theme.title for theme in asked("theme", "Roads", D1="new").themes] == ["Roads"]


def test_a_section_that_can_be_a_slip_of_another_one_is_asked_about() -> None:
    table = """
序号|工作任务|牵头单位
一、经济发展
1|修路|Roads
2|建桥|Roads
二、社会保障
3|植树|Roads
三、经济发屏
4|修水库|Roads
"""

    open_question = preview(proposed(table), stored(themes=THEMES))

    assert [(one.value, one.choices) for one in open_question.blockers] == [("经济发屏", ("经济发展", "new"))]
    meant = preview(proposed(table), stored(themes=THEMES), answers={open_question.blockers[0].key: "经济发展"})
    assert [theme.title for theme in meant.themes] == ["经济发展", "社会保障"]
    assert [one.facts[Field.THEME] for one in meant.new] == [5, 5, 6, 5]


def test_a_table_of_themes_adds_what_it_lists() -> None:
    listed = register(themes=[part(1, title="Econmy")])
    assert [theme.title for theme in preview(listed, stored(themes=THEMES)).themes] == ["Econmy"]


@pytest.mark.parametrize("again", ["一、经济发展（续）", "一、经济发展 (续)", "一、经济发展"])
def test_a_section_that_goes_on_further_down_is_the_same_theme(again: str) -> None:
    table = f"""
序号|工作任务|牵头单位
一、经济发展
1|修路|Roads
二、社会保障
2|植树|Roads
{again}
3|修水库|Roads
"""
    assert [theme.title for theme in preview(proposed(table), stored()).themes] == ["经济发展", "社会保障"]


def test_each_row_says_which_of_several_themes_it_means() -> None:
    names = ("Roads", "Roads", "Roads", "Roads")
    assert [one.key for one in asked("theme", *names).blockers] == [f"plan.csv!D{row}" for row in (1, 2, 3, 4)]
    meant = asked("theme", *names, D1="Health > Roads", D2="new", D3="Economy > Roads", D4="new")
    assert (meant.blockers, [one.facts[Field.THEME] for one in meant.new]) == ((), [4, 5, 3, 5])
    assert [meant.shown(Field.THEME, number) for number in (3, 4, 5)] == ["Economy > Roads", "Health > Roads", "Roads"]


@pytest.mark.parametrize(("fact", "name", "own"), [("theme", "Roads", (3, 4, 4)), ("kind", "Chore", ("a", "b", "b"))])
def test_an_item_with_one_of_those_that_a_title_can_mean_keeps_it(fact: str, name: str, own: tuple[Any, ...]) -> None:
    known = [stored_item(row, f"X-{row}", f"Item {row}", lead="roads", **{fact: one}) for row, one in enumerate(own, 1)]
    kinds = {"a": "Errand", "b": "Big", "task": "Task"}
    register_now = stored(*known, kinds=kinds, former_kinds={"a": ["Chore"], "b": ["Chore"]}, themes=THEMES)
    found = preview(register(*rows(fact, name, name, name)), register_now)
    assert (found.problems, [change for item in found.changed for change in item.changes]) == ((), [])


def test_rows_with_the_value_of_one_merged_cell_are_asked_about_once() -> None:
    cell = given("Roads", 1, 4)
    open_question = asked("theme", cell, cell)
    assert [one.key for one in open_question.blockers] == ["plan.csv!D1"]
    meant = asked("theme", cell, cell, D1="Health > Roads")
    assert (meant.blockers, [one.facts[Field.THEME] for one in meant.new]) == ((), [4, 4])


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("tasks", "no kind of item is called 'tasks', but there is 'Work' (also: 'Task')"),
        ("Key projects", "no kind of item is called 'Key projects', but there is 'Big one' (also: 'Key project')"),
        (
            "Chores",
            "no kind of item is called 'Chores', but there is 'Work' (also: 'Chore') and 'Big one' (also: 'Chore')",
        ),
        (
            "Chore",
            "no kind of item is called 'Chore', but there is 'Work' (also: 'Chore') and 'Big one' (also: 'Chore')",
        ),
    ],
)
def test_a_slip_of_an_earlier_title_of_a_kind_is_asked_about(name: str, what: str) -> None:
    kinds = {"task": "Work", "key_project": "Big one"}
    former = {"task": ["Task", "Chore"], "key_project": ["Key project", "Chore"]}

    def found(**answers: str) -> Preview:
        given_answers = {f"plan.csv!{cell}": answer for cell, answer in answers.items()}
        return preview(register(*rows("kind", name)), stored(kinds=kinds, former_kinds=former), answers=given_answers)

    (question,) = found().blockers
    assert question.what == what
    meant = found(D1=question.choices[-2])
    assert (meant.blockers, meant.kinds) == ((), ())
    assert [kind.title for kind in found(D1="new").kinds] == [name]


def test_a_slip_of_an_earlier_title_of_a_theme_is_asked_about() -> None:
    themes = [StoredTheme(1, ("Urban space",), None, "1", former=("Three cities and one area",)), *THEMES[1:]]
    slip = rows("theme", "Three cities and one aera")
    (question,) = preview(register(*slip), stored(themes=themes)).blockers
    assert question.what == (
        "no theme is called 'Three cities and one aera', but there is 'Urban space' (also: 'Three cities and one area')"
    )
    meant = preview(register(*slip), stored(themes=themes), answers={question.key: "Urban space"})
    assert (meant.blockers, [one.facts[Field.THEME] for one in meant.new]) == ((), [1])


def test_a_slip_of_a_title_that_several_themes_have_is_asked_about_with_their_places() -> None:
    (question,) = asked("theme", "Raods").blockers
    assert question.what == "no theme is called 'Raods', but there is 'Economy > Roads' and 'Health > Roads'"
    meant = asked("theme", "Raods", D1="Health > Roads")
    assert (meant.blockers, [one.facts[Field.THEME] for one in meant.new]) == ((), [4])
