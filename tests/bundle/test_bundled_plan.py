"""The plan that comes with the program: whole, and honest about what it stands on."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import func, select

from planner.base.resources import bundled
from planner.bundle.forms import ItemForm
from planner.bundle.reader import Bundle, read_bundle
from planner.bundle.references import check, citations
from planner.domain.vocabulary import Basis, Coverage, Direction, FindingRank, LinkType
from planner.queries.weeks.inventory import read_inventory
from planner.sources.cited import read_cited_documents
from planner.store import making
from planner.store.database import Database
from planner.store.location import parse
from planner.store.models import Item
from tests.factories import load_bundle, plan_of

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = ("pre-merger", "merged")
# The verbs that tasks begin with, and key projects do not.
IMPERATIVE = re.compile(
    "(?:Adopt|Agree|Align|Amend|Appoint|Arrange|Assess|Assign|Build|Carry|Compare|Complete|Consult|Coordinate|Decide|"
    "Define|Design|Draft|Draw|Explain|Explore|Focus|Hold|Identify|Include|Issue|Link|Map|Match|Measure|"
    "Monitor|Open|Plan|Prepare|Propose|Publish|Put|Reduce|Replace|Review|Select|Set|Simplify|Speed|Train) "
)


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read_bundle(bundled("seeds"))


@pytest.fixture(scope="module")
def items(bundle: Bundle) -> list[ItemForm]:
    return [item for _, item in bundle.items]


@pytest.fixture(scope="module")
def loaded(bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = making.make(parse(str(tmp_path_factory.mktemp("bundled") / "plan.sqlite"), "test"))
    load_bundle(database, bundle)
    yield database
    database.close()


def test_everything_named_is_there(bundle):
    check(bundle)


def test_totals_are_those_the_plan_states(bundle, items):
    kinds = Counter(item.code[0] for item in items)

    assert {total.name: (total.value, total.basis) for total in bundle.plan.totals} == {
        "items": (223, Basis.STATED),
        "tasks": (101, Basis.STATED),
        "key_projects": (122, Basis.STATED),
    }
    assert (len(items), kinds["T"], kinds["P"]) == (223, 101, 122)
    assert len(bundle.plan.themes) == 7
    assert len(bundle.plan.goals) == 5


def test_codes_run_without_a_gap(items):
    assert {item.code for item in items} == {
        *(f"T-{number:03}" for number in range(1, 102)),
        *(f"P-{number:03}" for number in range(1, 123)),
    }


def test_each_file_of_items_is_of_one_theme(bundle):
    for file, item in bundle.items:
        assert file == f"items/theme-{item.measure[1]}.yaml", item.code


def test_each_measure_of_a_theme_has_an_item_and_the_plan_s_own_have_none(bundle, items):
    measures = {measure.code for measure in bundle.measures}
    own = {code for code in measures if code.startswith("M0.")}

    assert own
    assert {item.measure for item in items} == measures - own


def test_measures_are_in_number_what_a_careful_reading_gives(bundle):
    themes = Counter(measure.of_theme for measure in bundle.measures if measure.of_theme is not None)

    assert set(themes) == set(range(1, 8))
    assert 60 <= themes.total() <= 90


def test_each_measure_is_stated_and_cited(bundle):
    assert {measure.basis for measure in bundle.measures} == {Basis.STATED}
    assert all(measure.citation for measure in bundle.measures)


def test_everything_has_a_name_in_each_language_and_korean_titles_are_the_bulletin_s(bundle):
    titles = [*bundle.plan.goals, *bundle.plan.themes]
    named = [*titles, *bundle.measures, *bundle.organisations]

    assert {tuple(entry.names) for entry in named} == {("ko", "zh-Hans", "ar")}
    assert {title.names["ko"].basis for title in titles} == {Basis.STATED}
    assert {name.basis for entry in titles for language, name in entry.names.items() if language != "ko"} == {None}
    for word in ("人才", "北京", "중관춘"):
        assert any(word in name.name for measure in bundle.measures for name in measure.names.values()), word


def test_no_two_items_say_the_same(items):
    titles = Counter(" ".join(item.title.casefold().split()) for item in items)
    steps = Counter(tuple(milestone.title for milestone in item.milestones) for item in items)

    assert [title for title, number in titles.items() if number > 1] == []
    assert [titles for titles, number in steps.items() if number > 1] == []


def test_tasks_are_imperatives_and_key_projects_noun_phrases(items):
    verbs = {item.code for item in items if IMPERATIVE.match(item.title)}

    assert verbs == {item.code for item in items if item.code.startswith("T-")}


def test_the_page_on_the_second_reading_names_every_title(items):
    page = (ROOT / "docs" / "second-reading.md").read_text(encoding="utf-8").split("## All titles")[1]
    changed = dict(re.findall(r"^\| ([TP]-\d+) \| [^|]+ \| ([^|]+) \|", page, re.MULTILINE))
    unchanged = {code for line in re.findall(r"^Unchanged: (.+)\.$", page, re.MULTILINE) for code in line.split(", ")}

    assert changed.keys() | unchanged == {item.code for item in items}
    assert changed.keys() & unchanged == set()
    assert changed == {item.code: item.title for item in items if item.code in changed}


def test_the_epidemic_has_about_one_item_for_each_measure(bundle, items):
    of_themes = Counter(item.measure[1] for item in items)
    measures = Counter(str(measure.of_theme) for measure in bundle.measures)

    assert of_themes["1"] == measures["1"]
    assert min(of_themes[theme] / measures[theme] for theme in "234567") > 1.5


def test_no_title_is_a_numbered_copy(items):
    def without_numbers(title: str) -> str:
        return "".join(character for character in title.casefold() if not character.isdigit())

    alike = Counter(without_numbers(item.title) for item in items)
    assert [title for title, number in alike.items() if number > 1] == []


@pytest.mark.parametrize("kind", ["milestones", "indicators"])
def test_each_item_has_milestones_and_an_indicator(items, kind):
    least = {"milestones": 2, "indicators": 1}[kind]

    assert [item.code for item in items if len(getattr(item, kind)) < least] == []


def test_weights_of_an_item_s_milestones_sum_to_100(items):
    assert [item.code for item in items if sum(milestone.weight for milestone in item.milestones) != 100] == []


def test_milestones_lie_between_the_item_s_start_and_the_plan_s_end(bundle, items):
    plan = bundle.plan.plan
    outside = [
        (item.code, milestone.date)
        for item in items
        for milestone in item.milestones
        if not (item.start or plan.starts) <= milestone.date <= plan.ends
    ]

    assert outside == []


def test_derived_date_of_a_milestone_is_the_end_of_the_plan(bundle, items):
    derived = {milestone.date for item in items for milestone in item.milestones if milestone.basis is Basis.DERIVED}

    assert derived == {bundle.plan.plan.ends}


def test_stated_milestone_or_indicator_is_cited(items):
    parts = [part for item in items for part in (*item.milestones, *item.indicators)]

    assert [part for part in parts if part.basis is Basis.STATED and part.citation is None] == []


def test_target_that_is_derived_counts_a_deliverable(items):
    derived = [indicator for item in items for indicator in item.indicators if indicator.basis is Basis.DERIVED]

    assert derived
    for indicator in derived:
        assert (indicator.baseline, indicator.target) == (0, 1), indicator.name


def test_a_deliverable_is_reached_not_increased(items):
    deliverables = [
        (item.code, indicator.direction)
        for item in items
        for indicator in item.indicators
        if (indicator.baseline, indicator.target) == (0, 1)
    ]

    assert deliverables
    assert [code for code, direction in deliverables if direction is not Direction.REACH] == []


def test_titles_are_stated_or_working(items):
    assert {item.basis for item in items} == {Basis.STATED, Basis.WORKING}


def test_every_clause_of_both_versions_is_in_the_crosswalk(bundle):
    clauses = {(file.mandate.key, clause.key) for file in bundle.mandates for clause in file.clauses}
    (crosswalk,) = bundle.crosswalks
    near = {(crosswalk.from_, row.from_) for row in crosswalk.rows if row.from_}
    far = {(crosswalk.to, row.to) for row in crosswalk.rows if row.to}

    assert Counter(mandate for mandate, _ in clauses) == {"pre-merger": 17, "merged": 26}
    assert (crosswalk.from_, crosswalk.to) == VERSIONS
    assert near | far == clauses


def test_every_clause_stands_in_every_language_of_its_version(bundle):
    languages = {
        file.mandate.key: {expression.language for expression in file.mandate.expressions} for file in bundle.mandates
    }

    assert languages == {"pre-merger": {"en"}, "merged": {"en", "ko", "ar"}}
    for file in bundle.mandates:
        for clause in file.clauses:
            assert set(clause.texts) == languages[file.mandate.key], clause.key


def test_no_date_of_force_is_given_that_the_texts_do_not_give(bundle):
    assert [file.mandate.in_force_from for file in bundle.mandates] == [None, None]


def test_every_measure_is_linked_or_listed_as_without_clause_in_each_version(bundle):
    linked = {(link.measure, link.mandate) for link in bundle.links}
    without = {(entry.measure, entry.mandate) for entry in bundle.without_clause}

    assert linked & without == set()
    assert linked | without == set(product((measure.code for measure in bundle.measures), VERSIONS))


def test_the_reason_of_a_link_is_about_its_own_version(bundle):
    reasons = Counter((link.measure, link.clause, link.rationale) for link in bundle.links)

    assert [(measure, clause) for (measure, clause, _), number in reasons.items() if number > 1] == []


def test_each_type_of_link_is_used(bundle):
    assert {link.type for link in bundle.links} == set(LinkType)


def test_finding_about_words_cites_them(bundle):
    """Those about a page as a whole, such as a date it does not bear, name the document instead."""
    uncited = [
        finding.key
        for finding in bundle.findings
        if any(side.clause or side.theme or side.measure for side in finding.sides)
        and not any(side.citation for side in finding.sides)
    ]

    assert uncited == []


def test_findings_of_the_texts_are_mostly_in_the_middle(bundle):
    """What matters first is a list that somebody reads, and what is trivial comes last."""
    ranks = Counter(finding.rank for finding in bundle.findings)

    assert ranks[FindingRank.LOW] >= 12
    assert ranks[FindingRank.HIGH] < ranks[FindingRank.MIDDLE]


def test_citations_lie_in_documents_that_are_described(bundle):
    described = {document.key for document in bundle.documents}

    assert {citation.document for _, citation in citations(bundle)} == described
    assert len(described) == 5


def test_counts_by_basis_are_those_of_the_files(bundle, items, loaded):
    with loaded.reading() as session:
        inventory = read_inventory(session, plan_of(session))

    assert inventory.items_by_basis == dict(sorted(Counter(item.basis.value for item in items).items()))
    assert sum(inventory.items_by_basis.values()) == inventory.items == 223
    assert [(kind.key, kind.items) for kind in inventory.kinds] == [("task", 101), ("key_project", 122)]
    assert inventory.milestones == sum(len(item.milestones) for item in items)
    assert inventory.indicators == sum(len(item.indicators) for item in items)
    assert (inventory.clauses, inventory.mandates, inventory.links) == (43, 2, len(bundle.links))
    assert list(inventory.shortfalls) == []


def test_the_page_on_the_second_reading_counts_what_the_files_hold(bundle, items, loaded):
    with loaded.reading() as session:
        inventory = read_inventory(session, plan_of(session))
        documents = read_cited_documents(session)
        leads = session.scalars(select(func.count()).select_from(Item).group_by(Item.lead_id)).all()
    named = {one.citation_id for document in documents for one in (*document.clauses, *document.measures)}
    clauses = sum(len(clause.texts) for file in bundle.mandates for clause in file.clauses)
    of_themes = Counter(int(item.measure[1]) for item in items)
    targets = Counter(indicator.direction for item in items for indicator in item.indicators if indicator.target)
    coverage = Counter(link.coverage for link in bundle.links)

    table = (ROOT / "docs" / "second-reading.md").read_text(encoding="utf-8").split("## Counts by basis")[1]
    now = dict(re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", table.split("## ")[0], re.MULTILINE))
    assert {what: [int(number) for number in re.findall(r"\d+", cell)] for what, cell in now.items()} == {
        "what": [],
        "items: stated, working": list(inventory.items_by_basis.values()),
        "items of themes 1 to 7": [of_themes[theme] for theme in range(1, 8)],
        "leads: derived, working": list(inventory.leads_by_basis.values()),
        "items led by the Commission, the Bureau, the Committee": [max(leads), *sorted(leads)[:-1]],
        "milestones: derived date, working": list(inventory.milestones_by_basis.values()),
        "indicators: derived, working": list(inventory.indicators_by_basis.values()),
        "targets: reach, increase": [targets[Direction.REACH], targets[Direction.INCREASE]],
        "links: full, partial": [coverage[Coverage.FULL], coverage[Coverage.PARTIAL]],
        "measures without a clause, by version": [len(bundle.without_clause)],
        "findings of the texts": [len(bundle.findings)],
        "citations that verify, with the texts attached: clauses, measures, others": [
            clauses,
            len(bundle.measures),
            sum(citation.id not in named for document in documents for citation in document.citations),
        ],
    }


def test_loading_it_again_changes_nothing(bundle, loaded):
    assert not load_bundle(loaded, bundle).anything
