"""Status sheets in the languages that come with the program: all their words are translated, and read back."""

import ast
import re
import string
from datetime import date, timedelta
from functools import cache
from gettext import NullTranslations

import pytest
from babel.messages.pofile import read_po

from bench.catalog import calls, forms, modules
from planner.base import language as language_module
from planner.base.language import CATALOGUES, LANGUAGE_VARIABLE, in_language, languages, nearest_language, tr_later
from planner.domain.symbols import SIMULATED, schedule_words
from planner.domain.vocabulary import OrganisationKind, Phase, Schedule
from planner.intake.layout.cells.words import words_of
from planner.intake.proposed import Field
from planner.queries.plans.lineage import continued_in_words
from planner.reporting.fields import REPORT
from planner.sheets import guide
from planner.sheets.areas import AREAS
from planner.sheets.content import read_status_sheets
from planner.sheets.words import offered_words, same_text, word_of
from planner.store.models import Organisation, Plan
from planner.weekly.reading import open_week
from planner.writes.plan_changes.organisations import edit_organisation
from tests.effort import only_in_more
from tests.factories import ACTOR, OFFICER, noon, observed, reading_of, report, writing_by
from tests.sheets.made import DAY, fill, line_of, opened, preview_of, row_of, saved, sheet_of, sheets_of

SHIPPED = [name for name in languages() if name != "en"]

# The modules whose messages are all shown in a sheet.
MODULES = (
    "planner/domain/period_names.py",
    "planner/queries/weeks/my_week.py",
    "planner/reporting/fields.py",
    "planner/sheets/areas.py",
    "planner/sheets/entry_table.py",
    "planner/sheets/guide.py",
    "planner/sheets/rows.py",
    "planner/sheets/words.py",
)


def catalogue_of(name):
    with (CATALOGUES / name.replace("-", "_") / "LC_MESSAGES" / "planner.po").open("rb") as stream:
        return read_po(stream, locale=name.replace("-", "_"))


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def of_sheets():
    """The messages of the modules that only sheets and report forms use."""
    found = set()
    for file, module in modules():
        if file in MODULES:
            found |= {tuple(ast.literal_eval(form) for form in forms(call)) for call in calls(module)}
    return found


def looked_up(database, monkeypatch):
    """The messages that are looked up while sheets are written."""
    found: set[tuple[str, ...]] = set()

    class Recorder(NullTranslations):
        def gettext(self, message):
            found.add((message,))
            return message

        def ngettext(self, one, other, count):
            found.add((one, other))
            return one if count == 1 else other

    with monkeypatch.context() as patched:
        patched.setattr(language_module, "_catalogue", lambda *_: Recorder())
        for sheet in sheets_of(database):
            guide.title(sheet)
        sheet_of(database)
        for schedule in Schedule:
            schedule_words(schedule)
        tr_later(SIMULATED)
        continued_in_words("T-001", "next")
    return found


def test_the_languages_are_those_that_docs_name():
    assert SHIPPED == ["ar", "ja", "ko", "zh", "zh-Hant"]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_word_of_a_sheet_is_translated_and_keeps_its_places(sqlite_register, monkeypatch, name):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20, blocker="Rain.")
    observed(sqlite_register, "T-001", 1, 3, as_of=date(2020, 3, 25))
    catalogue = catalogue_of(name)
    translated = {}
    for message in catalogue:
        if message.id:
            forms_of = message.string if isinstance(message.string, tuple) else (message.string,)
            translated[message.id if isinstance(message.id, tuple) else (message.id,)] = forms_of
    wanted = of_sheets() | looked_up(sqlite_register, monkeypatch)
    assert sorted(wanted - translated.keys()) == []
    for message, forms_of in translated.items():
        assert all(forms_of)
        for form in forms_of:
            lacking = places(message[-1]) ^ places(form)
            # A form for one or two of something has the number in words.
            assert lacking <= ({"count"} if len(message) == 2 else set()), form


