"""What an act is: its fields, how their texts are read, what it would change, and its write.

One form (`tui/dialogs/act.py`) shows every act, so a new act is only a new value of `Act`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from planner.base.language import tr_later
from planner.dates.span import Span
from planner.domain.rules.permissions import Permission
from tui.data.picks import Pick

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.queries.items.views import ItemView
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.store.journal import Actor


class Kind(Enum):
    """The kind of value that the text in a field stands for."""

    LINE = auto()
    TEXT = auto()
    NUMBER = auto()
    # A day until today.
    DAY = auto()
    # A first or last day, before or after today.
    PLAN_DAY = auto()
    DEADLINE = auto()
    # One of a list of values, which may be long.
    PICK = auto()
    # One of a few words, all of which are shown.
    WORD = auto()
    # Lines such as "T-031 = Survey the wells": a text, an equals sign, and another text.
    PAIRS = auto()
    # The same, but the text on the left side, a code, can be left out.
    CODED = auto()
    # The same as pairs, with a date on the left side.
    DATED = auto()
    # The paths of files, with a semicolon between several.
    PATHS = auto()


@dataclass(frozen=True)
class Scope:
    """What a form is opened about: the item `subject` with its title, or no item. `items` are those that are loaded."""

    subject: str = ""
    title: str = ""
    items: "Sequence[ItemView]" = ()


@dataclass(frozen=True)
class ActField:
    """A field. `name` is the one that errors of the core give. `title` and `hint` are in English, marked with `later`.

    `picks` reads the values of a field of the kind PICK or WORD, in the scope of the form.
    `within` names a field whose value the note of a value must have. `check` refuses a value that the register does not
    allow. `counts_from` are the fields from whose dates a step such as +2w counts; the first that has a date counts.
    """

    name: str
    title: str
    kind: Kind = Kind.LINE
    hint: str = ""
    required: bool = False
    picks: "Callable[[Reading, Scope], Sequence[Pick]] | None" = None
    within: str = ""
    check: "Callable[[Reading, Any], object] | None" = None
    counts_from: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The label in the person's language."""
        return tr_later(self.title)


@dataclass(frozen=True)
class Affected:
    """What an act on many items would change: a summary in sentences, and the items. `basis` is for the write.

    `refusal` says why nothing can be recorded. The entries of the list are then what is wrong.
    """

    summary: tuple[str, ...]
    items: tuple[Pick, ...]
    basis: object = None
    refusal: str = ""


@dataclass(frozen=True)
class Entry:
    """The values that a person entered, by the names of the fields. Blank fields are left out.

    `subject` is the code of the item that the act is about. `changed` are the fields whose text was changed. `shown` is
    what the person was shown before confirming, and `sure` is true if the person confirmed what looked doubtful. `now`
    is the instant of saving.
    """

    subject: str
    values: Mapping[str, Any]
    changed: frozenset[str] = frozenset()
    shown: Affected | None = None
    sure: bool = False
    now: datetime | None = None

    def __getitem__(self, name: str) -> Any:
        """Return the value of a field, or None if it is blank."""
        return self.values.get(name)

    def new(self, name: str) -> Any:
        """Return the value of a field if its text was changed, or else None."""
        return self.values.get(name) if name in self.changed else None

    @property
    def about(self) -> "dict[str, Any]":
        """The reason and the day of the act, as the core's functions take them."""
        return {"reason": self["reason"], "as_of": self["as_of"]}


@dataclass(frozen=True)
class ActDone:
    """What was recorded, in sentences. `codes` are the items that changed, or None if everything may have changed."""

    said: str
    codes: frozenset[str] | None = None


# docs/decisions/0131: one form shows every act.
@dataclass(frozen=True)
class Act:
    """An act on the plan.

    `name` begins with what the command line calls its subject: `item.edit`. `title` is a verb with its object, and
    `told` says what the act does; both are in English and marked with `later`. An act `of_item` is about the item under
    the cursor. `initial` reads the texts with which its form begins, by field. An act with `affected` shows what it
    would change and asks for a confirmation; `tried` does the same, but finds by trying the write what the register
    refuses. `looked` shows it to a person who cannot write, with the error that says why; everybody is offered such an
    act. `allowed` finds whether the person may make the act on the item before its form opens, and raises the error
    that says why not; without it the role alone decides. One that `reopens` is possible in a closed plan only, one
    `of_all_plans` also in a closed plan, and one `between_plans` only if the register has several.
    """

    name: str
    title: str
    told: str
    fields: tuple[ActField, ...]
    write: "Callable[[Writing, Entry], ActDone]" = field(repr=False)
    permission: Permission = Permission.CHANGE_PLAN
    of_item: bool = False
    allowed: "Callable[[Reading, str, str], None] | None" = None
    initial: "Callable[[Reading, str], Mapping[str, str]] | None" = None
    affected: "Callable[[Reading, Entry], Affected] | None" = None
    tried: "Callable[[Writing, Entry], Affected] | None" = None
    looked: "Callable[[Reading, Actor, Entry, PlannerError], Affected] | None" = None
    reopens: bool = False
    between_plans: bool = False
    of_all_plans: bool = False

    @property
    def description(self) -> str:
        """What the act does, in the person's language."""
        return tr_later(self.told)

    def field(self, name: str) -> ActField | None:
        """Return the field with this name, in upper or lower case, or None."""
        return next((one for one in self.fields if one.name == name.lower()), None)


@dataclass(frozen=True)
class Opening:
    """What a form begins with: the act, the item that it is about, today, the initial texts, and the values to choose.

    A date without a year is one of the plan whose time is `span`. `subject` and `subject_title` are the item's code and
    title, or empty.
    """

    act: Act
    subject: str
    subject_title: str
    today: date
    texts: Mapping[str, str]
    picks: Mapping[str, Sequence[Pick]]
    span: Span
