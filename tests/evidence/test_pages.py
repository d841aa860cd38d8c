"""The pages: well formed, complete, ask nobody for anything, and nothing in the data is taken for markup."""

import base64
import hashlib
import json
from datetime import date
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy import make_url

from planner.evidence import verify
from planner.evidence.anchor import Anchoring
from planner.evidence.pack import make_pack
from planner.integrity.keys import PrivateKey
from planner.integrity.verifying import read_origin
from planner.store import making
from planner.store.database import open_database
from planner.writes.plan_changes.split import Part, split_item
from tests.evidence.packs import DAY, DIFFERING, REASON, REWORDED, checked, files_in, no_step
from tests.factories import (
    ODD_TITLE,
    load_small_bundle,
    make_small_demonstration,
    move,
    noon,
    reading_of,
    report,
)
from tests.writes.plan_changes.acts import MAY, WHY, act

HOSTILE = "<script>alert(1)</script> \"quoted\" & 'so' \u202ereversed\n</style> ]]> {{ 7 * 7 }}"
SHOWN = "<script>alert(1)</script> \"quoted\" & 'so' [U+202E]reversed\n</style> ]]> {{ 7 * 7 }}"
ADDRESSES = ("src", "href", "srcset", "action", "data", "poster", "background")


def parsed(page: bytes) -> Element:
    """A page as a browser reads it; what is not well formed raises an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(page.decode())
    return root


def text_of(root: Element) -> str:
    return "".join(part for element in root.iter("body") for part in element.itertext())


@pytest.fixture(scope="module")
def root(files) -> Element:
    return parsed(files["index.html"])


@pytest.mark.parametrize("name", ["index.html", "not-proven.html"])
def test_it_asks_nobody_for_anything_and_runs_nothing(files, name):
    root = parsed(files[name])
    named = {element.attrib[address] for element in root.iter() for address in ADDRESSES if address in element.attrib}
    ids = {f"#{element.attrib['id']}" for element in root.iter() if "id" in element.attrib}
    assert named - ids <= {"index.html", "not-proven.html"}
    assert not list(root.iter("script"))
    style = next(root.iter("style")).text or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(one.attrib["content"] for one in root.iter("meta") if "http-equiv" in one.attrib)
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "url(" not in style
    assert "@import" not in style


def test_criterion_then_condition_then_history(root):
    headings = [element.attrib["id"] for element in root.iter("section")]
    assert headings == ["short", "criterion", "condition", "history", "pack"]
    said = text_of(root)
    assert said.index("Criterion") < said.index("Condition") < said.index("History")
    assert ODD_TITLE in said
    assert "not-proven.html" in {element.attrib.get("href") for element in root.iter("a")}


def test_the_clause_stands_there_in_all_languages_each_in_its_direction(root):
    quoted = [(one.attrib["lang"], one.attrib["dir"], one.text, one.get("class")) for one in root.iter("blockquote")]
    assert ("ar", "auto", "إدارة قاعات القراءة والمكتبات في البلدة.", None) in quoted
    assert ("ko", "auto", "열람실을 다시 열고", None) in quoted
    assert ("en", "auto", "Runs the reading rooms of the town together with the archive.", None) in quoted
    assert ("en", "auto", DIFFERING, "differs") in quoted


def test_links_say_who_reviewed_them_and_what_changed_since(root):
    said = " ".join(text_of(root).split())
    assert "M2.01 implements it, coverage partial" in said
    assert "Changed by brook on 2020-03-11 12:00 UTC, implements, coverage partial: M2.01 is what" in said
    assert f"Reason: {REASON}" in said
    assert "Suspect: the measure M2.01 was reworded" in said
    assert f"Open the reading rooms again. → {REWORDED} (by ada, 2020-04-01 12:00 UTC)" in said
    assert "differs from the cited text" in said
    assert "A reviewer rejected this link" in said
    assert (
        "No clause of this version covers the measure. "
        "The links to it were rejected, or were only suggested by the program." in said
    )
    assert "old:duty-2 moved-to new:duty-2 (superset-of): The archive's part was dropped." in said


def test_each_change_says_who_when_from_what_to_what_and_why(root, files):
    events = [element for element in root.iter("li") if element.get("id", "").startswith("event-")]
    assert len(events) == len(json.loads(files["proofs.json"])["events"])
    moved = next(one for one in events if "move date" in "".join(one.itertext()))
    said = " ".join("".join(moved.itertext()).split())
    assert "ada" in said
    assert "2020-03-02 12:00:00 UTC · 2020-03-02 21:00:00 Asia/Seoul · proven by the checkpoint" in said
    assert "2020-05-29 → 2020-06-30" in said
    assert "The stove came late." in said


def test_every_fact_shows_on_what_basis_it_stands(root):
    facts = next(element for element in root.iter("section") if element.get("id") == "condition")
    bases = [one.text for one in facts.iter("span") if (one.get("class") or "").startswith("basis")]
    assert {"working", "derived"} <= set(bases)
    assert all(one.get("title") for one in facts.iter("span") if (one.get("class") or "").startswith("basis"))


def test_a_demonstration_says_so_everywhere(tmp_path):
    url = make_url(f"sqlite:///{tmp_path / 'demonstration.sqlite'}")
    make_small_demonstration(url, tmp_path / "seeds", DAY)
    database = open_database(url)
    with database.reading() as session:
        wanted = Anchoring(key=PrivateKey.new(read_origin(session)))
        made = files_in(make_pack(reading_of(session, DAY), "T-003", wanted, no_step))
    database.close()
    for name in ("index.html", "not-proven.html"):
        assert "SIMULATED" in text_of(parsed(made[name]))
        assert "content: 'SIMULATED DATA'" in made[name].decode()
    assert all(json.loads(made[name])["simulated"] for name in verify.ROW_FILES)
    assert made["checkpoint.txt"].startswith(b"planner/demonstration/")
    found = checked(made, tmp_path / "pack")
    assert found.problems == []
    assert any("SIMULATED DATA" in line for line in verify.report(found))


def test_nothing_in_the_data_is_taken_for_markup_or_turns_the_page_round(tmp_path):
    database = making.make(make_url(f"sqlite:///{tmp_path / 'register.sqlite'}"))
    load_small_bundle(database)
    report(database, "T-001", as_of=date(2020, 3, 4), done=HOSTILE, percent=10)
    move(database, "T-001", None, date(2021, 1, 8), reason=HOSTILE, at=noon(date(2020, 3, 5)))
    with database.reading() as session:
        made = files_in(make_pack(reading_of(session, DAY), "T-001", Anchoring(), no_step))
    database.close()
    root = parsed(made["index.html"])
    assert not list(root.iter("script"))
    assert text_of(root).count(SHOWN) == 3
    assert "\u202e" not in text_of(root)
    found = checked(made, tmp_path / "pack")
    assert found.problems == []
    told = [verify.shown(line) for line in verify.history(found.events)]
    assert any("\\n</style>" in line and "[U+202E]" in line for line in told)
    assert all(line.isprintable() for line in told)


@pytest.mark.more
def test_the_page_says_what_became_of_the_item_and_where_it_comes_from(register):
    act(register, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], WHY)
    with register.reading() as session:
        packs = {code: make_pack(reading_of(session, MAY), code, Anchoring(), no_step) for code in ("T-003", "A-1")}
    pages = {code: text_of(parsed(files_in(pack)["index.html"])) for code, pack in packs.items()}
    assert "split into A-1, A-2" in pages["T-003"]
    assert "merged into A-1" in pages["T-003"]
    assert "split from T-003" in pages["A-1"]
    assert "Comes from" not in pages["T-003"]
