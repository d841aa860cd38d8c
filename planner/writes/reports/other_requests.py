"""The open requests about an item, for the refusal of an answer to something that nobody asks for."""

from planner.base.command_names import command_with
from planner.base.language import tr
from planner.base.listing import with_semicolons
from planner.queries.items.register import read_item
from planner.queries.weeks.open_requests import OpenRequest, RequestKind, read_open_requests
from planner.queries.weeks.request_words import later_date
from planner.register.reading import Reading


def open_requests_of(reading: Reading, code: str) -> str:
    """Return which requests about an item are open and how to answer each. Without any, return how to see all."""
    item = read_item(reading, code)
    found = [text for one in read_open_requests(reading, [item]) if (text := _how_to_answer(one))]
    if not found:
        return tr("See the open requests with 'planner requests'")
    return tr("Open requests about this item: {requests}", requests=with_semicolons(found))


def _how_to_answer(request: OpenRequest) -> str | None:
    """Return a request with the command that answers it. Return None for a request to the lead of the item."""
    code = request.item.code
    if request.extension is not None:
        step = request.extension.milestone(request.item)
        number = {"milestone": str(step.number)} if step else {}
        return tr(
            "{date} (grant it with '{grant}', or refuse it with '{refuse}')",
            date=later_date(request.extension, request.item),
            grant=command_with(f"extension grant {code}", **number),
            refuse=command_with(f"extension refuse {code}", **number, reason="TEXT"),
        )
    if request.kind is RequestKind.HELP:
        return tr("help (answer it with 'planner answer {code} TEXT')", code=code)
    if request.kind is RequestKind.CONFIRM:
        return tr(
            "its reported ending (confirm it with 'planner confirm {code}', or return it with '{back}')",
            code=code,
            back=command_with(f"return {code}", reason="TEXT"),
        )
    return None
