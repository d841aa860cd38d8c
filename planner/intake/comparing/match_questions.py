"""What a person is asked or told about which item of the register an item of the files is."""

from collections.abc import Sequence

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.texts import same_words
from planner.domain.vocabulary import Basis
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.equal_titles import Leads
from planner.intake.comparing.likeness import MOST_CANDIDATES, Candidate, likeness_of, title_of
from planner.intake.comparing.numbering.running_numbers import running_number
from planner.intake.comparing.same_values import title_words
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Field, Given, ProposedItem
from planner.intake.spoilt_codes import is_spoilt

# The answer that an item of the files is none of the register's.
NEW = "new"
# Below this likeness, the titles of one code are hardly those of one task.
QUITE_OTHER = 45
# Below this one, a person is asked if two people can have given the code to two tasks.
_PERHAPS_OTHER = 60


def code_given(item: ProposedItem) -> Given | None:
    """Return the code that the files give an item, or None."""
    code = item.facts.get(Field.CODE)
    return code if code is not None and code.value else None


def has_no_own_code(item: ProposedItem) -> bool:
    """Return whether the files give an item no code, or only a running number."""
    return code_given(item) is None or running_number(item) is not None


class MatchQuestions:
    """Asks and tells a person about matches. `leads` are the leads of the items."""

    def __init__(self, asking: Asking, leads: Leads) -> None:
        self._asking = asking
        self._leads = leads

    @staticmethod
    def is_other_task(item: ProposedItem, stored: StoredItem) -> bool:
        """Return whether the title in the files is hardly that of an item. A working title is only a placeholder."""
        return stored.basis_of(Field.TITLE) != Basis.WORKING and has_other_title(item, stored, QUITE_OTHER)

    def tell_other_task(self, item: ProposedItem, code: Given, stored: StoredItem) -> None:
        """Remark that the files have quite another title for a code, which may be the code of another task."""
        if self.is_other_task(item, stored):
            what = tr(
                "{code} of the register is '{title}', which is quite another title",
                code=stored.code,
                title=stored.title,
            )
            do = tr("Give the row another code if it is another task")
            self._asking.remark(code, Field.CODE, what, do)

    def ask_if_added(self, item: ProposedItem, code: Given, stored: StoredItem) -> str | None:
        """Ask whether a row is the item that somebody added under its code after the file was exported.

        Two people can give the same next code to two tasks. Nothing is asked if the titles are alike.
        """
        if not has_other_title(item, stored, _PERHAPS_OTHER):
            return None
        what = tr(
            "{code} is now the code of another item, '{title}'",
            code=stored.code,
            title=stored.title,
        )
        do = tr(
            "If it is that item, answer with '{code}'. Answer '{new}' if it is another, which gets a new code",
            code=stored.code,
            new=NEW,
        )
        return self._asking.ask(code, None, what, do, (stored.code, NEW))

    def say_renumbered(self, renumbered: Sequence[tuple[Given, StoredItem]]) -> None:
        """Say once which items have other running numbers than their codes."""
        if not renumbered:
            return
        number, stored = renumbered[0]
        what = tr_count(
            "{count:,} item has another running number in the files than its code in the register "
            "({number} is {code}); it was found by its title and keeps its code",
            "{count:,} items have other running numbers in the files than their codes in the register (for example, "
            "{number} is {code}); they were found by their titles and keep their codes",
            len(renumbered),
            number=number.value,
            code=stored.code,
        )
        self._asking.remark(number, Field.CODE, what)

    def ask(self, item: ProposedItem, title: Given, free: Sequence[Candidate]) -> str | None:
        """Ask which of the free candidates an item is, the likeliest first. Return the code, `NEW`, or None."""
        code = code_given(item)
        what = self._what_is_like(item, free[0])
        others = [
            tr("{code} '{title}' ({likeness}%)", code=one.item.code, title=one.item.title, likeness=one.likeness)
            for one in free[1:MOST_CANDIDATES]
        ]
        if others:
            what = tr("{what}; less likely: {others}", what=what, others=listed(others))
        do = tr("Answer with the code of the item that it is, or '{new}' if it is another item", new=NEW)
        choices = [*(candidate.item.code for candidate in free[:MOST_CANDIDATES]), NEW]
        return self._asking.ask(title if code is None else code, None, what, do, choices)

    def _what_is_like(self, item: ProposedItem, best: Candidate) -> str:
        """Return what speaks for the likeliest candidate."""
        if best.by_number:
            return tr(
                "the number is that of {code} of the register, but the title there is '{title}', not '{given}' "
                "({likeness}% alike)",
                code=best.item.code,
                title=best.item.title,
                given=title_of(item),
                likeness=best.likeness,
            )
        if title_words(title_of(item)) == title_words(best.item.title):
            return self._why_not_sure(item, best.item)
        if code_given(item) is None:
            return tr(
                "this item may be {code} of the register, '{title}': the two are {likeness}% alike",
                code=best.item.code,
                title=best.item.title,
                likeness=best.likeness,
            )
        return tr(
            "this item, '{given}', may be {code} of the register, '{title}': the two are {likeness}% alike",
            given=title_of(item),
            code=best.item.code,
            title=best.item.title,
            likeness=best.likeness,
        )

    def _why_not_sure(self, item: ProposedItem, stored: StoredItem) -> str:
        """Return why an item is not surely the one of the register with the same title."""
        own, given = self._leads.lead_of(item), code_given(item)
        if own is not None and own != self._leads.at_present(stored.lead):
            return tr(
                "this item may be {code} of the register: the titles are equal, but {lead} leads there",
                code=stored.code,
                lead=self._leads.name_of(stored.lead),
            )
        if given is not None and is_spoilt(str(given.value), stored.code):
            return tr(
                "this item may be {code} of the register: the titles are equal, and a spreadsheet program may have "
                "changed the code",
                code=stored.code,
            )
        if not has_no_own_code(item):
            return tr(
                "this item may be {code} of the register: the titles are equal, but the code is another",
                code=stored.code,
            )
        return tr("this item may be {code} of the register: the titles are equal", code=stored.code)


def has_other_title(item: ProposedItem, stored: StoredItem, below: int) -> bool:
    """Return whether the files give an item another title, and the two are less alike than a likeness in percent."""
    title = title_of(item)
    return bool(title) and same_words(title) != same_words(stored.title) and likeness_of(item, stored) < below
