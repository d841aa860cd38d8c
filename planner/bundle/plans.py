"""Loads the plan with its totals, goals, themes and measures."""

from typing import Any

from sqlalchemy import select

from planner.base.fingerprints import measure_fingerprint
from planner.bundle import forms
from planner.bundle.loading import BundleLoad
from planner.domain.rules.periods import STALE_AFTER_WEEKS
from planner.domain.vocabulary import NO_MANDATE, NO_MANDATE_MESSAGE
from planner.queries.weeks.inventory import FORMER_TOTALS
from planner.store.models import Goal, ItemKind, Mandate, Measure, Plan, PlanTotal, Theme, TitleName


def put_plan(loading: BundleLoad) -> None:
    """Load the plan, the totals that it states, its goals and its themes."""
    file = loading.bundle.plan
    form = file.plan
    loading.plans[form.key] = loading.seeder.put(
        Plan,
        form.key,
        {
            **form.model_dump(include={"key", "title", "restatement", "year", "starts", "ends", "published"}),
            "time_zone": form.time_zone,
            "issuer_id": loading.organisations[form.issuer].id,
            "mandate_id": _mandate_id(loading, form),
            "cadence": form.cadence,
            "language": form.language,
            **loading.based(form),
        },
        once={"stale_after_weeks": STALE_AFTER_WEEKS[form.cadence]},
    )
    loading.seeder.flush()
    _put_totals(loading, file)
    goals = {
        goal.number: loading.seeder.put(Goal, f"{form.key}:{goal.number}", _numbered(loading, goal))
        for goal in file.goals
    }
    _put_kinds(loading, file)
    _put_themes(loading, file)
    for goal in file.goals:
        _put_names(loading, goal, f"goal-{goal.number}", {"goal_id": goals[goal.number].id})
    for theme in file.themes:
        _put_names(loading, theme, f"theme-{theme.number}", {"theme_id": loading.themes[theme.number].id})


def _put_totals(loading: BundleLoad, file: forms.PlanFile) -> None:
    for total in file.totals:
        key = f"{file.plan.key}:{total.name}"
        entered = None if loading.seeder.knows(PlanTotal, key) else _entered_total(loading, total.name)
        if entered is None:
            values = {"plan_id": loading.plan.id, "name": total.name, "value": total.value, **loading.based(total)}
            loading.seeder.put(PlanTotal, key, values)
        elif entered.value != total.value:
            loading.seeder.keep(PlanTotal, key, "value")


def _entered_total(loading: BundleLoad, name: str) -> PlanTotal | None:
    """Return the total that a person entered before the data files had it, or None."""
    own = select(PlanTotal).where(
        PlanTotal.plan_id == loading.plan.id, PlanTotal.name.in_({name, FORMER_TOTALS.get(name, name)})
    )
    return loading.seeder.journal.session.execute(own).scalars().first()


def _put_kinds(loading: BundleLoad, file: forms.PlanFile) -> None:
    for position, kind in enumerate(file.kinds, 1):
        values = {"plan_id": loading.plan.id, "key": kind.key, "title": kind.title, "position": position}
        loading.seeder.put(ItemKind, f"{file.plan.key}:{kind.key}", {**values, **loading.based(kind)})


def _put_themes(loading: BundleLoad, file: forms.PlanFile) -> None:
    """Load the themes, each after the theme that it is part of."""
    left = list(file.themes)
    while left:
        ready = [theme for theme in left if theme.parent is None or theme.parent in loading.themes]
        for theme in ready:
            parent = loading.themes[theme.parent].id if theme.parent else None
            values = {**_numbered(loading, theme), "parent_id": parent, "label": theme.label}
            loading.themes[theme.number] = loading.seeder.put(Theme, f"{file.plan.key}:{theme.number}", values)
        loading.seeder.flush()
        left = [theme for theme in left if theme not in ready]


def _mandate_id(loading: BundleLoad, form: forms.PlanForm) -> int | None:
    """Return the id of the plan's mandate, or None if it has none.

    Registers from before revision 0007 have a placeholder instead, which stays.
    """
    if form.mandate is not None:
        return loading.mandates[form.mandate].id
    if not loading.seeder.knows(Mandate, NO_MANDATE):
        return None
    values = {
        "key": NO_MANDATE,
        "title": "No mandate",
        "restatement": NO_MANDATE_MESSAGE,
        "body_id": loading.organisations[form.issuer].id,
    }
    return loading.seeder.put(Mandate, NO_MANDATE, values).id


def _put_names(loading: BundleLoad, form: forms.NamedForm, key: str, owner: dict[str, int]) -> None:
    """Load the names of a goal, a theme or a measure in other languages."""
    for language, name in form.names.items():
        values = {**owner, "language": language, "name": name.name, **loading.based(name)}
        loading.seeder.put(TitleName, f"{loading.plan.key}:{key}:{language}", values)


def _numbered(loading: BundleLoad, form: forms.NumberedForm) -> dict[str, Any]:
    return {
        "plan_id": loading.plan.id,
        "number": form.number,
        "title": form.title,
        "restatement": form.restatement,
        **loading.based(form),
    }


def put_measures(loading: BundleLoad) -> None:
    """Load the measures."""
    for position, form in enumerate(loading.bundle.measures, 1):
        quoted = form.citation.quoted if form.citation else None
        loading.measures[form.code] = loading.seeder.put(
            Measure,
            f"{loading.plan.key}:{form.code}",
            {
                "plan_id": loading.plan.id,
                "theme_id": loading.themes[form.of_theme].id if form.of_theme else None,
                "code": form.code,
                "position": position,
                "title": form.title,
                "restatement": form.restatement,
                **loading.based(form),
            },
            derived=lambda row, quoted=quoted: {  # type: ignore[misc]
                "fingerprint": measure_fingerprint(row.code, row.title, row.restatement, quoted)
            },
        )
    loading.seeder.flush()
    for form in loading.bundle.measures:
        _put_names(loading, form, form.code, {"measure_id": loading.measures[form.code].id})