@pytest.mark.parametrize("name", SHIPPED)
def test_what_the_program_reads_is_what_the_translator_wrote(name):
    with in_language(name):
        for message in catalogue_of(name):
            if message.id and isinstance(message.id, str):
                assert tr_later(message.id) == message.string


@pytest.mark.parametrize("name", SHIPPED)
def test_words_fit_into_a_sheet_and_can_be_told_apart(name):
    with in_language(name):
        tabs = [guide.name(), *(area.name for area in AREAS)]
        assert len(set(tabs)) == len(tabs)
        for area in AREAS:
            heads = [column.heading for column in area.columns]
            assert len(set(heads)) == len(heads)
            assert all(len(head) <= 32 for head in heads)
            assert all(len(tr_later(column.note)) <= 255 for column in area.columns)
        for words in offered_words().values():
            shown = list(words.values())
            assert not any(same_text(one, other) for one in shown for other in shown if one is not other)
        # An instruction names the columns and the words as the sheet has them.
        told = "\n".join(guide.instructions())
        for text in (*(REPORT[field].label for field in ("next", "blocker", "help_needed")), tr_later("no change")):
            assert text in told


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("reader", [only_in_more("en"), "ko", only_in_more("zh")])
def test_a_sheet_is_read_back_by_its_own_words_whatever_language_the_reader_has(
    sqlite_register, monkeypatch, name, reader
):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER)
    with in_language(name):
        book = opened(sheet_of(sqlite_register))
        words, headings = offered_words(), {field: REPORT[field].label for field in ("phase", "confidence", "done")}
    monkeypatch.setenv(LANGUAGE_VARIABLE, reader)
    page = book.worksheets[1]
    fill(
        page,
        "T-001",
        {
            headings["phase"]: words["phase"][Phase.SUSPENDED],
            headings["confidence"]: words["confidence"]["amber"],
            headings["done"]: "Dug.",
        },
    )
    line = line_of(preview_of(sqlite_register, saved(book)))
    assert {change.name: change.after for change in line.changes} == {
        "phase": "suspended", "confidence": "amber", "done": "Dug.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("named", "nearest"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh_Hans", "zh"),
        ("zh_TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("ZH-hant", "zh-Hant"),
        ("ko-KR", "ko"),
        ("en-GB", "en"),
        ("fr", None),
        ("", None),
    ],
)
def test_a_regional_name_of_a_language_finds_the_language(named, nearest):
    assert nearest_language(named) == nearest


def test_the_plan_s_language_is_that_of_its_sheets_unless_another_one_is_named(sqlite_register):
    with sqlite_register.writing() as session:
        session.query(Plan).one().language = "zh-TW"
        session.commit()
    page = opened(sheet_of(sqlite_register)).worksheets[1]
    assert page.title == "填報"
    assert page.cell(row_of(page, "T-001"), 5).value == "偏離計畫；從未填報"
    assert [sheet.identity.language for sheet in sheets_of(sqlite_register, language="ar")] == ["ar", "ar"]


def languages_of(database, day=DAY, **named):
    return {sheet.organisation.key: sheet.identity.language for sheet in sheets_of(database, day, **named)}


def test_a_sheet_is_in_the_language_of_its_organisation_before_that_of_the_plan(register):
    with register.writing() as session:
        session.query(Plan).one().language = "ja"
        session.commit()
    for language, found in (("ko-KR", "ko"), ("fr", "ja"), ("", "ja"), ("ar", "ar")):
        with register.writing() as session:
            edit_organisation(writing_by(session, ACTOR, noon(DAY)), "town-archive", "Asked.", language=language)
        assert languages_of(register) == {"harbour-office": "ja", "town-archive": found}
    assert set(languages_of(register, language="zh").values()) == {"zh"}
    page = opened(sheet_of(register, "town-archive")).worksheets[0]
    assert page.sheet_view.rightToLeft


