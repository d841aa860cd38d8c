"""Loading documents and every place in them that an entry cites."""

from collections.abc import Iterable

from planner.bundle import forms
from planner.bundle.loading import Loading
from planner.bundle.reader import Bundle
from planner.models import Citation, Document


def put_documents(loading: Loading) -> None:
    """Put the documents, and a citation for every place cited."""
    for form in loading.bundle.documents:
        loading.documents[form.key] = loading.seeder.put(Document, form.key, form.model_dump())
    loading.seeder.flush()
    for citation in _citations(loading.bundle):
        place = (citation.document, citation.start, citation.end)
        if place not in loading.citations:
            loading.citations[place] = loading.seeder.put(
                Citation,
                f"{citation.document}:{citation.start}-{citation.end}",
                {
                    "document_id": loading.documents[citation.document].id,
                    "start_point": citation.start,
                    "end_point": citation.end,
                    "quoted_sha256": citation.quoted,
                    "normal_sha256": citation.normal,
                },
            )
    loading.seeder.flush()


def _citations(bundle: Bundle) -> Iterable[forms.CitationForm]:
    """Every citation of the bundle, in its order."""
    plan = bundle.plan
    based: list[forms.BasedForm] = [
        plan.plan,
        *plan.totals,
        *plan.goals,
        *plan.themes,
        *bundle.measures,
        *(item for _, item in bundle.items),
        *(part for _, item in bundle.items for part in (*item.milestones, *item.indicators)),
    ]
    maybe: list[forms.CitationForm | None] = [
        *(organisation.citation for organisation in bundle.organisations),
        *(text.citation for file in bundle.mandates for clause in file.clauses for text in clause.texts.values()),
        *(rule.citation for rule in bundle.rules),
        *(form.citation for form in based),
        *(side.citation for finding in bundle.findings for side in finding.sides),
    ]
    return [citation for citation in maybe if citation is not None]
