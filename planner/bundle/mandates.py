"""Loads mandate versions with their clauses, and the crosswalk between them."""

from planner.base.fingerprints import clause_fingerprint
from planner.bundle import forms
from planner.bundle.loading import BundleLoad
from planner.store.models import Clause, ClauseExpression, CrosswalkRow, Expression, Mandate


def put_mandates(loading: BundleLoad) -> None:
    """Load the mandate versions, older first, each with its expressions and clauses."""
    for file in loading.bundle.mandates:
        form = file.mandate
        loading.mandates[form.key] = loading.seeder.put(
            Mandate,
            form.key,
            {
                "key": form.key,
                "title": form.title,
                "restatement": form.restatement,
                "body_id": loading.organisations[form.body].id,
                "also_body_id": loading.organisation_id(form.also_body),
                "supersedes_id": loading.mandates[form.supersedes].id if form.supersedes else None,
                "in_force_from": form.in_force_from,
            },
        )
        loading.seeder.flush()
        expressions = _put_expressions(loading, form)
        _put_clauses(loading, file)
        _put_texts(loading, file, expressions)


def _put_expressions(loading: BundleLoad, form: forms.MandateForm) -> dict[str, Expression]:
    expressions = {
        expression.language: loading.seeder.put(
            Expression,
            f"{form.key}:{expression.language}",
            {
                "mandate_id": loading.mandates[form.key].id,
                "language": expression.language,
                "document_id": loading.documents[expression.document].id,
            },
        )
        for expression in form.expressions
    }
    loading.seeder.flush()
    return expressions


def _put_clauses(loading: BundleLoad, file: forms.MandateFile) -> None:
    mandate = loading.mandates[file.mandate.key]
    for position, form in enumerate(file.clauses, 1):
        quoted = {language: text.citation.quoted for language, text in form.texts.items()}
        key = (file.mandate.key, form.key)
        loading.clauses[key] = loading.seeder.put(
            Clause,
            ":".join(key),
            {
                "mandate_id": mandate.id,
                "key": form.key,
                "parent_id": loading.clauses[file.mandate.key, form.parent].id if form.parent else None,
                "position": position,
                "restatement": form.restatement,
            },
            derived=lambda row, quoted=quoted: {  # type: ignore[misc]  # binds the value of this iteration
                "fingerprint": clause_fingerprint(file.mandate.key, row.key, row.restatement, quoted)
            },
        )
        if form.parent is None:
            loading.seeder.flush()
    loading.seeder.flush()


def _put_texts(loading: BundleLoad, file: forms.MandateFile, expressions: dict[str, Expression]) -> None:
    """Load the clauses as printed in each language."""
    for form in file.clauses:
        for language, text in form.texts.items():
            loading.seeder.put(
                ClauseExpression,
                f"{file.mandate.key}:{form.key}:{language}",
                {
                    "mandate_id": loading.mandates[file.mandate.key].id,
                    "clause_id": loading.clauses[file.mandate.key, form.key].id,
                    "expression_id": expressions[language].id,
                    "printed_number": text.number,
                    "citation_id": loading.cite(text.citation),
                },
            )
    loading.seeder.flush()


def put_crosswalks(loading: BundleLoad) -> None:
    """Load the rows of the crosswalks."""
    for crosswalk in loading.bundle.crosswalks:
        near, far = loading.mandates[crosswalk.from_], loading.mandates[crosswalk.to]
        for row in crosswalk.rows:
            loading.seeder.put(
                CrosswalkRow,
                f"{crosswalk.from_}:{row.from_ or '-'}>{crosswalk.to}:{row.to or '-'}",
                {
                    "from_mandate_id": near.id,
                    "to_mandate_id": far.id,
                    "from_clause_id": loading.clause_id(crosswalk.from_, row.from_),
                    "to_clause_id": loading.clause_id(crosswalk.to, row.to),
                    "lineage": row.lineage,
                    "relation": row.relation,
                    "rationale": row.rationale,
                },
            )
    loading.seeder.flush()