def test_a_sheet_as_known_earlier_is_in_the_language_of_then(sqlite_register):
    later = DAY + timedelta(days=1)
    for day, language in ((DAY, "ko"), (later, "ar")):
        with sqlite_register.writing() as session:
            edit_organisation(writing_by(session, ACTOR, noon(day)), "town-archive", "Asked.", language=language)
    with sqlite_register.reading() as session:
        then = open_week(reading_of(session, DAY, noon(DAY)), now=noon(later))
        assert [sheet.identity.language for sheet in read_status_sheets(then, {"town-archive"})] == ["ko"]
    assert languages_of(sqlite_register, later)["town-archive"] == "ar"


def test_another_name_of_a_body_has_the_language_of_the_body(sqlite_register):
    with sqlite_register.writing() as session:
        edit_organisation(writing_by(session, ACTOR, noon(DAY)), "town-archive", "Asked.", language="ko")
        bodies = {body.key: body for body in session.query(Organisation)}
        bodies["harbour-office"].kind = OrganisationKind.OTHER_NAME
        bodies["harbour-office"].same_as_id = bodies["town-archive"].id
        session.commit()
    assert languages_of(sqlite_register) == {"harbour-office": "ko", "town-archive": "ko"}


def test_a_sheet_in_arabic_keeps_the_order_of_dates_and_the_direction_of_sentences(sqlite_register):
    with in_language("ar"):
        book = opened(sheet_of(sqlite_register, day=DAY))
    for page in book.worksheets[:4]:
        assert (page.sheet_view.rightToLeft, page["A1"].alignment.readingOrder) == (True, 2)
    # Days begin where the texts beside them do.
    page = book.worksheets[1]
    assert [page.cell(5, column).alignment.horizontal for column in (4, 5)] == ["right", "right"]
    told = [str(page_row[1].value) for page_row in book.worksheets[0].iter_rows(min_row=4) if page_row[1].value]
    assert any("\u200e2020-03-30\u200e" in text for text in told)


# A mark of Latin script after a letter or a mark of the sheet's own script. Arabic uses the point, the colon and
# brackets too.
_LATIN_MARKS = {
    "ar": re.compile("[\u0600-\u06ff\u00bb] ?[;,?]"),
    "": re.compile("[\u3000-\u30ff\u4e00-\u9fff] ?[;,?!.:()]"),
}


@pytest.mark.parametrize("name", ["ar", "ja", "zh", "zh-Hant"])
def test_the_marks_between_words_are_those_of_the_language(sqlite_register, name):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20, blocker="雨")
    observed(sqlite_register, "T-001", 1, 3, as_of=date(2020, 3, 25))
    with in_language(name):
        pages = opened(sheet_of(sqlite_register)).worksheets[:4]
    texts = {str(cell.value) for page in pages for row in page.iter_rows() for cell in row if cell.value}
    latin = _LATIN_MARKS.get(name, _LATIN_MARKS[""])
    # The title of an item is shown as it is.
    assert {text for text in texts if latin.search(text) and "reading room" not in text} == set()


@pytest.mark.parametrize("name", languages())
def test_a_cell_is_also_read_in_the_words_that_an_import_knows(name):
    with in_language(name):
        offered = offered_words()
    for field in (Field.PHASE, Field.CONFIDENCE):
        for word, texts in words_of(field).items():
            for text in (offered[field].get(word, word), *texts):
                found = word_of(field, f" {text} ".upper(), offered[field])
                # A word of the sheet means what the sheet says, also if it means something else elsewhere.
                assert found == word or text in offered[field].values(), text
    assert word_of("phase", "진행중", offered["phase"]) == "in_progress"
    assert word_of("phase", "着手済", offered["phase"]) == "in_progress"
    assert word_of("confidence", "紅", offered["confidence"]) == "red"
    assert word_of("unchanged", "".join(offered["unchanged"]["unchanged"].split()), offered["unchanged"])
