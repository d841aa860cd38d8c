"""A citation is made from a text and a phrase, and says which place it means."""

import pytest

from planner.base.errors import BadValueError, SourceError
from planner.bundle.forms import CitationForm
from tests.command import run_command
from tests.factories import DOCUMENTS, cite

TEXT = "One quay.\nTwo  quays,\n三个码头。\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "quays.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [("One quay.", 0, 9), ("Two quays, 三个", 10, 24), ("Two\nquays,", 10, 21), ("码头", 24, 26)],
)
def test_white_space_need_not_be_the_same(file, phrase, start, end):
    done = run_command("sources", "cite", str(file), phrase)
    assert done.out.startswith(f"citation: {{document: quays, start: {start}, end: {end}, quoted: "), done.err


def test_it_is_the_citation_that_data_files_take(tmp_path):
    path = tmp_path / "plan-ko.txt"
    path.write_text(DOCUMENTS["plan-ko"], "utf-8")
    done = run_command("sources", "cite", str(path), "부두를 수리하고", "--format", "json")
    (_, _, made) = done.out.partition('"citation": ')
    expected = CitationForm(**cite("plan-ko", "부두를 수리하고"))
    assert f'"start": {expected.start}' in done.out, made
    assert expected.quoted in done.out
    assert expected.normal in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["three quays"], SourceError.exit_code, "the phrase is not in this text"),
        ([" \n"], BadValueError.exit_code, "the phrase has no letters"),
        (["quay"], BadValueError.exit_code, "the phrase occurs 2 times: 1: …One quay. Two"),
        (["quay", "--place", "3"], BadValueError.exit_code, "Give a number from 1 to 2"),
    ],
)
def test_what_cannot_be_cited_is_told(file, arguments, code, told):
    done = run_command("sources", "cite", str(file), *arguments)
    assert (done.exit_code, done.out) == (code, "")
    assert told in done.err


def test_the_place_that_is_meant_is_cited(file):
    done = run_command("sources", "cite", str(file), "quay", "--place", "2", "--key", "charter")
    assert done.out.startswith("citation: {document: charter, start: 15, end: 19,")
