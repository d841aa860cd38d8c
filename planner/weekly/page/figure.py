"""The parts that all charts on the page have: drawings, the text around them, and a table of the numbers."""

from collections.abc import Iterator, Mapping
from datetime import date

from planner.base.views import value_class
from planner.weekly.page.drawing import Chart

Number = int | float | date | str | None


@value_class
class Legend:
    """An entry of the legend: the CSS class of its colour sample, a sign that does not depend on colour, and a text."""

    swatch: str
    sign: str
    words: str


@value_class
class Drawing:
    """A chart for a wide page, and a second one for phones if the wide one would not be legible there."""

    wide: Chart
    narrow: Chart | None = None


@value_class
class Strip:
    """A row of a chart: a label, a drawing, and a text at the end. `about` is a second line in a quieter style."""

    label: str
    drawing: Drawing
    end: str = ""
    code: str = ""
    about: str = ""


@value_class
class Multiple:
    """One of several small charts of the same kind.

    `about` is a line of text that a user entered, such as a unit. `note` is a line of text that the program wrote.
    """

    label: str
    drawing: Drawing
    end: str = ""
    code: str = ""
    about: str = ""
    note: str = ""


@value_class
class Numbers:
    """The table with the numbers that a chart shows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Number, ...], ...]


@value_class
class Figure:
    """A chart of the page: its anchor name, title, caption, parts, and table of numbers.

    `nothing` explains why there is nothing to show; it is empty if the chart has content.
    """

    name: str
    title: str
    caption: str
    legend: tuple[Legend, ...] = ()
    drawing: Drawing | None = None
    strips: tuple[Strip, ...] = ()
    axis: Drawing | None = None
    multiples: tuple[Multiple, ...] = ()
    numbers: Numbers = Numbers((), ())
    nothing: str = ""

    @property
    def charts(self) -> Iterator[Chart]:
        """All charts of the figure."""
        of_parts = [*(strip.drawing for strip in self.strips), *(multiple.drawing for multiple in self.multiples)]
        for drawing in filter(None, (self.drawing, self.axis, *of_parts)):
            yield drawing.wide
            if drawing.narrow:
                yield drawing.narrow


def signed(number: float) -> str:
    """Format a change with its sign, also if it is zero."""
    return f"{number:+g}".replace("-", "−") if number else "±0"


def counts_text(numbers: Mapping[str, int]) -> str:
    """Return counts as text, such as "3 met, 2 open". Zero counts are left out."""
    return ", ".join(f"{number} {word}" for word, number in numbers.items() if number)
