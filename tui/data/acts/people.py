"""The acts on people: add, change, edit, leave, come back, and give the items of a person to somebody else."""

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.base.language import later, tr, tr_count
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Role
from tui.data.acts import choices
from tui.data.acts.act import Act, ActDone, ActField, Affected, Entry, Kind
from tui.data.acts.common import LEAD, REASON, WHY_AND_WHEN_SHARED, item_picks

if TYPE_CHECKING:
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.writes.people.changing import PersonEdit


def _add(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.people.adding import NewPerson, add_person

    role = Role(entry["role"]) if entry["role"] else Role.OFFICER
    new = NewPerson(entry["login"], entry["name"] or entry["login"], role, entry["organisation"], entry["mail_address"])
    person = add_person(writing, new, **entry.about)
    return ActDone(tr("Recorded: {person}.", person=person.line()))


def _change(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.people.changing import PersonEdit

    role = Role(entry["role"]) if entry["role"] else None
    return _changed(writing, entry, PersonEdit(entry["name"], role, entry["organisation"]))


def _edit(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.people.editing import edit_person

    done = edit_person(writing, entry["login"], entry["reason"], mail_address=entry["mail_address"] or "")
    return ActDone(done.sentence())


def _leave(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.people.accountable import items_left
    from planner.writes.people.changing import PersonEdit

    done = _changed(writing, entry, PersonEdit(active=False))
    count = sum(map(len, items_left(writing, entry["login"]).values()))
    if not count:
        return done
    told = tr_count(
        "They are still accountable for {count:,} unfinished item: give it to somebody else.",
        "They are still accountable for {count:,} unfinished items: give them to somebody else.",
        count,
    )
    return replace(done, said=f"{done.said} {told}")


def _come_back(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.people.changing import PersonEdit

    return _changed(writing, entry, PersonEdit(active=True))


def _changed(writing: "Writing", entry: Entry, edit: "PersonEdit") -> ActDone:
    from planner.writes.people.changing import change_person

    return ActDone(change_person(writing, entry["login"], edit, **entry.about).sentence())


def _give(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.people.accountable import give_items

    done = give_items(writing, entry["login"], entry["to"], **entry.about)
    return ActDone(done.sentence(), frozenset(done.codes))


def _given(reading: "Reading", entry: Entry) -> Affected:
    from planner.writes.plan_changes.previews import preview_items_of_person

    items = preview_items_of_person(reading, entry["login"])
    summary = tr_count(
        "{to} becomes accountable for {count:,} item of {login}.",
        "{to} becomes accountable for {count:,} items of {login}.",
        len(items),
        to=entry["to"],
        login=entry["login"],
    )
    return Affected((summary,), item_picks(items, tr("accountable: {to}", to=entry["to"])), items)


def _free_login(reading: "Reading", login: str) -> None:
    from planner.writes.people.checks import free_login

    free_login(reading.session, login)


def _valid_address(_reading: "Reading", address: str) -> None:
    from planner.domain.mail_addresses import checked_address

    checked_address(address)


_PERSON = ActField(
    "login", later("Person"), Kind.PICK, picks=choices.people, hint=later("enter lists the people"), required=True
)
_NAME = ActField("name", later("Name"), hint=later("as others see it"))
_ROLE = ActField("role", later("Role"), Kind.PICK, picks=choices.roles, hint=later("enter lists the roles"))
_ORGANISATION = replace(LEAD, name="organisation", title=later("Organisation"))
_ADDRESS = ActField("mail_address", later("Mail address"), hint=later("may be empty"), check=_valid_address)

PEOPLE_ACTS = (
    Act(
        "people.add",
        later("Add person"),
        later("Add a person who joins during the year; without a role, they are an officer"),
        (
            ActField(
                "login",
                later("Login"),
                hint=later("their operating-system login"),
                required=True,
                check=_free_login,
            ),
            _NAME,
            _ROLE,
            _ORGANISATION,
            _ADDRESS,
            *WHY_AND_WHEN_SHARED,
        ),
        _add,
        permission=Permission.KEEP_PEOPLE,
        of_all_plans=True,
    ),
    Act(
        "people.change",
        later("Change person"),
        later("Give a person another name, role or organisation; what is empty stays as it is"),
        (_PERSON, _NAME, _ROLE, _ORGANISATION, *WHY_AND_WHEN_SHARED),
        _change,
        permission=Permission.KEEP_PEOPLE,
        of_all_plans=True,
    ),
    Act(
        "people.edit",
        later("Mail address of person"),
        later("Change the mail address of a person; it holds from now on"),
        (_PERSON, _ADDRESS, REASON),
        _edit,
        permission=Permission.KEEP_PEOPLE,
        of_all_plans=True,
    ),
    Act(
        "people.leave",
        later("Record that a person left"),
        later("Let a person who leaves write nothing more; as of an earlier day, they are still there"),
        (_PERSON, *WHY_AND_WHEN_SHARED),
        _leave,
        permission=Permission.KEEP_PEOPLE,
        of_all_plans=True,
    ),
    Act(
        "people.come_back",
        later("Record that a person is back"),
        later("Let a person who had left write again, with their earlier role and organisation"),
        (replace(_PERSON, picks=choices.people_who_left), *WHY_AND_WHEN_SHARED),
        _come_back,
        permission=Permission.KEEP_PEOPLE,
        of_all_plans=True,
    ),
    Act(
        "people.give_items",
        later("Give items of a person"),
        later("Make somebody else accountable for all unfinished items of a person"),
        (
            replace(_PERSON, title=later("From"), picks=choices.everybody),
            ActField(
                "to", later("To"), Kind.PICK, picks=choices.people, hint=later("enter lists the people"), required=True
            ),
            *WHY_AND_WHEN_SHARED,
        ),
        _give,
        affected=_given,
    ),
)
