"""The page of findings: well formed, complete, asks nobody for anything, and nothing in the data is markup."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import FINDING_KINDS, ComputedFinding, FindingKind, FindingSubject
from planner.exchange.pages import findings as findings_page
from planner.queries.findings import About, FindingView, PastDecision, SideView
from planner.queries.findings.ranking import grouped
from planner.queries.findings.summary import MEANINGS
from planner.queries.findings.views import RANKS
from planner.store.database import Database
from planner.weekly.reading import Instance
from tests.factories import DOCUMENTS, plan_of
from tests.queries.finding_reads import attach, findings

HOSTILE = "<script>alert(1)</script> \"quoted\" & 'so' \x00 \u202ereversed</style>"
SHOWN = "<script>alert(1)</script> \"quoted\" & 'so' ␀ [U+202E]reversed</style>"
DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "findings.md"
DAY, KNOWN = date(2020, 4, 1), datetime(2020, 4, 1, 12, tzinfo=UTC)
ACCEPTED = PastDecision("brook", KNOWN, date(2020, 6, 30), HOSTILE, "As it was.")
ODD = FindingView(
    ComputedFinding.FACTS_WORKING,
    HOSTILE,
    HOSTILE,
    About(FindingSubject.ITEM, "T-001", "إصلاح الأرصفة"),
    (SideView(HOSTILE, True, "plan-ko", None, 2, None, None),),
    acceptance=ACCEPTED,
)


def instance(database: Database, *, simulated: bool = False) -> Instance:
    with database.reading() as session:
        plan = plan_of(session)
    if simulated:
        plan = replace(plan, simulated_today=DAY)
    return Instance(plan, Week.of(DAY), DAY, KNOWN)


def written(which: Instance, found: list[FindingView], shown: list[FindingView] | None = None) -> str:
    listed = found if shown is None else shown
    return b"".join(findings_page.findings_page(which, grouped(found), grouped(listed))).decode()


def parsed(page: str) -> Element:
    """The page as a browser reads it; what is not well formed raises an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page)
    return root


def text_of(element: Element) -> str:
    return "".join(element.itertext())


def test_the_page_has_every_finding_and_leads_nowhere_outside(sqlite_register: Database):
    attach(sqlite_register, "new-duties-ar", DOCUMENTS["new-duties-ar"].replace("والمكتبات", "والمتاحف!"))
    which, found = instance(sqlite_register), findings(sqlite_register)
    page = written(which, found)
    assert page == written(which, found)
    root = parsed(page)
    articles = list(root.iter("article"))
    assert len(articles) == len(found)
    for article, finding in zip(articles, found, strict=True):
        assert finding.statement in text_of(article)
        assert f"About {finding.about.kind.value} {finding.about.key}" in text_of(article)
        assert "open" in text_of(next(article.iter("h3")))
    anchors = {element.get("id") for element in root.iter() if element.get("id")}
    assert {link.get("href") for link in root.iter("a")} == {f"#{anchor}" for anchor in anchors}
    assert not [element for element in root.iter() if element.tag in ("script", "img", "link", "iframe", "form")]
    quoted = next(quote for quote in root.iter("blockquote") if text_of(quote) == "والمتاحف!")
    assert (quoted.get("lang"), quoted.get("dir")) == ("ar", "rtl")
    assert "the attached copy differs from what was cited" in page
    assert "SIMULATED" not in page


def test_nothing_in_the_data_is_markup_and_simulated_data_is_marked(sqlite_register: Database):
    page = written(instance(sqlite_register, simulated=True), [ODD])
    root = parsed(page)
    (article,) = root.iter("article")
    assert article.get("class") == "accepted"
    assert text_of(article).count(SHOWN) == 4
    assert "Accepted until 2020-06-30 by brook on 2020-04-01: " in text_of(article)
    assert "<script" not in page
    assert "SIMULATED" in text_of(next(root.iter("title")))
    assert next(root.iter("p")).get("class") == "simulated"
    assert "content: 'SIMULATED DATA'" in page


def test_the_counts_are_over_all_and_only_kinds_that_are_shown_are_led_to(sqlite_register: Database, monkeypatch):
    found = findings(sqlite_register)
    monkeypatch.setattr(findings_page, "MOST_OF_A_KIND", 2)
    shown = [finding for finding in found if finding.kind is ComputedFinding.FACTS_WORKING]
    root = parsed(written(instance(sqlite_register), found, shown))
    assert "20 open (5 high, 3 middle, 12 low), 0 accepted." in text_of(root)
    assert [link.get("href") for link in root.iter("a")] == ["#facts-working"]
    assert len(list(root.iter("article"))) == 2
    assert "Not listed here: 3. The CSV and JSON files have all findings." in text_of(root)


def test_findings_that_are_all_alike_are_one_line_that_opens(sqlite_register: Database):
    found = findings(sqlite_register)
    root = parsed(written(instance(sqlite_register), found))
    folded = {text_of(next(one.iter("summary"))): len(list(one.iter("article"))) for one in root.iter("details")}
    assert folded == {"! open 7 findings": 7, "! open 5 findings": 5}
    headings = [text_of(heading) for heading in root.iter("h2")]
    assert headings[0] == "Measure without clause (3, high)"
    assert headings[-1] == "Facts working (5, low)"


def test_every_kind_has_a_meaning_and_stands_with_it_in_the_docs():
    assert list(MEANINGS) == [*FindingKind, *ComputedFinding] == list(FINDING_KINDS.values())
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    for kind, meaning in MEANINGS.items():
        (row,) = (row for row in rows if row.startswith(f"| `{kind.value}` |") and meaning in row)
        assert kind not in RANKS or f" | {RANKS[kind].value} | " in row
    assert list(RANKS) == list(ComputedFinding)
