"""What officers write fits the work, does not repeat itself, and claims no figure."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from planner.base.errors import SeedError
from planner.base.resources import bundled
from planner.bundle.reader import read_file
from planner.demo.chance import Chance
from planner.demo.counting import Counter
from planner.demo.demonstration import EDITION
from planner.demo.phrases import Phrases, Stage, Topic, phrases
from planner.demo.wording import Writer, stage_of, topic_of
from tests.demo.subjects import DATES, a_count, a_step, a_subject

PHRASES = bundled("seeds") / "demonstration" / "phrases.yaml"


def every_phrase(found: object) -> Iterator[str]:
    """All texts in a form, wherever they are in it."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for part in found.values():
            yield from every_phrase(part)
    elif isinstance(found, tuple | list):
        for part in found:
            yield from every_phrase(part)


def test_no_phrase_has_a_figure() -> None:
    found = list(every_phrase(phrases().model_dump()))
    assert len(found) > 300
    assert [phrase for phrase in found if re.search(r"\d", phrase)] == []


def test_a_demonstration_made_from_other_phrases_is_recognised_by_its_edition() -> None:
    digest = hashlib.sha256(PHRASES.read_bytes()).hexdigest()[:16]
    assert (EDITION, digest) == (3, "1960658c04a71f20"), "change EDITION, and then both values here"


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ("{title}, by {day}.", "{title}, by {date}.", "nothing fills in {date}"),
        ("{title}, by {day}.", "{title}, by {day.", "expected '}'"),
        ("  trial:\n    early:", "  trial:\n    middle:", "'middle' is given twice"),
        ("  trial:\n    early:", "  trial:\n    soon:", "input should be 'early', 'middle' or 'late'"),
        ("notes:\n  survey:", "notes:\n  surveys:", "input should be 'survey'"),
        ("  other:\n    early:", "  text:\n    early:", "'text' is given twice"),
        ("forward:", "forwards:", "field required"),
    ],
)
def test_phrases_that_no_report_could_be_written_with_are_refused(
    tmp_path: Path, was: str, becomes: str, message: str
) -> None:
    text = PHRASES.read_text(encoding="utf-8")
    assert was in text
    (tmp_path / "phrases.yaml").write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(SeedError, match=re.escape(message)):
        read_file(tmp_path / "phrases.yaml", Phrases)


def test_notes_for_every_topic_and_stage_are_needed() -> None:
    data = phrases().model_dump()
    del data["notes"][Topic.OTHER][Stage.LATE]
    with pytest.raises(ValidationError, match=r"notes\.other\.late is missing"):
        Phrases.model_validate(data)
    data = phrases().model_dump() | {"troubles": [], "standing": {}}
    with pytest.raises(ValidationError, match=r"standing\.early is missing"):
        Phrases.model_validate(data)


@pytest.mark.parametrize(
    ("title", "test", "topic"),
    [
        ("Opinion drafted", "draft on file", Topic.TEXT),
        ("Opening meeting held", "attendance list", Topic.EVENT),
        ("Partners chosen", "record", Topic.SELECTION),
        ("Terms with the holders agreed", "signed terms", Topic.AGREEMENT),
        ("Trial finished", "log", Topic.TRIAL),
        ("Unused space surveyed", "plans", Topic.SURVEY),
        ("Work of the year reviewed", "note", Topic.REVIEW),
        ("Room open", "key handed over", Topic.START),
        ("부두를 수리", "기록", Topic.OTHER),
    ],
)
def test_the_topic_is_read_from_title_and_test(title: str, test: str, topic: Topic) -> None:
    assert topic_of(a_step(title=title, test=test)) is topic


def test_the_stage_follows_the_share() -> None:
    assert [stage_of(share) for share in (0, 0.5, 0.9)] == [Stage.EARLY, Stage.MIDDLE, Stage.LATE]


def test_a_phrase_does_not_come_again_before_the_others() -> None:
    writer = Writer(a_subject(), Chance(1))
    options = ("one", "two", "three", "four")
    assert sorted(writer.one_of(options) for _ in options) == sorted(options)


def test_two_items_at_the_same_step_do_not_read_alike() -> None:
    texts = {Writer(a_subject(), Chance(seed)).done(a_step(), 0.5) for seed in range(30)}
    assert len(texts) > 8


def test_a_reached_step_is_named() -> None:
    writer = Writer(a_subject(), Chance(1))
    for _ in range(20):
        text = writer.reached([(a_step(), DATES[1]), (a_step(2, "Partners [/] chosen {0}"), DATES[1])])
        assert "Outline drafted" in text
        assert "Partners [/] chosen {0}" in text


def test_a_value_is_told_with_the_one_before() -> None:
    counter = Counter(a_count(), 0, 20, 10)
    writer = Writer(a_subject(), Chance(1))
    for _ in range(6):
        text = writer.counted(counter, 12.0, 7.0)
        assert "Charts found" in text
        assert re.findall(r"\d+", text) in (["12", "7"], ["7", "12"])
        assert "7" not in writer.counted(counter, 12.0, None)


def test_a_trouble_fits_the_work_or_any_work() -> None:
    writer = Writer(a_subject(), Chance(3))
    step = a_step(title="Trial finished")
    troubles = [writer.trouble(step) for _ in range(60)]
    assert {Topic.TRIAL in trouble.topics or not trouble.topics for trouble in troubles} == {True}
    assert {bool(trouble.topics) for trouble in troubles} == {True, False}
    assert not any(writer.trouble(step, begun=False).topics for _ in range(60))
