"""Makes control characters visible on all screens, and marks text from outside, so that no data can imitate the app."""

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from planner.base.visible_text import BAR, visible


class VisibleFilter(LineFilter):
    """Replaces invisible control characters in a line. The width of the line stays the same."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Make every segment of a line visible."""
        # docs/decisions/0053: one filter covers every screen.
        if all(segment.control or visible(segment.text) is segment.text for segment in segments):
            return segments
        shown = [segment if segment.control else segment._replace(text=visible(segment.text)) for segment in segments]
        return Segment.adjust_line_length(shown, Segment.get_line_length(segments))


def barred_content(text: Content) -> Content:
    """Return a paragraph with a bar before each line after the first.

    A line break can only come from external data, so the bar shows that the line is not the app's own text.
    """
    if "\n" not in text.plain:
        return text
    first, *more = text.split("\n", allow_blank=True)
    return Content("\n").join([first, *(Content.assemble((BAR, "$text-muted"), line) for line in more)])
