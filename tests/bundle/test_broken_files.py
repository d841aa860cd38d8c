"""What is wrong in a plan's data files is told with file, entry and field; nothing is written then."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text

from planner.base.errors import SeedError
from planner.base.language import LANGUAGE_VARIABLE, PSEUDO
from planner.base.pseudo_language import pseudo
from planner.bundle.reader import read_bundle
from planner.bundle.references import check
from tests.command import run_command
from tests.factories import DOCUMENTS, edit_file, write_files

# A plan's data files, by the short names of the cases below.
FILES = {
    "documents": "documents.yaml",
    "organisations": "organisations.yaml",
    "old": "mandates/old.yaml",
    "new": "mandates/new.yaml",
    "crosswalk": "crosswalk.yaml",
    "rules": "rules.yaml",
    "plan": "plan.yaml",
    "measures": "measures.yaml",
    "theme-1": "items/theme-1.yaml",
    "theme-2": "items/theme-2.yaml",
    "links": "links.yaml",
    "findings": "text-findings.yaml",
}


class Broken(NamedTuple):
    """One wrong thing: the value at a path of a file, the place that is told, and words of what is told.

    A value that can be called gets the container and the key; another value is put there.
    """

    file: str
    path: str
    value: Any
    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.path}"


GONE = object()
NOTHING_KNOWN = "nothing is known by the name"
TWICE = "this is given twice"
FIRST_DIGEST = hashlib.sha256(DOCUMENTS["old-duties-en"].encode()).hexdigest()


def at(content: Any, path: str) -> tuple[Any, Any]:
    """The container of the value at a dotted path, and its key there; numbers count from 0."""
    parts: list[Any] = [int(part) if part.isdigit() else part for part in path.split("/")]
    for part in parts[:-1]:
        content = content[part]
    return content, parts[-1]


def breaking(case: Broken) -> Callable[[Any], None]:
    def change(content: Any) -> None:
        container, key = at(content, case.path)
        if case.value is GONE:
            del container[key]
        elif callable(case.value):
            case.value(container, key)
        else:
            container[key] = case.value

    return change


def again(container: list[Any], key: int) -> None:
    """Give an entry a second time."""
    container.append(container[key])


def with_digest_of_the_first(documents: list[Any], key: int) -> None:
    """Give a document the digest of the first."""
    documents[key]["sha256"] = documents[0]["sha256"]


def swapped(container: list[Any], key: int) -> None:
    """Put an entry after the next one."""
    container[key], container[key + 1] = container[key + 1], container[key]


FORM = [
    Broken("documents", "documents/0/sha256", "abc", "entry old-duties-en, field sha256", "pattern"),
    Broken("documents", "documents/0/numbering", "numbers", "entry old-duties-en, field numbering", "'arabic-dot'"),
    Broken("documents", "documents/0/titel", "x", "entry old-duties-en, field titel", "not permitted"),
    Broken("documents", "documents/0/title", GONE, "entry old-duties-en, field title", "required"),
    Broken("documents", "documents/0/key", "Old Duties", "entry Old Duties, field key", "pattern"),
    Broken("documents", "documents/0/dated", "soon", "entry old-duties-en, field dated", "date"),
    Broken("documents", "documents/0", "x", "field documents[1]", "dictionary"),
    Broken("documents", "documents", {}, "field documents", "list"),
    Broken("organisations", "organisations/1/kind", "club", "entry town-archive, field kind", "'body'"),
    Broken("organisations", "organisations/1/name", " ", "entry town-archive, field name", "at least 1"),
    Broken("organisations", "organisations/1/short", "x" * 25, "entry town-archive, field short", "24"),
    Broken(
        "organisations", "organisations/1/names", {"Arabic": "x"}, "entry town-archive, field names.Arabic", "pattern"
    ),
    Broken(
        "organisations",
        "organisations/1/names",
        {"ko": {"name": "x", "basis": "stated"}},
        "entry town-archive, field names.ko",
        "needs a citation",
    ),
    Broken(
        "organisations",
        "organisations/1/names",
        {"ko": {"name": "x", "basis": "derived", "rule": "plan-year"}},
        "entry town-archive, field names.ko",
        "not 'derived'",
    ),
    Broken("plan", "themes/0/names", {"ko": " "}, "entry 1, field names.ko.name", "at least 1"),
    Broken("organisations", "organisations/1/kind", "other-name", "entry town-archive", "same_as"),
    Broken("organisations", "organisations/1/same_as", "harbour-office", "entry town-archive", "same_as"),
    Broken("organisations", "organisations/1/basis", "derived", "entry town-archive", "not 'derived'"),
    Broken("organisations", "organisations/1/basis", "stated", "entry town-archive", "needs a citation"),
    Broken("old", "mandate/in_force_from", "2020-02-31", "field mandate.in_force_from", "date"),
    Broken("old", "clauses/2/key", "Duty-3", "entry Duty-3, field key", "pattern"),
    Broken("old", "clauses/2/texts/en/number", "1" * 33, "entry duty-3, field texts.en.number", "32"),
    Broken("old", "clauses/2/texts/en/citation/end", 0, "entry duty-3, field texts.en.citation", "after start"),
    Broken("old", "clauses/2/texts/en/citation/start", -1, "entry duty-3, field texts.en.citation.start", "0"),
    Broken("old", "clauses/2/texts/en/citation/end", 2**31, "entry duty-3, field texts.en.citation.end", "2147483647"),
    Broken("crosswalk", "crosswalk/rows/0/lineage", "kept", "field crosswalk.rows[1].lineage", "'moved-to'"),
    Broken("crosswalk", "crosswalk/rows/0/relation", "same", "field crosswalk.rows[1].relation", "'equal-to'"),
    Broken(
        "crosswalk",
        "crosswalk/rows/0/from",
        None,
        "field crosswalk.rows[1]",
        "`from` must be null for the lineage 'new'",
    ),
    Broken(
        "crosswalk",
        "crosswalk/rows/0/to",
        None,
        "field crosswalk.rows[1]",
        "`to` must be null for the lineage 'withdrawn'",
    ),
    Broken(
        "crosswalk",
        "crosswalk/rows/3/from",
        "duty-3",
        "field crosswalk.rows[4]",
        "`from` must be null for the lineage 'new'",
    ),
    Broken("rules", "rules/0/kind", "guess", "entry plan-year, field kind", "'lead'"),
    Broken("rules", "rules/2/organisation", GONE, "entry lead-harbour", "an organisation, a clause and measures"),
    Broken("rules", "rules/2/measures", [], "entry lead-harbour", "an organisation, a clause and measures"),
    Broken("rules", "rules/0/mandate", "old", "entry plan-year", "give both"),
    Broken("rules", "working_leads/0/note", "", "entry M2.02, field note", "at least 1"),
    Broken("plan", "plan/year", "next", "field plan.year", "integer"),
    Broken("plan", "plan/year", 10_000, "field plan.year", "9999"),
    Broken("plan", "plan/ends", "2020-01-01", "field plan", "after `starts`"),
    Broken("plan", "plan/time_zone", "Harbour/Town", "field plan.time_zone", "not a time zone"),
    Broken("plan", "plan/time_zone", "../etc", "field plan.time_zone", "not a time zone"),
    Broken("plan", "plan/citation", GONE, "field plan", "needs a citation"),
    Broken("plan", "totals/0/name", "things", "entry things, field name", "'items'"),
    Broken("plan", "totals/0/value", -1, "entry items, field value", "0"),
    Broken("plan", "themes/0/number", 0, "entry 0, field number", "greater than 0"),
    Broken("plan", "themes/1/title", 7, "entry 2, field title", "string"),
    Broken("plan", "themes/1/basis", "simulated", "entry 2, field basis", "'stated'"),
    Broken("measures", "measures/1/code", "M" * 65, f"entry {'M' * 65}, field code", "at most 64"),
    Broken("measures", "measures/1/basis", "derived", "entry M1.02", "must name the rule from which it follows"),
    Broken("measures", "measures/1/title", "bad \0 title", "entry M1.02, field title", "U+0000"),
    Broken("theme-1", "items/0/code", "X-001", "entry X-001, field kind", "the beginning of its code says its kind"),
    Broken("theme-1", "items/0/code", "T\n1", "entry T\n1, field code", "pattern"),
    Broken("theme-1", "items/0/measured_by", "feeling", "entry T-001, field measured_by", "'milestones'"),
    Broken("theme-1", "items/0/basis", "simulated", "entry T-001, field basis", "'stated'"),
    Broken("theme-1", "items/0/milestones/1/weight", 0, "entry T-001, field milestones[2].weight", "greater than 0"),
    Broken("theme-1", "items/0/milestones/1/weight", "heavy", "entry T-001, field milestones[2].weight", "number"),
    Broken("theme-1", "items/0/milestones/1/weight", float("inf"), "entry T-001, field milestones[2].weight", "finite"),
    Broken("theme-1", "items/0/milestones/1/weight", float("nan"), "entry T-001, field milestones[2].weight", "finite"),
    Broken("theme-1", "items/0/milestones/1/date", "2020-13-01", "entry T-001, field milestones[2].date", "date"),
    Broken(
        "theme-1",
        "items/0/milestones/1/rule",
        GONE,
        "entry T-001, field milestones[2]",
        "must name the rule from which it follows",
    ),
    Broken(
        "theme-1", "items/0/indicators/0/direction", "up", "entry T-001, field indicators[1].direction", "'increase'"
    ),
    Broken("theme-1", "items/0/indicators/0/by", GONE, "entry T-001, field indicators[1]", "give both"),
    Broken("theme-1", "items/0/indicators/0/target", float("inf"), "entry T-001, field indicators[1].target", "finite"),
    Broken("links", "links/0/type", "likes", "entry M1.01, field type", "'implements'"),
    Broken("links", "links/0/coverage", "half", "entry M1.01, field coverage", "'full'"),
    Broken("links", "links/0/rationale", GONE, "entry M1.01, field rationale", "required"),
    Broken("findings", "findings/0/kind", "odd", "entry libraries-only-in-arabic, field kind", "'expressions-differ'"),
    Broken("findings", "findings/0/sides", [], "entry libraries-only-in-arabic, field sides", "at least 1"),
    Broken(
        "findings",
        "findings/0/sides/0/citation",
        GONE,
        "entry libraries-only-in-arabic, field sides[1]",
        "a citation or a document",
    ),
    Broken(
        "findings",
        "findings/0/sides/0/mandate",
        GONE,
        "entry libraries-only-in-arabic, field sides[1]",
        "needs the key of its mandate",
    ),
]

REFERENCES = [
    Broken(
        "organisations",
        "organisations/1",
        {"key": "lamp-office", "name": "Lamp Office", "short": "Lamps", "kind": "other-name", "same_as": "nobody"},
        "entry lamp-office, field same_as",
        NOTHING_KNOWN,
    ),
    Broken("old", "mandate/body", "nobody", "entry old, field body", NOTHING_KNOWN),
    Broken("old", "mandate/also_body", "nobody", "entry old, field also_body", NOTHING_KNOWN),
    Broken("old", "mandate/expressions/0/document", "nothing", "entry old, field expressions.document", NOTHING_KNOWN),
    Broken("old", "mandate/expressions/0/language", "ko", "entry duty-1, field texts", NOTHING_KNOWN),
    Broken(
        "old", "clauses/0/texts/en/citation/document", "nothing", "entry duty-1, field citation.document", NOTHING_KNOWN
    ),
    Broken("new", "clauses/3/parent", "duty-9", "entry duty-3.1, field parent", "does not come before this one"),
    Broken("new", "mandate/supersedes", "older", "", "supersede each other, or a version that is missing"),
    Broken("crosswalk", "crosswalk/from", "older", "entry crosswalk, field from", NOTHING_KNOWN),
    Broken("crosswalk", "crosswalk/to", "newer", "entry crosswalk, field to", NOTHING_KNOWN),
    Broken("crosswalk", "crosswalk/rows/1/from", "duty-9", "entry row 2, field from", NOTHING_KNOWN),
    Broken("crosswalk", "crosswalk/rows/1/to", "duty-9", "entry row 2, field to", NOTHING_KNOWN),
    Broken("rules", "rules/2/organisation", "nobody", "entry lead-harbour, field organisation", NOTHING_KNOWN),
    Broken("rules", "rules/2/supporting", ["nobody"], "entry lead-harbour, field supporting", NOTHING_KNOWN),
    Broken("rules", "rules/2/clause", "duty-9", "entry lead-harbour, field clause", NOTHING_KNOWN),
    Broken("rules", "rules/2/mandate", "older", "entry lead-harbour, field clause", NOTHING_KNOWN),
    Broken("rules", "rules/2/measures/0", "M9.01", "entry lead-harbour, field measures", NOTHING_KNOWN),
    Broken("rules", "rules/0/citation/document", "nothing", "entry plan-year, field citation.document", NOTHING_KNOWN),
    Broken("rules", "working_leads/0/measure", "M9.01", "entry M9.01, field measure", NOTHING_KNOWN),
    Broken("rules", "working_leads/0/organisation", "nobody", "entry M2.02, field organisation", NOTHING_KNOWN),
    Broken("plan", "plan/issuer", "nobody", "entry harbour-2020, field issuer", NOTHING_KNOWN),
    Broken("plan", "plan/mandate", "older", "entry harbour-2020, field mandate", NOTHING_KNOWN),
    Broken("plan", "plan/rule", "no-rule", "entry harbour-2020, field rule", NOTHING_KNOWN),
    Broken("plan", "totals/1/citation/document", "nothing", "entry tasks, field citation.document", NOTHING_KNOWN),
    Broken("plan", "goals/0/rule", "no-rule", "entry 1, field rule", NOTHING_KNOWN),
    Broken("measures", "measures/0/code", "M9.01", "entry M9.01, field code", NOTHING_KNOWN),
    Broken("measures", "measures/0/rule", "no-rule", "entry M1.01, field rule", NOTHING_KNOWN),
    Broken(
        "measures",
        "measures/0/names",
        {"ko": {"name": "x", "basis": "derived", "rule": "no-rule"}},
        "entry M1.01, field rule",
        NOTHING_KNOWN,
    ),
    Broken("theme-1", "items/1/measure", "M9.01", "entry T-002, field measure", NOTHING_KNOWN),
    Broken("theme-1", "items/1/supporting", ["nobody"], "entry T-002, field supporting", NOTHING_KNOWN),
    Broken("theme-1", "items/1/rule", "no-rule", "entry T-002, field rule", NOTHING_KNOWN),
    Broken("theme-1", "items/0/milestones/1/rule", "no-rule", "entry T-001, field rule", NOTHING_KNOWN),
    Broken("theme-1", "items/2/indicators/0/rule", "no-rule", "entry P-001, field rule", NOTHING_KNOWN),
    Broken(
        "theme-1",
        "items/0/milestones/1/citation",
        {"document": "nothing", "start": 0, "end": 1, "quoted": "0" * 64, "normal": "0" * 64},
        "entry T-001, field citation.document",
        NOTHING_KNOWN,
    ),
    Broken("links", "links/0/measure", "M9.01", "entry M9.01, field measure", NOTHING_KNOWN),
    Broken("links", "links/0/clause", "duty-9", "entry M1.01, field clause", NOTHING_KNOWN),
    Broken("links", "links/0/mandate", "older", "entry M1.01, field clause", NOTHING_KNOWN),
    Broken("links", "without_clause/0/measure", "M9.01", "entry M9.01, field measure", NOTHING_KNOWN),
    Broken("links", "without_clause/0/mandate", "older", "entry M2.02, field mandate", NOTHING_KNOWN),
    Broken(
        "findings",
        "findings/0/sides/0/mandate",
        "older",
        "entry libraries-only-in-arabic, field mandate",
        NOTHING_KNOWN,
    ),
    Broken(
        "findings", "findings/0/sides/0/clause", "duty-9", "entry libraries-only-in-arabic, field clause", NOTHING_KNOWN
    ),
    Broken(
        "findings",
        "findings/0/sides/0/document",
        "nothing",
        "entry libraries-only-in-arabic, field document",
        NOTHING_KNOWN,
    ),
    Broken("findings", "findings/0/sides/0/theme", 9, "entry libraries-only-in-arabic, field theme", NOTHING_KNOWN),
    Broken(
        "findings",
        "findings/0/sides/0/measure",
        "M9.01",
        "entry libraries-only-in-arabic, field measure",
        NOTHING_KNOWN,
    ),
]

TOGETHER = [
    Broken("documents", "documents/0", again, "entry old-duties-en, field key", TWICE),
    Broken("documents", "documents/1", with_digest_of_the_first, f"entry {FIRST_DIGEST}, field sha256", TWICE),
    Broken("organisations", "organisations/0", again, "entry harbour-office, field key", TWICE),
    Broken("old", "clauses/0", again, "entry old:duty-1, field key", TWICE),
    Broken("new", "mandate/key", "old", "entry old:duty-1, field key", TWICE),
    Broken("new", "mandate/expressions/0", again, "entry en, field expressions.language", TWICE),
    Broken("new", "clauses/2", swapped, "entry duty-3.1, field parent", "does not come before this one"),
    Broken(
        "new",
        "clauses/3",
        lambda clauses, at: clauses.append({**clauses[at], "key": "duty-3.2", "parent": "duty-3.1"}),
        "entry duty-3.2, field parent",
        "is a part itself",
    ),
    Broken("crosswalk", "crosswalk/rows/0", again, "entry duty-1:duty-1, field rows", TWICE),
    Broken("crosswalk", "crosswalk/rows/2", again, "entry duty-3:-, field rows", TWICE),
    Broken("rules", "rules/0", again, "entry plan-year, field key", TWICE),
    Broken(
        "rules",
        "rules/3/measures",
        ["M2.01", "M1.01"],
        "entry M1.01, field measures",
        "from lead-harbour and from lead-rooms",
    ),
    Broken(
        "rules",
        "working_leads/0/measure",
        "M1.01",
        "entry M1.01, field measures",
        "from lead-harbour and from working_leads",
    ),
    Broken("theme-1", "items/1/lead", "nobody", "entry T-002, field lead", NOTHING_KNOWN),
    Broken("plan", "totals/0", again, "entry items, field name", TWICE),
    Broken("plan", "goals/0", again, "entry 1, field number", TWICE),
    Broken("plan", "themes/0", again, "entry 1, field number", TWICE),
    Broken("measures", "measures/0", again, "entry M1.01, field code", TWICE),
    Broken(
        "findings",
        "findings/0/sides/1/citation/quoted",
        "0" * 64,
        "entry libraries-only-in-arabic, field citation",
        "other digests",
    ),
    Broken("theme-1", "items/0", again, "entry T-001, field code", TWICE),
    Broken("theme-1", "items/1/code", "T-003", "entry T-003, field code", TWICE),
    Broken("theme-1", "items/1/code", "T-0003", "entry T-003, field code", TWICE),
    Broken("plan", "themes/0/parent", 1, "entry 1, field parent", "part of itself"),
    Broken("plan", "themes/0/parent", 9, "entry 1, field parent", NOTHING_KNOWN),
    Broken("plan", "totals/0/name", "topics", "entry topics, field name", "one of these kinds: tasks and key_projects"),
    Broken("theme-1", "items/1/measure", GONE, "entry T-002, field theme", "names its theme"),
    Broken("theme-1", "items/1/theme", 2, "entry T-002, field theme", "in the measure's theme"),
    Broken("theme-1", "items/1/kind", "topic", "entry T-002, field kind", NOTHING_KNOWN),
    Broken("theme-1", "items/1/title", "Mend the quays", "entry Mend the quays, field title", TWICE),
    Broken("theme-1", "items/1/measure", "M0.01", "entry T-002, field measure", "not to one of the plan as a whole"),
    Broken(
        "theme-1",
        "items/1/rule",
        lambda item, _: item.update(basis="derived", rule="plan-year"),
        "entry T-002, field basis",
        "never derived",
    ),
    Broken("theme-1", "items/1/start", "2021-01-01", "entry T-002, field start", "after the plan ends"),
    Broken("theme-1", "items/2/milestones/1", swapped, "entry P-001, field milestones", "not in order"),
    Broken("links", "links/0", again, "entry M1.01:old:duty-1, field clause", TWICE),
    Broken("links", "without_clause/0", again, "entry M2.02:old, field mandate", TWICE),
    Broken("findings", "findings/0", again, "entry libraries-only-in-arabic, field key", TWICE),
]


def refusal(folder: Path) -> SeedError:
    with pytest.raises(SeedError) as raised:
        check(read_bundle(folder))
    return raised.value


@pytest.mark.parametrize("case", [*FORM, *REFERENCES, *TOGETHER], ids=str)
def test_wrong_entry_is_told_with_file_entry_and_field(bundle_folder, case):
    edit_file(bundle_folder, FILES[case.file], breaking(case))

    error = refusal(bundle_folder)

    file, _, place = error.where.partition(", ")
    assert file.removesuffix(".yaml") in FILES[case.file]
    assert place.startswith(case.place)
    assert case.words in error.what


def test_an_error_is_in_the_person_s_language_except_for_names(bundle_folder, monkeypatch):
    case = Broken("plan", "themes/0", again, "", TWICE)
    edit_file(bundle_folder, FILES[case.file], breaking(case))
    monkeypatch.setenv(LANGUAGE_VARIABLE, PSEUDO)
    error = refusal(bundle_folder)
    assert error.what == pseudo(TWICE)
    assert "entry" not in error.where
    assert "plan.yaml" in error.where
    assert error.do


def test_stated_title_needs_a_citation_of_its_own_or_its_measure_s(bundle_folder):
    edit_file(
        bundle_folder, "measures.yaml", lambda content: content["measures"][0].update(basis="working", citation=None)
    )

    error = refusal(bundle_folder)
    assert error.where == "items/theme-1.yaml, entry T-001, field citation"
    assert error.what == "a stated title needs a citation, and its measure has none either"


def test_small_plan_itself_is_sound(bundle_folder):
    bundle = read_bundle(bundle_folder)
    assert len(bundle.items) == 5
    # It raises where a file names what is not there.
    check(bundle)


def test_first_of_several_wrong_things_tells_how_many_there_are(bundle_folder):
    def change(content: Any) -> None:
        for document in content["documents"]:
            document["language"] = "English"

    edit_file(bundle_folder, "documents.yaml", change)

    error = refusal(bundle_folder)
    assert error.where == "documents.yaml, entry old-duties-en, field language"
    assert error.what.endswith("the value in the file is 'English' (more errors in this file: 3)")


NOT_YAML = {
    "unfinished list": (b"documents: [a, b\n", "documents.yaml, line 2"),
    "tab for indent": (b"documents:\n\t- key: a\n", "documents.yaml, line 2"),
    "key twice": (b"documents:\n- key: a\n  title: x\n  title: y\n", "documents.yaml, line 4"),
    "list as a key": (b"documents:\n? [a, b]\n: c\n", "documents.yaml, line 2"),
    "an object": (b"documents: !!python/object:os.system {}\n", "documents.yaml, line 1"),
    "no such day": (b"documents:\n- dated: 2020-02-31\n", "documents.yaml"),
    "two documents": (b"documents: []\n---\ndocuments: []\n", "documents.yaml, line 2"),
    "control character": (b"documents: \x01\n", "documents.yaml"),
    "not UTF-8": ("documents: caf\u00e9\n".encode("latin-1"), "documents.yaml"),
    "UTF-16": ("documents: []\n".encode("utf-16"), "documents.yaml"),
    "empty": (b"", "documents.yaml"),
    "only comments": (b"# nothing here\n", "documents.yaml"),
    "a list": (b"- key: a\n", "documents.yaml"),
    "a word": (b"documents\n", "documents.yaml"),
}


@pytest.mark.parametrize(("content", "where"), NOT_YAML.values(), ids=NOT_YAML.keys())
def test_file_of_no_right_form_is_told(bundle_folder, content, where):
    (bundle_folder / "documents.yaml").write_bytes(content)

    assert refusal(bundle_folder).where == where


@pytest.mark.parametrize("name", ["plan.yaml", "organisations.yaml", "measures.yaml"])
def test_missing_file_is_told(bundle_folder, name):
    (bundle_folder / name).unlink()

    error = refusal(bundle_folder)
    assert (error.where, error.what) == (name, "the file cannot be read (No such file or directory)")


@pytest.mark.parametrize("name", ["documents.yaml", "rules.yaml"])
def test_missing_file_to_which_others_refer_is_told(bundle_folder, name):
    (bundle_folder / name).unlink()

    with pytest.raises(SeedError, match="nothing is known by the name"):
        check(read_bundle(bundle_folder))


def test_a_plan_without_items_is_refused(bundle_folder):
    for file in (bundle_folder / "items").iterdir():
        file.unlink()

    error = refusal(bundle_folder)
    assert (error.where, error.what) == (str(bundle_folder / "items"), "the folder has no data files")


DIVISION = {"key": "quays", "of": "harbour-office", "name": "Quays Division", "short": "Quays", "measures": ["M1.01"]}


@pytest.mark.parametrize(
    ("divisions", "where", "what"),
    [
        ([{**DIVISION, "of": "harbour"}], "entry quays, field of", NOTHING_KNOWN),
        ([{**DIVISION, "measures": ["M9.9"]}], "entry quays, field measures", NOTHING_KNOWN),
        ([{**DIVISION, "short": "x" * 20}], "entry quays, field short", "at most 19"),
        ([DIVISION, {**DIVISION, "measures": ["M1.02"]}], "entry simulated-quays, field key", TWICE),
        ([DIVISION, {**DIVISION, "key": "lights"}], "entry harbour-office:M1.01, field measures", TWICE),
    ],
)
def test_wrong_division_of_a_demonstration_is_told(bundle_folder, divisions, where, what):
    write_files(bundle_folder, {"demonstration.yaml": {"divisions": divisions}})

    error = refusal(bundle_folder)
    assert error.where == f"demonstration.yaml, {where}"
    assert what in error.what


class TestInit:
    """A broken bundle writes nothing, wherever the fault is found."""

    def test_no_database_is_made(self, bundle_folder, tmp_path):
        edit_file(bundle_folder, "plan.yaml", lambda content: content["plan"].update(year="next"))

        result = run_command("--db", str(tmp_path / "new" / "plan.sqlite"), "init", "--seeds", str(bundle_folder))

        assert (result.exit_code, result.out) == (SeedError.exit_code, "")
        assert result.err.startswith("planner: plan.yaml, field plan.year: ")
        assert len(result.err.splitlines()) == 1
        assert not (tmp_path / "new").exists()

    def test_fault_found_while_loading_takes_the_new_file_away(self, bundle_folder, tmp_path):
        self.let_the_lead_support_itself(bundle_folder)

        result = run_command("--db", str(tmp_path / "plan.sqlite"), "init", "--seeds", str(bundle_folder))

        assert result.exit_code == SeedError.exit_code
        assert "items/theme-2.yaml, entry T-003, field supporting: 'town-archive' leads this item" in result.err
        assert list(tmp_path.glob("plan.sqlite*")) == []

    def test_fault_found_while_loading_leaves_the_register_as_it_was(self, bundle_folder, sqlite_register):
        self.let_the_lead_support_itself(bundle_folder)
        edit_file(bundle_folder, "plan.yaml", lambda content: content["plan"].update(title="Another title"))
        with sqlite_register.reading() as session:
            before = session.execute(text("SELECT count(*) FROM audit_event WHERE action <> 'seed'")).scalar_one()

        result = run_command("--db", sqlite_register.address, "init", "--seeds", str(bundle_folder))

        assert result.exit_code == SeedError.exit_code
        with sqlite_register.reading() as session:
            titles = session.execute(text("SELECT title FROM plan")).scalars().all()
            events = session.execute(text("SELECT count(*) FROM audit_event WHERE action <> 'seed'")).scalar_one()
        assert titles == ["Harbour Town work plan 2020"]
        assert events == before

    @staticmethod
    def let_the_lead_support_itself(folder: Path) -> None:
        def change(content: Any) -> None:
            content["items"][0]["supporting"] = ["town-archive"]

        edit_file(folder, "items/theme-2.yaml", change)
