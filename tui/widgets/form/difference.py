"""A field of a merge: my version, the other person's version, the earlier value, and which version is chosen."""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from planner.base.language import later, tr, tr_later
from planner.reporting.merging import Difference, Side
from tui.keys import bindings
from tui.marks import MUTED, STRONG

# The width of a version's label, in terminal cells.
_LABEL = 12

_SIDES = {Side.MINE: later("mine"), Side.THEIRS: later("theirs")}


class DifferenceField(Widget, can_focus=True):
    """A field with two versions. If both people changed it, `chosen` is None until a version is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.DIFFERENCE

    chosen: reactive[Side | None] = reactive(None, layout=True)

    def __init__(self, difference: Difference) -> None:
        super().__init__()
        self.difference = difference
        self.set_reactive(DifferenceField.chosen, difference.fixed)

    def render(self) -> Content:
        """Draw the versions, with the chosen one marked."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines that the versions need."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        difference = self.difference
        lines = [Content.assemble((difference.label, STRONG), (f"  {self._changed_by()}", MUTED))]
        for side, text in ((Side.MINE, difference.mine), (Side.THEIRS, difference.theirs)):
            taken = self.chosen in (side, Side.BOTH)
            style = "$text-accent" if taken else ""
            lines += _version("● " if taken else "○ ", tr_later(_SIDES[side]), text, width, style)
        return lines + _version("  ", tr("before"), difference.initial, width, MUTED)

    def _changed_by(self) -> str:
        if self.difference.fixed is Side.MINE:
            return tr("only you changed this")
        if self.difference.fixed is Side.THEIRS:
            return tr("only the other person changed this")
        if self.chosen is None:
            return tr("you both changed this: choose with ←→")
        return (
            tr("both texts are kept, the other person's first")
            if self.chosen is Side.BOTH
            else tr("you both changed this")
        )

    def action_step(self, by: int) -> None:
        """Choose the version that is `by` places further. After the last version, the first one follows."""
        sides = self.difference.sides
        place = sides.index(self.chosen) + by if self.chosen in sides else (0 if by > 0 else -1)
        self.chosen = sides[place % len(sides)]


def _version(sign: str, label: str, text: str, width: int, style: str) -> list[Content]:
    """Return the lines of a version. The label is before the first line, and the other lines are indented."""
    room = max(20, width - _LABEL)
    lines = Content.styled(text, style).wrap(room) if text else [Content.styled("–", MUTED)]
    first = Content.assemble((f"{sign}{label}".ljust(_LABEL), style or ""))
    return [Content.assemble(first if number == 0 else " " * _LABEL, line) for number, line in enumerate(lines)]
