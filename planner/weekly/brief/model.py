"""The brief as data: its parts, their lists and the lines in them, and its bars. Every format shows all of it.

Texts that people wrote are on one line, safe to show and short. The other texts are the program's own, in English.
"""

from dataclasses import replace

from planner.base.views import value_class
from planner.domain.symbols import WORKING, WORKING_MARK, words
from planner.domain.vocabulary import State
from planner.weekly.reading import Instance


@value_class
class BriefLine:
    """A line of a list, about an item or an organisation.

    `fact` is what the program says, and `quote` is what a person wrote. `mark` is the word whose symbol and colour the
    line has. A line about an organisation has no code and no lead.
    """

    title: str
    fact: str
    mark: str
    code: str = ""
    lead: str = ""
    quote: str = ""


@value_class
class BriefList:
    """A list of the brief: its first lines, the worst first, and the number of all of them.

    `nothing` is the sentence that stands in place of an empty list. `detail` says how many changes or dates the lines
    tell of, if that is another number than that of the lines.
    """

    title: str
    lines: tuple[BriefLine, ...]
    total: int
    nothing: str
    detail: str = ""

    @property
    def heading(self) -> str:
        """The title with the number of all lines, or the sentence that stands in place of an empty list."""
        if not self.total:
            return self.nothing
        return f"{self.title}: {self.total:,}{f' ({self.detail})' if self.detail else ''}"

    @property
    def more(self) -> int:
        """The number of lines that are left out."""
        return self.total - len(self.lines)

    def first(self, most: int) -> "BriefList":
        """Return the list with at most `most` lines."""
        return replace(self, lines=self.lines[:most])


@value_class
class BriefPart:
    """A part of the brief: its name in anchors, its heading and its lists."""

    name: str
    title: str
    lists: tuple[BriefList, ...]


@value_class
class Share:
    """A piece of a bar: a state, where the piece starts, and how many items have the state."""

    state: State
    start: int
    count: int

    @property
    def in_words(self) -> str:
        """The number and the state, such as "12 on track"."""
        return f"{self.count:,} {words(self.state)}"


@value_class
class StateBar:
    """A bar with the items of the plan or of a theme by their states."""

    name: str
    shares: tuple[Share, ...]

    @property
    def total(self) -> int:
        """The number of all items in the bar."""
        return sum(share.count for share in self.shares)

    @property
    def in_words(self) -> str:
        """What the bar shows, for readers who do not see it."""
        return ", ".join(share.in_words for share in self.shares) or "no items"


@value_class
class Brief:
    """The brief of a week: one sentence and one bar, lists of what a manager has to know, and one picture.

    `themes` are the bars of the picture, and `themes_total` is the number of all themes.
    """

    instance: Instance
    title: str
    sentence: str
    plan: StateBar
    parts: tuple[BriefPart, ...]
    themes: tuple[StateBar, ...]
    themes_total: int

    @property
    def heading(self) -> str:
        """The line below the title: which week the brief is about, and as of which day."""
        week = self.instance.week
        return f"Brief of week {week} ({week.monday} to {week.sunday}), as of {self.instance.as_of}"

    @property
    def footnote(self) -> str:
        """What the mark of drafted titles means, or an empty text if no line has it."""
        lines = (line for part in self.parts for one in part.lists for line in one.lines)
        return WORKING if any(line.code.endswith(WORKING_MARK) for line in lines) else ""

    def command(self, form: str = "") -> str:
        """Return the command that makes the same brief again. `form` is its format, or empty for plain text."""
        options = self.instance.options
        return f"planner brief {options} --format {form}" if form else f"planner brief {options}"

    @property
    def themes_left_out(self) -> int:
        """The number of themes that the picture does not show."""
        return self.themes_total - len(self.themes)

    def shortened(self, most: int) -> "Brief":
        """Return the brief with at most `most` lines in each list."""
        parts = tuple(replace(part, lists=tuple(one.first(most) for one in part.lists)) for part in self.parts)
        return replace(self, parts=parts)
