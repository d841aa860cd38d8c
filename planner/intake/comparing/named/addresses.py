"""Taking the mail addresses that rows of organisations and people give."""

from collections.abc import Callable

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.intake.comparing.asking import Asking
from planner.intake.proposed import Field, Given, ProposedRow


def given_addresses(row: ProposedRow, asking: Asking, check: Callable[[str], str | None]) -> Given | None:
    """Return the addresses that a row gives, as they are stored. An empty cell says nothing.

    What `check` refuses is left out with a remark, because a telephone number in this column must not stop an import.
    """
    given = row.facts.get(Field.MAIL_ADDRESS)
    if given is None or not given.value:
        return None
    try:
        return Given(check(str(given.value)), given.place, given.inferred)
    except BadValueError as error:
        asking.remark(given, Field.MAIL_ADDRESS, tr("{what}; it is left out", what=error.what), error.do)
        return None
