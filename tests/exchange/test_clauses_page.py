"""The page of the clauses: well formed, complete, asks nobody for anything, and nothing in the data is markup."""

from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

import html5lib

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Phase, ReviewDecision
from planner.exchange.pages import clauses as clause_page
from planner.exchange.pages.clauses import clauses_page
from planner.exchange.pages.shown_clauses import ShownClauses, read_shown_clauses
from planner.queries.mandates.matrix import read_matrices
from planner.store.database import Database
from planner.weekly.reading import Instance
from tests.factories import DOCUMENTS, plan_of, reading_of, report
from tests.linked import link_item, on, review, reword
from tests.queries.finding_reads import attach

HOSTILE = "<script>alert(1)</script> \"quoted\" & 'so' \u202ereversed</style>"
SHOWN = "<script>alert(1)</script> \"quoted\" & 'so' [U+202E]reversed</style>"
DAY = date(2020, 4, 1)


def read(database: Database, *languages: str) -> tuple[Instance, ShownClauses]:
    with database.reading() as session:
        plan = plan_of(session)
        matrices = read_matrices(reading_of(session, DAY))
        return Instance(plan, Week.of(DAY), DAY, on(1)), read_shown_clauses(reading_of(session), matrices, languages)


def written(which: Instance, found: ShownClauses) -> str:
    return b"".join(clauses_page(which, found)).decode()


