"""Export citations as W3C Web Annotations.

Each cited passage has one annotation, which has a body for each clause, fact, rule or finding that cites the passage. A
passage is given as a position and the digest of its text. The words are included only if quotes are given.
docs/exports.md says how to check a passage.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from planner.domain.symbols import SIMULATED
from planner.exchange.citation_uses import CitationUse
from planner.exchange.cited import CitedPlace, CitedPlaces
from planner.exchange.documents import ExchangedDocument
from planner.exchange.json_bytes import Json, without_nulls
from planner.exchange.names import VOCABULARY, Names
from planner.exchange.quotes import Quote

# The context that every annotation requires. Our own terms have a prefix, so that they never clash with the standard's.
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"planner": VOCABULARY}]

# The purpose of a body, in the standard's terms: the passage identifies a clause, a finding assesses the passage, and
# anything else is a fact that the passage states.
_PURPOSES = {"clause": "identifying", "finding": "assessing"}
_PURPOSE_OF_FACTS = "linking"


def annotations_document(cited: CitedPlaces, quotes: Mapping[int, Quote] | None = None) -> Json:
    """Return the whole document: a collection with one page.

    `quotes` maps ids of citations to quotes, whose words are then added to the positions.
    """
    names, simulated, places = cited.names, cited.plan.simulated, cited.places
    collection = names.plan("annotations")
    page = {
        "id": names.plan("annotations", "page", "1"),
        "type": "AnnotationPage",
        "partOf": collection,
        "startIndex": 0,
        "items": [_annotation(names, place, (quotes or {}).get(place.id)) for place in places],
    }
    return without_nulls(
        {
            "@context": CONTEXT,
            "id": collection,
            "type": "AnnotationCollection",
            "label": f"{'SIMULATED: ' if simulated else ''}What {cited.plan.title} is cited for",
            "modified": cited.edition.instant,
            "planner:event": cited.edition.event,
            "planner:plan": cited.plan.key,
            "planner:simulated": simulated,
            "planner:notice": SIMULATED if simulated else None,
            "total": len(places),
            "first": page,
        }
    )


def _annotation(names: Names, place: CitedPlace, quote: Quote | None) -> Json:
    where = (place.document.sha256, str(place.start), str(place.end))
    bodies = [_body(one) for one in place.uses]
    return {
        "id": f"urn:uuid:{names.uuid('plan', names.plan_key, 'citation', *where)}",
        "type": "Annotation",
        "motivation": sorted({body["purpose"] for body in bodies}),
        "body": bodies,
        "target": {
            "type": "SpecificResource",
            "source": _source(place.document),
            "state": _state(place),
            "selector": [*_selectors(place, quote)],
        },
    }


def _body(one: CitationUse) -> Json:
    return {
        "type": "SpecificResource",
        "purpose": _PURPOSES.get(one.kind, _PURPOSE_OF_FACTS),
        "source": without_nulls(
            {
                "id": one.uri,
                "label": one.text,
                "planner:kind": one.kind,
                "planner:basis": one.basis.value if one.basis else None,
                "planner:printedNumber": one.number,
                "planner:lacks": True if one.lacks else None,
            }
        ),
    }


def _source(document: ExchangedDocument) -> Json:
    """Return the document, identified by the digest of its bytes.

    The address does not identify the document, because the text at an address can change.
    """
    return without_nulls(
        {
            "id": document.uri,
            "type": "Text",
            "language": document.language,
            "label": document.title,
            "via": document.address if _is_web_address(document.address) else None,
            "planner:document": document.key,
            "planner:address": document.address,
            "planner:sha256": document.sha256,
        }
    )


def _is_web_address(address: str | None) -> bool:
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _state(place: CitedPlace) -> Json:
    """Return the form of the text in which positions are counted, and the digests that identify the passage."""
    return {
        "type": "planner:TextState",
        "planner:textForm": "NFC",
        "planner:quotedSha256": place.quoted_sha256,
        "planner:normalSha256": place.normal_sha256,
    }


def _selectors(place: CitedPlace, quote: Quote | None) -> Iterator[Json]:
    yield {"type": "TextPositionSelector", "start": place.start, "end": place.end}
    if quote is not None:
        yield without_nulls(
            {
                "type": "TextQuoteSelector",
                "exact": quote.exact,
                "prefix": quote.prefix or None,
                "suffix": quote.suffix or None,
                "planner:match": quote.match.value,
            }
        )
