"""Loads organisations and the rules by which facts are derived."""

from planner.bundle.loading import BundleLoad
from planner.store.models import DerivationRule, Organisation, OrganisationName


def put_organisations(loading: BundleLoad) -> None:
    """Load the organisations with their names. Entries that refer to another organisation are loaded last."""
    ordered_forms = sorted(loading.bundle.organisations, key=lambda form: form.same_as is not None)
    for form in ordered_forms:
        loading.organisations[form.key] = loading.seeder.put(
            Organisation,
            form.key,
            {
                "key": form.key,
                "name": form.name,
                "short_name": form.short or form.name,
                "kind": form.kind,
                "same_as_id": loading.organisation_id(form.same_as),
                "note": form.note,
                "basis": form.basis or loading.default_basis,
                "citation_id": loading.cite(form.citation),
            },
        )
        loading.seeder.flush()
        for language, name in form.names.items():
            values = {
                "organisation_id": loading.organisations[form.key].id,
                "language": language,
                "name": name.name,
                "basis": name.basis or loading.default_basis,
                "citation_id": loading.cite(name.citation),
            }
            loading.seeder.put(OrganisationName, f"{form.key}:{language}", values)
    loading.seeder.flush()


def put_rules(loading: BundleLoad) -> None:
    """Load the derivation rules."""
    for form in loading.bundle.rules:
        loading.rules[form.key] = loading.seeder.put(
            DerivationRule,
            form.key,
            {
                "key": form.key,
                "kind": form.kind,
                "statement": form.statement,
                "organisation_id": loading.organisation_id(form.organisation),
                "clause_id": loading.clause_id(form.mandate, form.clause),
                "citation_id": loading.cite(form.citation),
            },
        )
    loading.seeder.flush()
