"""New and changed organisations, people, themes and kinds of items, to which items refer by name."""

from planner.base.views import view
from planner.intake.comparing.differences.changes import FieldChange
from planner.intake.sheets import Place


@view
class NewOrganisation:
    """An organisation to be added."""

    key: str
    name: str
    short_name: str
    place: Place
    language: str | None = None
    mail_address: str | None = None


@view
class ChangedOrganisation:
    """An organisation whose name, short name, language or mail addresses the files change."""

    key: str
    changes: tuple[FieldChange, ...]


@view
class NewTheme:
    """A theme to be added. `parent` is the number of the theme that it is part of.

    `around` has the titles of that theme and of those around it, the outermost first.
    """

    number: int
    title: str
    label: str | None
    parent: int | None
    place: Place
    around: tuple[str, ...] = ()


@view
class RenamedTheme:
    """A theme of the register that the author of an exported file gave another title."""

    number: int
    before: str
    title: str
    place: Place


@view
class SameTheme:
    """A title of the files of which a person said that it means a theme, which keeps its own title."""

    number: int
    title: str


@view
class NewKind:
    """A kind of items to be added to the plan."""

    key: str
    title: str
    place: Place


@view
class NewPerson:
    """A person to be added, as an officer of an organisation unless the files say otherwise."""

    login: str
    name: str
    role: str
    organisation: str | None
    place: Place
    mail_address: str | None = None
