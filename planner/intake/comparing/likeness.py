"""How alike the titles of items of the files and of the register are, and which items can therefore be the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from planner.base.errors import MissingLibraryError
from planner.base.language import tr
from planner.base.texts import same_words
from planner.base.views import view
from planner.domain.vocabulary import Basis
from planner.intake.comparing.equal_titles import Leads
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Field, ProposedItem

# The least likeness of titles, in percent, at which two items are proposed as the same: a working item is only a
# placeholder for an item of the office, but two registered items are usually two.
LIKE_WORKING, LIKE_REGISTERED = 60, 90
# Of two items with the same lead and due date.
LIKE_WITH_FACTS = 70
# The likeness from which a proposed match counts as likely.
LIKELY = 85
# How many candidates a question names.
MOST_CANDIDATES = 3
# If there are more pairs of titles than this, only equal titles are proposed.
MOST_PAIRS = 50_000_000


@view
class Candidate:
    """An item of the register that may be an item of the files, and the likeness of the two in percent.

    `by_number` says that it is a candidate because its code is the running number of the item in the files.
    """

    item: StoredItem
    likeness: int
    by_number: bool = False


def title_of(item: ProposedItem) -> str:
    """Return the title that the files give an item, or an empty text."""
    title = item.facts.get(Field.TITLE)
    return str(title.value) if title is not None and title.value else ""


def candidates_for(free: Sequence[StoredItem], proposed: Sequence[ProposedItem], leads: Leads) -> list[list[Candidate]]:
    """Return the likely items among the free ones of the register for each proposed item, the likeliest first."""
    if not free or not proposed:
        return [[] for _ in proposed]
    if len(free) * len(proposed) > MOST_PAIRS:
        return _with_equal_titles(free, proposed)
    return _with_like_titles(free, proposed, leads)


def _with_equal_titles(free: Iterable[StoredItem], proposed: Iterable[ProposedItem]) -> list[list[Candidate]]:
    by_title: dict[str, list[Candidate]] = defaultdict(list)
    for item in free:
        by_title[same_words(item.title)].append(Candidate(item, 100))
    return [by_title.get(same_words(title_of(item)), []) for item in proposed]


def _with_like_titles(
    free: Sequence[StoredItem], proposed: Iterable[ProposedItem], leads: Leads
) -> list[list[Candidate]]:
    fuzz, process = _comparison()
    titles = [same_words(item.title) for item in free]
    found = []
    for item in proposed:
        like = process.extract(
            same_words(title_of(item)), titles, scorer=fuzz.ratio, limit=MOST_CANDIDATES, score_cutoff=LIKE_WORKING
        )
        candidates = [Candidate(free[place], round(likeness)) for _, likeness, place in like]
        found.append([one for one in candidates if one.likeness >= _least_with_facts(one.item, item, leads)])
    return found


def _least_with_facts(stored: StoredItem, item: ProposedItem, leads: Leads) -> int:
    """Return the least likeness of two titles. With the same lead and due date, less alike titles can be one item."""
    due, lead = item.facts.get(Field.DUE), leads.lead_of(item)
    same = due is not None and due.value == stored.due and lead is not None and lead == leads.at_present(stored.lead)
    return min(LIKE_WITH_FACTS, _least(stored)) if same else _least(stored)


def likeness_of(item: ProposedItem, stored: StoredItem) -> float:
    """Return the likeness of the titles of two items in percent."""
    return likeness_of_titles(title_of(item), stored.title)


def likeness_of_titles(one: str, other: str) -> float:
    """Return the likeness of two titles in percent."""
    fuzz, _ = _comparison()
    likeness: float = fuzz.ratio(same_words(one), same_words(other))
    return likeness


def _comparison() -> tuple[Any, Any]:
    """Return the modules that compare titles."""
    try:
        from rapidfuzz import fuzz, process
    except ImportError as error:
        raise MissingLibraryError(
            tr("comparing titles needs the library rapidfuzz"), do=tr("Install planner with its extra 'import'")
        ) from error
    return fuzz, process


def _least(item: StoredItem) -> int:
    return LIKE_WORKING if item.basis_of(Field.TITLE) == Basis.WORKING else LIKE_REGISTERED


def least_with_number(item: StoredItem) -> int:
    """Return the least likeness of two items of which one has the code of the other as its running number."""
    return min(LIKELY, _least(item))
