"""Draws only what is seen of a screen.

Textual draws every widget in full: also a container that its widgets cover, and a whole list of which one line has
changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

# The pieces of a line by their first column. A piece that is not drawn yet is None.
_Pieces = dict[int, Strip | None]


class SeenCompositor(Compositor):
    """A compositor that draws only the lines of a widget of which something is seen."""

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """Return the pieces of each line, as Textual's own method does.

        The widgets come from the front to the back, so a piece that is there already covers those behind it.
        """
        pieces: list[_Pieces] = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            if not crop.overlaps(shown):
                continue
            cuts = {y: self._cuts_of(shown, y) for y in shown.line_range if is_rendered_line(y)}
            needed = [y for y, columns in cuts.items() if any(pieces[y][column] is None for column in columns[:-1])]
            if needed:
                first, last = needed[0], needed[-1]
                part = Region(shown.x - region.x, first - region.y, shown.width, last - first + 1)
                strips = widget.render_lines(part)
                for y in needed:
                    _add(pieces[y], cuts[y], strips[y - first].divide([column - shown.x for column in cuts[y][1:]]))
        return pieces  # type: ignore[return-value]

    def _cuts_of(self, shown: Region, y: int) -> list[int]:
        """Return the columns at which a line is cut, from where a widget begins to where it ends."""
        return [column for column in self.cuts[y] if shown.x <= column <= shown.right]


def _add(pieces: _Pieces, columns: Iterable[int], strips: Iterable[Strip]) -> None:
    for column, strip in zip(columns, strips, strict=False):
        if pieces[column] is None:
            pieces[column] = strip
