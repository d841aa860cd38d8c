"""Loads the plan with its totals, goals, themes and measures."""

from typing import Any

from planner.base.fingerprints import measure_fingerprint
from planner.bundle import forms
from planner.bundle.loading import BundleLoad
from planner.domain.vocabulary import NO_MANDATE, NO_MANDATE_MESSAGE
from planner.store.models import Goal, Mandate, Measure, Plan, PlanTotal, Theme, TitleName


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
            "mandate_id": _mandate(loading, form).id,
            **loading.based(form),
        },
    )
    loading.seeder.flush()
    _put_totals(loading, file)
    goals = {
        goal.number: loading.seeder.put(Goal, f"{form.key}:{goal.number}", _numbered(loading, goal))
        for goal in file.goals
    }
    for theme in file.themes:
        loading.themes[theme.number] = loading.seeder.put(
            Theme, f"{form.key}:{theme.number}", _numbered(loading, theme)
        )
    loading.seeder.flush()
    for goal in file.goals:
        _put_names(loading, goal, f"goal-{goal.number}", {"goal_id": goals[goal.number].id})
    for theme in file.themes:
        _put_names(loading, theme, f"theme-{theme.number}", {"theme_id": loading.themes[theme.number].id})


def _put_totals(loading: BundleLoad, file: forms.PlanFile) -> None:
    for total in file.totals:
        values = {"plan_id": loading.plan.id, "name": total.name, "value": total.value, **loading.based(total)}
        loading.seeder.put(PlanTotal, f"{file.plan.key}:{total.name}", values)


def _mandate(loading: BundleLoad, form: forms.PlanForm) -> Mandate:
    """Return the plan's mandate. If the plan has none, return a placeholder without clauses."""
    if form.mandate is not None:
        return loading.mandates[form.mandate]
    values = {
        "key": NO_MANDATE,
        "title": "No mandate",
        "restatement": NO_MANDATE_MESSAGE,
        "body_id": loading.organisations[form.issuer].id,
    }
    mandate = loading.seeder.put(Mandate, NO_MANDATE, values)
    loading.seeder.flush()
    return mandate


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
                "theme_id": loading.themes[form.theme].id if form.theme else None,
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
