"""A code that a spreadsheet program took for a number does not rename an item."""

import pytest

from planner.intake.proposed import Field, Severity
from tests.intake.imports import import_register, preview_of, write
from tests.intake.proposals import item, register

TITLE = "Renew the northern quay"


@pytest.fixture
def with_code(sqlite_register):
    """A way to add an item with a code."""

    def add(code: str):
        import_register(sqlite_register, register(item(2, code=code, title=TITLE, lead="harbour-office")))
        return sqlite_register

    return add


def test_a_code_without_its_noughts_is_told_and_not_taken(with_code):
    database = with_code("007")
    preview = preview_of(database, register(item(2, code="7", title=TITLE)))
    assert preview.changed == ()
    (told,) = preview.problems
    assert (told.severity, told.field) == (Severity.REMARK, Field.CODE)
    assert "7 is 007" in told.what


@pytest.mark.parametrize(("code", "spoilt"), [("3.10", "3.1"), ("1E5", "1.00E+05"), ("1E5", "100000")])
def test_a_code_that_finds_no_item_is_asked_about_and_the_answer_keeps_the_register_s_code(code, spoilt, with_code):
    database = with_code(code)
    files = register(item(2, code=spoilt, title=TITLE, note="Changed."))
    (question,) = preview_of(database, files).problems
    assert question.severity is Severity.QUESTION
    assert "spreadsheet" in question.what
    assert "leads there" not in question.what
    preview = preview_of(database, files, answers={question.key: code})
    (changed,) = preview.changed
    assert [change.field for change in changed.changes] == [Field.NOTE]
    write(database, preview)
    assert preview_of(database, register(item(2, code=code, title=TITLE))).changed == ()


def test_the_question_names_the_lead_only_if_it_differs(with_code):
    database = with_code("Q-1")
    (question,) = preview_of(database, register(item(2, code="R-77", title=TITLE))).problems
    assert "the code is another" in question.what


def test_a_new_code_that_is_no_spoilt_one_is_taken(with_code):
    database = with_code("Q-1")
    files = register(item(2, code="R-77", title=TITLE))
    (question,) = preview_of(database, files).problems
    (changed,) = preview_of(database, files, answers={question.key: "Q-1"}).changed
    assert [(change.field, change.new) for change in changed.changes] == [(Field.CODE, "R-77")]
