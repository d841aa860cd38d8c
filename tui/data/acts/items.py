"""The acts on items: add, edit, move, support, split, cancel and merge one, and answer what is asked about one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.formats import plain_number
from planner.base.language import later, tr
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase
from tui.data.acts import choices
from tui.data.acts.act import Act, ActDone, ActField, Entry, Kind
from tui.data.acts.common import (
    ACCOUNTABLE,
    AS_OF,
    KIND,
    LEAD,
    MEASURE,
    REASON,
    THEME,
    TITLE,
    WEIGHT,
    WHY_AND_WHEN,
    ask_outside_plan,
    changed_facts,
    free_code,
)

if TYPE_CHECKING:
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.writes.plan_changes.facts import ItemChanged


def _add(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.items import NewItem, NewMilestone, add_item

    names = (
        "code",
        "title",
        "theme",
        "lead",
        "due",
        "kind",
        "measure",
        "starts",
        "accountable",
        "weight",
        "source",
        "note",
    )
    milestones = tuple(NewMilestone(title, day) for day, title in entry["milestone"] or ())
    supporting = (entry["supporting"],) if entry["supporting"] else ()
    ask_outside_plan(writing, entry, entry["code"] or entry["title"], entry["due"], *(one.due for one in milestones))
    new = NewItem(**{name: entry[name] for name in names}, milestones=milestones, supporting=supporting)
    done = add_item(writing, new, **entry.about)
    return ActDone(done.sentence())


def _edit(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.items import ItemEdit, edit_item

    person = (entry["accountable"] or "") if "accountable" in entry.changed else None
    weight = (entry["weight"] or 1.0) if "weight" in entry.changed else None
    measured = entry.new("measured_by")
    measured_by = MeasuredBy(measured) if measured else None
    texts = {name: (entry[name] or "") if name in entry.changed else None for name in ("source", "note")}
    edit = ItemEdit(entry.new("title"), entry.new("kind"), weight, person, measured_by, **texts, code=entry.new("code"))
    return _changed(edit_item(writing, entry.subject, edit, **entry.about))


def _move(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.items import move_item

    where = {name: entry.new(name) for name in ("theme", "measure", "lead")}
    if where["theme"] is not None and entry["measure"] is not None:
        # A measure that was left as it is can still be the one of the new theme.
        where["measure"] = entry["measure"]
    return _changed(move_item(writing, entry.subject, **entry.about, **where))


def _support(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.support import change_support

    add, remove = ((key,) if (key := entry[name]) else () for name in ("supporting", "no_longer"))
    return _changed(change_support(writing, entry.subject, add=add, remove=remove, **entry.about))


def _changed(done: "ItemChanged") -> ActDone:
    return ActDone(f"{done.sentence()} {changed_facts(done.told)}", frozenset({done.code}))


def _split(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.split import Part, split_item

    parts = [Part(code, title) for code, title in entry["part"]]
    done = split_item(writing, entry.subject, parts, **entry.about)
    confirmed = tr("Somebody else confirms that {code} has ended.", code=done.code)
    return ActDone(" ".join((done.sentence(), done.about_new(), confirmed)))


def _remove(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.removed_items import remove_item

    return ActDone(remove_item(writing, entry.subject, entry["reason"]).sentence())


def _end(writing: "Writing", entry: Entry, phase: Phase) -> ActDone:
    from planner.writes.reports import entries
    from planner.writes.reports.status import Report

    report = Report(phase=phase, ending_reason=entry["ending_reason"], merged_into=entry["merged_into"])
    done = entries.record_entry(
        writing, entry.subject, entries.Entry(report), check_doubts=not entry.sure, as_of=entry["as_of"]
    )
    said = tr(
        "Recorded: {code} is reported as {phase} as of {day}. Somebody else confirms that it has ended.",
        code=done.code,
        phase=phase.value,
        day=done.as_of,
    )
    return ActDone(said, frozenset({done.code}))


def _cancel(writing: "Writing", entry: Entry) -> ActDone:
    return _end(writing, entry, Phase.CANCELLED)


def _merge(writing: "Writing", entry: Entry) -> ActDone:
    return _end(writing, entry, Phase.MERGED)


def _require_asked(reading: "Reading", code: str) -> Mapping[str, str]:
    """Return no texts. Raises NotAllowedError if no help is asked for on the item, before a person writes an answer."""
    from planner.queries.items.register import read_item

    last = read_item(reading, code).last
    if last is None or not last.help_needed or last.phase.terminal:
        raise NotAllowedError(tr("the last report on this item asks for no help"), where=code)
    return {}


def _answer(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.reports.help_answers import answer_help

    done = answer_help(writing, entry.subject, entry["answer"] or "", as_of=entry["as_of"])
    said = tr("Answered: the request for help on {code} by {person}.", code=done.code, person=done.asked_by)
    return ActDone(said, frozenset({done.code}))


def _assess(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.reports.assessments import assess_item

    rating = Confidence(entry["rating"])
    done = assess_item(
        writing, entry.subject, rating, entry["reason"] or "", evidence=entry["evidence"], as_of=entry["as_of"]
    )
    said = tr("Recorded: {code} is assessed as {rating} as of {day}.", code=done.code, rating=rating, day=done.as_of)
    return ActDone(said, frozenset({done.code}))


def _agreed(reading: "Reading", code: str) -> Mapping[str, str]:
    """Return what was agreed on the item."""
    from planner.queries.items.register import read_item
    from planner.queries.plans.office_facts import read_accountable, read_office_facts

    item = read_item(reading, code)
    office = read_office_facts(reading, item.id)
    return {
        "code": item.code,
        "title": item.title,
        "kind": item.kind,
        "weight": plain_number(item.weight),
        "measured_by": item.measured_by.value,
        "accountable": read_accountable(reading, item.id) or "",
        "source": office.source or "",
        "note": office.note or "",
        "theme": str(item.theme),
        "measure": item.measure or "",
        "lead": item.lead.key,
    }


# Those who may confirm endings may report on every item. An officer ends an item in the report form.
_MAY_END = Permission.CONFIRM
_ENDING = ActField("ending_reason", later("Reason"), Kind.TEXT, hint=later("why the item ends"), required=True)

_SOURCE = ActField("source", later("Source"), Kind.TEXT, hint=later("where the office took it from; may be empty"))
_NOTE = ActField("note", later("Note"), Kind.TEXT, hint=later("the office's note; may be empty"))

ITEM_ACTS = (
    Act(
        "item.edit",
        later("Edit item"),
        later(
            "Change the code, title, kind, weight, accountable person, source or note, or what measures its progress"
        ),
        (
            ActField("code", later("Code"), required=True),
            TITLE,
            replace(KIND, required=True),
            WEIGHT,
            ACCOUNTABLE,
            ActField("measured_by", later("Measured by"), Kind.WORD, picks=choices.measured_by),
            _SOURCE,
            _NOTE,
            *WHY_AND_WHEN,
        ),
        _edit,
        of_item=True,
        initial=_agreed,
    ),
    Act(
        "item.move",
        later("Move item"),
        later("Move the item to another theme, measure or lead; its reports and links stay with it"),
        (replace(THEME, required=True), MEASURE, replace(LEAD, required=True), *WHY_AND_WHEN),
        _move,
        of_item=True,
        initial=_agreed,
    ),
    Act(
        "item.support",
        later("Change support of item"),
        later("Let an organisation support the item, or support it no longer"),
        (
            replace(LEAD, name="supporting", title=later("Supporting")),
            replace(
                LEAD,
                name="no_longer",
                title=later("No longer"),
                picks=choices.supporting,
                hint=later("enter lists those that support it"),
            ),
            *WHY_AND_WHEN,
        ),
        _support,
        of_item=True,
    ),
    Act(
        "item.split",
        later("Split item"),
        later("Split the item into new ones with its theme, organisations and due date"),
        (
            ActField(
                "part",
                later("New items"),
                Kind.CODED,
                hint=later("T-031 = Survey the wells; a line for each, the code may be empty"),
                required=True,
            ),
            *WHY_AND_WHEN,
        ),
        _split,
        of_item=True,
    ),
    Act(
        "item.remove",
        later("Remove item"),
        later("Remove an item that was added by mistake, if nothing was recorded on it"),
        (REASON,),
        _remove,
        of_item=True,
    ),
    Act(
        "item.cancel",
        later("Cancel item"),
        later("Report the item as cancelled; somebody else confirms it"),
        (_ENDING, AS_OF),
        _cancel,
        permission=_MAY_END,
        of_item=True,
    ),
    Act(
        "item.merge",
        later("Merge item"),
        later("Report the item as merged into another one; somebody else confirms it"),
        (
            ActField(
                "merged_into",
                later("Merged into"),
                Kind.PICK,
                picks=choices.other_items,
                hint=later("enter lists the items"),
                required=True,
            ),
            _ENDING,
            AS_OF,
        ),
        _merge,
        permission=_MAY_END,
        of_item=True,
    ),
    Act(
        "item.answer",
        later("Answer request"),
        later("Answer the help that the last report asks for"),
        (ActField("answer", later("Answer"), Kind.TEXT, hint=later("the officer sees it"), required=True), AS_OF),
        _answer,
        permission=Permission.ANSWER,
        of_item=True,
        initial=_require_asked,
    ),
    Act(
        "item.assess",
        later("Assess item"),
        later("Rate the item beside its officer, with a reason; nothing else changes"),
        (
            ActField(
                "rating",
                later("Rating"),
                Kind.PICK,
                picks=choices.ratings,
                hint=later("green, amber or red"),
                required=True,
            ),
            ActField("reason", later("Reason"), Kind.TEXT, hint=later("the officer sees it"), required=True),
            ActField("evidence", later("Evidence"), Kind.TEXT, hint=later("what you saw; may be empty")),
            AS_OF,
        ),
        _assess,
        permission=Permission.ASSESS,
        of_item=True,
    ),
    Act(
        "item.add",
        later("Add item"),
        later("Add an item to the plan"),
        (
            ActField("code", later("Code"), hint=later("such as T-250; may be empty"), check=free_code),
            TITLE,
            replace(THEME, required=True),
            replace(LEAD, required=True),
            ActField(
                "due",
                later("Due"),
                Kind.DEADLINE,
                hint=later("such as 30 June, or Q3"),
                required=True,
                counts_from=("starts", "as_of"),
            ),
            replace(KIND, hint=later("enter lists the kinds; needed if several")),
            MEASURE,
            ActField("starts", later("Starts"), Kind.PLAN_DAY, hint=later("empty is as of")),
            replace(LEAD, name="supporting", title=later("Supporting"), hint=later("may be empty")),
            ACCOUNTABLE,
            WEIGHT,
            _SOURCE,
            _NOTE,
            ActField(
                "milestone",
                later("Milestones"),
                Kind.DATED,
                hint=later("30 June = Wells surveyed; a line for each"),
                counts_from=("starts", "as_of"),
            ),
            *WHY_AND_WHEN,
        ),
        _add,
    ),
)
