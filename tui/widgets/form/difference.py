"""A field of which there are two versions: mine, theirs, what stood before, and which is chosen."""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.data.merging import Difference, Side
from tui.keys import bindings
from tui.marks import MUTED, STRONG

_LABEL = 12


class DifferenceField(Widget, can_focus=True):
    """`chosen` is None until somebody chose, where both changed the field."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.DIFFERENCE

    chosen: reactive[Side | None] = reactive(None, layout=True)

    def __init__(self, difference: Difference) -> None:
        super().__init__()
        self.difference = difference
        self.set_reactive(DifferenceField.chosen, difference.fixed)

    def render(self) -> Content:
        """The versions, the chosen one marked."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the texts need."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        difference = self.difference
        lines = [Content.assemble((difference.label, STRONG), (f"  {self._changed_by()}", MUTED))]
        for side, text in ((Side.MINE, difference.mine), (Side.THEIRS, difference.theirs)):
            taken = self.chosen in (side, Side.BOTH)
            style = "$text-accent" if taken else ""
            lines += _version("● " if taken else "○ ", side.value, text, width, style)
        return lines + _version("  ", "before", difference.stood, width, MUTED)

    def _changed_by(self) -> str:
        if self.difference.fixed is Side.MINE:
            return "only you changed it"
        if self.difference.fixed is Side.THEIRS:
            return "only they changed it"
        if self.chosen is None:
            return "both of you changed it: choose with ←→"
        return "both stand, theirs first" if self.chosen is Side.BOTH else "both of you changed it"

    def action_step(self, by: int) -> None:
        """The next choice, or the one before."""
        sides = self.difference.sides
        place = sides.index(self.chosen) + by if self.chosen in sides else (0 if by > 0 else -1)
        self.chosen = sides[place % len(sides)]


def _version(sign: str, label: str, text: str, width: int, style: str) -> list[Content]:
    """A version under its label, its further lines below its first."""
    room = max(20, width - _LABEL)
    lines = Content.styled(text, style).wrap(room) if text else [Content.styled("–", MUTED)]
    first = Content.assemble((f"{sign}{label}".ljust(_LABEL), style or ""))
    return [Content.assemble(first if number == 0 else " " * _LABEL, line) for number, line in enumerate(lines)]
