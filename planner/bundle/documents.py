"""Loads documents and the citations of places in them."""

from planner.bundle.loading import BundleLoad
from planner.bundle.references import citations
from planner.store.models import Citation, Document


def put_documents(loading: BundleLoad) -> None:
    """Load the documents, and a citation for each place that an entry cites."""
    for form in loading.bundle.documents:
        loading.documents[form.key] = loading.seeder.put(Document, form.key, form.model_dump())
    loading.seeder.flush()
    for _, citation in citations(loading.bundle):
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
