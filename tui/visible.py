"""The edge of the app: no text on any screen acts unseen, and no line of it can be taken for a line of the app."""

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from planner.visible_text import BAR, visible


class VisibleFilter(LineFilter):
    """Shows what would act unseen in a line. The line keeps its width, so that nothing beside it moves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Make every segment of a line visible."""
        shown = [segment if segment.control else segment._replace(text=visible(segment.text)) for segment in segments]
        if shown == segments:
            return segments
        return Segment.adjust_line_length(shown, Segment.get_line_length(segments))


def barred_content(text: Content) -> Content:
    """A paragraph of the app. A line end in it came with a text from outside, so a bar begins what follows it."""
    if "\n" not in text.plain:
        return text
    first, *more = text.split("\n", allow_blank=True)
    return Content("\n").join([first, *(Content.assemble((BAR, "$text-muted"), line) for line in more)])
