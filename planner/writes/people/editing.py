"""Editing what is no fact of the year about a person: the mail address. It has no day from which it holds."""

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.mail_addresses import checked_address
from planner.domain.rules.permissions import Permission
from planner.queries.people.people import unknown_login
from planner.queries.people.person_view import PersonView
from planner.register.writing import Writing
from planner.writes.people.person_rows import row_of, view_of
from planner.writes.plan_changes.facts import act_on_plan


@value_class
class PersonEdited:
    """A recorded edit of a person, who is shown as they are after it."""

    person: PersonView
    reason: str

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        person = self.person
        if person.mail_address is None:
            return tr("Recorded: {name} ({login}) has no mail address.", name=person.name, login=person.login)
        return tr(
            "Recorded: mail for {name} ({login}) goes to {address}.",
            name=person.name,
            login=person.login,
            address=person.mail_address,
        )


def edit_person(writing: Writing, login: str, reason: str | None, *, mail_address: str) -> PersonEdited:
    """Change the mail address of a person. An empty text removes it.

    The address is personal data and no change of the year (docs/decisions/0159): the weekly file does not mention it.

    Raises UnknownNameError if nobody has the login, and BadValueError if the reason is missing, the address is invalid
    or the person has it already.
    """
    with act_on_plan(writing, reason, None, Permission.KEEP_PEOPLE, of_plan=False) as act:
        row = row_of(writing.session, login)
        if row is None:
            raise unknown_login(writing.session, login, "LOGIN")
        checked = checked_address(mail_address)
        if checked == row.mail_address:
            raise BadValueError(
                tr("the person already has this address"), where="mail_address", do=tr("Give another address")
            )
        values = {"mail_address": checked}
        act.journal.change(row, values, action="edit-person", label=row.login, reason=act.reason)
        return PersonEdited(view_of(writing.session, row), act.reason)
