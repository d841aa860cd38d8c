"""What the author of a row knew of an item: which values are newer than the file, and which the file only repeats."""

from collections.abc import Collection

from planner.base.language import tr
from planner.domain.codes import code_key
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.exported.since import UNCHANGED, SinceExport, Then, only_repeats
from planner.intake.comparing.item_facts import Fact
from planner.intake.comparing.match_questions import code_given
from planner.intake.comparing.same_values import is_same
from planner.intake.comparing.stored import BY_FILES, Reported, StoredItem, StoredRegister
from planner.intake.comparing.telling.told import Told
from planner.intake.proposed import Field, ProposedItem


class Author:
    """Compares the items of the files with what the authors of their rows knew.

    `since` gives what changed since a row was exported.
    """

    def __init__(self, stored: StoredRegister, since: SinceExport, asking: Asking, told: Told) -> None:
        self._stored = stored
        self.since = since
        self._asking = asking
        self._told = told

    def note_emptied(self, item: ProposedItem, stored: StoredItem, facts: Collection[Field]) -> None:
        """Note the cells of an exported register that somebody emptied, but whose values an import does not remove.

        `facts` are those that it takes or removes.
        """
        if Field.BASIS not in item.facts:
            return
        status, since = self._stored.statuses.get(stored.id), self.since(item.place)
        # The cells of values that the register has only since the export were empty in it.
        newer = {*since.items.get(stored.id, ()), *since.reports.get(stored.id, ())} if since is not None else ()
        for fact, given in item.facts.items():
            if given.value in (None, "", ()) and not given.inferred and fact not in facts and fact not in newer:
                kept = getattr(stored, fact.value, None) or getattr(status, fact.value, None)
                if kept not in (None, "", ()):
                    self._told.emptied(given, fact)

    def stated(self, item: ProposedItem, stored: StoredItem, facts: dict[Field, Fact]) -> dict[Field, Fact]:
        """Return the facts without those that an exported file only repeats from then, and note these."""
        then = self.then(item, stored) or UNCHANGED
        repeated = {
            fact
            for fact, known in facts.items()
            if only_repeats(then, fact, known.value) and not is_same(fact, getattr(stored, fact.value), known.value)
        }
        for fact in repeated:
            self._told.outdated(facts[fact].given, fact)
        return {fact: known for fact, known in facts.items() if fact not in repeated}

    def then(self, item: ProposedItem, stored: StoredItem | None) -> Then | None:
        """Return what changed of an item since its row was exported, or None if the row was not exported."""
        since = self.since(item.place)
        return None if since is None or stored is None else since.items.get(stored.id, UNCHANGED)

    def entered(self, item: ProposedItem, stored: StoredItem) -> Collection[Field]:
        """Return the facts of an item that got their values without the knowledge of the author of the files."""
        then = self.then(item, stored)
        return self._stored.entered.get(stored.id, ()) if then is None else then.keys()

    def reported(self, item: ProposedItem, stored: StoredItem) -> Reported:
        """Return which facts of the report that counts the author of the files did not know."""
        since = self.since(item.place)
        if since is None:
            return self._stored.reported.get(stored.id, BY_FILES)
        then = since.reports.get(stored.id, UNCHANGED)
        return Reported(frozenset(then), {fact: (value,) for fact, value in then.items()}) if then else BY_FILES

    def is_gone(self, item: ProposedItem) -> bool:
        """Return whether an item of an exported file was removed since from the register. It is told then."""
        since, code = self.since(item.place), code_given(item)
        title = since.gone.get(code_key(str(code.value))) if since is not None and code is not None else None
        if title is None or code is None:
            return False
        what = tr("the register no longer has '{title}'; it is not imported", title=title)
        do = tr("To have it again, give the row a new code and remove its exported_from")
        self._asking.remark(code, Field.CODE, what, do)
        return True
