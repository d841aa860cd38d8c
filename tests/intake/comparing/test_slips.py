"""A name that is a known one with a slip is asked about, and other names that look alike are not."""

from dataclasses import replace

import pytest

from planner.base.character_slips import CharacterSlips
from planner.base.slips import SlipFinder
from planner.domain.vocabulary import Basis
from planner.intake.comparing.stored import StoredOrganisation
from planner.intake.proposed import Severity
from tests.intake.comparing.test_compare import QUAY, changes, preview, replace_basis, stored, words
from tests.intake.proposals import item, register


@pytest.mark.parametrize(
    ("known", "name", "is_slip"),
    [
        ("Pilot Office", "Pilot Ofice", True),
        ("Pilot Office", "Pilto Office", True),
        ("Pilot Office", "Pilot Offices", True),
        ("Pilot Office", "Pilot-Office.", True),
        ("Отдел дорог", "Отделл дорог", True),
        ("Pilot Office", "Pilot Office North", False),
        ("Pilot Office North", "Pilot Office South", False),
        ("Lot A", "Lot B", False),
        ("School 12", "School 13", False),
        ("市工信局", "市工信委", False),
        ("第一中学", "第二中学", False),
        ("교통과", "교육과", False),
    ],
)
def test_only_one_letter_of_one_word_is_a_slip(known: str, name: str, is_slip: bool) -> None:
    slips = SlipFinder()
    slips.add(known, "known")
    assert slips.find(name) == (["known"] if is_slip else [])


def test_a_lead_that_can_be_a_slip_is_asked_about() -> None:
    rows = register(
        item(1, code="T-001", lead="Roads Departmnt"), item(2, code="X-1", title="A", lead="Roads Departmnt")
    )
    known = stored(QUAY)

    asked = preview(rows, known)

    assert words(asked) == [
        (Severity.QUESTION, "no organisation is called 'Roads Departmnt', but there is Roads Department (roads)")
    ]
    assert (asked.problems[0].key, asked.problems[0].choices, asked.organisations) == (
        "plan.csv!B1",
        ("roads", "new"),
        (),
    )
    meant = preview(rows, known, answers={"plan.csv!B1": "roads"})
    assert (meant.problems, [change.new for change in meant.changed[0].changes]) == ((), ["roads"])
    new = preview(rows, known, answers={"plan.csv!B1": "new"})
    assert (new.problems, [body.name for body in new.organisations]) == ((), ["Roads Departmnt"])


def test_two_names_of_one_cell_have_a_question_each() -> None:
    rows = register(item(1, code="T-001", supporting=("Roads Departmnt", "Hills Offise")))
    known = stored(QUAY)

    asked = preview(rows, known)

    assert [(one.key, one.choices) for one in asked.blockers] == [
        ("plan.csv!B1", ("roads", "new")),
        ("plan.csv!B1 Hills Offise", ("office", "new")),
    ]
    answers = {"plan.csv!B1": "roads", "plan.csv!B1 Hills Offise": "new"}
    answered = preview(rows, known, answers=answers)
    assert (answered.blockers, [one.name for one in answered.organisations]) == ((), ["Hills Offise"])


def test_two_new_names_that_look_alike_are_asked_about_once() -> None:
    rows = register(
        item(1, code="X-1", title="A", lead="Pilot Office"), item(2, code="X-2", title="B", lead="Pilot Ofice")
    )

    asked = preview(rows, stored(organisations=[StoredOrganisation("office", ("Hills Office", "Office"), False)]))

    assert [problem.key for problem in asked.blockers] == ["plan.csv!C2"]


def test_supporting_organisations_are_no_change_or_conflict_until_their_names_are_clear() -> None:
    rows = register(item(1, code="T-001", supporting=("Roads Departmnt",)))

    found = preview(rows, stored(replace(QUAY, supporting=("roads",))))

    assert (len(found.blockers), changes(found), list(found.all_conflicts)) == (1, {}, [])


def test_an_item_is_found_by_the_lead_that_an_answer_gives_a_slip() -> None:
    """The answer of an earlier import counts too: the same file asks nothing again."""
    known = stored(replace_basis(replace(QUAY, lead="roads"), Basis.REGISTERED))
    rows = [item(1, title="Sow", supporting=("Roads Departmnt",)), item(2, title=QUAY.title, lead="Roads Departmnt")]

    found = preview(register(*rows), known, answers={"plan.csv!B1": "roads"})

    assert (found.blockers, found.missing, [one.title for one in found.new]) == ((), (), ["Sow"])


@pytest.mark.parametrize(
    ("known", "name", "is_slip"),
    [
        ("市交通局", "市交道局", True),
        ("北京市教育局", "北亰市教育局", True),
        ("市人力资源局", "市人力资局", True),
        ("교육청", "교육쳥", True),
        ("市教育局", "市体育局", False),
        ("市体育局", "市教育局", False),
        ("北京市财政局", "北京市民政局", False),
        ("市工信局", "市工信委", False),
        ("东城区建委", "西城区建委", False),
        ("第一中学", "第二中学", False),
        ("교통과", "교육과", False),
        ("남구청", "남군청", False),
        ("甲局", "乙局", False),
    ],
)
def test_one_wrong_character_is_a_slip(known: str, name: str, is_slip: bool) -> None:
    slips = CharacterSlips()
    slips.add(known)
    assert slips.find(name) == ([known] if is_slip else [])


ROADS = [StoredOrganisation("roads", ("市交通局",), False), StoredOrganisation("school", ("교육청",), False)]


def test_a_rare_name_in_characters_is_asked_about() -> None:
    rows = [item(1, code="X-1", title="A", lead="市交道局"), item(2, code="X-2", title="B", supporting=("교육쳥",))]

    asked = preview(register(*rows), stored(organisations=ROADS))

    assert [(one.key, one.choices) for one in asked.blockers] == [
        ("plan.csv!C1", ("roads", "new", "all new")),
        ("plan.csv!C2", ("school", "new", "all new")),
    ]
    meant = preview(register(*rows), stored(organisations=ROADS), answers={"plan.csv!C1": "roads"})
    assert ([one.key for one in meant.blockers], meant.organisations) == (["plan.csv!C2"], ())
    new = preview(register(*rows), stored(organisations=ROADS), answers={"plan.csv!C2": "all new"})
    assert (new.problems, [one.name for one in new.organisations]) == ((), ["市交道局", "교육쳥"])


def test_names_that_several_cells_have_are_not_asked_about() -> None:
    rows = [item(number, code=f"X-{number}", title=f"A {number}", lead="市交道局") for number in (1, 2)]
    assert preview(register(*rows), stored(organisations=ROADS)).blockers == ()
    more = item(3, code="X-3", title="B", lead="市交迫局")
    (asked,) = preview(register(more, *rows), stored()).blockers
    assert asked.choices[1:] == ("new",)
    meant = preview(register(more, *rows), stored(), answers={asked.key: asked.choices[0]})
    assert ([one.name for one in meant.organisations], meant.blockers) == (["市交道局"], ())
