"""Finding the rows that an act names: themes, kinds, measures, organisations and people."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, unknown_name
from planner.base.language import later, tr
from planner.base.listing import listed
from planner.base.texts import folded
from planner.domain.codes import code_key
from planner.queries.people.ended import read_ended
from planner.queries.people.organisations import find_organisation
from planner.queries.people.people import unknown_login
from planner.queries.plans.gone import GoneKind, GoneTheme, kinds_gone, themes_gone
from planner.register.plan_changes import ADDED
from planner.register.theme_names import find_theme, matching_themes
from planner.register.writing import Writing
from planner.store.models import Item, Measure, Organisation, Person, PlanChange, Theme


def theme_named(writing: Writing, wanted: str, day: date, where: str = "theme") -> Theme:
    """Return the theme with this number or printed label, or the only one whose title contains these words.

    Raises UnknownNameError if none or several match, and NotAllowedError if the theme was added after a day, or if it
    was removed or merged.
    """
    own = select(Theme).where(Theme.plan_id == writing.plan.id, ~Theme.taken_out).order_by(Theme.number)
    themes = list(writing.session.execute(own).scalars())
    if not matching_themes(themes, wanted):
        _require_not_gone(matching_themes(themes_gone(writing.session, writing.plan.id), wanted), where)
    found = find_theme(themes, wanted, where)
    _require_added(writing, found, day)
    return found


def _require_not_gone(gone: Sequence[GoneTheme | GoneKind], where: str) -> None:
    """Raise NotAllowedError if a person named something that is gone. It says what became of the last one."""
    if gone:
        raise NotAllowedError(gone[-1].what(), where=where, do=gone[-1].do())


def _require_added(writing: Writing, theme: Theme, day: date) -> None:
    later = PlanChange.theme_id == theme.id, PlanChange.field == ADDED, PlanChange.as_of > day
    added = writing.session.execute(select(PlanChange.as_of).where(*later)).scalar()
    if added is not None:
        raise NotAllowedError(
            tr("theme {number} was added to the plan as of {day}", number=theme.number, day=added),
            where="as_of",
            do=tr("Give that day or a later one"),
        )


def kind_named(writing: Writing, wanted: str | None, where: str = "kind") -> str:
    """Return the key of the kind of items with this key or title. Without a name, return that of the kind in use.

    That is the kind of all items of the plan or, if it has no items yet, its first kind. Raises UnknownNameError if the
    plan has no such kind, NotAllowedError if it was merged into another one, and BadValueError if no name is given and
    its items have several kinds.
    """
    kinds = {kind.key: kind.title for kind in writing.plan.kinds}
    if wanted is None:
        return _kind_in_use(writing, kinds)
    for key, title in kinds.items():
        if folded(wanted) in (folded(key), folded(title)):
            return key
    gone = kinds_gone(writing.session, writing.plan.id)
    _require_not_gone([kind for kind in gone if folded(wanted) in (folded(kind.key), folded(kind.title))], where)
    what = tr("no kind of item is called '{wanted}'", wanted=wanted)
    raise unknown_name(what, later("kinds"), kinds, where=where)


def _kind_in_use(writing: Writing, kinds: Mapping[str, str]) -> str:
    own = (Item.plan_id == writing.plan.id, ~Item.taken_out)
    used = set(writing.session.execute(select(Item.kind).where(*own).distinct()).scalars())
    if len(used) > 1:
        raise BadValueError(
            tr("the plan has several kinds of items: {kinds}", kinds=listed([kind for kind in kinds if kind in used])),
            where="kind",
            do=tr("Name one of them"),
        )
    return used.pop() if used else next(iter(kinds))


def measure_named(writing: Writing, wanted: str, theme: Theme) -> Measure:
    """Return the measure with this code. Raises UnknownNameError if the theme has none."""
    own = select(Measure).where(Measure.plan_id == writing.plan.id, Measure.theme_id == theme.id)
    measures = list(writing.session.execute(own.order_by(Measure.position)).scalars())
    for measure in measures:
        if code_key(measure.code) == code_key(wanted):
            return measure
    raise unknown_name(
        tr("theme {theme} has no measure '{wanted}'", theme=theme.number, wanted=wanted),
        later("measures"),
        (measure.code for measure in measures),
        where="measure",
    )


def organisation_named(writing: Writing, wanted: str, where: str = "lead", *, also_ended: bool = False) -> Organisation:
    """Return the organisation that this key or name means.

    Raises UnknownNameError if there is no such organisation. Unless `also_ended` is true, raises NotAllowedError if it
    was merged or dissolved, also as of a day after that of the act: what the act gives it, it would still have then.
    """
    row = writing.session.get_one(Organisation, find_organisation(writing.session, wanted, where).id)
    if not also_ended:
        require_existing(writing, row, where)
    return row


def require_existing(writing: Writing, row: Organisation, where: str) -> None:
    """Raise NotAllowedError if an organisation was merged or dissolved."""
    ended = read_ended(writing.session).get(row.id)
    if ended is not None:
        raise NotAllowedError(ended.what(row.name), where=where, do=ended.do())


def person_named(writing: Writing, login: str, where: str = "accountable") -> Person:
    """Return the person with this login. Raises UnknownNameError if nobody has it, and NotAllowedError if they left."""
    row = writing.session.execute(select(Person).where(Person.login == login.strip())).scalar_one_or_none()
    if row is None:
        raise unknown_login(writing.session, login, where)
    if not row.active:
        raise NotAllowedError(tr("{login} has left", login=row.login), where=where, do=tr("Name somebody else"))
    return row
