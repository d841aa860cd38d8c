"""Citations as Web Annotations: what each rests on can be found in the document by the annotation alone."""

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from planner.exchange.annotations import annotations_document
from planner.exchange.cited import read_cited_places
from planner.exchange.json_bytes import json_bytes
from planner.exchange.quotes import read_quotes
from planner.sources.attach import attach
from planner.sources.cited import read_cited_documents
from planner.sources.files import examine, files_of
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Citation, Document, Indicator, Milestone, Organisation, Target
from tests.chasing.factories import make_a_demonstration
from tests.exchange.graph import ANNOTATION_TERMS, OA, PLANNER, RDF, Literal, graph_of
from tests.factories import ACTOR, DOCUMENTS, reading_of, write_documents, writing_by
from tests.linked import on

Json = dict[str, Any]


def exported(database: Database, *, with_texts: bool = False, known_at: datetime | None = None) -> Json:
    with database.reading() as session:
        cited = read_cited_places(reading_of(session, known_at=known_at))
        wanted = [place.id for place in cited.places]
        return annotations_document(
            cited, read_quotes(reading_of(session, known_at=known_at), wanted) if with_texts else None
        )


def attach_texts(database: Database, folder: Path, texts: dict[str, str], at: datetime) -> None:
    write_documents(folder)
    for key, text in texts.items():
        (folder / f"{key}.txt").write_text(text, encoding="utf-8", newline="")
    with database.writing() as session:
        copies = examine(files_of([folder]), read_cited_documents(session)).copies
        attach(writing_by(session, ACTOR, at), copies)


def bodies(document: Json) -> dict[str, Json]:
    """What rests on a place, by its URI, with the annotation that says so."""
    return {body["source"]["id"]: {**body, "on": one} for one in document["first"]["items"] for body in one["body"]}


def test_every_citation_is_one_annotation_that_leads_to_its_place(register: Database):
    document = exported(register)
    items = document["first"]["items"]
    with register.reading() as session:
        count = session.execute(select(func.count()).select_from(Citation)).scalar_one()
        digests = {row.sha256: row.key for row in session.execute(select(Document)).scalars()}
    assert len(items) == document["total"] == count
    assert len({one["id"] for one in items}) == count
    for one in items:
        target = one["target"]
        (position,) = target["selector"]
        text = DOCUMENTS[digests[target["source"]["planner:sha256"]]]
        words = text[position["start"] : position["end"]]
        assert sha256(words.encode()).hexdigest() == target["state"]["planner:quotedSha256"]
        assert {body["purpose"] for body in one["body"]} == set(one["motivation"])


def test_what_rests_on_a_place_is_named_with_its_basis(register: Database):
    found = bodies(exported(register))
    kinds = {body["source"]["planner:kind"] for body in found.values()}
    assert kinds == {"clause", "plan", "total", "goal", "theme", "measure", "item", "rule", "finding"}
    clause = found["urn:planner:register:mandate:new:duty-3.1"]
    assert (clause["purpose"], clause["source"]["label"]) == ("identifying", "Old charts are gathered and lent out.")
    measure = found["urn:planner:register:plan:harbour-2020:measure:M1.01"]
    assert (measure["purpose"], measure["source"]["planner:basis"]) == ("linking", "stated")
    lacking = found["urn:planner:register:finding:libraries-only-in-arabic:side:2"]
    assert (lacking["purpose"], lacking["source"]["planner:lacks"]) == ("assessing", True)


def cite_parts_of_an_item(database: Database, at: datetime) -> None:
    """Let a text state a milestone, an indicator, a target and a body of the small plan."""
    with database.writing() as session, writing(session, ACTOR, at) as journal:
        stated = {"basis": "stated", "citation_id": session.execute(select(func.min(Citation.id))).scalar_one()}
        for model in (Milestone, Indicator, Target, Organisation):
            row = session.execute(select(model).order_by(model.id).limit(1)).scalar_one()
            journal.change(row, stated, action="edit", label="stated")


def test_what_a_text_states_of_an_item_and_of_a_body_is_named_and_was_not_before(register: Database):
    before = bodies(exported(register))
    cite_parts_of_an_item(register, on(2))
    item = "urn:planner:register:plan:harbour-2020:item:T-001"
    target = f"{item}:indicator:1:target:2020-12-31"
    named = {f"{item}:milestone:1", f"{item}:indicator:1", target, "urn:planner:register:organisation:harbour-office"}
    found = bodies(exported(register))
    assert set(found) - set(before) == named
    assert {found[one]["source"]["planner:basis"] for one in named} == {"stated"}
    assert found[target]["source"]["label"] == "Quays mended: 10 quays by 2020-12-31"
    assert set(bodies(exported(register, known_at=on(1)))) == set(before)
    make_a_demonstration(register, date(2020, 6, 25))
    simulated = {
        body["source"]["planner:kind"]: body["source"].get("planner:basis")
        for body in bodies(exported(register)).values()
    }
    assert (simulated["milestone"], simulated["target"], simulated["measure"]) == ("simulated", "simulated", "stated")


