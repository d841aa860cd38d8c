"""Writing an import: all of the preview in one write, once."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.vocabulary import Basis, Phase
from planner.intake.answering.open_answers import open_answers
from planner.intake.applying.apply import Import, OutdatedPreviewError, apply_import
from planner.intake.applying.reasons import Reasons
from planner.intake.comparing.matching import Decisions
from planner.intake.comparing.reading.register import read_stored
from planner.intake.comparing.stored import StoredRegister
from planner.intake.proposed import Field, ProposedRegister
from planner.intake.sheets import Place
from planner.queries.history.item_history.entries import read_history
from planner.queries.items.indicators import read_all_indicators
from planner.queries.items.register import read_item
from planner.queries.items.views import ItemView
from planner.store.database import Database
from planner.store.event_actions import IMPORT
from planner.store.models import AuditEvent, DateChange, ImportBatch, Indicator, Item, ItemChange, Target
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plan_changes.themes import rename_theme
from planner.writes.undo import undo
from tests.factories import ACTOR, COLLEAGUE, OFFICER, move, noon, plan_of, reading_of, report, writing_by
from tests.intake.imports import DAY, SOURCE, import_register, preview_of, verified, write
from tests.intake.proposals import given, item, part, register


def events(database: Database) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(AuditEvent)).scalar_one()


def view(database: Database, code: str, day: date = date(2020, 12, 31)) -> ItemView:
    with database.reading() as session:
        return read_item(reading_of(session, day), code)


def stored(database: Database, proposed: ProposedRegister) -> StoredRegister:
    """What the register has of everything that a proposed one may change."""
    with database.reading() as session:
        return read_stored(reading_of(session), proposed)


def office_file() -> ProposedRegister:
    """A file that changes a working item, adds one with everything, and says the state of another."""
    return register(
        item(
            2,
            code="T-001",
            title="Mend all quays",
            lead="Port Works",
            supporting=("Harbour Office",),
            theme=("Quays and lights",),
            due=given(date(2020, 6, 30), 2, 6, "the end of June"),
        ),
        item(
            3,
            code="第7项",
            title="가로등 교체",
            theme=("Streets", "Lamps"),
            lead="Port Works",
            accountable="Mina Park",
            due=date(2020, 9, 30),
            kind="Service",
            percent=30,
            done="Poles ordered",
            source="Council session 4",
            note="Weekly",
            milestones=[part(3, title="Poles up", date=date(2020, 8, 1)), part(3, title="Lit")],
            indicators=[part(3, name="Lamps", unit="lamps", target=40, due=date(2020, 9, 30))],
        ),
        item(4, code="T-003", phase="in_progress", confidence="amber", next="Ask the school"),
    )


def test_import_writes_the_preview_once_and_the_history_verifies(register: Database) -> None:
    imported = import_register(register, office_file())

    assert imported is not None
    assert (imported.new, imported.changed, imported.reports, imported.people) == (1, 2, 2, 1)
    old = view(register, "T-001")
    assert (old.title, old.lead.key, old.current_due) == ("Mend all quays", "port-works", date(2020, 6, 30))
    assert (old.basis, old.lead_basis, old.due_basis, old.lead_rule) == (*[Basis.REGISTERED] * 3, None)
    assert [body.key for body in old.supporting] == ["harbour-office"]
    found = stored(register, office_file())
    new = found.items[-1]
    theme = {theme.number: theme.titles[0] for theme in found.themes}[new.theme]
    assert (new.code, theme, new.lead, new.accountable) == ("第7项", "Lamps", "port-works", "mina-park")
    assert (new.kind, new.source, new.note) == ("service", "Council session 4", "Weekly")
    assert (new.basis_of(Field.TITLE), new.basis_of(Field.START)) == (Basis.REGISTERED, Basis.WORKING)
    assert (found.statuses[new.id].phase, found.statuses[new.id].percent) == (Phase.IN_PROGRESS, 30)
    assert [(step.title, step.weight, step.date) for step in found.milestones[new.id]] == [
        ("Poles up", 50.0, date(2020, 8, 1)),
        ("Lit", 50.0, date(2020, 9, 30)),
    ]
    (lamps,) = found.indicators[new.id]
    assert (lamps.target, lamps.due) == (40.0, date(2020, 9, 30))
    (batch,) = history(register, ImportBatch)
    assert batch.files == [{"name": "plan.csv", "sha256": "ab" * 32}]
    with register.reading() as session:
        # The plan had only its first kinds, which need no rows.
        assert [kind.title for kind in plan_of(session).kinds] == ["task", "key project", "Service"]
    before = events(register)
    assert not preview_of(register, office_file()).anything
    assert import_register(register, office_file()) is None
    assert events(register) == before
    assert verified(register) == []


def history(database: Database, model: Any) -> list[Any]:
    with database.reading() as session:
        return list(session.execute(select(model).order_by(model.id)).scalars())


def test_history_says_what_changed_and_how_it_was_inferred(sqlite_register: Database) -> None:
    import_register(sqlite_register, office_file())

    changed = {row.field: (row.old_value, row.new_value) for row in history(sqlite_register, ItemChange)}
    assert changed["title"] == ("Mend the quays", "Mend all quays")
    assert changed["lead"] == ("harbour-office", "port-works")
    assert changed["due"] == ("2020-12-31", "2020-06-30")
    reasons = [event.body.decode() for event in history_of_events(sqlite_register) if event.label == "T-001"]
    assert any("imported from plan.csv!2; due: the end of June" in body for body in reasons)


@pytest.mark.parametrize(
    ("given", "begins"),
    [("Council decision 7.", "Council decision 7; "), ("按决定。", "按决定; "), (".", ""), (None, "")],
)
def test_a_reason_that_ends_as_a_sentence_goes_on_without_a_second_sign(given: str | None, begins: str) -> None:
    assert Reasons(given).of(Place("plan.csv", row=2)) == f"{begins}imported from plan.csv!2"
    assert Reasons(given).of_removed == f"{begins}a working title that the imported files do not have"


def test_reason_of_an_import_is_in_the_history_of_each_item_and_report(sqlite_register: Database) -> None:
    file = register(
        item(1, code="T-001", title="Mend all quays", percent=given(60, inferred="60.4 rounded")),
        item(2, code="X-1", title="Sow", milestones=[part(2, title="Seeds bought")], supporting=("Port Works",)),
    )
    with sqlite_register.writing() as session:
        source = Import(SOURCE.files, reason="Council decision 7")
        apply_import(writing_by(session, ACTOR, noon(DAY), DAY), preview_of(sqlite_register, file), source)

    shown = view(sqlite_register, "T-001")
    with sqlite_register.reading() as session:
        entries = read_history(reading_of(session), shown).entries
    assert {entry.kind: entry.reason for entry in entries if entry.recorded_at.date() == DAY} == {
        "edit": "Council decision 7; imported from plan.csv!1",
        "report": "Council decision 7; imported from plan.csv!1; percent: 60.4 rounded",
    }
    bodies = [event.body.decode() for event in history_of_events(sqlite_register)]
    assert [body for body in bodies if "Council decision 7" not in body] == []


def history_of_events(database: Database) -> list[AuditEvent]:
    with database.reading() as session:
        return list(session.execute(select(AuditEvent).where(AuditEvent.action == IMPORT)).scalars())


def test_agreed_date_is_moved_and_a_working_one_is_replaced(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(item(1, code="T-001", due=date(2020, 6, 30))))
    import_register(sqlite_register, register(item(1, code="T-001", due=date(2020, 8, 31))))

    (moved,) = history(sqlite_register, DateChange)
    assert (moved.old_date, moved.new_date, moved.basis) == (date(2020, 6, 30), date(2020, 8, 31), Basis.REGISTERED)
    found = view(sqlite_register, "T-001")
    assert (found.baseline_due, found.current_due) == (date(2020, 6, 30), date(2020, 8, 31))
    # What an import moved is the file's, so the next file moves it again without a conflict.
    assert not list(preview_of(sqlite_register, register(item(1, code="T-001", due=date(2020, 9, 30)))).conflicts)


def test_what_people_entered_is_kept_unless_the_file_is_taken(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(item(1, code="T-001", due=date(2020, 6, 30), percent=10)))
    move(sqlite_register, "T-001", None, date(2020, 7, 31), as_of=DAY)
    report(sqlite_register, "T-001", percent=50, as_of=DAY)
    file = register(item(1, code="T-001", due=date(2020, 8, 31), percent=60))

    kept = preview_of(sqlite_register, file)

    assert {conflict.change.field for _, conflict in kept.conflicts} == {Field.DUE, Field.PERCENT}
    assert write(sqlite_register, kept) is None
    import_register(sqlite_register, file, take_file=True)
    found = view(sqlite_register, "T-001")
    assert (found.current_due, found.actual) == (date(2020, 8, 31), 60)
    assert verified(sqlite_register) == []


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    ("fact", "value"),
    [("title", "Mend all quays"), ("due", date(2020, 8, 31)), ("percent", 60), ("next", "Order stones")],
)
def test_what_was_decided_for_the_register_is_not_asked_again_until_it_is_undone(
    sqlite_register: Database, fact: str, value: Any
) -> None:
    import_register(sqlite_register, register(item(1, code="T-001", due=date(2020, 6, 30), title="Mend a quay")))
    move(sqlite_register, "T-001", None, date(2020, 7, 31), as_of=DAY)
    report(sqlite_register, "T-001", percent=50, next="Ask the divers", as_of=DAY)
    with sqlite_register.writing() as session:
        edit_item(writing_by(session, COLLEAGUE, noon(DAY), DAY), "T-001", ItemEdit(title="Mend quays"), "So decided.")
    file = register(item(1, code="T-001", **{fact: value}))
    assert len(list(preview_of(sqlite_register, file).conflicts)) == 1

    decided = preview_of(sqlite_register, file, answers={f"T-001 {fact}": "register"})

    assert [(one.code, one.field) for one in decided.declined] == [("T-001", Field(fact))]
    assert write(sqlite_register, decided) is not None
    for answers in ({}, {f"T-001 {fact}": "register"}):
        again = preview_of(sqlite_register, file, answers=answers)
        assert (again.anything, list(again.conflicts), again.blockers) == (False, [], ())
        (told,) = again.problems
        assert f"(T-001 {fact})" in told.what
        assert [(one.key, one.answer) for one in open_answers(again)] == [(f"T-001 {fact}", "register")]
    for choice in ({"answers": {f"T-001 {fact}": "file"}}, {"take_file": True}):
        taken = preview_of(sqlite_register, file, **choice)
        assert [conflict.taken for _, conflict in taken.conflicts] == [True]
    assert list(preview_of(sqlite_register, register(item(1, code="T-001", title="Mend one"))).conflicts)
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))
    assert len(list(preview_of(sqlite_register, file).conflicts)) == 1
    assert verified(sqlite_register) == []


def test_a_conflict_about_the_date_of_a_milestone_is_decided_like_the_others(sqlite_register: Database) -> None:
    move(sqlite_register, "T-002", 1, date(2020, 7, 7), as_of=DAY)
    (step, *_) = view(sqlite_register, "T-002").milestones
    file = register(item(1, code="T-002", milestones=[part(1, title=step.title, date=date(2020, 8, 8))]))
    key = "T-002 milestone 1 date"

    preview = preview_of(sqlite_register, file)

    assert (preview.anything, [one.key for one in open_answers(preview)]) == (False, [key])
    assert write(sqlite_register, preview) is None
    assert write(sqlite_register, preview_of(sqlite_register, file, answers={key: "register"})) is not None
    kept = preview_of(sqlite_register, file)
    assert (kept.anything, list(kept.conflicts), [key in one.what for one in kept.problems]) == (False, [], [True])
    assert view(sqlite_register, "T-002").milestones[0].current == date(2020, 7, 7)
    assert write(sqlite_register, preview_of(sqlite_register, file, answers={key: "file"})) is not None
    assert view(sqlite_register, "T-002").milestones[0].current == date(2020, 8, 8)
    assert not preview_of(sqlite_register, file).anything
    for _ in range(2):
        with sqlite_register.writing() as session:
            undo(writing_by(session, ACTOR, noon(DAY), DAY))
    ((_, conflict),) = preview_of(sqlite_register, file, take_file=True).conflicts
    assert (conflict.taken, conflict.change.old) == (True, date(2020, 7, 7))
    assert verified(sqlite_register) == []


def test_each_field_of_a_report_is_decided_by_itself(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", percent=50, next="Ask the divers", as_of=DAY)
    file = register(item(1, code="T-001", percent=60, next="Order stones"))

    found = preview_of(sqlite_register, file, answers={"T-001 percent": "file"})

    assert {conflict.change.field: conflict.taken for _, conflict in found.conflicts} == {
        Field.PERCENT: True,
        Field.NEXT: False,
    }
    (new,) = (one.report for one in found.changed if one.report)
    assert (new.percent, new.next) == (60, "Ask the divers")
    kept = preview_of(sqlite_register, file, take_file=True, answers={"T-001 percent": "register"})
    (new,) = (one.report for one in kept.changed if one.report)
    assert (new.percent, new.next) == (50, "Order stones")


def test_words_that_the_register_keeps_stay_the_officers_in_the_next_import(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", percent=50, done="Land bought", as_of=DAY)
    file = register(item(1, code="T-001", percent=60, done="Waiting"))
    answers = {"T-001 percent": "file", "T-001 done": "register"}

    import_register(sqlite_register, file, answers=answers)

    found = view(sqlite_register, "T-001")
    assert found.last is not None
    assert (found.actual, found.last.done) == (60, "Land bought")
    again = preview_of(sqlite_register, file, answers=answers)
    assert (again.anything, list(again.conflicts)) == (False, [])
    newer = register(item(1, code="T-001", percent=70, done="Waiting"))
    import_register(sqlite_register, newer)
    found = view(sqlite_register, "T-001")
    assert found.last is not None
    assert (found.actual, found.last.done) == (70, "Land bought")


def test_words_stay_if_the_files_have_none(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", percent=50, done="Land bought", as_of=DAY)

    import_register(sqlite_register, register(item(1, code="T-001", percent=60)), take_file=True)

    found = view(sqlite_register, "T-001")
    assert found.last is not None
    assert (found.actual, found.last.done) == (60, "Land bought")


def test_old_list_does_not_put_back_what_officers_reported_since(sqlite_register: Database) -> None:
    old = register(item(1, code="T-001", percent=40, done="Begun"))
    import_register(sqlite_register, old)
    report(sqlite_register, "T-001", percent=60, done="Half", as_of=DAY)

    for take_file in (False, True):
        found = preview_of(sqlite_register, old, take_file=take_file)
        assert (found.anything, list(found.conflicts), len(found.unchanged)) == (False, [], 1)

    # A value that is new in the file is a conflict. The other one stays, also after it was decided.
    import_register(sqlite_register, register(item(1, code="T-001", percent=40, done="Waiting")), take_file=True)
    now = view(sqlite_register, "T-001")
    assert now.last is not None
    assert (now.actual, now.last.done) == (60, "Waiting")
    again = preview_of(sqlite_register, register(item(1, code="T-001", percent=40, done="Waiting")), take_file=True)
    assert (again.anything, list(again.conflicts)) == (False, [])
    assert verified(sqlite_register) == []


def test_completed_item_keeps_its_100_percent_with_its_phase(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", phase=Phase.COMPLETED, percent=100, evidence="Photos", as_of=DAY)
    file = register(item(1, code="T-001", phase="in_progress", percent=60))

    kept = preview_of(sqlite_register, file, answers={"T-001 percent": "file"})
    taken = preview_of(sqlite_register, file, answers={"T-001 percent": "file", "T-001 phase": "file"})

    assert not any(one.report for one in kept.changed)
    assert [(one.report.phase, one.report.percent) for one in taken.changed if one.report] == [(Phase.IN_PROGRESS, 60)]


def test_working_item_becomes_the_offices_and_keeps_its_row_and_history(sqlite_register: Database) -> None:
    report(sqlite_register, "T-003", percent=20)
    before = view(sqlite_register, "T-003")
    file = register(item(1, code="KP-7", title=before.title))

    import_register(sqlite_register, file, decisions=Decisions({"KP-7": "T-003"}))

    after = view(sqlite_register, "KP-7")
    assert (after.id, after.code, after.actual) == (before.id, "KP-7", 20)
    (changed,) = history(sqlite_register, ItemChange)
    assert (changed.field, changed.old_value, changed.new_value) == ("code", "T-003", "KP-7")
    with pytest.raises(UnknownNameError, match="Its code is now KP-7"):
        view(sqlite_register, "t3")


def test_supporting_organisation_leaves_and_comes_back(sqlite_register: Database) -> None:
    for names in ((), ("Town Archive",), ()):
        import_register(sqlite_register, register(item(1, code="T-001", supporting=names)))

        assert [body.name for body in view(sqlite_register, "T-001").supporting] == list(names)
    assert verified(sqlite_register) == []


def test_a_file_finds_a_renamed_theme_by_its_former_title(sqlite_register: Database) -> None:
    with sqlite_register.writing() as session:
        rename_theme(writing_by(session, ACTOR, noon(DAY), DAY), "1", "New work.", title="Piers")
    rows = register(item(2, code="T-001", title="Mend the quays", theme="Quays and lights"))

    shown = preview_of(sqlite_register, rows)

    assert shown.themes == ()


def test_preview_that_is_outdated_is_refused(sqlite_register: Database) -> None:
    preview = preview_of(sqlite_register, office_file())
    report(sqlite_register, "P-002")
    before = events(sqlite_register)

    with pytest.raises(OutdatedPreviewError, match="something was recorded since"):
        write(sqlite_register, preview)

    assert events(sqlite_register) == before


def test_errors_and_open_questions_prevent_the_import(sqlite_register: Database) -> None:
    preview = preview_of(sqlite_register, register(item(1, code="8", title="Mend the quay")))

    with pytest.raises(BadValueError, match="open questions"):
        write(sqlite_register, preview)


@pytest.mark.parametrize(("actor", "may"), [(OFFICER, False), (COLLEAGUE, True)])
def test_managers_may_import_and_officers_may_not(sqlite_register: Database, actor: Any, may: bool) -> None:
    preview = preview_of(sqlite_register, register(item(1, code="8", title="Sow a meadow")), actor=actor)

    if may:
        assert write(sqlite_register, preview, actor=actor) is not None
    else:
        with pytest.raises(NotAllowedError, match="may not import a register"):
            write(sqlite_register, preview, actor=actor)


def test_completed_item_waits_for_another_person(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(item(5, code="T-003", phase="completed")))

    found = view(sqlite_register, "T-003", DAY)
    assert (found.phase, found.completion, found.last and found.last.evidence) == (
        Phase.COMPLETED,
        "awaiting",
        "no evidence given (imported from plan.csv!5)",
    )


@pytest.mark.parametrize(
    ("given", "after"),
    [
        ({"target": 35}, [(5.0, date(2020, 6, 30)), (35.0, date(2020, 12, 31))]),
        ({"target": 6, "due": date(2020, 6, 30)}, [(6.0, date(2020, 6, 30)), (10.0, date(2020, 12, 31))]),
        ({"due": date(2020, 11, 30)}, [(5.0, date(2020, 6, 30)), (10.0, date(2020, 11, 30))]),
    ],
)
def test_the_target_that_the_preview_shows_is_changed_and_then_agrees(
    sqlite_register: Database, given: dict[str, Any], after: list[tuple[float, date]]
) -> None:
    first = part(1, name="Quays mended", target=5.0, due=date(2020, 6, 30))
    import_register(sqlite_register, register(item(1, code="T-001", indicators=[first])))
    import_register(
        sqlite_register,
        register(
            item(
                1,
                code="T-001",
                indicators=[first, part(2, name="Quays mended", target=10.0, due=date(2020, 12, 31))],
            )
        ),
    )
    file = register(item(1, code="T-001", indicators=[part(1, name="Quays mended", **given)]))

    import_register(sqlite_register, file)

    with sqlite_register.reading() as session:
        quays = select(Indicator.id).join(Item, Item.id == Indicator.item_id).where(Item.code == "T-001")
        own = select(Target.value, Target.due).where(Target.indicator_id.in_(quays)).order_by(Target.due)
        assert [tuple(target) for target in session.execute(own)] == after
    assert not preview_of(sqlite_register, file).changed
    assert verified(sqlite_register) == []


def test_targets_and_milestones_of_an_item_are_changed(sqlite_register: Database) -> None:
    rows = {
        "milestones": [part(1, title="Damage surveyed", date=date(2020, 4, 15), weight=30)],
        "indicators": [part(1, name="Quays mended", target=12, due=date(2020, 11, 30))],
    }

    import_register(sqlite_register, register(item(1, code="T-001", **rows)))

    found = view(sqlite_register, "T-001")
    assert [(step.baseline, step.weight) for step in found.milestones][:1] == [(date(2020, 4, 15), 30.0)]
    with sqlite_register.reading() as session:
        (indicator,) = read_all_indicators(reading_of(session))[found.id]
        assert session.execute(select(Item.measured_by).where(Item.code == "T-001")).scalar_one() == "reports"
    assert (indicator.target, indicator.due, indicator.baseline) == (12.0, date(2020, 11, 30), 2.0)
    assert verified(sqlite_register) == []
