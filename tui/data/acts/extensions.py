"""The acts about later dates: ask for one, and grant or refuse it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.language import later, tr
from planner.base.listing import with_semicolons
from planner.domain.rules.permissions import Permission
from tui.data.acts.act import Act, ActDone, ActField, Entry, Kind, Scope
from tui.data.acts.common import AS_OF
from tui.data.picks import Pick

if TYPE_CHECKING:
    from planner.queries.history.extensions import Extension
    from planner.queries.items.views import ItemView
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.writes.reports.extensions import ExtensionDecided

# The key of the due date of the item in a list of its dates. Milestones have their numbers.
_DUE = "due"


def _require_may_ask(reading: "Reading", login: str, code: str) -> None:
    """Raise NotAllowedError if a person may not ask for a later date of an item, so that the form does not open."""
    from planner.store.journal import Actor
    from planner.writes.items import item_row
    from planner.writes.permission import require, require_of_lead

    item = item_row(reading.session, reading.plan, code)
    person = require(reading.session, Actor(login), Permission.ASK_EXTENSION, item)
    require_of_lead(reading.session, person, item)


def _dates(reading: "Reading", scope: Scope) -> Sequence[Pick]:
    """Return the dates of an item that can be moved. The note of each is its current date."""
    from planner.queries.items.register import read_item

    item = read_item(reading, scope.subject)
    steps = [
        Pick(str(one.number), one.title, tr("milestone, {day}", day=one.current))
        for one in item.milestones
        if one.met_on is None
    ]
    return [Pick(_DUE, str(item.current_due), tr("due date of the item")), *steps]


def _due(_reading: "Reading", _code: str) -> Mapping[str, str]:
    return {"date": _DUE}


def _requests(reading: "Reading", scope: Scope) -> Sequence[Pick]:
    """Return the later dates that are asked for on an item and that nobody has granted or refused."""
    from planner.queries.items.register import read_item

    item = read_item(reading, scope.subject)
    return [_request(item, one) for one in _open(reading, item)]


def _open(reading: "Reading", item: "ItemView") -> "list[Extension]":
    from planner.queries.history.extensions import read_extensions

    return [one for one in read_extensions(reading, item.id) if one.is_open(item)]


def _request(item: "ItemView", one: "Extension") -> Pick:
    from planner.queries.weeks.request_words import later_date

    return Pick(str(one.id), with_semicolons((later_date(one, item), one.words)), one.actor)


def _first(reading: "Reading", code: str) -> Mapping[str, str]:
    """Return the first open request. Raises NotAllowedError if nobody asks for a later date."""
    found = _requests(reading, Scope(code))
    if not found:
        raise NotAllowedError(tr("nobody asks for a later date of this item"), where=code)
    return {"date": found[0].key}


def _number(entry: Entry) -> int | None:
    return None if entry["date"] == _DUE else int(entry["date"])


def _shown(writing: "Writing", entry: Entry) -> "tuple[int, int | None]":
    """Return the id of the request that the person was shown, and the number of its milestone.

    Raises NotAllowedError if the request does not count any more.
    """
    from planner.queries.history.extensions import read_extensions
    from planner.queries.items.register import read_item

    reading = writing.reading(writing.today)
    item = read_item(reading, entry.subject)
    for one in read_extensions(reading, item.id):
        if str(one.id) == entry["date"] and one.is_open(item):
            step = one.milestone(item)
            return one.id, step.number if step else None
    raise NotAllowedError(
        tr("this request was answered, replaced or taken back in the meantime"),
        where=entry.subject,
        do=tr("Open the list again to see what is asked for now"),
    )


def _ask(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.reports.extensions import ask_extension

    done = ask_extension(
        writing,
        entry.subject,
        entry["to"],
        entry["reason"],
        milestone=_number(entry),
        as_of=entry["as_of"],
        check_doubts=not entry.sure,
    )
    said = tr("Recorded: {code}: {new} is asked for instead of {old}.", code=done.code, new=done.new, old=done.old)
    return ActDone(said, frozenset({done.code}))


def _grant(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.reports.extensions import grant_extension

    request, milestone = _shown(writing, entry)
    done = grant_extension(
        writing,
        entry.subject,
        milestone=milestone,
        reason=entry["reason"],
        as_of=entry["as_of"],
        expected=request,
        check_doubts=not entry.sure,
    )
    return _decided(done, tr("Granted: {code}: {new} instead of {old}.", code=done.code, new=done.new, old=done.old))


def _refuse(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.reports.extensions import refuse_extension

    request, milestone = _shown(writing, entry)
    done = refuse_extension(
        writing, entry.subject, entry["reason"] or "", milestone=milestone, as_of=entry["as_of"], expected=request
    )
    return _decided(done, tr("Refused: {code}: it stays {old}.", code=done.code, old=done.old))


def _decided(done: "ExtensionDecided", said: str) -> ActDone:
    return ActDone(said, frozenset({done.code}))


_DATE = ActField("date", later("Date"), Kind.PICK, picks=_dates, hint=later("enter lists the dates"), required=True)
_ASKED = ActField(
    "date", later("Request"), Kind.PICK, picks=_requests, hint=later("enter lists the requests"), required=True
)

ASK = Act(
    "item.ask_later_date",
    later("Ask for later date"),
    later("Ask for a later date of the item or a milestone; a manager grants or refuses it"),
    (
        _DATE,
        ActField("to", later("Later date"), Kind.DEADLINE, hint=later("such as 30 June"), required=True),
        ActField("reason", later("Reason"), Kind.TEXT, hint=later("why the date cannot be kept"), required=True),
        AS_OF,
    ),
    _ask,
    permission=Permission.ASK_EXTENSION,
    of_item=True,
    allowed=_require_may_ask,
    initial=_due,
)

EXTENSION_ACTS = (
    ASK,
    Act(
        "item.grant_later_date",
        later("Grant later date"),
        later("Grant the later date that is asked for; the date moves at once"),
        (
            _ASKED,
            ActField("reason", later("Reason"), Kind.TEXT, hint=later("why it is granted; may be empty")),
            AS_OF,
        ),
        _grant,
        permission=Permission.DECIDE_EXTENSION,
        of_item=True,
        initial=_first,
    ),
    Act(
        "item.refuse_later_date",
        later("Refuse later date"),
        later("Refuse the later date that is asked for; the date stays"),
        (
            _ASKED,
            ActField("reason", later("Reason"), Kind.TEXT, hint=later("the officer sees it"), required=True),
            AS_OF,
        ),
        _refuse,
        permission=Permission.DECIDE_EXTENSION,
        of_item=True,
        initial=_first,
    ),
)