def test_what_was_cited_before_is_there_as_known_then(sqlite_register: Database):
    cite_parts_of_an_item(sqlite_register, on(2))
    with sqlite_register.writing() as session, writing(session, ACTOR, on(3)) as journal:
        row = session.execute(select(Milestone).order_by(Milestone.id).limit(1)).scalar_one()
        journal.change(row, {"basis": "working", "citation_id": None}, action="edit", label="not stated")
    milestone = "urn:planner:register:plan:harbour-2020:item:T-001:milestone:1"
    assert milestone not in bodies(exported(sqlite_register))
    assert milestone in bodies(exported(sqlite_register, known_at=on(2, hour=13)))


def test_the_words_stand_in_it_only_where_they_are_asked_for_and_attached(sqlite_register: Database, tmp_path: Path):
    assert not any(
        len(one["target"]["selector"]) > 1 for one in exported(sqlite_register, with_texts=True)["first"]["items"]
    )
    attach_texts(sqlite_register, tmp_path, {}, on(2))
    whole = b"".join(json_bytes(exported(sqlite_register))).decode()
    assert not [line for text in DOCUMENTS.values() for line in text.splitlines() if len(line) > 30 and line in whole]
    for one in exported(sqlite_register, with_texts=True)["first"]["items"]:
        position, quote = one["target"]["selector"]
        text = DOCUMENTS[one["target"]["source"]["planner:document"]]
        start, end = position["start"], position["end"]
        around = (text[max(0, start - 32) : start], text[start:end], text[end : end + 32])
        assert (quote.get("prefix", ""), quote["exact"], quote.get("suffix", "")) == around
        assert quote["planner:match"] == "exact"
    before = exported(sqlite_register, with_texts=True, known_at=on(1))
    assert not any(len(one["target"]["selector"]) > 1 for one in before["first"]["items"])


def test_a_copy_saved_otherwise_is_quoted_as_such_and_one_that_differs_is_not(
    sqlite_register: Database, tmp_path: Path
):
    old = DOCUMENTS["old-duties-en"]
    spaced = old.replace("harbour lights", "harbour\u00a0lights").replace("herring boats", "fishing boats")
    attach_texts(sqlite_register, tmp_path, {"old-duties-en": spaced}, on(2))
    found = bodies(exported(sqlite_register, with_texts=True))

    def selectors(key: str) -> list[Json]:
        return list(found[f"urn:planner:register:mandate:old:{key}"]["on"]["target"]["selector"])

    assert len(selectors("duty-3")) == 1
    quote = selectors("duty-1")[1]
    assert (quote["planner:match"], "harbour\u00a0lights" in quote["exact"]) == ("normal", True)
    attach_texts(sqlite_register, tmp_path, {}, on(3))
    attach_texts(
        sqlite_register, tmp_path, {"old-duties-en": spaced.replace("reading rooms", "reading\u00a0rooms")}, on(4)
    )
    found = bodies(exported(sqlite_register, with_texts=True))
    for key in ("duty-1", "duty-2", "duty-3"):
        assert selectors(key)[1]["planner:match"] == "exact", "the copy that agrees best, though it is not the last"


def words_of(part: Any) -> set[str]:
    """All words that say something in a part of a document."""
    if isinstance(part, list):
        return {word for one in part for word in words_of(one)}
    return set(part) | {word for one in part.values() for word in words_of(one)} if isinstance(part, dict) else set()


def test_it_reads_as_triples_of_the_standard(sqlite_register: Database, tmp_path: Path):
    attach_texts(sqlite_register, tmp_path, {}, on(2))
    document = exported(sqlite_register, with_texts=True)
    # A reader drops without a word what the context gives no meaning.
    ours = {word for word in words_of(document["first"]) if word.startswith("planner:")}
    assert words_of(document["first"]) - ours <= set(ANNOTATION_TERMS)
    graph = graph_of(document)
    annotations = set(graph.subjects(RDF.type, OA.Annotation))
    assert len(annotations) == document["total"]
    told = {
        (str(one["id"]), one["target"]["selector"][0]["start"], one["target"]["selector"][1]["exact"])
        for one in document["first"]["items"]
    }
    found = set()
    for one in annotations:
        target = graph.value(one, OA.hasTarget)
        by_type = {graph.value(each, RDF.type): each for each in graph.objects(target, OA.hasSelector)}
        start = graph.value(by_type[OA.TextPositionSelector], OA.start)
        exact = graph.value(by_type[OA.TextQuoteSelector], OA.exact)
        assert isinstance(start, Literal)
        found.add((str(one), start.toPython(), str(exact)))
        state = graph.value(target, OA.hasState)
        assert str(graph.value(state, PLANNER.textForm)) == "NFC"
    assert found == told
