"""What a picture of the page consists of, whatever it shows: drawings with words round them, and numbers behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

Number = int | float | date | str | None


@dataclass(frozen=True)
class Legend:
    """A line of the legend: the swatch's class in the style, a sign that does not depend on colour, what it means."""

    swatch: str
    sign: str
    words: str


@dataclass(frozen=True)
class Drawing:
    """A drawing as SVG: for a wide page and for a phone, where one would not be legible on both."""

    wide: Markup
    narrow: Markup | None = None


@dataclass(frozen=True)
class Strip:
    """A row of a picture: what it is of, its drawing, what is told at its end. `about` is a second, quieter line."""

    label: str
    drawing: Drawing
    end: str = ""
    code: str = ""
    about: str = ""


@dataclass(frozen=True)
class Multiple:
    """One of many small drawings of a kind; `about` comes from the data, `note` says more of our own."""

    label: str
    drawing: Drawing
    end: str = ""
    code: str = ""
    about: str = ""
    note: str = ""


@dataclass(frozen=True)
class Numbers:
    """The table behind a picture."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Number, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A picture: its name as an anchor, its title, what it shows and as of when, its parts, the numbers behind it.

    `nothing` says why there is nothing to see, where that is so.
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


def percent(number: float | None) -> str:
    """A percent as it is told beside a picture; a dash where there is none."""
    return "–" if number is None else f"{number:.1f} %"


def signed(number: float) -> str:
    """A change with its sign, also where there is none."""
    return f"{number:+g}".replace("-", "−") if number else "±0"


def counted(numbers: Mapping[str, int]) -> str:
    """Some counts as words: 3 met, 2 open."""
    return ", ".join(f"{number} {word}" for word, number in numbers.items() if number)
