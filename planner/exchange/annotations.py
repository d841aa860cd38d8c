"""Citations as W3C Web Annotations: one for each cited place, its bodies being what rests on that place.

The words of the text stand in it only where quotes are given; else a place is a position and the digest of what stands
there. docs/exports.md says how somebody checks one.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from planner.exchange.cited import CitedPlace, CitedPlaces
from planner.exchange.documents import ExchangedDocument
from planner.exchange.grounded import Grounded
from planner.exchange.json_bytes import Json, without_nothing
from planner.exchange.names import VOCABULARY, Names
from planner.exchange.quotes import Quote
from planner.marks import SIMULATED

# Required of every annotation. Terms of our own bear our prefix, so that they can never mean one of the standard's.
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"planner": VOCABULARY}]

# Why a thing is attached to a place, in the standard's words: the place is the clause, a finding weighs the place, and
# all else is a fact that the place states.
_PURPOSES = {"clause": "identifying", "finding": "assessing"}
_PURPOSE_OF_FACTS = "linking"


def annotations_document(cited: CitedPlaces, quotes: Mapping[int, Quote] | None = None) -> Json:
    """The whole document: a collection of one page. With quotes, by citation, the words stand beside the positions."""
    names, simulated, places = cited.names, cited.plan.simulated, cited.places
    collection = names.plan("annotations")
    page = {
        "id": names.plan("annotations", "page", "1"),
        "type": "AnnotationPage",
        "partOf": collection,
        "startIndex": 0,
        "items": [_annotation(names, place, (quotes or {}).get(place.id)) for place in places],
    }
    return without_nothing(
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
    bodies = [_body(one) for one in place.grounded]
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


def _body(one: Grounded) -> Json:
    return {
        "type": "SpecificResource",
        "purpose": _PURPOSES.get(one.kind, _PURPOSE_OF_FACTS),
        "source": without_nothing(
            {
                "id": one.uri,
                "label": one.says,
                "planner:kind": one.kind,
                "planner:basis": one.basis.value if one.basis else None,
                "planner:printedNumber": one.number,
                "planner:lacks": True if one.lacks else None,
            }
        ),
    }


def _source(document: ExchangedDocument) -> Json:
    """The document: its bytes, not its address, at which another text may stand tomorrow."""
    return without_nothing(
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
    """In which form of the text positions are counted, and the digests by which what stands there is known again."""
    return {
        "type": "planner:TextState",
        "planner:textForm": "NFC",
        "planner:quotedSha256": place.quoted_sha256,
        "planner:normalSha256": place.normal_sha256,
    }


def _selectors(place: CitedPlace, quote: Quote | None) -> Iterator[Json]:
    yield {"type": "TextPositionSelector", "start": place.start, "end": place.end}
    if quote is not None:
        yield without_nothing(
            {
                "type": "TextQuoteSelector",
                "exact": quote.exact,
                "prefix": quote.prefix or None,
                "suffix": quote.suffix or None,
                "planner:match": quote.match.value,
            }
        )