def parsed(page: str) -> Element:
    """The page as a browser reads it; what is not well formed raises an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page)
    return root


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def named(root: Element, anchor: str) -> Element:
    (element,) = [element for element in root.iter() if element.get("id") == anchor]
    return element


def gap_rows(root: Element, version: int) -> list[tuple[str, str, str]]:
    """The rows of gaps of a version: what kind, which, and all that is said of it."""
    section = named(root, f"version-{version}")
    rows = [row for row in section.iter("tr") if row.get("class") == "is-gap"]
    return [(text_of(row[0]), text_of(row[1]), text_of(row[2])) for row in rows]


def test_the_page_has_every_clause_gap_and_row_of_the_crosswalk_and_leads_nowhere_outside(sqlite_register: Database):
    which, found = read(sqlite_register)
    page = written(which, found)
    assert page == written(*read(sqlite_register))
    root = parsed(page)
    articles = [article.get("id") for article in root.iter("article")]
    assert articles == [row.name for matrix in found.matrices for row in matrix.rows if row.is_clause]
    assert articles[-1] == "new:duty-3.1"
    crosswalk = [[text_of(cell) for cell in row] for row in named(root, "crosswalk").iter("tr")][1:]
    assert sorted(crosswalk) == sorted(
        [
            ["old:duty-1", "new:duty-1", "moved-to", "equal-to", "Kept as it was."],
            ["old:duty-2", "new:duty-2", "moved-to", "superset-of", "The archive's part was dropped."],
            [
                "old:duty-3",
                "! nothing in the other version",
                "withdrawn",
                "no-relationship",
                "Nobody counts boats any more.",
            ],
            ["! nothing in the other version", "new:duty-3", "new", "no-relationship", "Charts are new."],
            ["! nothing in the other version", "new:duty-3.1", "new", "no-relationship", "So is the lending of them."],
        ]
    )
    assert [row[:2] for row in gap_rows(root, 1)] == [
        ("! clause without measure or item", "duty-3"),
        ("! measure without a clause", "M2.02"),
        ("! measure without a clause", "M0.01"),
        ("! withdrawn clause", "duty-3"),
    ]
    assert "No duty speaks of it." in gap_rows(root, 1)[1][2]
    assert [row[:2] for row in gap_rows(root, 2)][-2:] == [("! new clause", "duty-3"), ("! new clause", "duty-3.1")]
    anchors = {element.get("id") for element in root.iter() if element.get("id")}
    assert {str(link.get("href")).removeprefix("#") for link in root.iter("a")} <= anchors
    assert not [element for element in root.iter() if element.tag in ("script", "img", "link", "iframe", "form")]
    assert "SIMULATED" not in page


def test_languages_stand_side_by_side_verbatim_or_with_where_they_can_be_had(sqlite_register: Database):
    attach(sqlite_register, "new-duties-ar", DOCUMENTS["new-duties-ar"].replace("والمكتبات", "والمتاحف!"))
    attach(sqlite_register, "old-duties-en")
    root = parsed(written(*read(sqlite_register)))
    (text,) = [part for part in named(root, "old:duty-1").iter("div") if part.get("class") == "text"]
    assert text_of(text).startswith(
        "English, printed 1. Keeps the quays and the harbour lights in good order. Verbatim:"
    )
    english, arabic = [part for part in named(root, "new:duty-1").iter("div") if part.get("class") == "text"]
    assert text_of(english).startswith("English, printed I. Not attached: the text is available from its publisher")
    assert text_of(english).endswith("The text above is a restatement.")
    (quote,) = arabic.iter("blockquote")
    assert (quote.get("lang"), quote.get("dir"), text_of(quote)) == ("ar", "rtl", "العناية بالأرصفة ومنارات المرفأ.")
    assert "The attached copy differs from what was cited" in text_of(arabic)
    only = parsed(written(*read(sqlite_register, "ar")))
    assert "This version has no text in Arabic." in text_of(named(only, "old:duty-1"))
    assert "English" not in text_of(named(only, "new:duty-1"))


def test_links_and_the_items_behind_them_tell_how_they_stand(sqlite_register: Database, monkeypatch):
    report(sqlite_register, "T-001", as_of=DAY, percent=60)
    report(sqlite_register, "T-002", as_of=DAY, phase=Phase.COMPLETED)
    review(sqlite_register, at=on(1), reason="Both speak of quays.")
    review(sqlite_register, "M1.02:old:duty-1", decision=ReviewDecision.REJECTED, at=on(1), reason="It does not.")
    link_item(sqlite_register, "P-001", "old:duty-1", on(1))
    reword(sqlite_register, "M2.01", "Reading rooms for all", on(2))
    which, found = read(sqlite_register)
    root = parsed(written(which, found))
    first = text_of(named(root, "old:duty-1"))
    assert "M1.01 Mended quays implements, coverage full" in first
    assert "✓ accepted · accepted by brook on 2020-04-01: Both speak of quays." in first
    assert "M1.02 New lights" not in first
    assert "It is about the same. ? unreviewed P-001" in first
    items = [[text_of(cell) for cell in row] for row in named(root, "old:duty-1").iter("tr")]
    assert [(row[0], row[2], row[3]) for row in items] == [
        ("T-001", "✓ on track", "60%"),
        ("P-001", "◔ behind", "0%"),
    ]
    assert "T-002" not in first
    assert "✓ on track 100%" in " ".join(map(text_of, named(root, "new:duty-1").iter("td")))
    assert "≠ suspect · the measure M2.01 was reworded" in text_of(named(root, "old:duty-2"))
    assert "The items are linked to the parts of this clause." in text_of(named(root, "new:duty-3"))
    assert "No measure or item of the plan is linked to this clause." in text_of(named(root, "old:duty-3"))
    monkeypatch.setattr(clause_page, "MOST_ITEMS", 1)
    assert "Not listed here: 1. The command planner items lists all items." in text_of(parsed(written(which, found)))


def test_the_matrix_has_counts_and_progress_and_its_gaps_as_rows(sqlite_register: Database):
    report(sqlite_register, "T-001", as_of=DAY, percent=60)
    root = parsed(written(*read(sqlite_register)))
    (table,) = named(root, "matrix-1").iter("table")
    assert [[text_of(cell) for cell in row] for row in table.iter("tr")] == [
        ["Clause", "1", "2", "All"],
        ["duty-1", "3 20%", "·", "3 20%"],
        ["duty-2", "·", "1 0%", "1 0%"],
        ["! duty-3", "·", "·", "·"],
        ["! M2.02 no clause", "·", "1 0%", "1 0%"],
        ["! M0.01 no clause", "·", "·", "·"],
    ]
    assert "Rooms and charts" in text_of(named(root, "matrix-1"))


def test_nothing_in_the_data_is_markup_and_simulated_data_is_marked(sqlite_register: Database):
    reword(sqlite_register, "T-001", HOSTILE, on(1))
    reword(sqlite_register, "M2.02", HOSTILE, on(1))
    reword(sqlite_register, "old:duty-3", HOSTILE, on(1))
    review(sqlite_register, decision=ReviewDecision.CHANGED, at=on(1), reason=HOSTILE, rationale=HOSTILE)
    which, found = read(sqlite_register)
    page = written(replace(which, plan=replace(which.plan, title=HOSTILE, simulated_today=DAY)), found)
    root = parsed(page)
    assert "<script" not in page
    # The plan's title twice, the item, rationale and reason, the clause with its two gaps, the measure and its gap.
    assert text_of(root).count(SHOWN) >= 9
    for place in ("old:duty-1", "old:duty-3", "new:duty-3.1", "version-1"):
        assert SHOWN in text_of(named(root, place)), place
    assert "SIMULATED" in text_of(next(root.iter("title")))
    assert next(root.iter("p")).get("class") == "simulated"
    assert "content: 'SIMULATED DATA'" in page
