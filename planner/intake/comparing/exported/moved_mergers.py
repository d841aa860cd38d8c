"""Which item of this register continues an item that was merged in the register that its row is from."""

from collections.abc import Container, Sequence

from planner.domain.codes import code_key
from planner.domain.vocabulary import Phase
from planner.intake.comparing.exported.moved_registers import ShownReport
from planner.intake.comparing.matching import Match
from planner.intake.proposed import Field, ProposedItem


class MovedMergers:
    """Finds the items that continue merged ones, among those that the register has after the import."""

    def __init__(self) -> None:
        self._coming: set[str] = set()
        self._leaving: set[str] = set()

    def note(self, items: Sequence[ProposedItem], matches: Sequence[Match]) -> None:
        """Note which codes the files bring and which they replace, if any of their items was merged."""
        if not any(_is_merged(item) for item in items):
            return
        for item, match in zip(items, matches, strict=True):
            code = item.facts.get(Field.CODE)
            if code is None or not code.value:
                continue
            key = code_key(str(code.value))
            if match.stored is not None and match.stored.code_key != key:
                # People can keep the code of the register, so neither code is certain.
                self._leaving |= {match.stored.code_key, key}
            else:
                self._coming.add(key)

    def target(self, shown: ShownReport, own: str, here: Container[str]) -> str | None:
        """Return the code of the item that continues an item, or None if it is not certain to be here.

        `own` is the code of the merged item, and `here` has the keys of the codes of the register.
        """
        if shown.merged_into is None:
            return None
        key = code_key(shown.merged_into)
        is_here = (key in here or key in self._coming) and key not in self._leaving
        return shown.merged_into if is_here and key != code_key(own) else None


def _is_merged(item: ProposedItem) -> bool:
    phase = item.facts.get(Field.PHASE)
    return phase is not None and phase.value == Phase.MERGED
