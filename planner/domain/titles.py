"""Checking what people call things: the titles and names of items, themes, milestones, indicators and others."""

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import required
from planner.domain.lengths import LONGEST_TITLE


def checked_title(given: str | None, where: str = "title") -> str:
    """Return a title or name in the form in which it is stored.

    Raises BadValueError if it is blank, has several lines, or is longer than LONGEST_TITLE.
    """
    title = required(given, where)
    if "\n" in title:
        raise BadValueError(tr("this must be on one line"), where=where, do=tr("Remove the line breaks"))
    if len(title) > LONGEST_TITLE:
        raise BadValueError(
            tr("this has {count:,} characters, and can have {longest:,}", count=len(title), longest=LONGEST_TITLE),
            where=where,
            do=tr("Give a shorter text; a note can say more"),
        )
    return title
